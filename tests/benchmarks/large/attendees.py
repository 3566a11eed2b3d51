"""When the parties of a large conference are there, and how many teams they bring.

A party leaves early or comes late only as far as each of its sessions keeps several starts at which everybody is there, and
has as many teams as it needs to be busy for three quarters of its time at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from random import Random

from tests.benchmarks.large.clock import AFTERNOON, LUNCH, SLOTS_A_DAY, clock, open_slots, starts_in
from tests.benchmarks.large.gatherings import Gathering

MOST_BUSY = 0.75
FEWEST_STARTS = 8
CAUCUSES = 6
CAUCUS_SHARE = 0.08
"""Of all parties, in each caucus."""


@dataclass(frozen=True)
class Caucus:
    """An hour for some parties."""

    day: int
    first: int
    members: tuple[int, ...]


@dataclass(frozen=True)
class Attendee:
    """A party: its teams, and its arrival, departure and windows as a scenario gives them."""

    teams: int
    team_size: int
    limits: dict[str, object]


def caucuses(parties: int, days: int, random: Random) -> list[Caucus]:
    """Return the caucuses; no party is in two."""
    size = round(parties * CAUCUS_SHARE)
    members = random.sample(range(parties), size * CAUCUSES)
    firsts = (3, 11, 13)
    return [
        Caucus(number % days, firsts[number // days % len(firsts)], tuple(sorted(members[number * size :][:size])))
        for number in range(CAUCUSES)
    ]


def attendees(
    parties: int, days: int, asked: Sequence[Gathering], held: Sequence[Caucus], random: Random
) -> list[Attendee]:
    """Return each party with its teams and times."""
    sessions: list[list[Gathering]] = [[] for _ in range(parties)]
    for gathering in asked:
        for party in gathering.parties:
            sessions[party].append(gathering)
    free = [open_slots(days)] * parties
    for caucus in held:
        hour = {caucus.day * SLOTS_A_DAY + caucus.first, caucus.day * SLOTS_A_DAY + caucus.first + 1}
        for party in caucus.members:
            free[party] = free[party] - hour
    found: list[Attendee] = []
    for party, own in enumerate(sessions):
        busy = sum(gathering.slots for gathering in own)
        teams = max(1, ceil(busy / (MOST_BUSY * len(free[party]))))
        limits, kept = _limits(days, random)
        remaining = free[party] & kept
        if busy <= MOST_BUSY * teams * len(remaining) and all(
            _meets(gathering, party, remaining, free) for gathering in own
        ):
            free[party] = remaining
        else:
            limits = {}
        found.append(Attendee(teams, 3 if teams > 1 else random.choice((1, 2, 2)), limits))
    return found


def _meets(gathering: Gathering, party: int, remaining: frozenset[int], free: list[frozenset[int]]) -> bool:
    common = remaining.intersection(*(free[other] for other in gathering.parties if other != party))
    return len(starts_in(common, gathering.slots)) >= FEWEST_STARTS


def _limits(days: int, random: Random) -> tuple[dict[str, object], frozenset[int]]:
    """Draw when a party is there: as a scenario gives it, and the slots that it keeps."""
    everything = frozenset(range(days * SLOTS_A_DAY))
    luck = random.random()
    if luck < 0.15:
        arrives = random.choice((4, 6, AFTERNOON, 11) if days < 3 else (6, AFTERNOON, SLOTS_A_DAY))
        day, first = divmod(arrives, SLOTS_A_DAY)
        return {"arrival": clock(day, first)}, frozenset(range(arrives, days * SLOTS_A_DAY))
    if luck < 0.30:
        leaves = random.choice((LUNCH, 11, 14))
        return {"departure": clock(days - 1, leaves)}, frozenset(range((days - 1) * SLOTS_A_DAY + leaves))
    if luck < 0.40:
        start, end = random.choice(((0, LUNCH), (AFTERNOON, SLOTS_A_DAY)))
        windows = [{"start": clock(day, start), "end": clock(day, end)} for day in range(days)]
        return {"windows": windows}, frozenset(slot for slot in everything if start <= slot % SLOTS_A_DAY < end)
    return {}, everything
