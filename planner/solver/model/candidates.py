"""Slots and rooms that hard rules leave to one session, whatever else is planned.

The rules are posted all the same; leaving out what they exclude for certain keeps the model small. A test shows that plans
fixed in the small and in the full model are judged alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planner.problem import Fixed, Item, Problem
from planner.rules import Level


@dataclass(frozen=True)
class Candidates:
    """Indices of the slots and rooms that are worth a decision."""

    slots: frozenset[int]
    rooms: frozenset[int]

    def pinned(self, pins: Iterable[Fixed]) -> Candidates:
        """What pins leave of these."""
        slots, rooms = self.slots, self.rooms
        for pin in pins:
            slots = slots if pin.slot is None else slots & {pin.slot}
            rooms = rooms if pin.room is None else rooms & {pin.room}
        return Candidates(slots, rooms)

    @classmethod
    def of_everything(cls, problem: Problem) -> Candidates:
        """Every slot and every room."""
        return cls(frozenset(range(len(problem.slots))), frozenset(range(len(problem.places))))

    @classmethod
    def of(cls, problem: Problem, item: Item) -> Candidates:
        """What the hard rules on hours, windows, blocks, clearance, features and seats leave."""
        return cls(_slots(problem, item), _rooms(problem, item))


def _hard(problem: Problem, rule: str) -> bool:
    return problem.settings[rule].level is Level.hard


def _slots(problem: Problem, item: Item) -> frozenset[int]:
    windows = [problem.hours] if _hard(problem, "hours") else []
    always = item.always if _hard(problem, "attendance") else frozenset()
    if _hard(problem, "windows"):
        windows += [item.windows, *(problem.parties[party].windows for party in always)]
    left = frozenset(range(len(problem.slots)))
    for spans in dict.fromkeys(windows):
        left &= problem.open_slots(spans, item.length)
    kept = (stop.span for stop in problem.stops if stop.parties & always) if _hard(problem, "blocks") else ()
    return left - problem.touching_slots(tuple(kept), item.length)


def _rooms(problem: Problem, item: Item) -> frozenset[int]:
    rank = item.rank if _hard(problem, "clearance") else 0
    features = set(item.session.features) if _hard(problem, "features") else set()
    always = item.always if _hard(problem, "seats") and _hard(problem, "attendance") else frozenset()
    seats = sum(item.seats_of[party] for party in always)
    return frozenset(
        room
        for room, place in enumerate(problem.places)
        if place.rank >= rank and place.features >= features and place.seats >= seats
    )
