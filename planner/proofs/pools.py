"""Pools: what sessions share and may run short of, with what each session surely takes of it and when."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
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
        session: its number; of what can be held in several ways the first, with the fewest ``minutes`` of all ways.
        at: for each unit, the slots at which it could start there.
    """

    session: int
    minutes: int
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


Ways = tuple[tuple[int, ...], ...]
"""Sets of sessions of which one is to be held whole; most often one session alone."""


def pools(problem: Problem, possible: Possible, wanted: Iterable[Ways]) -> Iterator[Pool]:
    """Yield every pool that something wanted draws on; what no plan could hold is left aside."""
    open_ways = [tuple(way for way in ways if all(possible[number].slots for number in way)) for ways in wanted]
    return _Pools(problem, possible, [ways for ways in open_ways if ways]).all()


class _Pools:
    def __init__(self, problem: Problem, possible: Possible, wanted: list[Ways]) -> None:
        self.problem = problem
        self.possible = possible
        self.wanted = wanted
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

    def _cells(self, minutes: int) -> int:
        return -(-minutes // self.problem.grid)

    def _shortest(self, group: list[int]) -> int:
        return min(self.problem.items[number].length for number in group)

    def _asking(self, asks: Callable[[int], bool]) -> list[list[int]]:
        """Of everything wanted that surely holds a session that asks, in each way one, the sessions that ask."""
        found = [[[number for number in way if asks(number)] for way in ways] for ways in self.wanted]
        return [[number for way in ways for number in way] for ways in found if all(ways)]

    def _alike(self, groups: list[list[int]], extra: int) -> tuple[Need, ...]:
        return tuple(
            Need(
                group[0],
                self._shortest(group),
                self._cells(self._shortest(group) + extra),
                {0: frozenset().union(*(self.possible[number].slots for number in group))},
            )
            for group in groups
        )

    def _in_cells(self, need: Need, unit: Unit, slot: int) -> frozenset[Hashable]:
        """Cells that a session takes from a slot on; those after the end of the day are named beyond the slots."""
        slots = self.problem.slots
        real = self.problem.cells_from(slot, need.cells * self.problem.grid)
        beyond = [(unit, ("after", slots[slot].day, extra)) for extra in range(need.cells - len(real))]
        return frozenset([*((unit, cell) for cell in real), *beyond])

    def _of_party(self, party: int) -> list[list[int]]:
        return self._asking(lambda number: party in self.problem.items[number].always)

    def _delegations(self) -> Iterator[Pool]:
        rules = frozenset({"team-one-place", "attendance", *(["buffer"] if self.buffer else [])})
        for index, party in enumerate(self.problem.parties):
            groups = self._of_party(index)
            if groups:
                needs = self._alike(groups, self.buffer)
                yield Pool(Kind.delegation, index, needs, {0: party.teams}, rules, places=self._in_cells)
            if party.teams > 1 and self._hard("officer-present"):
                yield from self._teams(index, rules)

    def _teams(self, index: int, rules: frozenset[str]) -> Iterator[Pool]:
        officers, items = self.problem.officers, self.problem.items
        for team in range(self.problem.parties[index].teams):

            def bound(number: int, team: int = team) -> bool:
                own = (officers[one] for one in items[number].officers)
                return index in items[number].always and any(
                    officer.party == index and officer.team == team for officer in own
                )

            groups = self._asking(bound)
            if groups:
                needs = self._alike(groups, self.buffer)
                yield Pool(Kind.team, index, needs, {0: 1}, rules | {"officer-present"}, team, self._in_cells)

    def _officers(self) -> Iterator[Pool]:
        items = self.problem.items
        for index, officer in enumerate(self.problem.officers):
            is_team = officer.team is not None or self.problem.parties[officer.party].teams == 1
            if not self._hard("officer-one-place") or (is_team and self._hard("team-one-place")):
                continue

            def asked(number: int, index: int = index, party: int = officer.party) -> bool:
                return index in items[number].officers and party in items[number].always

            groups = self._asking(asked)
            if groups:
                rules = frozenset({"officer-one-place", "officer-present", "attendance"})
                yield Pool(Kind.officer, index, self._alike(groups, 0), {0: 1}, rules, places=self._in_cells)

    def _rooms(self) -> Iterator[Pool]:
        needs = []
        for group in self._asking(lambda number: True):
            at: dict[Unit, frozenset[int]] = {}
            for number in group:
                for room, slots in self.possible[number].rooms.items():
                    at[room] = at.get(room, frozenset()) | slots
            shortest = self._shortest(group)
            needs.append(Need(group[0], shortest, self._cells(shortest), at))
        size = {room: place.count for room, place in enumerate(self.problem.places)}
        if needs:
            yield Pool(Kind.rooms, -1, tuple(needs), size, frozenset({"room-one-session"}), places=self._in_cells)

    def _interpreters(self) -> Iterator[Pool]:
        alone = [ways[0][0] for ways in self.wanted if len(ways) == 1 and len(ways[0]) == 1]
        needs = tuple(
            Need(
                number,
                self.problem.items[number].length,
                self._cells(self.problem.items[number].length + self.buffer),
                group,
            )
            for number in alone
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
            groups = self._of_party(index) if party.most_a_day is not None else []
            if party.most_a_day is not None and groups:
                needs = tuple(replace(need, cells=1) for need in self._alike(groups, 0))
                size = {0: party.teams * party.most_a_day}
                yield Pool(Kind.days, index, needs, size, frozenset({"most-a-day", "attendance"}), places=on_day)
