"""From the planner's problem to Timefold's and back. Rooms that are alike are one to Timefold, and named in the end."""

from __future__ import annotations

from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING

from planner.solution import Assignment, Solution
from tests.benchmarks.large.possible import Possible

if TYPE_CHECKING:
    from tests.benchmarks.large import timefold_model as model

_LONGEST = 3


class Translation:
    """One problem in both forms."""

    def __init__(self, possible: Possible) -> None:
        self.possible = possible
        self.problem = possible.problem
        alike: dict[object, list[int]] = {}
        for index, place in enumerate(self.problem.places):
            blocks = frozenset(stop.id for stop in self.problem.stops if stop.room == index)
            alike.setdefault((place.seats, place.features, place.windows, blocks), []).append(index)
        self.classes = list(alike.values())
        self.class_of = {room: number for number, rooms in enumerate(self.classes) for room in rooms}

    def timetable(self, first: Solution | None = None) -> model.Timetable:
        """Return Timefold's problem.

        Without a first solution nothing is decided but the teams of parties with several, which are dealt out in turn.
        """
        from tests.benchmarks.large import timefold_model as model

        problem, possible = self.problem, self.possible
        chosen = first.assignments if first is not None else (None,) * len(problem.items)
        starts = [model.Start(slot, at.day) for slot, at in enumerate(problem.slots)]
        halls = [
            model.Hall(number, problem.places[rooms[0]].seats, sum(problem.places[room].count for room in rooms))
            for number, rooms in enumerate(self.classes)
        ]
        keys = count()
        teams = [
            [model.Team(number, [model.TeamDay(next(keys)) for _ in problem.days]) for number in range(party.teams)]
            for party in problem.parties
        ]
        turns = [count() for _ in problem.parties]
        positions = [_positions(possible, party) for party in range(len(problem.parties))]
        sittings: list[model.Sitting] = []
        attendances: list[model.Attendance] = []
        for number, item in enumerate(problem.items):
            placed = chosen[number]
            sittings.append(
                model.Sitting(
                    id=number,
                    slots=-(-(item.length + possible.buffer) // problem.grid),
                    weight=item.held_weight,
                    seats=sum(item.seats_of[party] for party in item.always),
                    starts=[starts[slot] for slot in possible.starts[number]],
                    rooms=[
                        halls[kind] for kind in dict.fromkeys(self.class_of[room] for room in possible.rooms[number])
                    ],
                    start=None if placed is None else starts[placed.slot],
                    room=None if placed is None else halls[self.class_of[placed.room]],
                )
            )
            for party in item.parties:
                required = party in item.always
                there = possible.there(party, item.length)
                own = teams[party]
                if placed is not None:
                    team = own[placed.teams[party]] if party in placed.teams else None
                else:
                    team = own[next(turns[party]) % len(own)] if required else None
                attendances.append(
                    model.Attendance(
                        id=len(attendances),
                        session=number,
                        party=party,
                        required=required,
                        seats=item.seats_of[party],
                        working=positions[party],
                        free=[] if required else [slot in there for slot in range(len(problem.slots))],
                        only=required and len(own) == 1,
                        teams=own,
                        team=team,
                    )
                )
        parts = [model.Part(number) for number in range(_LONGEST)]
        return model.Timetable(parts, sittings, attendances)

    def solution(self, timetable: model.Timetable) -> Solution:
        """Return the raw answer that a timetable without broken demands stands for."""
        teams: list[dict[int, int]] = [{} for _ in self.problem.items]
        for attendance in timetable.attendances:
            if attendance.team is not None:
                teams[attendance.session][attendance.party] = attendance.team.number
        found: list[Assignment | None] = [None] * len(self.problem.items)
        used: defaultdict[tuple[int, int], int] = defaultdict(int)
        placed = [
            (sitting.start.slot, sitting.id, sitting.room.index)
            for sitting in timetable.sittings
            if sitting.start is not None and sitting.room is not None
        ]
        for slot, number, kind in sorted(placed):
            item = self.problem.items[number]
            cells = self.problem.cells_from(slot, item.length)
            room = next(
                room
                for room in self.classes[kind]
                if all(used[room, cell] < self.problem.places[room].count for cell in cells)
            )
            for cell in cells:
                used[room, cell] += 1
            found[number] = Assignment(slot, room, item.languages[0], teams[number], frozenset(), frozenset())
        return Solution(tuple(found))


def _positions(possible: Possible, party: int) -> list[int]:
    """Return the position of every slot among the working slots of its day, -1 for one that is none."""
    positions = []
    for slot, at in enumerate(possible.problem.slots):
        bit = slot - possible.first_slot[at.day]
        working = possible.working[party][at.day]
        positions.append((working & ((1 << bit) - 1)).bit_count() if working >> bit & 1 else -1)
    return positions
