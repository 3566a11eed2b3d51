"""Calendar files: one VCALENDAR, by RFC 5545, RFC 5546 and RFC 7986; here the agenda of a reader, to be published."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from icalendar import Calendar as File
from icalendar import vText

from planner.agenda import Calendar
from planner.errors import OutputError
from planner.render.ics_entry import clean, published
from planner.render.ics_lint import faults, method_faults
from planner.render.ics_zone import zone_of

PRODID = "-//planner//conference planner//EN"
_COLOUR = "steelblue"
_END = b"END:VCALENDAR\r\n"
Method = Literal["PUBLISH", "REQUEST", "CANCEL"]


def calendar_file(calendar: Calendar) -> bytes:
    """Return the bytes of an agenda download; equal calendars give equal bytes.

    Raises:
        OutputError: when what was written breaks the format, which is a fault of the planner.
    """
    name = " ".join(clean(calendar.name).translate(str.maketrans(",;\\", "   ")).split())
    extra = {"NAME": name, "X-WR-CALNAME": name, "X-WR-TIMEZONE": calendar.zone, "COLOR": _COLOUR}
    return assembled(
        "PUBLISH", calendar, [published(event, calendar.organiser, calendar.mail) for event in calendar.events], extra
    )


def assembled(method: Method, calendar: Calendar, entries: list[bytes], extra: dict[str, str] | None = None) -> bytes:
    """Return a calendar file of these entries, with the zone of the calendar and, before them, ``extra`` texts.

    Raises:
        OutputError: when what was written breaks the format or the rules of its method, which is a fault of the planner.
    """
    zone = calendar.zone if not entries or any(b"\r\nDTSTART;TZID=" in entry for entry in entries) else None
    years = {calendar.since.year} | {event.start.year for event in calendar.events}
    head = [_head(method, tuple((extra or {}).items()))]
    if zone is not None:
        head.append(_zone(zone, min(years), max(years)))
    content = b"".join([*head, *entries, _END])
    found = faults(content) + method_faults(content)
    if found:
        raise OutputError(
            f"The calendar {calendar.name!r} breaks the calendar format: {'; '.join(found[:5])}.",
            "This is a fault of the planner. Please report it.",
        )
    return content


@lru_cache(maxsize=2**10)
def _head(method: Method, extra: tuple[tuple[str, str], ...]) -> bytes:
    """Return how a calendar begins; many files of one entry begin alike."""
    file = File()
    file.add("VERSION", "2.0")
    file.add("PRODID", PRODID)
    file.add("CALSCALE", "GREGORIAN")
    file.add("METHOD", method)
    for name, text in extra:
        file[name] = vText(text)
    content: bytes = file.to_ical()
    return content.removesuffix(_END)


@lru_cache(maxsize=2**4)
def _zone(name: str, first_year: int, last_year: int) -> bytes:
    """Return the zone of a calendar; all files of a conference have the same."""
    content: bytes = zone_of(name, first_year, last_year).to_ical()
    return content
