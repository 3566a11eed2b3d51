"""Demands about where and when sessions are held: opening hours, blocks, rooms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from planner.scenario import Block, Day
from planner.verify.reading import Held, Reading, span
from planner.verify.report import Finding


def hours(reading: Reading) -> Iterator[Finding]:
    """Sessions off the grid or outside the opening hours of one day."""
    grid = timedelta(minutes=reading.scenario.conference.grid_minutes)
    for held in reading.judged:
        if not any(_fits(held, day, grid) for day in reading.days):
            yield (
                ("session", held.session.id),
                f"{held} does not start on the grid within the opening hours of one day, or ends after closing",
            )


def _fits(held: Held, day: Day, grid: timedelta) -> bool:
    opens = datetime.combine(day.date, day.opens)
    closes = datetime.combine(day.date, day.closes)
    return opens <= held.start and held.end <= closes and not (held.start - opens) % grid


def blocks(reading: Reading) -> Iterator[Finding]:
    """Blocks during which something runs that they hold."""
    for block in reading.scenario.blocks:
        for held in reading.judged:
            if held.overlaps(block.start, block.end) and (reasons := _caught(block, held)):
                yield (
                    ("block", block.id),
                    f"{held} runs during {block.title} ({span(block.start, block.end)}), which holds {', '.join(reasons)}",
                )


def _caught(block: Block, held: Held) -> list[str]:
    """Return what a block holds of a session: delegations, the room, interpreters."""
    caught: list[str] = []
    if "delegations" in block.blocks:
        caught += [name for name in held.present if block.delegations is None or name in block.delegations]
    if "room" in block.blocks and held.room is not None and held.room.id == block.room:
        caught.append(f"room {held.room.id}")
    if "interpreters" in block.blocks:
        caught += held.interpreters
    return caught


def room_one_session(reading: Reading) -> Iterator[Finding]:
    """Rooms and tables with two sessions at a time, rooms with more sessions than tables, sessions without a table."""
    for room in reading.scenario.rooms:
        subject = ("room", room.id)
        running: list[Held] = []
        for held in reading.of_room.get(room.id, []):
            running = [other for other in running if other.end > held.start]
            if len(running) >= room.count:
                others = ", ".join(str(other) for other in running)
                yield subject, f"{held} starts in {room.name}, which is full with {others}"
            if room.count > 1:
                if held.table is None or not 1 <= held.table <= room.count:
                    yield subject, f"{held} has table {held.table} of {room.name}, which has tables 1 to {room.count}"
                for other in running:
                    if held.table is not None and other.table == held.table:
                        yield subject, f"{held} and {other} are both at table {held.table} of {room.name}"
            running.append(held)


def seats(reading: Reading) -> Iterator[Finding]:
    """Sessions whose room has too few seats."""
    for held in reading.judged:
        needed = len(held.interpreters) + sum(
            max(reading.delegations[name].team_size, len(reading.officers(held.session, name))) for name in held.present
        )
        if held.room is not None and needed > held.room.seats:
            yield (
                ("session", held.session.id),
                f"{held} needs {needed} seats and {held.room.name} has {held.room.seats}",
            )


def features(reading: Reading) -> Iterator[Finding]:
    """Sessions whose room lacks a feature."""
    for held in reading.judged:
        if held.room is None:
            continue
        lost = {
            feature
            for outage in held.room.outages
            if held.overlaps(outage.start, outage.end)
            for feature in outage.features
        }
        offered = set(held.room.features) - lost
        missing = [feature for feature in held.session.features if feature not in offered]
        if missing:
            yield ("session", held.session.id), f"{held} needs {', '.join(missing)}, which {held.room.name} lacks"


def clearance(reading: Reading) -> Iterator[Finding]:
    """Sessions with a room, a delegation or an interpreter that is not cleared for them."""
    for held in reading.judged:
        level = held.session.classification
        holders = {name: reading.delegations[name].clearance for name in held.present}
        holders |= {name: reading.interpreters[name].clearance for name in held.interpreters}
        lacking = [name for name, clearance in holders.items() if reading.rank(clearance) < reading.rank(level)]
        if held.room is not None and reading.rank(held.room.clearance) < reading.rank(level):
            lacking.append(f"room {held.room.id}")
        if lacking:
            yield ("session", held.session.id), f"{held} is {level}, for which {', '.join(lacking)} is not cleared"
