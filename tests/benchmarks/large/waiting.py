"""Counts what a raw answer costs, fast enough to be asked many times a second; a test shows that the verifier agrees."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from planner.solution import Solution
from tests.benchmarks.large.possible import Possible


@dataclass(frozen=True, order=True)
class Cost:
    """What a plan costs: ``held`` first, then ``waiting``, which is twice the breaks and the idle slots."""

    held: int
    waiting: int
    breaks: int
    idle: int


def cost_of(possible: Possible, solution: Solution) -> Cost:
    """Return the cost of a solution."""
    problem = possible.problem
    busy: defaultdict[tuple[int, int, int], int] = defaultdict(int)
    held = 0
    for item, chosen in zip(problem.items, solution.assignments, strict=True):
        if chosen is None:
            held += item.held_weight
            continue
        day = problem.slots[chosen.slot].day
        bits = possible.bits(chosen.slot, item.length + possible.buffer)
        for party, team in chosen.teams.items():
            busy[party, team, day] |= bits
    breaks = idle = 0
    for (party, _, day), bits in busy.items():
        more_breaks, more_idle = waits(bits, possible.working[party][day])
        breaks += more_breaks
        idle += more_idle
    return Cost(held, 2 * breaks + idle, breaks, idle)


@lru_cache(maxsize=2**18)
def waits(busy: int, working: int) -> tuple[int, int]:
    """Return the breaks and idle slots of a team's day, of which the bits of its busy and of its working slots are given."""
    breaks = idle = run = 0
    begun = False
    busy &= working
    while busy:
        if working & 1:
            if busy & 1:
                breaks += run > 0
                idle += run
                run = 0
                begun = True
            elif begun:
                run += 1
        busy >>= 1
        working >>= 1
    return breaks, idle
