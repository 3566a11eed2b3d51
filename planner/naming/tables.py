"""Which table of a room with several each session takes."""

from __future__ import annotations

from collections.abc import Iterable

from planner.naming.sitting import Sitting
from planner.problem import Before, Problem


def number_tables(problem: Problem, sittings: list[Sitting]) -> dict[int, int]:
    """Return the table of each session in a room with several.

    Sessions that are where people were told keep their table. The others take the lowest that is free; in the order of their
    starts that never needs more tables than sessions run at once, unless tables that are kept stand in the way: then only
    those of the past are kept.
    """
    at_tables = [sitting for sitting in sittings if problem.places[sitting.assignment.room].count > 1]
    kept = [sitting for sitting in at_tables if sitting.is_past or _stays(problem, sitting)]
    tables = _numbered(at_tables, kept)
    if all(tables[sitting.number] <= problem.places[sitting.assignment.room].count for sitting in at_tables):
        return tables
    return _numbered(at_tables, [sitting for sitting in at_tables if sitting.is_past])


def _stays(problem: Problem, sitting: Sitting) -> bool:
    before: Before | None = problem.change.told.get(sitting.number) if problem.change else None
    return before is not None and (before.start, before.room) == (sitting.start, sitting.assignment.room)


def _numbered(sittings: Iterable[Sitting], kept: Iterable[Sitting]) -> dict[int, int]:
    """Give the sessions that are kept their tables, and the others, by start, the lowest that is free all the while."""
    taken: dict[tuple[int, int], list[Sitting]] = {}
    tables: dict[int, int] = {}

    def take(sitting: Sitting, table: int) -> None:
        taken.setdefault((sitting.assignment.room, table), []).append(sitting)
        tables[sitting.number] = table

    for sitting in kept:
        if sitting.told is not None and sitting.told.table is not None:
            take(sitting, sitting.told.table)
    for sitting in sittings:
        table = 1
        while sitting.number not in tables:
            others = taken.get((sitting.assignment.room, table), [])
            if all(other.end <= sitting.start or sitting.end <= other.start for other in others):
                take(sitting, table)
            table += 1
    return tables
