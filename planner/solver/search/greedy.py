"""A plan proposed by hand, as it were: the least flexible session first, each where its parties wait least.

What is proposed respects who and what can be where at once. It knows nothing of runs, sittings, orders, walks and pins, which
is why proposals are held against the model before they are used.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from planner.problem import Item, Problem, Span
from planner.rules import Level
from planner.solution import Assignment, Solution
from planner.solver.model.candidates import Candidates
from planner.solver.model.idleness import busy_minutes
from planner.solver.search.waiting import waits


def propose(problem: Problem) -> tuple[Solution, list[int]]:
    """Return a proposal, and the order in which its sessions were placed.

    When not all fit, urgent sessions are placed first.
    """
    calendar = _Calendar(problem)
    candidates = [Candidates.of(problem, item) for item in problem.items]
    order = sorted(range(len(problem.items)), key=lambda number: _turn(problem, number, candidates[number]))
    proposal = _Greedy(calendar, candidates).solution(order)
    if None in proposal.assignments:
        order.sort(key=lambda number: problem.items[number].session.priority)
        urgent = _Greedy(calendar, candidates).solution(order)
        if _left_out(problem, urgent) < _left_out(problem, proposal):
            proposal = urgent
    return proposal, order


def _turn(problem: Problem, number: int, candidates: Candidates) -> tuple[int, int, float]:
    item = problem.items[number]
    crowd = max(
        (
            sum(problem.items[other].length for other in problem.links.of_party[party])
            / (problem.parties[party].teams * problem.grid)
            for party in item.always
        ),
        default=0.0,
    )
    return -item.length, -len(item.always), len(candidates.slots) - crowd


def _left_out(problem: Problem, solution: Solution) -> int:
    return sum(
        item.held_weight
        for item, assignment in zip(problem.items, solution.assignments, strict=True)
        if assignment is None
    )


@dataclass(frozen=True)
class _Calendar:
    """Who and what is there when: starts as bits, one a slot."""

    problem: Problem

    @cached_property
    def _known(self) -> dict[tuple[tuple[Span, ...], tuple[Span, ...], int], int]:
        return {}

    def starts(self, windows: tuple[Span, ...], kept: tuple[Span, ...], minutes: int) -> int:
        """Starts from which on somebody with these windows and blocks is there for so many minutes."""
        key = (windows, kept, minutes)
        if key not in self._known:
            slots = self.problem.open_slots(windows, minutes) - self.problem.touching_slots(kept, minutes)
            self._known[key] = sum(1 << slot for slot in slots)
        return self._known[key]

    def party(self, index: int, minutes: int) -> int:
        """Starts from which on a party is there."""
        return self.starts(self.problem.parties[index].windows, self._kept_from[index], minutes)

    def room(self, index: int, minutes: int) -> int:
        """Starts from which on a room is open."""
        kept = tuple(stop.span for stop in self.problem.stops if stop.room == index)
        return self.starts(self.problem.places[index].windows, kept, minutes)

    def interpreter(self, index: int, minutes: int) -> int:
        """Starts from which on an interpreter is there."""
        kept = tuple(stop.span for stop in self.problem.stops if stop.interpreters)
        return self.starts(self.problem.interpreters[index].windows, kept, minutes)

    def officer(self, index: int, minutes: int) -> int:
        """Starts from which on an officer is there."""
        return self.starts(self.problem.officers[index].windows, (), minutes)

    @cached_property
    def _kept_from(self) -> list[tuple[Span, ...]]:
        kept: list[list[Span]] = [[] for _ in self.problem.parties]
        for stop in self.problem.stops:
            for party in stop.parties:
                kept[party].append(stop.span)
        return [tuple(spans) for spans in kept]


class _Greedy:
    def __init__(self, calendar: _Calendar, candidates: list[Candidates]) -> None:
        self.calendar = calendar
        self.problem = problem = calendar.problem
        self.candidates = candidates
        self.minutes = busy_minutes(problem)
        self.teams = [[0] * party.teams for party in problem.parties]
        self.officers = [0] * len(problem.officers)
        self.interpreters = [0] * len(problem.interpreters)
        self.tables = [[0] * len(problem.slots) for _ in problem.places]
        self.thrifty = sorted(
            range(len(problem.places)),
            key=lambda room: (len(problem.places[room].features), problem.places[room].seats),
        )
        self.all_join = problem.settings["optional-present"].level is Level.soft

    def solution(self, order: Iterable[int]) -> Solution:
        """Place every session that fits when its turn comes, and then the optional parties."""
        chosen: list[Assignment | None] = [None] * len(self.problem.items)
        forms = {number: other for pair in self.problem.chains_with_forms.values() for number, other in _rivals(*pair)}
        for number in order:
            if all(chosen[other] is None for other in forms.get(number, ())):
                chosen[number] = self._place(number)
        for number, assignment in enumerate(chosen):
            if assignment is not None:
                chosen[number] = self._joined(number, assignment)
        return Solution(tuple(chosen))

    def _place(self, number: int) -> Assignment | None:
        item = self.problem.items[number]
        starts = sum(1 << slot for slot in self.candidates[number].slots)
        rooms = [room for room in self.thrifty if room in self.candidates[number].rooms]
        parties = self._wanted(item)
        for party in parties:
            starts &= self.calendar.party(party, item.length)
        for officer in item.officers:
            starts &= self.calendar.officer(officer, item.length)
        options = []
        for slot in range(len(self.problem.slots)):
            if starts >> slot & 1:
                found = self._teams_at(number, parties, slot)
                if found is not None:
                    options.append((found[0], slot, found[1]))
        for _, slot, teams in sorted(options, key=lambda option: option[:2]):
            room = self._room_at(item, rooms, slot, parties)
            spoken = self._voices(number, slot, parties) if room is not None else None
            if room is not None and spoken is not None:
                assignment = Assignment(slot, room, spoken[0], teams, frozenset(item.officers), spoken[1])
                self._take(number, assignment)
                return assignment
        return None

    def _wanted(self, item: Item) -> list[int]:
        """Those who must come, and of a quorum the first ones that make it up."""
        missing = item.at_least - sum(party in item.always for party in item.quorum)
        more = [party for party in item.quorum if party not in item.always][: max(0, missing)]
        officers_of = {self.problem.officers[officer].party for officer in item.officers}
        return [party for party in item.parties if party in item.always or party in more or party in officers_of]

    def _teams_at(self, number: int, parties: list[int], slot: int) -> tuple[tuple[int, int], dict[int, int]] | None:
        """Teams for a start, with what waiting and how many new days they add."""
        bits = self.problem.bits_from(slot, self.minutes[number])
        day = self.problem.slots[slot].day
        item = self.problem.items[number]
        if any(self.officers[officer] & self.problem.bits_from(slot, item.length) for officer in item.officers):
            return None
        fixed = {self.problem.officers[officer].party: self.problem.officers[officer].team for officer in item.officers}
        waiting, new_days = 0, 0
        teams: dict[int, int] = {}
        for party in parties:
            working = self.problem.working_bits[party][day]
            options = []
            for team, busy in enumerate(self.teams[party]):
                if not busy & bits and fixed.get(party) in (None, team):
                    today = busy & working
                    options.append((waits(today | bits & working, working) - waits(today, working), not today, team))
            if not options:
                return None
            more, new_day, teams[party] = min(options)
            waiting += more
            new_days += new_day
        return (waiting, new_days), teams

    def _room_at(self, item: Item, rooms: list[int], slot: int, parties: list[int]) -> int | None:
        seats = sum(item.seats_of[party] for party in parties)
        cells = self.problem.cells_from(slot, item.length)
        for room in rooms:
            place = self.problem.places[room]
            if (
                place.seats >= seats
                and all(self.tables[room][cell] < place.count for cell in cells)
                and self.calendar.room(room, item.length) >> slot & 1
            ):
                return room
        return None

    def _voices(self, number: int, slot: int, parties: list[int]) -> tuple[int, frozenset[int]] | None:
        """A working language, and interpreters for those who do not speak it."""
        item = self.problem.items[number]
        bits = self.problem.bits_from(slot, self.minutes[number])
        free = [
            index
            for index in item.interpreters
            if not self.interpreters[index] & bits and self.calendar.interpreter(index, item.length) >> slot & 1
        ]
        voices = [self.problem.parties[party].languages for party in parties]
        voices += [
            self.problem.officers[index].languages for index in item.officers if self.problem.officers[index].languages
        ]
        found: list[tuple[int, int, frozenset[int]]] = []
        for language in item.languages:
            helpers: set[int] = set()
            for own in voices:
                if language in own or any(self.problem.covers(index, language, own) for index in helpers):
                    continue
                helper = next((index for index in free if self.problem.covers(index, language, own)), None)
                if helper is None:
                    break
                helpers.add(helper)
            else:
                found.append((len(helpers), language, frozenset(helpers)))
        return min(found, key=lambda option: option[:2])[1:] if found else None

    def _take(self, number: int, chosen: Assignment) -> None:
        item = self.problem.items[number]
        bits = self.problem.bits_from(chosen.slot, self.minutes[number])
        for party, team in chosen.teams.items():
            self.teams[party][team] |= bits
        for officer in chosen.seated:
            self.officers[officer] |= bits
        for interpreter in chosen.interpreters:
            self.interpreters[interpreter] |= bits
        for cell in self.problem.cells_from(chosen.slot, item.length):
            self.tables[chosen.room][cell] += 1

    def _joined(self, number: int, chosen: Assignment) -> Assignment:
        """The assignment with the optional parties who can come; when nobody counts them, with those who wait less then."""
        item = self.problem.items[number]
        working = [days[self.problem.slots[chosen.slot].day] for days in self.problem.working_bits]
        bits = self.problem.bits_from(chosen.slot, self.minutes[number])
        teams = dict(chosen.teams)
        taken = sum(item.seats_of[party] for party in teams) + len(chosen.interpreters)
        for party in item.parties:
            if (
                party in teams
                or chosen.language not in self.problem.parties[party].languages
                or not self.calendar.party(party, item.length) >> chosen.slot & 1
                or taken + item.seats_of[party] > self.problem.places[chosen.room].seats
                or self.problem.parties[party].rank < item.rank
            ):
                continue
            for team, busy in enumerate(self.teams[party]):
                today = busy & working[party]
                joined = waits(today | bits & working[party], working[party])
                if not busy & bits and (self.all_join or joined < waits(today, working[party])):
                    self.teams[party][team] |= bits
                    teams[party] = team
                    taken += item.seats_of[party]
                    break
        return Assignment(chosen.slot, chosen.room, chosen.language, teams, chosen.seated, chosen.interpreters)


def _rivals(together: list[int], apart: list[int]) -> Iterable[tuple[int, list[int]]]:
    """Each session of a chain with two forms, with those of the other form."""
    yield from ((number, apart) for number in together)
    yield from ((number, together) for number in apart)
