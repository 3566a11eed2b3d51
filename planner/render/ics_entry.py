"""One entry of a calendar file, property by property.

A session is the same entry, word for word, in every reader's file, because one UID must not mean different texts. Calendars
are forwarded and synced to servers of others, so an entry says who meets, where and in which language, and leaves out what
it is about: no case, no lead, no id of either, and no person. Interpreters are not named either, so that a change of
interpreter is no news to delegations.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from icalendar import Event as Entry
from icalendar import vCalAddress
from icalendar.enums import CUTYPE, PARTSTAT, ROLE, STATUS, TRANSP

from planner.agenda import Event, Reader

_CANCELLED = "CANCELLED: "


@lru_cache(maxsize=2**12)
def clean(text: str) -> str:
    """Return text as calendar programs keep it: composed (NFC), stripped, lines ended by LF, no control characters."""
    composed = unicodedata.normalize("NFC", text)
    lines = ("".join(sign for sign in line if unicodedata.category(sign) != "Cc") for line in composed.splitlines())
    return "\n".join(line.strip() for line in lines).strip()


@lru_cache(maxsize=2**16)
def published(event: Event, organiser: str, mail: str) -> bytes:
    """Return the bytes of an entry in an agenda, where it stands in the files of several readers.

    What is cancelled says so in its title as well, since some programs show it as if it were held.
    """
    entry = _entry(event, organiser, mail)
    if event.cancelled:
        entry["SUMMARY"] = _line(_CANCELLED + event.summary)
    return _bytes(entry, STATUS.CANCELLED if event.cancelled else STATUS.CONFIRMED)


@lru_cache(maxsize=2**16)
def invited(event: Event, organiser: str, mail: str, reader: Reader | None) -> bytes:
    """Return the bytes of an entry in a file of its own, to a reader with a mail address or to nobody in particular."""
    return _bytes(_entry(event, organiser, mail, reader), STATUS.CONFIRMED)


def ended(event: Event, organiser: str, mail: str, reader: Reader | None) -> bytes:
    """Return the bytes of the end of an entry in a file of its own.

    It is cancelled for this reader. Whether others still have it is not told, although RFC 5546, section 3.2.5, would leave out
    the STATUS then.

    Args:
        event: what the reader was last told of it.
        organiser: name of who issues the plan.
        mail: address of who issues the plan.
        reader: whose entry it is, with a mail address; None for a reader without one.
    """
    return _bytes(_entry(event, organiser, mail, reader), STATUS.CANCELLED)


def _entry(event: Event, organiser: str, mail: str, reader: Reader | None = None) -> Entry:
    revised = event.revised.replace(microsecond=0)
    return Entry.new(
        uid=event.uid,
        sequence=event.sequence,
        stamp=revised,
        created=event.created.replace(microsecond=0),
        last_modified=revised,
        start=event.start,
        end=event.end,
        summary=_line(event.summary),
        location=_line(event.location) if event.location else None,
        description=clean(event.description) if event.description else None,
        categories=(event.category,) if event.category else (),
        transparency=TRANSP.TRANSPARENT if event.cancelled else TRANSP.OPAQUE,
        organizer=vCalAddress.new(f"mailto:{mail}", cn=_name(organiser)),
        attendees=None if reader is None else [_attendee(reader)],
    )


def _attendee(reader: Reader) -> vCalAddress:
    """Return who is asked to come; nobody reads answers, as the plan does not hang on them."""
    return vCalAddress.new(
        f"mailto:{reader.mail}",
        cn=_name(reader.name),
        cutype=CUTYPE.GROUP if reader.is_group else CUTYPE.INDIVIDUAL,
        role=ROLE.REQ_PARTICIPANT,
        partstat=PARTSTAT.NEEDS_ACTION,
        rsvp=False,
    )


def _bytes(entry: Entry, status: STATUS | None) -> bytes:
    if status is not None:
        entry.status = status
    content: bytes = entry.to_ical()
    return content


def _line(text: str) -> str:
    return " ".join(clean(text).split("\n"))


def _name(text: str) -> str:
    return _line(text).replace('"', "'")
