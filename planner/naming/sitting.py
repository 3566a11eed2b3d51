"""A session that a solution holds, with what it was when people were told of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.problem import Problem
from planner.record import Past, Told
from planner.scenario import Scenario
from planner.solution import Assignment, Solution


@dataclass(frozen=True)
class Sitting:
    """A session held, from minute ``start`` to minute ``end``.

    Attributes:
        told: how people know it, or how it was if it is past; None if it is new to them.
    """

    number: int
    id: str
    start: int
    end: int
    assignment: Assignment
    told: Told | None

    @property
    def is_past(self) -> bool:
        """Whether it had started when the plan was changed."""
        return isinstance(self.told, Past)


def sittings_of(scenario: Scenario, problem: Problem, solution: Solution) -> list[Sitting]:
    """Return the sessions held by start and id."""
    records = {record.session: record for record in _records(scenario)}
    held = [
        Sitting(
            number=number,
            id=item.id,
            start=problem.slots[chosen.slot].start,
            end=problem.slots[chosen.slot].start + item.length,
            assignment=chosen,
            told=None if problem.past.get(number, chosen) != chosen else records.get(item.id),
        )
        for number, (item, chosen) in enumerate(zip(problem.items, solution.assignments, strict=True))
        if chosen is not None
    ]
    return sorted(held, key=lambda sitting: (sitting.start, sitting.id))


def _records(scenario: Scenario) -> Iterator[Told]:
    if scenario.replanning is not None:
        yield from scenario.replanning.told
        yield from scenario.replanning.past
