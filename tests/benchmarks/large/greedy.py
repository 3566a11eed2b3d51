"""A good greedy construction: the least flexible session first, each where it makes its parties wait least.

The order was the best of several: longest sessions first, then those of most parties, then those with fewest starts for what
their busiest party is asked for. A session takes the start, and its parties the teams, that add least to breaks and idle time;
among equals a day on which they have sessions already, then the earliest start, and the smallest room that will do. In the end
optional parties join where that fills a gap. What was decided stays.
"""

from __future__ import annotations

from dataclasses import replace

from planner.compiling import compile_problem
from planner.scenario import Scenario
from planner.solution import Assignment, Solution
from tests.benchmarks.large.log import Log
from tests.benchmarks.large.possible import Possible
from tests.benchmarks.large.waiting import waits


def run(scenario: Scenario, seconds: float, log: Log) -> None:
    """Construct one plan; it takes its own time, whatever is allowed."""
    log.begin()
    log.note(construct(Possible(compile_problem(scenario))))


def construct(possible: Possible) -> Solution:
    """Return a solution."""
    return _Greedy(possible).solution()


class _Greedy:
    def __init__(self, possible: Possible) -> None:
        self.possible = possible
        self.problem = problem = possible.problem
        days = len(problem.days)
        self.busy = [[[0] * days for _ in range(party.teams)] for party in problem.parties]
        self.used = [[0] * len(problem.slots) for _ in problem.places]
        self.asked = [0] * len(problem.parties)
        for item in problem.items:
            for party in item.always:
                self.asked[party] += -(-item.length // problem.grid)

    def solution(self) -> Solution:
        """Place every session that fits when its turn comes, and then the optional parties who fill gaps."""
        chosen: list[Assignment | None] = [None] * len(self.problem.items)
        for number in sorted(range(len(chosen)), key=self._turn):
            chosen[number] = self._place(number)
        return Solution(tuple(self._joined(number, assignment) for number, assignment in enumerate(chosen)))

    def _turn(self, number: int) -> tuple[float, ...]:
        item = self.problem.items[number]
        crowd = max(self.asked[party] / self.problem.parties[party].teams for party in item.always)
        return (-item.length, -len(item.always), len(self.possible.starts[number]) - crowd)

    def _place(self, number: int) -> Assignment | None:
        best: tuple[tuple[int, ...], Assignment] | None = None
        for slot in self.possible.starts[number]:
            found = self._at(number, slot)
            if found is not None and (best is None or found[0] < best[0]):
                best = found
        if best is None:
            return None
        chosen = best[1]
        item = self.problem.items[number]
        day = self.problem.slots[chosen.slot].day
        for party, team in chosen.teams.items():
            self.busy[party][team][day] |= self.possible.bits(chosen.slot, item.length + self.possible.buffer)
        for cell in self.problem.cells_from(chosen.slot, item.length):
            self.used[chosen.room][cell] += 1
        return chosen

    def _at(self, number: int, slot: int) -> tuple[tuple[int, ...], Assignment] | None:
        item = self.problem.items[number]
        day = self.problem.slots[slot].day
        bits = self.possible.bits(slot, item.length + self.possible.buffer)
        added = 0
        new_days = 0
        teams: dict[int, int] = {}
        for party in item.parties:
            if party not in item.always:
                continue
            working = self.possible.working[party][day]
            options = [
                (_waiting(busy[day] | bits, working) - _waiting(busy[day], working), busy[day] == 0, team)
                for team, busy in enumerate(self.busy[party])
                if not busy[day] & bits
            ]
            if not options:
                return None
            more, new_day, teams[party] = min(options)
            added += more
            new_days += new_day
        cells = self.problem.cells_from(slot, item.length)
        room = next((room for room in self.possible.rooms[number] if self._free(room, slot, item.length, cells)), None)
        if room is None:
            return None
        assignment = Assignment(slot, room, item.languages[0], teams, frozenset(), frozenset())
        return (added, new_days, slot), assignment

    def _joined(self, number: int, chosen: Assignment | None) -> Assignment | None:
        """Return the assignment with every optional party that waits less when it comes."""
        if chosen is None:
            return None
        item = self.problem.items[number]
        day = self.problem.slots[chosen.slot].day
        bits = self.possible.bits(chosen.slot, item.length + self.possible.buffer)
        teams = dict(chosen.teams)
        for party in item.parties:
            working = self.possible.working[party][day]
            seats = sum(item.seats_of[there] for there in (*teams, party))
            if (
                party in teams
                or chosen.slot not in self.possible.there(party, item.length)
                or seats > self.problem.places[chosen.room].seats
            ):
                continue
            for team, busy in enumerate(self.busy[party]):
                joined = busy[day] | bits
                if not busy[day] & bits and _waiting(joined, working) < _waiting(busy[day], working):
                    busy[day] = joined
                    teams[party] = team
                    break
        return replace(chosen, teams=teams)

    def _free(self, room: int, slot: int, minutes: int, cells: range) -> bool:
        return all(
            self.used[room][cell] < self.problem.places[room].count for cell in cells
        ) and self.possible.open_for(room, slot, minutes)


def _waiting(busy: int, working: int) -> int:
    breaks, idle = waits(busy, working)
    return 2 * breaks + idle
