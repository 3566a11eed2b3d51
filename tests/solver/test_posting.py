"""The posting of rules: complete, and guarded against constraints that nobody answers for."""

from __future__ import annotations

import pytest
from ortools.sat.python.cp_model import CpModel

from planner.compiling import compile_problem
from planner.problem import Problem
from planner.rules import CATALOGUE, Kind
from planner.solver.model.constraints import CONSTRAINTS, Constraints
from planner.solver.model.posting import Posting
from planner.solver.model.preferences import PREFERENCES
from planner.solver.model.variables import Variables
from planner.verify import VERIFIED
from tests.verify.build import meeting, scenario


def test_the_rules_posted_are_the_rules_verified_are_the_catalogue() -> None:
    demands = {rule.id for rule in CATALOGUE if rule.kind is Kind.demand}
    wishes = {rule.id for rule in CATALOGUE if rule.kind is Kind.wish}
    assert set(CONSTRAINTS) == demands
    assert set(PREFERENCES) == wishes
    assert set(VERIFIED) == demands | wishes


def post(level: str) -> None:
    """Post all rules of two sessions that KOR cannot sit in at once, the demand on seats at this level."""
    problem = compile_problem(
        scenario(sessions=[meeting("one"), meeting("other")], rules={"seats": {"level": level}}),
    )
    model = CpModel()
    Posting(model, Variables(problem, model), problem)


@pytest.mark.parametrize("level", ["hard", "soft"])
def test_a_constraint_that_is_added_and_not_yielded_stops_the_build(
    level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
        yield ("session", "one"), model.add_implication(variables.held[0], variables.held[1])
        model.add_implication(variables.held[1], variables.held[0])

    monkeypatch.setitem(CONSTRAINTS, "seats", careless)
    with pytest.raises(AssertionError, match="rule seats added 2 constraints and yielded 1"):
        post(level)


def test_a_rule_that_is_off_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
        model.add_implication(variables.held[1], variables.held[0])
        yield from ()

    monkeypatch.setitem(CONSTRAINTS, "seats", careless)
    post("off")


def test_a_constraint_that_is_added_and_yielded_is_taken() -> None:
    post("hard")
