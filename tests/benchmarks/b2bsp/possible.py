"""Which slots a meeting may have before anything is searched; what every reference solver begins with."""

from __future__ import annotations

from planner.importing.b2bsp import Instance

MORNING, AFTERNOON = 1, 2


def possible_slots(instance: Instance, number: int) -> list[int]:
    """Return the slots, from 0, that a meeting may have by its half of the day, its participants and its fixed slot."""
    meeting, fixed = instance.meetings[number], instance.fixed[number]
    first = instance.morning_slots if meeting.half == AFTERNOON else 0
    end = instance.morning_slots if meeting.half == MORNING else instance.slots
    barred = instance.forbidden[meeting.one] | instance.forbidden[meeting.other]
    return [slot for slot in range(first, end) if fixed in (None, slot) and slot not in barred]
