"""The raw answer of the solver, in the problem's indices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Assignment:
    """Where and with whom one session is held.

    Attributes:
        slot: index of the start slot.
        room: index of the room.
        language: index of the working language.
        teams: team (from 0) of each party present.
        seated: officers who come.
        interpreters: interpreters assigned.
    """

    slot: int
    room: int
    language: int
    teams: Mapping[int, int]
    seated: frozenset[int]
    interpreters: frozenset[int]


@dataclass(frozen=True)
class Solution:
    """One assignment a session, None for a session that is left out."""

    assignments: tuple[Assignment | None, ...]

    def changed(self, chosen: Mapping[int, Assignment | None]) -> Solution:
        """The same with some sessions elsewhere."""
        return Solution(tuple(chosen.get(number, was) for number, was in enumerate(self.assignments)))
