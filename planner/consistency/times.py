"""Days, blocks and windows: moments that can be, in an order that can be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import combinations
from typing import NamedTuple
from zoneinfo import ZoneInfo

from planner.consistency.finding import Finding, Known, Path
from planner.scenario import Block, Day, Scenario
from planner.values import Window

_DAYS = "conference.days"


class _Span(NamedTuple):
    start: datetime
    end: datetime


_ALWAYS = _Span(datetime.min, datetime.max)


def opening_minutes(day: Day) -> int:
    """Return the minutes from opening to closing; negative when the day closes before it opens."""
    return (day.closes.hour - day.opens.hour) * 60 + day.closes.minute - day.opens.minute


def days(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Yield days without hours, days given twice, days out of order, and days on which the clock is changed."""
    conference = scenario.conference
    seen: set[date] = set()
    latest: date | None = None
    for index, day in enumerate(conference.days):
        path: Path = ("conference", "days", index)
        minutes = opening_minutes(day)
        if minutes <= 0:
            yield Finding((*path, "closes"), f"the day opens at {day.opens:%H:%M} and has no hours", "Close it later.")
        elif known.sure("conference.grid_minutes") and minutes < conference.grid_minutes:
            yield Finding(
                (*path, "closes"),
                f"the day is open for {minutes} minutes, less than one slot of {conference.grid_minutes}",
                "Close it later, or make grid_minutes smaller.",
            )
        if day.date in seen:
            yield Finding((*path, "date"), "this day is given twice", "Give each day once, with all its hours.")
        elif latest and day.date < latest:
            yield Finding((*path, "date"), f"this day comes before {latest}", "Give the days in order.")
        seen.add(day.date)
        latest = max(latest or day.date, day.date)
        if minutes > 0 and known.sure("conference.time_zone") and _clock_changes(day, ZoneInfo(conference.time_zone)):
            yield Finding(
                (*path, "date"),
                f"in {conference.time_zone} the clock is changed during the opening hours of this day",
                "Open after the change or close before it, so that each time is there once.",
            )


def _clock_changes(day: Day, zone: ZoneInfo) -> bool:
    offsets = {
        datetime.combine(day.date, moment, zone).replace(fold=fold).utcoffset()
        for moment in (day.opens, day.closes)
        for fold in (0, 1)
    }
    return len(offsets) > 1


