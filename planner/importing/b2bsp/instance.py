"""An instance of the benchmark: participants who have asked for meetings, tables, and slots."""

from __future__ import annotations

from dataclasses import dataclass

MOST_SLOTS = 31
"""Slots of half an hour from 08:00 until the day ends."""


@dataclass(frozen=True)
class Meeting:
    """Two participants, from 0, and when they are to meet: 1 in the morning, 2 in the afternoon, 3 in either."""

    one: int
    other: int
    half: int


@dataclass(frozen=True)
class Instance:
    """What is to be scheduled; everything is counted from 0.

    Attributes:
        participants: how many there are.
        tables: how many meetings there may be in one slot.
        slots: how many there are, of which the first ``morning_slots`` are in the morning.
        forbidden: for each participant the slots without meetings.
        fixed: for each meeting the slot that it must have, if any.
        precedences: pairs of meetings, of which the first has an earlier slot than the second.
    """

    participants: int
    meetings: tuple[Meeting, ...]
    tables: int
    slots: int
    morning_slots: int
    forbidden: tuple[frozenset[int], ...]
    fixed: tuple[int | None, ...]
    precedences: tuple[tuple[int, int], ...]
