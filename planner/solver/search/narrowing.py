"""Slots that a session which is decided on anew can still have, when all others are where they are.

The rules are posted all the same; leaving out what they exclude for certain makes the models of neighbourhoods small.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from planner.problem import Problem
from planner.rules import Level
from planner.solution import Solution
from planner.solver.model.candidates import Candidates
from planner.solver.model.idleness import busy_minutes
from planner.solver.model.scope import Scope

_ALONE = ("team-one-place", "buffer", "attendance")
"""The rules that keep a session from a slot in which all teams of somebody who must come are busy."""


class Narrowing:
    """Narrows down the candidates of the free sessions of a scope."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._candidates: dict[int, Candidates] = {}
        self._minutes = busy_minutes(problem)
        self._certain = all(problem.settings[rule].level is Level.hard for rule in _ALONE)

    def narrowed(self, scope: Scope, solution: Solution, *, same_day: bool = False) -> Scope:
        """The scope with what its free sessions can still have; those that a solution holds on the same day, if so asked."""
        busy = self._busy(scope) if self._certain else {}
        candidates: dict[int, Candidates] = {}
        for number in scope.free:
            assignment = solution.assignments[number] if same_day else None
            day = None if assignment is None else self.problem.slots[assignment.slot].day
            candidates[number] = self._left(number, busy, day)
        return replace(scope, candidates=candidates)

    def _left(self, number: int, busy: Mapping[int, list[int]], day: int | None) -> Candidates:
        item = self.problem.items[number]
        known = self._known(number)
        teams = [busy[party] for party in item.always if party in busy]
        return replace(
            known,
            slots=frozenset(
                slot
                for slot in known.slots
                if (day is None or self.problem.slots[slot].day == day)
                and _some_are_free(teams, self.problem.bits_from(slot, self._minutes[number]))
            ),
        )

    def _known(self, number: int) -> Candidates:
        if number not in self._candidates:
            self._candidates[number] = Candidates.of(self.problem, self.problem.items[number])
        return self._candidates[number]

    def _busy(self, scope: Scope) -> dict[int, list[int]]:
        """Cells in which each team is busy with a fixed session, of the parties all of whose sessions are known."""
        busy = {party: [0] * self.problem.parties[party].teams for party in scope.parties}
        for number, assignment in scope.fixed.items():
            if assignment is not None:
                cells = self.problem.bits_from(assignment.slot, self._minutes[number])
                for party, team in assignment.teams.items():
                    if party in busy:
                        busy[party][team] |= cells
        return busy


def _some_are_free(parties: Iterable[list[int]], cells: int) -> bool:
    """Whether of each party some team is free in all of the cells."""
    return all(any(not team & cells for team in teams) for teams in parties)
