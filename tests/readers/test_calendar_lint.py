"""The check of calendar bytes finds each fault that it looks for, in a file that is sound otherwise."""

from __future__ import annotations

import pytest

from planner.render.ics_lint import faults

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
