"""Which sessions of a plan to decide on anew together: those of a few delegations, of a time, of a room, of what is left out.

Kinds of neighbourhood are drawn by how much they have gained for the effort spent on them (S. Ropke, D. Pisinger, "An Adaptive
Large Neighborhood Search Heuristic", Transportation Science 40, 2006).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from planner.problem import Before, Problem
from planner.solution import Assignment, Solution
from planner.solver.search.waiting import Waiting

_SMALLEST, _LARGEST, _FIRST = 4.0, 160.0, 12.0
_MEMORY = 0.9

ONE_DAY = "day"
"""The kind whose sessions stay on their day."""


class Neighbourhoods:
    """Draws sessions to decide on anew, and learns which kinds and sizes pay."""

    def __init__(self, problem: Problem, random: Random) -> None:
        self.problem = problem
        self.random = random
        self.waiting = Waiting(problem)
        self._kinds: dict[str, Callable[[Solution, int], Iterable[int]]] = {
            "delegations": self._delegations,
            ONE_DAY: self._day,
            "time": self._time,
            "room": self._room,
            "left out": self._left_out,
        }
        if problem.change is not None:
            self._kinds["moved"] = self._moved
        self._gains = dict.fromkeys(self._kinds, 1.0)
        self._sizes = dict.fromkeys(self._kinds, _FIRST)

    def draw(self, solution: Solution) -> tuple[str, list[int]]:
        """Return the kind of a neighbourhood and its sessions."""
        kinds = list(self._kinds)
        (kind,) = self.random.choices(kinds, [self._gains[kind] for kind in kinds])
        size = min(len(self.problem.items), round(self._sizes[kind]))
        sessions = list(dict.fromkeys(self._kinds[kind](solution, size)))
        return kind, sessions[:size]

    def learn(self, kind: str, gained: bool, proven: bool) -> None:
        """Note whether a neighbourhood gained, and whether it was searched to the end; if so, the next may be larger."""
        self._gains[kind] = max(0.05, _MEMORY * self._gains[kind] + (1 - _MEMORY) * (1.0 if gained else 0.0))
        factor = 1.1 if proven else 0.85
        self._sizes[kind] = min(_LARGEST, max(_SMALLEST, self._sizes[kind] * factor))

    def _delegations(self, solution: Solution, size: int) -> Iterable[int]:
        """All sessions of the most restless of a few delegations, and of those whom it meets."""
        return self._spread(solution, size, lambda assignment: True)

    def _day(self, solution: Solution, size: int) -> Iterable[int]:
        """The same, of one day."""
        day = self.random.randrange(len(self.problem.days))
        return self._spread(solution, size, lambda assignment: self.problem.slots[assignment.slot].day == day)

    def _spread(self, solution: Solution, size: int, wanted: Callable[[Assignment], bool]) -> Iterable[int]:
        reached = [self._restless(solution)]
        seen = set(reached)
        sessions: dict[int, None] = {}
        while reached and len(sessions) < size:
            party = reached.pop(0)
            own = list(self.problem.links.of_party[party])
            self.random.shuffle(own)
            for number in own:
                assignment = solution.assignments[number]
                if assignment is not None and wanted(assignment):
                    sessions[number] = None
                    others = [other for other in self.problem.items[number].parties if other not in seen]
                    seen.update(others)
                    reached.extend(others)
        return sessions

    def _restless(self, solution: Solution) -> int:
        """Of some delegations, the one that waits longest between its sessions."""
        count = len(self.problem.parties)
        drawn = [self.random.randrange(count) for _ in range(min(30, count))]
        return max(drawn, key=lambda party: self.waiting.of(solution, party))

    def _time(self, solution: Solution, size: int) -> Iterable[int]:
        """Sessions that start in a few slots one after the other."""
        slot = self.random.randrange(len(self.problem.slots))
        near = [
            (abs(assignment.slot - slot), self.random.random(), number)
            for number, assignment in enumerate(solution.assignments)
            if assignment is not None
        ]
        return (number for _, _, number in sorted(near)[:size])

    def _room(self, solution: Solution, size: int) -> Iterable[int]:
        """Sessions in one room, and then in those after it."""
        first = self.random.randrange(len(self.problem.places))
        rooms: list[list[int]] = [[] for _ in self.problem.places]
        for number, assignment in enumerate(solution.assignments):
            if assignment is not None:
                rooms[assignment.room].append(number)
        for room in (*rooms[first:], *rooms[:first]):
            self.random.shuffle(room)
            yield from room

    def _moved(self, solution: Solution, size: int) -> Iterable[int]:
        """Sessions that are not where people were told, one after the other with those that took its place."""
        told = self.problem.change.told if self.problem.change else {}
        moved = [number for number, before in told.items() if not _stays(before, solution.assignments[number])]
        self.random.shuffle(moved)
        for number in moved:
            yield number
            yield from self._in_the_way(solution, number, told[number])

    def _in_the_way(self, solution: Solution, number: int, before: Before) -> Iterable[int]:
        """Sessions that share time with where a session was told to be, and its room or somebody of it."""
        item = self.problem.items[number]
        for other, assignment in enumerate(solution.assignments):
            if assignment is None or other == number:
                continue
            begins = self.problem.slots[assignment.slot].start
            ends = begins + self.problem.items[other].length
            meanwhile = begins < before.start + item.length and before.start < ends
            shared = assignment.teams.keys() & before.teams.keys() or assignment.interpreters & before.interpreters
            if meanwhile and (shared or assignment.room == before.room):
                yield other

    def _left_out(self, solution: Solution, size: int) -> Iterable[int]:
        """A session that is left out, and those of its delegations; all of a chain or an order where it is bound to others."""
        missing = [number for number, assignment in enumerate(solution.assignments) if assignment is None]
        links = self.problem.links
        if not missing:
            bound = [number for number, others in enumerate(links.of_session) if others]
            missing = bound or list(range(len(self.problem.items)))
        self.random.shuffle(missing)
        first = missing[0]
        yield first
        yield from sorted(links.of_session[first])
        around = [other for party in self.problem.items[first].parties for other in links.of_party[party]]
        self.random.shuffle(around)
        yield from around
        yield from missing[1:4]


def _stays(before: Before, assignment: Assignment | None) -> bool:
    """Whether a session is at the time and in the room that people were told."""
    return assignment is not None and (assignment.slot, assignment.room) == (before.slot, before.room)
