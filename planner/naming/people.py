"""Who of each delegation comes: officers first, then whom people were told of, then free members of the team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from planner.naming.sitting import Sitting
from planner.problem import Problem
from planner.scenario import Delegate, Delegation, Scenario


def list_delegates(
    scenario: Scenario, problem: Problem, sittings: list[Sitting], moment: Callable[[int], datetime]
) -> dict[int, dict[str, tuple[str, ...]]]:
    """Return the delegates of each session by delegation, up to the team's size.

    A session whose team stays keeps its people as far as they are free, and nobody is added whom it could do without before.

    Args:
        moment: the time at the venue of a minute of the problem, without offset.
    """
    people = _People(scenario, problem, moment)
    for sitting in sittings:
        people.seat_officers(sitting)
    for sitting in sittings:
        people.seat_as_told(sitting)
    for sitting in sittings:
        people.fill(sitting)
    return {
        sitting.number: {name: tuple(listed) for name, listed in people.of(sitting).items()} for sitting in sittings
    }


class _People:
    def __init__(self, scenario: Scenario, problem: Problem, moment: Callable[[int], datetime]) -> None:
        self.scenario = scenario
        self.problem = problem
        self.moment = moment
        self.booked: dict[str, list[Sitting]] = defaultdict(list)
        self.listed: dict[int, dict[str, list[str]]] = {}

    def of(self, sitting: Sitting) -> Mapping[str, list[str]]:
        """Who is listed for a session, by delegation."""
        return self.listed[sitting.number]

    def seat_officers(self, sitting: Sitting) -> None:
        """List the officers whom the solution seats; of a session that is past, everybody who was there."""
        self.listed[sitting.number] = {delegation.id: [] for delegation, _ in self._sent(sitting)}
        if sitting.told is not None and sitting.is_past:
            for delegation, names in sitting.told.delegates.items():
                for name in names:
                    self._seat(sitting, delegation, name)
            return
        for index in self.problem.items[sitting.number].officers:
            if index in sitting.assignment.seated:
                officer = self.problem.officers[index]
                self._seat(sitting, self.problem.parties[officer.party].id, officer.id)

    def seat_as_told(self, sitting: Sitting) -> None:
        """List members whom people were told of, as far as they are free."""
        for delegation, team in self._sent(sitting):
            told = self._told(sitting, delegation.id, team)
            for member in self._members(sitting, delegation, team):
                if told is not None and member.id in told:
                    self._add(sitting, delegation, member.id, len(told))

    def fill(self, sitting: Sitting) -> None:
        """List free members up to the size of the team, or to how many people were told of."""
        for delegation, team in self._sent(sitting):
            told = self._told(sitting, delegation.id, team)
            for member in self._members(sitting, delegation, team):
                self._add(sitting, delegation, member.id, delegation.team_size if told is None else len(told))

    def _sent(self, sitting: Sitting) -> Iterator[tuple[Delegation, int]]:
        """Delegations present with the number of the team that they send, from 1."""
        for party, team in sorted(sitting.assignment.teams.items()):
            yield self.scenario.delegations[party], team + 1

    def _told(self, sitting: Sitting, delegation: str, team: int) -> tuple[str, ...] | None:
        """Who was to come, if the same team was; None when people were told nothing of the kind."""
        if sitting.told is None or sitting.told.teams.get(delegation) != team:
            return None
        return sitting.told.delegates.get(delegation, ())

    def _members(self, sitting: Sitting, delegation: Delegation, team: int) -> Iterator[Delegate]:
        """Free members of a team; an officer whom the solution leaves out stays out."""
        officers = {self.problem.officers[index].id for index in self.problem.items[sitting.number].officers}
        for member in delegation.delegates:
            if member.team in (None, team) and member.id not in officers and self._is_free(member, sitting):
                yield member

    def _is_free(self, member: Delegate, sitting: Sitting) -> bool:
        start, end = self.moment(sitting.start), self.moment(sitting.end)
        there = not member.windows or any(window.start <= start and end <= window.end for window in member.windows)
        others = self.booked[member.id]
        return there and all(other.end <= sitting.start or sitting.end <= other.start for other in others)

    def _add(self, sitting: Sitting, delegation: Delegation, member: str, most: int) -> None:
        if len(self.listed[sitting.number][delegation.id]) < min(most, delegation.team_size) and not sitting.is_past:
            self._seat(sitting, delegation.id, member)

    def _seat(self, sitting: Sitting, delegation: str, name: str) -> None:
        self.listed[sitting.number][delegation].append(name)
        self.booked[name].append(sitting)
