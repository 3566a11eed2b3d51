"""The benchmark's own meaning, read from an answer alone: which demands it breaks, and how many breaks it has.

Every answer, the planner's and the references', is read here before it counts. Nothing is shared with any solver.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from planner.importing.b2bsp import Instance


def breaks(instance: Instance, slots: Sequence[int]) -> list[int]:
    """Return how many breaks each participant has, when meeting ``i`` is in slot ``slots[i]``."""
    own: list[list[int]] = [[] for _ in range(instance.participants)]
    for meeting, slot in zip(instance.meetings, slots, strict=True):
        own[meeting.one].append(slot)
        own[meeting.other].append(slot)
    return [
        sum(after != before + 1 for before, after in zip(sorted(row), sorted(row)[1:], strict=False)) for row in own
    ]


def faults(instance: Instance, fairness: int, slots: Sequence[int]) -> list[str]:
    """Return every demand that the answer breaks, in words; none when it holds all."""
    found = []
    busy: Counter[tuple[int, int]] = Counter()
    for number, (meeting, slot) in enumerate(zip(instance.meetings, slots, strict=True)):
        if not 0 <= slot < instance.slots:
            found.append(f"meeting {number} is in slot {slot}, which does not exist")
        if meeting.half != 3 and (slot < instance.morning_slots) != (meeting.half == 1):
            found.append(f"meeting {number} is in the wrong half of the day")
        if instance.fixed[number] not in (None, slot):
            found.append(f"meeting {number} is not where it is fixed")
        for who in (meeting.one, meeting.other):
            busy[who, slot] += 1
            if slot in instance.forbidden[who]:
                found.append(f"meeting {number} is in slot {slot}, forbidden for participant {who}")
    found.extend(f"participant {who} has {n} meetings in slot {slot}" for (who, slot), n in busy.items() if n > 1)
    found.extend(
        f"{n} meetings in slot {slot} need more than the tables"
        for slot, n in Counter(slots).items()
        if n > instance.tables
    )
    found.extend(
        f"meeting {later} is not after meeting {earlier}"
        for earlier, later in instance.precedences
        if slots[earlier] >= slots[later]
    )
    numbers = breaks(instance, slots)
    if numbers and max(numbers) - min(numbers) > fairness:
        found.append(f"breaks differ by {max(numbers) - min(numbers)}")
    return found
