"""Definitions by clauses, each held against all values of what they are defined from."""

from __future__ import annotations

from itertools import product

import pytest
from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, CpSolver, IntVar

from planner.solver.model.literals import Literals


def values(model: CpModel, given: dict[IntVar, bool], asked: list[IntVar]) -> list[bool]:
    """Return what follows for ``asked``; fails where a value is open."""
    found = []
    for literal in asked:
        possible = []
        for value in (False, True):
            trial = model.clone()
            for one, fixed in [*given.items(), (literal, value)]:
                trial.add(one == fixed)
            if CpSolver().solve(trial) == cp_model.OPTIMAL:
                possible.append(value)
        assert len(possible) == 1
        found += possible
    return found


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_a_counter_says_in_unary_how_many_hold(size: int) -> None:
    model = CpModel()
    literals = Literals(model)
    decisions = [literals.define(f"x{number}") for number in range(size)]
    count = literals.counter(decisions, "count")
    for chosen in product((False, True), repeat=size):
        given = dict(zip(decisions, chosen, strict=True))
        assert values(model, given, count) == [rank < sum(chosen) for rank in range(size)]


@pytest.mark.parametrize("most", [0, 1, 2, 4, 5])
def test_a_counter_that_counts_so_far_only_is_exact_so_far(most: int) -> None:
    """Five of which each half is cut off sooner than the whole when two are the most."""
    model = CpModel()
    literals = Literals(model)
    decisions = [literals.define(f"x{number}") for number in range(5)]
    count = literals.counter(decisions, "count", most)
    for chosen in product((False, True), repeat=5):
        given = dict(zip(decisions, chosen, strict=True))
        assert values(model, given, count) == [rank < sum(chosen) for rank in range(most)]


@pytest.mark.parametrize("most", [1, 2, 3])
def test_constants_count_before_decisions_do(most: int) -> None:
    model = CpModel()
    literals = Literals(model)
    one, other = literals.define("one"), literals.define("other")
    count = literals.counter([one, literals.always, other], "count", most)
    assert values(model, {one: True, other: False}, count) == [True, True, False][:most]


def test_a_counter_of_constants_and_decisions_counts_both() -> None:
    model = CpModel()
    literals = Literals(model)
    one, other = literals.define("one"), literals.define("other")
    count = literals.counter([one, literals.never, literals.always, other], "count")
    assert values(model, {one: True, other: False}, count) == [True, True, False]


@pytest.mark.parametrize("most", range(7))
def test_at_most_so_many_hold_of_decisions_and_a_constant(most: int) -> None:
    model = CpModel()
    literals = Literals(model)
    decisions = [literals.define(f"x{number}") for number in range(5)]
    literals.at_most([*decisions, literals.always, literals.never], most, "few")
    for chosen in product((False, True), repeat=5):
        trial = model.clone()
        for decision, value in zip(decisions, chosen, strict=True):
            trial.add(decision == value)
        assert (CpSolver().solve(trial) == cp_model.OPTIMAL) == (sum(chosen) + 1 <= most)


@pytest.mark.parametrize("chosen", list(product((False, True), repeat=3)))
def test_any_and_all_are_exact_both_ways(chosen: tuple[bool, ...]) -> None:
    model = CpModel()
    literals = Literals(model)
    decisions = [literals.define(f"x{number}") for number in range(3)]
    some = literals.any_of(decisions, "some")
    every = literals.all_of(decisions, "every")
    given = dict(zip(decisions, chosen, strict=True))
    assert values(model, given, [some, every]) == [any(chosen), all(chosen)]


def test_what_constants_settle_adds_nothing_to_the_model() -> None:
    model = CpModel()
    literals = Literals(model)
    open_one = literals.define("open")
    before = (len(model.proto.variables), len(model.proto.constraints))
    always, never = literals.always, literals.never
    assert literals.any_of([open_one, always], "").index == always.index
    assert literals.any_of([open_one, never], "").index == open_one.index
    assert literals.any_of([never, never], "").index == never.index
    assert literals.all_of([open_one, never], "").index == never.index
    assert literals.all_of([always, never.negated()], "").index == always.index
    literals.clause(open_one, never.negated())
    assert (len(model.proto.variables), len(model.proto.constraints)) == before
