"""How long each team waits between its sessions of a day, slot by slot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from planner.rules import Level
from planner.scenario import Day
from planner.verify.reading import Reading, Team


@dataclass(frozen=True)
class Wait:
    """One day of one team that has sessions on it.

    Attributes:
        idle: slots between its first and its last session that no session with its buffer and no block touches.
        breaks: unbroken runs of them; a block does not break a run.
    """

    team: Team
    idle: int
    breaks: int


def waits(reading: Reading) -> Iterator[Wait]:
    """Return the waits of every team of the scenario on every day of the conference on which it has sessions."""
    setting = reading.settings["buffer"]
    buffer = timedelta(minutes=0 if setting.level is Level.off else setting.parameters["minutes"])
    for (delegation, number), sessions in reading.of_team.items():
        if not 1 <= number <= reading.delegations[delegation].teams:
            continue
        for day in reading.days:
            busy = [(held.start, held.end + buffer) for held in sessions if held.start.date() == day.date]
            if busy:
                touched = [_touches(slot, busy) for slot in _open_slots(reading, delegation, day)]
                yield _wait((delegation, number), touched)


def _wait(team: Team, touched: list[bool]) -> Wait:
    runs = [(is_busy, len(list(run))) for is_busy, run in groupby(touched)]
    idle = [length for is_busy, length in runs[1:-1] if not is_busy]
    return Wait(team, sum(idle), len(idle))


def _open_slots(reading: Reading, delegation: str, day: Day) -> list[tuple[datetime, datetime]]:
    """Return the slots of a day's opening hours that no block of the delegation touches."""
    grid = timedelta(minutes=reading.scenario.conference.grid_minutes)
    holding = [
        (block.start, block.end)
        for block in reading.scenario.blocks
        if "delegations" in block.blocks and (block.delegations is None or delegation in block.delegations)
    ]
    start = datetime.combine(day.date, day.opens)
    closes = datetime.combine(day.date, day.closes)
    slots: list[tuple[datetime, datetime]] = []
    while start + grid <= closes:
        if not _touches((start, start + grid), holding):
            slots.append((start, start + grid))
        start += grid
    return slots


def _touches(slot: tuple[datetime, datetime], spans: list[tuple[datetime, datetime]]) -> bool:
    return any(slot[0] < end and start < slot[1] for start, end in spans)
