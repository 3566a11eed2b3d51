"""Small instances of the benchmark, made by chance from a seed."""

from __future__ import annotations

from itertools import combinations
from random import Random

from planner.importing.b2bsp import Instance, Meeting

HALVES = (3, 3, 3, 3, 1, 2)


def small_instance(seed: int) -> Instance:
    """Return an instance of 6 to 8 participants and 5 to 7 slots, so tight that some have breaks and some no plan at all.

    The last participant has no meeting, as in some of the published instances.
    """
    random = Random(seed)
    participants, slots = random.randint(6, 8), random.randint(5, 7)
    pairs = list(combinations(range(participants - 1), 2))
    meetings = tuple(
        Meeting(one, other, random.choice(HALVES)) for one, other in random.sample(pairs, random.randint(8, 10))
    )
    numbers = range(len(meetings))
    earlier, later = sorted(random.sample(numbers, 2))
    fixed = {random.choice(numbers): random.randrange(slots)}
    return Instance(
        participants=participants,
        meetings=meetings,
        tables=random.randint(2, 3),
        slots=slots,
        morning_slots=slots // 2 + 1,
        forbidden=tuple(
            frozenset(slot for slot in range(slots) if random.random() < 0.05) for _ in range(participants)
        ),
        fixed=tuple(fixed.get(number) for number in numbers),
        precedences=((earlier, later),),
    )
