"""What each session of a large conference could get if there were no other, and what its team and room are taken for.

For conferences without officers, interpreters, quorums, sittings, walks and pins, as the generator makes them; the verifier
would refuse what the reference methods make of others. Bits stand for the slots of a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from planner.problem import Problem, available


@dataclass(frozen=True)
class Possible:
    """The possible starts and rooms of the sessions of a problem, and the working slots of its parties."""

    problem: Problem

    @cached_property
    def first_slot(self) -> tuple[int, ...]:
        """First slot of each day."""
        slots = self.problem.slots
        return tuple(
            next(slot for slot, at in enumerate(slots) if at.day == day) for day in range(len(self.problem.days))
        )

    @cached_property
    def starts(self) -> tuple[tuple[int, ...], ...]:
        """For each session, the slots at which all who must be there are there and free of blocks, until its end."""
        return tuple(
            tuple(sorted(frozenset.intersection(*(self.there(party, item.length) for party in item.always))))
            for item in self.problem.items
        )

    @cached_property
    def rooms(self) -> tuple[tuple[int, ...], ...]:
        """For each session, the rooms with its features and enough seats, those with fewest seats and features first."""
        places = self.problem.places
        thrifty = sorted(range(len(places)), key=lambda room: (len(places[room].features), places[room].seats, room))
        return tuple(
            tuple(
                room
                for room in thrifty
                if places[room].features >= set(item.session.features)
                and places[room].seats >= sum(item.seats_of[party] for party in item.always)
            )
            for item in self.problem.items
        )

    @cached_property
    def working(self) -> tuple[tuple[int, ...], ...]:
        """For each party and day, the bits of the slots that no block of the party touches."""
        working = []
        for party in range(len(self.problem.parties)):
            days = [0] * len(self.problem.days)
            for slot, at in enumerate(self.problem.slots):
                if at.whole and not self._blocked(party, at.start, at.start + self.problem.grid):
                    days[at.day] |= 1 << (slot - self.first_slot[at.day])
            working.append(tuple(days))
        return tuple(working)

    @cached_property
    def _there(self) -> dict[tuple[int, int], frozenset[int]]:
        return {}

    @cached_property
    def buffer(self) -> int:
        """Minutes to change."""
        return self.problem.parameter("buffer", "minutes")

    def there(self, party: int, minutes: int) -> frozenset[int]:
        """Return the slots from which on a party is there and in no block for so many minutes of one day."""
        if (party, minutes) not in self._there:
            windows = self.problem.parties[party].windows
            self._there[party, minutes] = frozenset(
                slot
                for slot, at in enumerate(self.problem.slots)
                if at.start + minutes <= at.closes
                and available(windows, at.start, at.start + minutes)
                and not self._blocked(party, at.start, at.start + minutes)
            )
        return self._there[party, minutes]

    def bits(self, slot: int, minutes: int) -> int:
        """Return the slots of a day that so many minutes touch, from a slot on."""
        at = self.problem.slots[slot]
        return ((1 << -(-minutes // self.problem.grid)) - 1) << (slot - self.first_slot[at.day])

    def _blocked(self, party: int, start: int, end: int) -> bool:
        return any(stop.span.overlaps(start, end) and party in stop.parties for stop in self.problem.stops)

    def open_for(self, room: int, slot: int, minutes: int) -> bool:
        """Tell whether a room is open and free of blocks for so many minutes from a slot on."""
        start = self.problem.slots[slot].start
        return available(self.problem.places[room].windows, start, start + minutes) and not any(
            stop.room == room and stop.span.overlaps(start, start + minutes) for stop in self.problem.stops
        )
