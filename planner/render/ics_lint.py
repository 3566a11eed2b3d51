"""What is checked of the bytes of a calendar file before it is handed out."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

_TEXT = re.compile(r"^(SUMMARY|LOCATION|DESCRIPTION|NAME|X-WR-CALNAME|X-WR-TIMEZONE)[;:]")
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_ONCE = ("UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "ORGANIZER")
_ESCAPE = re.compile(r"\\(.?)")
_known = lru_cache(maxsize=2**16)
"""The files of a conference have most of their lines and entries in common."""


def faults(content: bytes) -> list[str]:
    """Return what breaks the rules of RFC 5545 on lines, octets, characters and escapes; nothing for a sound file.

    Looked at: one calendar, CRLF line ends with the last one, no blank line, at most 75 octets a line, no fold inside a
    character or an escape, no control characters, no byte order mark, method before components, escapes of texts.
    """
    found: list[str] = []
    if not content.endswith(b"\r\n"):
        found.append("the last line has no end")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    for number, line in enumerate(lines, 1):
        found += [f"line {number}: {fault}" for fault in _line_faults(line)]
    if lines[0] != b"BEGIN:VCALENDAR" or lines[-1] != b"END:VCALENDAR" or content.count(b"BEGIN:VCALENDAR") != 1:
        found.append("the file is not one calendar")
    whole = content.replace(b"\r\n ", b"").decode(errors="replace").split("\r\n")
    found += [f"{line.split(':')[0]}: {fault}" for line in whole for fault in _escape_faults(line)]
    first = next((at for at, line in enumerate(whole) if at and line.startswith("BEGIN:")), len(whole))
    if not any(line.startswith("METHOD:") for line in whole[:first]):
        found.append("the method does not stand before the first component")
    return found


def method_faults(content: bytes) -> list[str]:
    """Return what breaks the rules of RFC 5546 for the method of the file; nothing for a sound file.

    Looked at: one method; of each entry one UID, DTSTAMP, SEQUENCE, start, end, title and organiser; no alarms; attendees
    only where they are allowed; one entry in requests and cancellations; a status that goes with the method; a SEQUENCE
    above 0 for what is cancelled.
    """
    lines = content.replace(b"\r\n ", b"").decode(errors="replace").split("\r\n")
    methods = [line.partition(":")[2] for line in lines if line.startswith("METHOD:")]
    if len(methods) != 1 or methods[0] not in ("PUBLISH", "REQUEST", "CANCEL"):
        return [f"the methods are {', '.join(methods) or 'none'}"]
    method = methods[0]
    entries = "\n".join(lines).split("BEGIN:VEVENT")[1:]
    found = [fault for entry in entries for fault in _entry_faults(method, entry.partition("END:VEVENT")[0])]
    if method != "PUBLISH" and len(entries) != 1:
        found.append(f"{method}: {len(entries)} entries")
    return found


@_known
def _entry_faults(method: str, entry: str) -> tuple[str, ...]:
    """Return what is wrong with one entry, given its unfolded lines."""
    parts = [re.split("[;:]", line, maxsplit=1) for line in entry.strip().split("\n")]
    number = Counter(name for name, *_ in parts)
    values = {name: rest[0] for name, *rest in parts if rest}
    found = [f"{method}: {number[name]} {name}" for name in _ONCE if number[name] != 1]
    attendees = {"PUBLISH": (0,), "REQUEST": (1,), "CANCEL": (0, 1)}[method]
    if number["ATTENDEE"] not in attendees:
        found.append(f"{method}: {number['ATTENDEE']} ATTENDEE")
    if number["BEGIN"]:
        found.append(f"{method}: BEGIN:{values['BEGIN']}")
    status = values.get("STATUS", "")
    allowed = {"PUBLISH": ("CONFIRMED", "CANCELLED"), "REQUEST": ("CONFIRMED",), "CANCEL": ("CANCELLED",)}[method]
    if status not in allowed:
        found.append(f"{method}: STATUS {status or 'missing'}")
    if (method == "CANCEL" or status == "CANCELLED") and values.get("SEQUENCE") == "0":
        found.append(f"{method}: SEQUENCE 0 of what is cancelled")
    return tuple(found)


@_known
def _line_faults(line: bytes) -> tuple[str, ...]:
    found = []
    if not line.strip():
        found.append("blank")
    if len(line) > 75:
        found.append(f"{len(line)} octets")
    if _CONTROL.search(line):
        found.append("control character")
    if line.startswith(b"\xef\xbb\xbf"):
        found.append("byte order mark")
    if (len(line) - len(line.rstrip(b"\\"))) % 2:
        found.append("folded inside an escape")
    try:
        line.decode()
    except UnicodeDecodeError:
        found.append("folded inside a character")
    return tuple(found)


@_known
def _escape_faults(line: str) -> tuple[str, ...]:
    if not _TEXT.match(line):
        return ()
    value = line.partition(":")[2]
    wrong = sorted({sign for sign in _ESCAPE.findall(value) if sign not in ("\\", ";", ",", "n", "N")})
    bare = _ESCAPE.sub("", value)
    return (*(f"unknown escape \\{sign}" for sign in wrong), *(f"bare {sign}" for sign in ",;" if sign in bare))
