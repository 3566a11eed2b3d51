"""Pools: what sessions share and may run short of, with what each session surely takes of it and when."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from planner.problem import Problem
from planner.proofs.possible import Possible
from planner.rules import Level

Unit = int
"""A thing of a pool that has times of its own: a room, an interpreter; 0 where all are alike."""


class Kind(StrEnum):
    """What a pool is made of."""

    delegation = "delegation"
    team = "team"
    officer = "officer"
    rooms = "rooms"
    interpreters = "interpreters"
    days = "days"


@dataclass(frozen=True)
class Need:
    """What one session takes of a pool: a row of ``cells`` cells of one unit, and from which slots on it could take them.

    Attributes:
        at: for each unit, the slots at which the session could start there.
    """

    session: int
    cells: int
    at: Mapping[Unit, frozenset[int]]


@dataclass(frozen=True)
class Pool:
    """Something that sessions share.

    Attributes:
        owner: index of the delegation or officer; for rooms and interpreters, whose units are their indices, -1.
        team: number of the team, from 0, for a pool that is one team.
        size: how many sessions each unit takes at once.
        minutes: how long a session of so many minutes keeps a unit busy.
        rules: ids of the rules that the pool rests on.
    """

    kind: Kind
    owner: int
    needs: tuple[Need, ...]
    size: Mapping[Unit, int]
    rules: frozenset[str]
    team: int | None = None
    places: Callable[[Need, Unit, int], frozenset[Hashable]] = field(repr=False, default=lambda *_: frozenset())


def pools(problem: Problem, possible: Possible, sessions: frozenset[int]) -> Iterator[Pool]:
    """Yield every pool that some of the sessions draw on; those that no plan could hold are left aside."""
    return _Pools(problem, possible, sorted(number for number in sessions if possible[number].slots)).all()


class _Pools:
    def __init__(self, problem: Problem, possible: Possible, sessions: list[int]) -> None:
        self.problem = problem
        self.possible = possible
        self.sessions = sessions
        self.buffer = problem.parameter("buffer", "minutes") if self._hard("buffer") else 0

    def _hard(self, *rules: str) -> bool:
        return all(self.problem.settings[rule].level is Level.hard for rule in rules)

    def all(self) -> Iterator[Pool]:
        if self._hard("team-one-place", "attendance"):
            yield from self._delegations()
        if self._hard("attendance", "officer-present"):
            yield from self._officers()
        if self._hard("room-one-session"):
            yield from self._rooms()
        if self._hard("interpreter-one-place", "language"):
            yield from self._interpreters()
        if self._hard("most-a-day", "attendance"):
            yield from self._days()

    def _cells(self, number: int, extra: int) -> int:
        return -(-(self.problem.items[number].length + extra) // self.problem.grid)

    def _alike(self, numbers: list[int], extra: int) -> tuple[Need, ...]:
        return tuple(Need(number, self._cells(number, extra), {0: self.possible[number].slots}) for number in numbers)

    def _in_cells(self, need: Need, unit: Unit, slot: int) -> frozenset[Hashable]:
        """Cells that a session takes from a slot on; those after the end of the day are named beyond the slots."""
        slots = self.problem.slots
        real = self.problem.cells_from(slot, need.cells * self.problem.grid)
        beyond = [(unit, ("after", slots[slot].day, extra)) for extra in range(need.cells - len(real))]
        return frozenset([*((unit, cell) for cell in real), *beyond])

    def _delegations(self) -> Iterator[Pool]:
        rules = frozenset({"team-one-place", "attendance", *(["buffer"] if self.buffer else [])})
        for index, party in enumerate(self.problem.parties):
            numbers = [number for number in self.sessions if index in self.problem.items[number].always]
            if numbers:
                needs = self._alike(numbers, self.buffer)
                yield Pool(Kind.delegation, index, needs, {0: party.teams}, rules, places=self._in_cells)
            if party.teams > 1 and self._hard("officer-present"):
                yield from self._teams(index, numbers, rules)

    def _teams(self, index: int, numbers: list[int], rules: frozenset[str]) -> Iterator[Pool]:
        officers = self.problem.officers
        for team in range(self.problem.parties[index].teams):
            own = [
                number
                for number in numbers
                if any(
                    officers[one].party == index and officers[one].team == team
                    for one in self.problem.items[number].officers
                )
            ]
            if own:
                needs = self._alike(own, self.buffer)
                yield Pool(Kind.team, index, needs, {0: 1}, rules | {"officer-present"}, team, self._in_cells)

    def _officers(self) -> Iterator[Pool]:
        for index, officer in enumerate(self.problem.officers):
            is_team = officer.team is not None or self.problem.parties[officer.party].teams == 1
            if not self._hard("officer-one-place") or (is_team and self._hard("team-one-place")):
                continue
            numbers = [
                number
                for number in self.sessions
                if index in self.problem.items[number].officers and officer.party in self.problem.items[number].always
            ]
            if numbers:
                rules = frozenset({"officer-one-place", "officer-present", "attendance"})
                yield Pool(Kind.officer, index, self._alike(numbers, 0), {0: 1}, rules, places=self._in_cells)

    def _rooms(self) -> Iterator[Pool]:
        needs = tuple(
            Need(number, self._cells(number, 0), self.possible[number].rooms) for number in self.sessions
        )
        size = {room: place.count for room, place in enumerate(self.problem.places)}
        if needs:
            yield Pool(Kind.rooms, -1, needs, size, frozenset({"room-one-session"}), places=self._in_cells)

    def _interpreters(self) -> Iterator[Pool]:
        needs = tuple(
            Need(number, self._cells(number, self.buffer), group)
            for number in self.sessions
            for group in self.possible[number].helpers
        )
        size = dict.fromkeys(range(len(self.problem.interpreters)), 1)
        rules = frozenset({"interpreter-one-place", "language", "attendance", *(["buffer"] if self.buffer else [])})
        if needs:
            yield Pool(Kind.interpreters, -1, needs, size, rules, places=self._in_cells)

    def _days(self) -> Iterator[Pool]:
        def on_day(need: Need, unit: Unit, slot: int) -> frozenset[Hashable]:
            return frozenset([(unit, self.problem.slots[slot].day)])

        for index, party in enumerate(self.problem.parties):
            numbers = [number for number in self.sessions if index in self.problem.items[number].always]
            if party.most_a_day is not None and numbers:
                needs = tuple(Need(number, 1, {0: self.possible[number].slots}) for number in numbers)
                size = {0: party.teams * party.most_a_day}
                yield Pool(Kind.days, index, needs, size, frozenset({"most-a-day", "attendance"}), places=on_day)
