"""Slots and rooms that hard rules leave to one session, whatever else is planned.

The rules are posted all the same; leaving out what they exclude for certain keeps the model small. A test shows that plans
fixed in the small and in the full model are judged alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planner.problem import Fixed, Item, Problem, available
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
        everything = cls.of_everything(problem)
        return cls(
            frozenset(slot for slot in everything.slots if _slot_fits(problem, item, slot)),
            frozenset(room for room in everything.rooms if _room_fits(problem, item, room)),
        )


def _hard(problem: Problem, rule: str) -> bool:
    return problem.settings[rule].level is Level.hard


def _slot_fits(problem: Problem, item: Item, slot: int) -> bool:
    start = problem.slots[slot].start
    end = start + item.length
    if _hard(problem, "hours") and end > problem.slots[slot].closes:
        return False
    if _hard(problem, "windows") and not available(item.windows, start, end):
        return False
    if not _hard(problem, "attendance"):
        return True
    if _hard(problem, "windows") and not all(
        available(problem.parties[party].windows, start, end) for party in item.always
    ):
        return False
    return not _hard(problem, "blocks") or not any(
        stop.span.overlaps(start, end) and stop.parties & item.always for stop in problem.stops
    )


def _room_fits(problem: Problem, item: Item, room: int) -> bool:
    place = problem.places[room]
    seats = sum(item.seats_of[party] for party in item.always) if _hard(problem, "attendance") else 0
    return (
        (not _hard(problem, "clearance") or place.rank >= item.rank)
        and (not _hard(problem, "features") or place.features >= set(item.session.features))
        and (not _hard(problem, "seats") or place.seats >= seats)
    )
