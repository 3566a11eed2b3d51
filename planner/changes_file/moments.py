"""Times of changes: they are to come, they are in order, and the conference is open then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from planner.applying.editing import one
from planner.applying.spans import Span, from_now, now_of, opening_hours
from planner.changes import (
    ArrivesLate,
    BlockMoved,
    Change,
    DelegateAway,
    InterpreterAway,
    LeavesEarly,
    RoomLost,
    SessionMoved,
    SessionPinned,
    TeamAway,
)
from planner.consistency import Finding
from planner.scenario import Scenario


def wrong_times(change: Change, scenario: Scenario) -> Iterator[Finding]:
    """Yield times of a change that are past, out of order, or outside of the conference."""
    if isinstance(change, ArrivesLate | LeavesEarly):
        yield from _stay(change, scenario)
    elif isinstance(change, TeamAway | DelegateAway | RoomLost | InterpreterAway):
        yield from _span(change.start, change.end, scenario)
    elif isinstance(change, SessionPinned | SessionMoved) and change.start is not None:
        if change.start <= now_of(scenario):
            yield _past(("start",), change.start, scenario, "Write a later start.")
    elif isinstance(change, BlockMoved):
        yield from _block(change, scenario)


def _stay(change: ArrivesLate | LeavesEarly, scenario: Scenario) -> Iterator[Finding]:
    late = isinstance(change, ArrivesLate)
    closing = opening_hours(scenario)[-1].end
    if change.at >= closing:
        hint = f"Write {{kind: withdraws, delegation: {change.delegation}}}." if late else "Take the change out."
        yield Finding(("at",), f"the conference is over by then; it closes at {_shown(closing)}", hint)
    elif late and change.at <= now_of(scenario):
        yield _past(("at",), change.at, scenario, f"{change.delegation} can be in sessions from now on; take it out.")


def _span(start: datetime | None, end: datetime | None, scenario: Scenario) -> Iterator[Finding]:
    if end is not None and start is not None and end <= start:
        yield Finding(("end",), f"this is not after the start at {_shown(start)}", "End it later.")
        return
    if end is not None and end <= now_of(scenario):
        yield _past(("end",), end, scenario, "Take the change out; what is past stays as it was.")
        return
    span = from_now(scenario, start, end)
    hours = opening_hours(scenario)
    if not any(day.meets(span) for day in hours):
        field = "start" if start is not None else "end"
        shown = ", ".join(f"{opens:%Y-%m-%d %H:%M}–{closes:%H:%M}" for opens, closes in hours[:4])
        yield Finding((field,), "this is outside of all opening hours", f"Opening hours are {shown}.")


def _block(change: BlockMoved, scenario: Scenario) -> Iterator[Finding]:
    block = one(scenario.blocks, change.block)
    now = now_of(scenario)
    span = Span(change.start, change.end or change.start + (block.end - block.start))
    if block.end <= now:
        yield Finding(("block",), f"the block was over at {_shown(block.end)}", "Take the change out.", block.id)
    elif span.start <= now and span.start != block.start:
        yield _past(("start",), span.start, scenario, "Write a later start.")
    elif span.end <= now:
        yield _past(("end",), span.end, scenario, "Write a later end.")


def _past(path: tuple[str, ...], moment: datetime, scenario: Scenario, hint: str) -> Finding:
    now = now_of(scenario)
    return Finding(path, f"this is past; it is {_shown(now)}", hint, _shown(moment))


def _shown(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
