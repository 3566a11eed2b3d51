"""The check of calendar bytes finds each fault that it looks for, in a file that is sound otherwise."""

from __future__ import annotations

import pytest

from planner.render.ics_lint import faults, method_faults

SOUND = (
    b"BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\nSUMMARY:A\\, b \\\\ c\\n\r\n \xc3\xa9 end\r\n"
    b"DTSTART;TZID=X:20260205T100000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_a_sound_file_has_no_fault() -> None:
    assert faults(SOUND) == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (SOUND.removesuffix(b"\r\n"), ["the last line has no end"]),
        (SOUND.replace(b"\r\nEND:VEVENT", b"\nEND:VEVENT"), ["line 6: control character"]),
        (SOUND.replace(b"END:VEVENT\r\n", b"END:VEVENT\r\n\r\n"), ["line 8: blank"]),
        (SOUND.replace(b" end", b"x" * 80), ["line 5: 83 octets"]),
        (SOUND.replace(b"\r\n \xc3\xa9", b"\xc3\r\n \xa9"), [f"line {n}: folded inside a character" for n in (4, 5)]),
        (SOUND.replace(b"\\n\r\n ", b"\\\r\n n"), ["line 4: folded inside an escape"]),
        (SOUND.replace(b":A", b":\x07"), ["line 4: control character"]),
        (b"\xef\xbb\xbf" + SOUND, ["line 1: byte order mark", "the file is not one calendar"]),
        (SOUND + SOUND, ["the file is not one calendar"]),
        (SOUND.replace(b"\\,", b","), ["SUMMARY: bare ,"]),
        (SOUND.replace(b"\\,", b";"), ["SUMMARY: bare ;"]),
        (SOUND.replace(b"\\,", b"\\x"), ["SUMMARY: unknown escape \\x"]),
        (SOUND.replace(b"METHOD:PUBLISH\r\n", b""), ["the method does not stand before the first component"]),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(content: bytes, expected: list[str]) -> None:
    assert faults(content) == expected


ONCE = ("UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "ORGANIZER")
ENTRY = (
    b"BEGIN:VEVENT\r\nSUMMARY:A\r\nDTSTART:20260205T100000Z\r\nDTEND:20260205T103000Z\r\nDTSTAMP:20260101T000000Z\r\n"
    b"UID:1@x.example\r\nSEQUENCE:1\r\nORGANIZER:mailto:a@x.example\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\n"
)
PUBLISHED = b"BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\n" + ENTRY + ENTRY + b"END:VCALENDAR\r\n"
ASKED = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n" + ENTRY + b"END:VCALENDAR\r\n"
ASKED = ASKED.replace(b"STATUS", b"ATTENDEE;RSVP=FALSE:mailto:b@x.example\r\nSTATUS")
CANCELLED = ASKED.replace(b"REQUEST", b"CANCEL").replace(b"CONFIRMED", b"CANCELLED")


@pytest.mark.parametrize(
    "content",
    [
        PUBLISHED,
        PUBLISHED.replace(b"CONFIRMED", b"CANCELLED"),
        ASKED,
        CANCELLED,
        CANCELLED.replace(b"ATTENDEE;RSVP=FALSE:mailto:b@x.example\r\n", b""),
    ],
)
def test_files_that_keep_to_their_method_have_no_fault(content: bytes) -> None:
    assert method_faults(content) == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (ASKED.replace(b"METHOD:REQUEST\r\n", b""), ["the methods are none"]),
        (ASKED.replace(b"METHOD:REQUEST", b"METHOD:REQUEST\r\nMETHOD:CANCEL"), ["the methods are REQUEST, CANCEL"]),
        (ASKED.replace(b"REQUEST", b"INVITE"), ["the methods are INVITE"]),
        (ASKED.replace(ENTRY[:14], b"BEGIN:VEVENT\r\nUID:2\r\n", 1), ["REQUEST: 2 UID"]),
        (ASKED.replace(b"UID:1@x.example\r\n", b""), ["REQUEST: 0 UID"]),
        (ASKED.replace(b"SEQUENCE:1\r\n", b""), ["REQUEST: 0 SEQUENCE"]),
        (ASKED.replace(b"ORGANIZER:mailto:a@x.example\r\n", b""), ["REQUEST: 0 ORGANIZER"]),
        (ASKED.replace(b"DTEND:20260205T103000Z\r\n", b"DURATION:PT1H\r\n"), ["REQUEST: 0 DTEND"]),
        (ASKED.replace(b"ATTENDEE;RSVP=FALSE:mailto:b@x.example\r\n", b""), ["REQUEST: 0 ATTENDEE"]),
        (ASKED.replace(b"STATUS", b"ATTENDEE:mailto:c@x.example\r\nSTATUS"), ["REQUEST: 2 ATTENDEE"]),
        (ASKED.replace(b"CONFIRMED", b"CANCELLED"), ["REQUEST: STATUS CANCELLED"]),
        (ASKED.replace(b"END:VEVENT", b"BEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT"), ["REQUEST: BEGIN:VALARM"]),
        (ASKED.replace(b"END:VCALENDAR", b"BEGIN:VEVENT"), [*[f"REQUEST: 0 {name}" for name in ONCE],
                                                            "REQUEST: 0 ATTENDEE", "REQUEST: STATUS missing",
                                                            "REQUEST: 2 entries"]),
        (CANCELLED.replace(b"CANCELLED", b"CONFIRMED"), ["CANCEL: STATUS CONFIRMED"]),
        (CANCELLED.replace(b"SEQUENCE:1", b"SEQUENCE:0"), ["CANCEL: SEQUENCE 0 of what is cancelled"]),
        (CANCELLED.replace(b"STATUS:CANCELLED\r\n", b""), ["CANCEL: STATUS missing"]),
        (PUBLISHED.replace(b"STATUS", b"ATTENDEE:mailto:c@x.example\r\nSTATUS", 1), ["PUBLISH: 1 ATTENDEE"]),
        (PUBLISHED.replace(b"CONFIRMED", b"CANCELED", 1), ["PUBLISH: STATUS CANCELED"]),
    ],
)  # fmt: skip
def test_what_breaks_the_rules_of_its_method_is_named(content: bytes, expected: list[str]) -> None:
    assert method_faults(content) == expected
