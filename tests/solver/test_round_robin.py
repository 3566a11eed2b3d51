"""All pairs of n delegations meet: the known least number of slots suffices, and one slot fewer is proven not to.

With n even and n/2 rooms everybody can sit in every slot, so n-1 slots suffice (a round robin, T. P. Kirkman 1847); with n odd
and (n-1)/2 rooms one delegation pauses in every slot, and n suffice.
"""

from __future__ import annotations

from itertools import combinations

import pytest

from planner.compiling import compile_problem
from planner.rules import CATALOGUE, Kind
from planner.scenario import Scenario
from planner.solver.search import Answer, Effort, search
from tests.verify.build import conference, day, delegation, meeting, room, scenario

NAMES = ("KOR", "JPN", "KHM", "FRA", "VNM", "THA", "USA", "CHN", "IDN", "SGP")
EFFORT = Effort(time_limit=None, deterministic_limit=20.0, seed=1, workers=1)


def round_robin(n: int, slots: int) -> Scenario:
    """Return a day of so many half hours with n // 2 rooms; what counts is only how many of the pairs meet."""
    closes = 9 * 60 + 30 * slots
    return scenario(
        conference=conference(days=[day("2026-02-05", "09:00", f"{closes // 60:02}:{closes % 60:02}")]),
        rooms=[room(f"room-{number}") for number in range(n // 2)],
        delegations=[delegation(name) for name in NAMES[:n]],
        sessions=[meeting(f"{one}-{other}", one, other, minutes=30) for one, other in combinations(NAMES[:n], 2)],
        rules={rule.id: {"level": "off"} for rule in CATALOGUE if rule.kind is Kind.wish and rule.id != "held"}
        | {"buffer": {"level": "off"}},
    )


def left_out(n: int, slots: int) -> int:
    """Return the proven least number of pairs that do not meet."""
    answer = proven(search(compile_problem(round_robin(n, slots)), EFFORT, lambda progress: None))
    return answer.counts["held"]


def proven(answer: Answer) -> Answer:
    (held,) = answer.tiers
    assert (held.proven, held.bound) == (True, held.value)
    return answer


@pytest.mark.parametrize("n", [6, 8, 10])
def test_with_n_even_all_pairs_meet_in_n_minus_1_slots(n: int) -> None:
    assert left_out(n, n - 1) == 0


@pytest.mark.parametrize("n", [6, 8, 10])
def test_with_n_even_one_slot_fewer_leaves_out_one_pair_for_each_room(n: int) -> None:
    assert left_out(n, n - 2) == n // 2


@pytest.mark.parametrize("n", [5, 7, 9])
def test_with_n_odd_all_pairs_meet_in_n_slots(n: int) -> None:
    assert left_out(n, n) == 0


@pytest.mark.parametrize("n", [5, 7, 9])
def test_with_n_odd_one_slot_fewer_leaves_out_one_pair_for_each_room(n: int) -> None:
    assert left_out(n, n - 1) == n // 2
