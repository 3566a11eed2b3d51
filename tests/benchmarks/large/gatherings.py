"""Who meets whom: a few parties lead most sessions, four in five sessions are of two parties, the rest of three to six."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from random import Random

BILATERAL_SHARE = 0.8
SIZES = (3, 4, 5, 6)
SIZE_WEIGHTS = (40, 30, 20, 10)
LENGTHS = (1, 2, 3)
BILATERAL_LENGTH_WEIGHTS = (88, 10, 2)
LARGER_LENGTH_WEIGHTS = (55, 35, 10)
PRIORITIES = (1, 2, 3)
PRIORITY_WEIGHTS = (15, 55, 30)
TAIL = 0.8
"""The party of rank r leads in proportion to r**-TAIL."""


@dataclass(frozen=True)
class Gathering:
    """A session that is asked for.

    Attributes:
        parties: those who must be there, leader first, from 0.
        optional: a party that may come.
        slots: how many it fills.
        features: what its room must have.
    """

    parties: tuple[int, ...]
    optional: int | None
    slots: int
    priority: int
    features: tuple[str, ...]


def gatherings(parties: int, number: int, random: Random) -> list[Gathering]:
    """Return so many sessions; no two parties meet twice in twos."""
    ranks = random.sample(range(parties), parties)
    leading = list(accumulate((rank + 1) ** -TAIL for rank in ranks))
    joining = list(accumulate(random.gammavariate(4, 1) for _ in range(parties)))
    bilaterals = round(number * BILATERAL_SHARE)
    sizes = [2] * bilaterals + random.choices(SIZES, SIZE_WEIGHTS, k=number - bilaterals)
    random.shuffle(sizes)
    met: set[frozenset[int]] = set()
    found: list[Gathering] = []
    for size in sizes:
        chosen = _chosen(size + (size > 2 and random.random() < 0.15), parties, leading, joining, random)
        while size == 2 and frozenset(chosen) in met:
            chosen = _chosen(size, parties, leading, joining, random)
        met.add(frozenset(chosen))
        found.append(
            Gathering(
                parties=tuple(chosen[:size]),
                optional=chosen[size] if len(chosen) > size else None,
                slots=random.choices(LENGTHS, BILATERAL_LENGTH_WEIGHTS if size == 2 else LARGER_LENGTH_WEIGHTS)[0],
                priority=random.choices(PRIORITIES, PRIORITY_WEIGHTS)[0],
                features=_features(size, random),
            )
        )
    return found


def _chosen(size: int, parties: int, leading: list[float], joining: list[float], random: Random) -> list[int]:
    chosen = random.choices(range(parties), cum_weights=leading)
    while len(chosen) < size:
        (other,) = random.choices(range(parties), cum_weights=joining)
        if other not in chosen:
            chosen.append(other)
    return chosen


def _features(size: int, random: Random) -> tuple[str, ...]:
    luck = random.random()
    video, secure_line = (0.01, 0.02) if size == 2 else (0.15, 0.22)
    return ("video",) if luck < video else ("secure-line",) if luck < secure_line else ()
