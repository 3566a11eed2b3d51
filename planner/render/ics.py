"""Calendar files: one VCALENDAR for each reader, by RFC 5545, RFC 5546 (PUBLISH) and RFC 7986.

A session is the same entry, word for word, in every reader's file, because one UID must not mean different texts. Calendars
are forwarded and synced to servers of others, so an entry says who meets, where and in which language, and leaves out what
it is about: no case, no lead, no id of either, and no person. Interpreters are not named either, so that a change of
interpreter is no news to delegations.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Calendar as File
from icalendar import Event as Entry
from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vText
from icalendar.enums import STATUS, TRANSP

from planner.agenda import Calendar, Event
from planner.errors import OutputError
from planner.render.ics_lint import faults

PRODID = "-//planner//conference planner//EN"
_COLOUR = "steelblue"
_END = b"END:VCALENDAR\r\n"
_BASE = datetime(1989, 1, 1)


def calendar_file(calendar: Calendar) -> bytes:
    """Return the bytes of an agenda download; equal calendars give equal bytes.

    Raises:
        OutputError: when what was written breaks the format, which is a fault of the planner.
    """
    file = File()
    file.add("VERSION", "2.0")
    file.add("PRODID", PRODID)
    file.add("CALSCALE", "GREGORIAN")
    file.add("METHOD", "PUBLISH")
    name = " ".join(clean(calendar.name).translate(str.maketrans(",;\\", "   ")).split())
    file["NAME"] = vText(name)
    file["X-WR-CALNAME"] = vText(name)
    file["X-WR-TIMEZONE"] = vText(calendar.zone)
    file["COLOR"] = vText(_COLOUR)
    entries = [_entry(event, calendar.organiser, calendar.mail, calendar.revised) for event in calendar.events]
    if not entries or any(b"\r\nDTSTART;TZID=" in entry for entry in entries):
        file.add_component(_zone(calendar))
    head: bytes = file.to_ical()
    content = head.removesuffix(_END) + b"".join(entries) + _END
    found = faults(content)
    if found:
        raise OutputError(
            f"The calendar {name!r} breaks the calendar format: {'; '.join(found[:5])}.",
            "This is a fault of the planner. Please report it.",
        )
    return content


def clean(text: str) -> str:
    """Return text as calendar programs keep it: composed (NFC), stripped, lines ended by LF, no control characters."""
    composed = unicodedata.normalize("NFC", text)
    lines = ("".join(sign for sign in line if unicodedata.category(sign) != "Cc") for line in composed.splitlines())
    return "\n".join(line.strip() for line in lines).strip()


def _line(text: str) -> str:
    return " ".join(clean(text).split("\n"))


@lru_cache(maxsize=2**16)
def _entry(event: Event, organiser: str, mail: str, revised: datetime) -> bytes:
    """Return the bytes of one entry; it stands in the files of several readers."""
    revised = revised.replace(microsecond=0)
    entry = Entry.new(
        uid=event.uid,
        sequence=event.sequence,
        stamp=revised,
        created=revised,
        last_modified=revised,
        start=event.start,
        end=event.end,
        summary=_line(event.summary),
        location=_line(event.location) if event.location else None,
        description=clean(event.description) if event.description else None,
        categories=[event.category],
        status=STATUS.CONFIRMED,
        transparency=TRANSP.OPAQUE,
        organizer=vCalAddress.new(f"mailto:{mail}", cn=_line(organiser).replace('"', "'")),
    )
    content: bytes = entry.to_ical()
    return content


def _zone(calendar: Calendar) -> Timezone:
    """Return the zone's rules for the years of the calendar: what holds at their start, and every change of the clock.

    ``icalendar`` can make them too, but writes changes to summer time an hour late.
    """
    years = {calendar.revised.year} | {event.start.year for event in calendar.events}
    component = Timezone()
    component.add("TZID", calendar.zone)
    for rule in _rules(calendar.zone, min(years), max(years) + 1):
        part = TimezoneDaylight() if rule.is_summer else TimezoneStandard()
        part.add("DTSTART", rule.since)
        part.add("TZNAME", rule.name)
        part.add("TZOFFSETFROM", rule.before)
        part.add("TZOFFSETTO", rule.after)
        component.add_component(part)
    return component


class _Rule(NamedTuple):
    since: datetime
    name: str
    is_summer: bool
    before: timedelta
    after: timedelta


@cache
def _rules(name: str, first_year: int, last_year: int) -> tuple[_Rule, ...]:
    zone = ZoneInfo(name)
    moment, last = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year, 12, 31, tzinfo=UTC)
    offset = _offset(moment, zone)
    rules = [_Rule(_BASE, _name(moment, zone), _is_summer(moment, zone), offset, offset)]
    while moment < last:
        moment += timedelta(minutes=30)
        before, offset = offset, _offset(moment, zone)
        if offset != before:
            since = (moment + before).replace(tzinfo=None)
            rules.append(_Rule(since, _name(moment, zone), _is_summer(moment, zone), before, offset))
    return tuple(rules)


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _name(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).tzname() or zone.key


def _is_summer(moment: datetime, zone: ZoneInfo) -> bool:
    return bool(moment.astimezone(zone).dst())
