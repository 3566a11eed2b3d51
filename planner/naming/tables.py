"""Which table of a room with several each session takes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from planner.naming.sitting import Sitting
from planner.problem import Before, Problem


def number_tables(problem: Problem, sittings: list[Sitting]) -> dict[int, int]:
    """Return the table of each session in a room with several.

    Sessions that are where people were told keep their table; of those that last longer than was told, only those in whose
    table nobody else stays. The others take the lowest that is free; in the order of their starts that never needs more tables
    than sessions run at once, unless tables that are kept stand in the way: then only those of the past are kept.
    """
    at_tables = [sitting for sitting in sittings if problem.places[sitting.assignment.room].count > 1]
    kept = [sitting for sitting in at_tables if sitting.is_past or _stays(problem, sitting)]
    kept.sort(key=_lasts_longer)
    tables = _numbered(at_tables, kept)
    if all(tables[sitting.number] <= problem.places[sitting.assignment.room].count for sitting in at_tables):
        return tables
    return _numbered(at_tables, [sitting for sitting in at_tables if sitting.is_past])


def _stays(problem: Problem, sitting: Sitting) -> bool:
    before: Before | None = problem.change.told.get(sitting.number) if problem.change else None
    return before is not None and (before.start, before.room) == (sitting.start, sitting.assignment.room)


def _lasts_longer(sitting: Sitting) -> bool:
    told = sitting.told
    return told is not None and sitting.end - sitting.start > (told.end - told.start) // timedelta(minutes=1)


def _numbered(sittings: Iterable[Sitting], kept: Iterable[Sitting]) -> dict[int, int]:
    """Give the sessions that are kept their tables if these are free, and the others, by start, the lowest that is."""
    taken: dict[tuple[int, int], list[Sitting]] = {}
    tables: dict[int, int] = {}

    def take(sitting: Sitting, table: int) -> None:
        taken.setdefault((sitting.assignment.room, table), []).append(sitting)
        tables[sitting.number] = table

    def is_free(sitting: Sitting, table: int) -> bool:
        others = taken.get((sitting.assignment.room, table), [])
        return all(other.end <= sitting.start or sitting.end <= other.start for other in others)

    for sitting in kept:
        told = sitting.told.table if sitting.told is not None else None
        if told is not None and is_free(sitting, told):
            take(sitting, told)
    for sitting in sittings:
        table = 1
        while sitting.number not in tables:
            if is_free(sitting, table):
                take(sitting, table)
            table += 1
    return tables