def blocks(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Yield blocks that end before they start, lie outside of the conference, or hold the same people or room at once."""
    dates = {day.date for day in scenario.conference.days}
    for index, block in enumerate(scenario.blocks):
        if block.end <= block.start:
            yield Finding(
                ("blocks", index, "end"),
                f"the block does not end after its start at {_shown(block.start)}",
                "End it later.",
            )
        elif known.sure(_DAYS) and not any(block.start.date() <= day <= block.end.date() for day in dates):
            yield Finding(
                ("blocks", index, "start"),
                "the block is on no day of the conference",
                f"Write one of {', '.join(map(str, sorted(dates)))}, or add the day to conference.days.",
            )
    for (_, one), (index, other) in combinations(enumerate(scenario.blocks), 2):
        if one.start < other.end and other.start < one.end and one.start < one.end and other.start < other.end:
            common = _held_by_both(one, other)
            if common:
                yield Finding(
                    ("blocks", index, "start"),
                    f"the block overlaps {one.id}, which also holds {common}, until {_shown(one.end)}",
                    "Move one of them, or change whom or what they block.",
                )


def _held_by_both(one: Block, other: Block) -> str:
    if "delegations" in one.blocks and "delegations" in other.blocks:
        if one.delegations is None and other.delegations is None:
            return "all delegations"
        everyone = one.delegations if other.delegations is None else other.delegations
        common = [name for name in everyone or () if one.delegations is None or name in one.delegations]
        if common:
            return ", ".join(common[:5])
    if "room" in one.blocks and "room" in other.blocks and one.room is not None and one.room == other.room:
        return f"the room {one.room}"
    return ""


def windows(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Yield windows, arrivals and departures that leave no time at the conference."""
    for i, room in enumerate(scenario.rooms):
        yield from _windows(("rooms", i), room.windows, scenario, known)
    for i, interpreter in enumerate(scenario.interpreters):
        yield from _windows(("interpreters", i), interpreter.windows, scenario, known)
    for i, session in enumerate(scenario.sessions):
        yield from _windows(("sessions", i), session.windows, scenario, known)
    for i, delegation in enumerate(scenario.delegations):
        path: Path = ("delegations", i)
        arrival, departure = delegation.arrival, delegation.departure
        stay = _Span(start=arrival or datetime.min, end=departure or datetime.max)
        if arrival and departure and departure <= arrival:
            yield Finding(
                (*path, "departure"),
                f"the delegation does not leave after its arrival at {_shown(arrival)}",
                "Let it leave later.",
            )
            stay = _ALWAYS
        elif known.sure(_DAYS) and not _meets(scenario, stay):
            field = (
                "arrival" if arrival and not _meets(scenario, _Span(start=arrival, end=datetime.max)) else "departure"
            )
            yield Finding((*path, field), "the delegation is not there during any opening hours", _opening(scenario))
            stay = _ALWAYS
        yield from _windows(path, delegation.windows, scenario, known, stay)
        for k, delegate in enumerate(delegation.delegates):
            yield from _windows((*path, "delegates", k), delegate.windows, scenario, known, stay)


def _windows(
    path: Path, given: tuple[Window, ...], scenario: Scenario, known: Known, stay: _Span = _ALWAYS
) -> Iterator[Finding]:
    for index, window in enumerate(given):
        here: Path = (*path, "windows", index)
        if window.end <= window.start:
            yield Finding(
                (*here, "end"), f"the window does not end after its start at {_shown(window.start)}", "End it later."
            )
        elif known.sure(_DAYS) and not _meets(scenario, window):
            yield Finding((*here, "start"), "the window is outside of all opening hours", _opening(scenario))
        elif not _overlap(window, stay):
            yield Finding(
                (*here, "start"),
                "the window is outside of the delegation's stay",
                "Put it between arrival and departure.",
            )
    for (first, one), (second, other) in combinations(enumerate(given), 2):
        if _overlap(one, other):
            yield Finding(
                (*path, "windows", second, "start"),
                f"the window overlaps windows[{first}], and a session has to lie within one of them",
                "Write them as one window.",
            )


def unused_span(
    path: Path, what: str, start: datetime, end: datetime, scenario: Scenario, known: Known
) -> Iterator[Finding]:
    """Yield that a span, such as an absence, does not end after its start, or lies outside of all opening hours."""
    if end <= start:
        yield Finding((*path, "end"), f"the {what} does not end after its start at {_shown(start)}", "End it later.")
    elif known.sure(_DAYS) and not _meets(scenario, _Span(start=start, end=end)):
        yield Finding((*path, "start"), f"the {what} is outside of all opening hours", _opening(scenario))


def _overlap(one: _Span | Window, other: _Span | Window) -> bool:
    return max(one.start, other.start) < min(one.end, other.end)


def _meets(scenario: Scenario, window: _Span | Window) -> bool:
    return any(_overlap(window, _hours(day)) for day in scenario.conference.days)


def _hours(day: Day) -> _Span:
    return _Span(datetime.combine(day.date, day.opens), datetime.combine(day.date, max(day.opens, day.closes)))


def _opening(scenario: Scenario) -> str:
    hours = [f"{day.date} {day.opens:%H:%M}–{day.closes:%H:%M}" for day in scenario.conference.days]
    return f"Opening hours are {', '.join(hours[:4])}{', …' if len(hours) > 4 else ''}."


def _shown(moment: datetime | time) -> str:
    return moment.isoformat(timespec="minutes")
