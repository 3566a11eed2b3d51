"""Each demand alone decides a tiny scenario: what can be held with it, and what the best plan without it breaks."""

from __future__ import annotations

import pytest

from planner import verify
from planner.consistency import check
from planner.rules import CATALOGUE, Kind
from tests.solver.named import NAMED, NamedCase


def name_of(named: NamedCase) -> str:
    return f"{named.rule}: {named.name}"


@pytest.mark.parametrize("named", NAMED, ids=name_of)
def test_the_demand_costs_what_was_worked_out(named: NamedCase) -> None:
    value, plan = named.optimum("hard")
    assert value == named.on
    if plan is not None:
        assert verify.broken_subjects(named.scenario("hard"), plan)[named.rule] == frozenset()


@pytest.mark.parametrize("named", NAMED, ids=name_of)
def test_without_the_demand_nothing_is_lost_and_the_verifier_sees_what_is_broken(named: NamedCase) -> None:
    value, plan = named.optimum("off")
    assert (value, plan is None) == (0, False)
    assert plan is not None
    broken = verify.broken_subjects(named.scenario("off"), plan)
    assert {rule: found for rule, found in broken.items() if found and rule not in named.also_off} == {
        named.rule: {named.subject}
    }


@pytest.mark.parametrize("named", NAMED, ids=name_of)
def test_the_demand_made_soft_is_given_up_when_that_is_cheaper(named: NamedCase) -> None:
    """A weight of 100 is more than one session is worth; both stand in one tier."""
    value, _ = named.optimum("soft")
    assert value == (100 if named.on is None else named.on)


def test_every_demand_has_a_named_case() -> None:
    assert {named.rule for named in NAMED} == {rule.id for rule in CATALOGUE if rule.kind is Kind.demand}


@pytest.mark.parametrize("named", NAMED, ids=name_of)
def test_named_cases_are_consistent(named: NamedCase) -> None:
    assert [finding.message for finding in check(named.scenario("hard")) if "title" not in finding.message] == []
