"""Windows from which spans of time are taken, and the hours that are left of a conference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from planner.scenario import Delegation, Scenario
from planner.values import Window


class Span(NamedTuple):
    """From one moment to another."""

    start: datetime
    end: datetime

    def meets(self, other: Span | Window) -> bool:
        """Tell whether they share time; touching is not sharing."""
        return max(self.start, other.start) < min(self.end, other.end)


def opening_hours(scenario: Scenario) -> tuple[Span, ...]:
    """Return the opening hours of each day, in order."""
    days = sorted(scenario.conference.days, key=lambda day: day.date)
    return tuple(Span(datetime.combine(day.date, day.opens), datetime.combine(day.date, day.closes)) for day in days)


def from_now(scenario: Scenario, start: datetime | None, end: datetime | None) -> Span:
    """Return the part of a span that is to come; ends left out are the moment of the change and the conference's end."""
    now, closing = now_of(scenario), opening_hours(scenario)[-1].end
    return Span(max(start or now, now), end or closing)


def now_of(scenario: Scenario) -> datetime:
    """Return the moment of the change that a scenario is being changed at."""
    assert scenario.replanning is not None
    return scenario.replanning.now


def stay_of(delegation: Delegation) -> Span:
    """Return the time between arrival and departure."""
    return Span(delegation.arrival or datetime.min, delegation.departure or datetime.max)


def cut(scenario: Scenario, windows: tuple[Window, ...], away: Span, stay: Span | None = None) -> tuple[Window, ...]:
    """Return when somebody or something is available that is away for a time.

    Args:
        windows: when it was available; always, if empty.
        away: when it is not.
        stay: nothing is said about the time outside of it.
    """
    hours = opening_hours(scenario)
    given: Iterable[Span | Window] = windows or hours
    pieces = (piece for span in given for piece in _less(span, away))
    return _usable(hours, pieces, stay)


def within(scenario: Scenario, windows: tuple[Window, ...], stay: Span) -> tuple[Window, ...]:
    """Return the windows that share time with a stay; an empty list stays empty."""
    return _usable(opening_hours(scenario), windows, stay) if windows else ()


def _usable(hours: tuple[Span, ...], pieces: Iterable[Span | Window], stay: Span | None) -> tuple[Window, ...]:
    """Keep what meets opening hours and the stay; of nothing a minute is kept, for an empty list would mean always."""
    always = Span(datetime.min, datetime.max)
    stay = stay or always
    kept = tuple(
        Window(start=piece.start, end=piece.end)
        for piece in pieces
        if stay.meets(piece) and any(span.meets(piece) for span in hours)
    )
    if kept:
        return kept
    first = next((max(span.start, stay.start) for span in hours if span.meets(stay)), hours[0].start)
    return (Window(start=first, end=first + timedelta(minutes=1)),)


def _less(span: Span | Window, away: Span) -> Iterator[Span]:
    before, after = Span(span.start, min(span.end, away.start)), Span(max(span.start, away.end), span.end)
    yield from (piece for piece in (before, after) if piece.start < piece.end)
