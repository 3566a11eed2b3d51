"""The planner proves what the published encoding proves: two models, two solvers, one value."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.importing.b2bsp import Instance, Meeting
from planner.solver.search import proof
from tests.benchmarks.b2bsp import maxsat, ours
from tests.benchmarks.b2bsp.generate import small_instance

SEEDS = range(24)
FAIRNESS = {seed: seed % 3 for seed in SEEDS}


def claims(seed: int) -> str:
    return maxsat.run(small_instance(seed), FAIRNESS[seed], None).claim


def chain(length: int, slots: int, **changes: Any) -> Instance:
    """Participants 0, 1, 2 … in a row, each meeting the next one: everybody between has two meetings, the ends have one."""
    plain = Instance(
        participants=length + 1,
        meetings=tuple(Meeting(one, one + 1, 3) for one in range(length)),
        tables=length,
        slots=slots,
        morning_slots=slots,
        forbidden=(frozenset(),) * (length + 1),
        fixed=(None,) * length,
        precedences=(),
    )
    return replace(plain, **changes)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_planner_proves_what_the_published_encoding_proves(seed: int) -> None:
    instance, fairness = small_instance(seed), FAIRNESS[seed]
    expected, found = (contender.run(instance, fairness, None) for contender in (maxsat, ours))
    assert (found.claim, found.objections(instance, fairness)) == (expected.claim, [])


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_added_for_hard_proofs_changes_no_value(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small instances are proven before they would be presolved, and what helps hard proofs added; here all are."""
    monkeypatch.setattr(proof, "MOMENT", 0.0)
    assert ours.run(small_instance(seed), FAIRNESS[seed], None).claim == claims(seed)


def test_the_instances_have_no_breaks_some_or_no_plan() -> None:
    assert {claims(seed) for seed in SEEDS} == {"UNSAT", "0", "1", "2"}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_answers_of_the_encoding_hold_every_demand(seed: int) -> None:
    instance = small_instance(seed)
    assert maxsat.run(instance, FAIRNESS[seed], None).objections(instance, FAIRNESS[seed]) == []


class TestByHand:
    """Chains whose fewest breaks can be told by looking."""

    def proven(self, instance: Instance, fairness: int = 2) -> str:
        return maxsat.run(instance, fairness, None).claim

    def test_a_chain_alternates_between_two_slots(self) -> None:
        assert self.proven(chain(4, 3)) == "0"

    def test_a_slot_forbidden_between_two_possible_ones_is_a_break(self) -> None:
        assert self.proven(chain(2, 3, forbidden=(frozenset(), frozenset({1}), frozenset()))) == "1"

    def test_a_break_is_not_allowed_where_others_have_none_and_all_must_be_alike(self) -> None:
        assert self.proven(chain(2, 3, forbidden=(frozenset(), frozenset({1}), frozenset())), fairness=0) == "UNSAT"

    def test_one_table_needs_a_slot_for_each_meeting(self) -> None:
        assert self.proven(chain(4, 3, tables=1)) == "UNSAT"

    def test_with_one_table_the_chain_is_met_in_its_order(self) -> None:
        assert self.proven(chain(4, 4, tables=1)) == "0"

    def test_morning_and_afternoon_are_not_parted_by_a_break(self) -> None:
        assert self.proven(chain(2, 4, morning_slots=2, meetings=(Meeting(0, 1, 1), Meeting(1, 2, 2)))) == "0"

    def test_a_break_between_the_halves_is_counted(self) -> None:
        halves = (Meeting(0, 1, 1), Meeting(1, 2, 2))
        assert self.proven(chain(2, 4, morning_slots=2, meetings=halves, fixed=(0, None))) == "1"

    def test_a_precedence_may_cost_a_break(self) -> None:
        order = ((0, 1), (1, 2))
        assert self.proven(chain(3, 4, fixed=(0, None, 2), precedences=order)) == "0"
        assert self.proven(chain(3, 4, fixed=(0, None, 3), precedences=order)) == "1"

    def test_a_circle_of_precedences_is_no_plan(self) -> None:
        assert self.proven(chain(2, 3, precedences=((0, 1), (1, 0)))) == "UNSAT"
