"""Tiers that are weighed into one objective, and taken apart again."""

from __future__ import annotations

from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr

from planner.solver.search.stages import LARGEST_OBJECTIVE, Stage, stage_of


def _decisions(count: int) -> list[IntVar]:
    model = CpModel()
    return [model.new_bool_var(str(number)) for number in range(count)]


def test_one_of_a_tier_outweighs_all_that_later_tiers_may_cost() -> None:
    a, b, c, d = _decisions(4)
    costs = [LinearExpr.sum([a, b]), LinearExpr.weighted_sum([c, d.negated()], [4, 2]), LinearExpr.sum([d])]
    assert stage_of(costs) == Stage(0, (14, 2, 1))


def test_a_value_is_taken_apart_into_those_of_the_tiers() -> None:
    stage = Stage(1, (14, 2, 1))
    value = stage.value([99, 2, 6, 1, 99])
    assert value == 41
    assert list(stage.parts(value)) == [(1, 2), (2, 6), (3, 1)]


def test_a_tier_that_may_be_below_zero_term_by_term_is_not_weighed() -> None:
    a, b = _decisions(2)
    assert stage_of([LinearExpr.sum([a]), LinearExpr.weighted_sum([a, b], [1, -1])]) is None
    assert stage_of([LinearExpr.sum([a]), LinearExpr.weighted_sum([a, b], [1, -1]) + 1]) == Stage(0, (3, 1))


def test_what_is_too_large_for_one_objective_is_not_weighed() -> None:
    a, b = _decisions(2)
    half = LARGEST_OBJECTIVE // 2
    assert stage_of([LinearExpr.sum([a]), LinearExpr.weighted_sum([b], [half - 1])]) == Stage(0, (half, 1))
    assert stage_of([LinearExpr.sum([a]), LinearExpr.weighted_sum([b], [half])]) is None
