"""What the programme can give: a block at another time, a shorter one, or sessions beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from planner.relaxing.change import Change, Choice, Giver, Ladder
from planner.relaxing.edits import edited
from planner.scenario import Block, BlockKind, Day, Scenario

MOST_PLACES = 8
"""Other times at which a block is tried, the nearest ones."""


def blocks(scenario: Scenario, name: str) -> Iterator[Ladder]:
    """Hold a block at another time, shorten it, or hold sessions meanwhile."""
    block = next(block for block in scenario.blocks if block.id == name)
    yield Choice(_moved(block, start) for start in _other_places(scenario, block)[:MOST_PLACES])
    cell = timedelta(minutes=scenario.conference.grid_minutes)
    if block.end - block.start > cell:
        yield (
            Change(
                Giver.programme,
                f"End {block.title} at {block.end - cell:%H:%M} instead of {block.end:%H:%M}",
                partial(edited, collection="blocks", id=name, end=block.end - cell),
            ),
        )
        yield (
            Change(
                Giver.programme,
                f"Start {block.title} at {block.start + cell:%H:%M} instead of {block.start:%H:%M}",
                partial(edited, collection="blocks", id=name, start=block.start + cell),
            ),
        )
    yield (
        Change(
            Giver.programme,
            f"Hold sessions during {block.title}",
            partial(edited, collection="blocks", id=name, blocks=()),
        ),
    )


def _moved(block: Block, start: datetime) -> Change:
    """A block as long as it is, at another start of the same day."""
    return Change(
        Giver.programme,
        f"Hold {block.title} at {start:%H:%M} instead of {block.start:%H:%M} on {start:%a} {start.day} {start:%b}",
        partial(edited, collection="blocks", id=block.id, start=start, end=start + (block.end - block.start)),
    )


def _other_places(scenario: Scenario, block: Block) -> list[datetime]:
    """Other starts of a block on its day, the nearest first.

    They are on the grid, within the hours, when its room is free, and leave it before and after the same blocks as now: lunch
    does not move behind the closing. Prayers, and what has begun when a plan is changed, stay.
    """
    day = next((day for day in scenario.conference.days if day.date == block.start.date()), None)
    now = scenario.replanning.now if scenario.replanning else None
    if day is None or block.kind is BlockKind.prayer or (now and block.start <= now):
        return []
    starts = [start for start in _slots(scenario, day) if start != block.start and not (now and start <= now)]
    free = [start for start in starts if _fits(scenario, day, block, start)]
    return sorted(free, key=lambda start: (abs(start - block.start), start < block.start))


def _slots(scenario: Scenario, day: Day) -> Iterator[datetime]:
    start = datetime.combine(day.date, day.opens)
    while start < datetime.combine(day.date, day.closes):
        yield start
        start += timedelta(minutes=scenario.conference.grid_minutes)


def _fits(scenario: Scenario, day: Day, block: Block, start: datetime) -> bool:
    end = start + (block.end - block.start)
    windows = next((room.windows for room in scenario.rooms if room.id == block.room), ())
    return (
        end <= datetime.combine(day.date, day.closes)
        and (not windows or any(window.start <= start and end <= window.end for window in windows))
        and all(_in_order(block, start, end, other) for other in scenario.blocks if _shares(block, other))
    )


def _shares(block: Block, other: Block) -> bool:
    """Whether another block is for some of the same people, or in the same room."""
    if block.id == other.id:
        return False
    same_room = block.room is not None and block.room == other.room
    return (
        same_room
        or block.delegations is None
        or other.delegations is None
        or not {*block.delegations}.isdisjoint(other.delegations)
    )


def _in_order(block: Block, start: datetime, end: datetime, other: Block) -> bool:
    """Whether a block from start to end is clear of another one, on the side on which it is now."""
    if other.end <= block.start:
        return other.end <= start
    if block.end <= other.start:
        return end <= other.start
    return True
