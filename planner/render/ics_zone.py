"""The time zone of a calendar file, in the few lines that its years need."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_BASE = datetime(1989, 1, 1)


def zone_of(name: str, first_year: int, last_year: int) -> Timezone:
    """Return the rules of a zone for some years: what holds at their start, and every change of the clock.

    ``icalendar`` can make them too, but writes changes to summer time an hour late.
    """
    component = Timezone()
    component.add("TZID", name)
    for rule in _rules(name, first_year, last_year + 1):
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
