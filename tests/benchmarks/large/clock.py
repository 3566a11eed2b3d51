"""The days of a large conference in slots of half an hour, from nine to six, with what is fixed for everybody.

A slot is ``day * SLOTS_A_DAY + position``, days from 0. Sessions last 25, 55 or 85 minutes, so that with the five minutes to
change they fill one, two or three slots.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

FIRST_DAY = datetime(2026, 9, 7)
OPENS = time(9)
CLOSES = time(18)
GRID_MINUTES = 30
BUFFER_MINUTES = 5
SLOTS_A_DAY = 18
LUNCH = 7
AFTERNOON = 9


def clock(day: int, position: int) -> str:
    """Return a moment of a day, so many slots after opening."""
    start = datetime.combine(FIRST_DAY + timedelta(days=day), OPENS) + timedelta(minutes=GRID_MINUTES * position)
    return start.isoformat(timespec="minutes")


def minutes_of(slots: int) -> int:
    """Return the length of a session that fills so many slots with its time to change."""
    return GRID_MINUTES * slots - BUFFER_MINUTES


def starts_in(free: frozenset[int], slots: int) -> list[int]:
    """Return the slots at which a session of so many slots may start, in the free slots of one day."""
    return [
        slot
        for slot in sorted(free)
        if all(slot + later in free for later in range(slots)) and slot % SLOTS_A_DAY + slots <= SLOTS_A_DAY
    ]


def common_blocks(days: int) -> list[tuple[str, str, str, int, int, int]]:
    """Return what everybody is in: id, title, kind, day, first slot of the day and slots."""
    blocks = [(f"lunch-{day + 1}", "Lunch", "lunch", day, LUNCH, 2) for day in range(days)]
    blocks.append(("opening", "Opening plenary", "plenary", 0, 0, 2))
    blocks.append(("closing", "Closing ceremony", "ceremony", days - 1, SLOTS_A_DAY - 2, 2))
    if days > 2:
        blocks.append(("keynote", "Keynote", "plenary", days // 2, AFTERNOON, 2))
    return blocks


def open_slots(days: int) -> frozenset[int]:
    """Return the slots of a conference that no common block takes."""
    taken = {
        day * SLOTS_A_DAY + first + later for *_, day, first, length in common_blocks(days) for later in range(length)
    }
    return frozenset(range(days * SLOTS_A_DAY)) - taken
