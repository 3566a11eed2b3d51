"""Every wrong reading is noticed: by the agreement of the readings on near misses of good plans, and by a named case.

The other way round this tells that the agreement and the named cases can fail, for each rule and in each reading.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from planner import verify
from planner.plan import Plan
from planner.problem import Problem
from planner.rules import CATALOGUE
from planner.scenario import Scenario
from planner.solution import Solution
from planner.solver.model.constraints import CONSTRAINTS
from planner.solver.model.preferences import PREFERENCES
from planner.verify.catalogue import DEMANDS, WISHES
from tests.agreement.answers import near_miss
from tests.agreement.changed import generate_changed
from tests.agreement.generate import generate
from tests.agreement.readings import Reading, differences, first_reading, plan_of, second_reading, solved
from tests.mutants import solver_mutants, verifier_mutants
from tests.mutants.solver_mutants import SolverMutant
from tests.mutants.verifier_mutants import VerifierMutant
from tests.solver.named import NAMED
from tests.verify.build import meeting, scenario, window

SEEDS = range(160)
CHANGED_SEEDS = range(60)
NEAR = 8


@dataclass(frozen=True)
class Record:
    """A near miss of a good plan, with what the right verifier says of it."""

    scenario: Scenario
    problem: Problem
    solution: Solution
    plan: Plan
    second: Reading

    def touches(self, rule: str) -> bool:
        """Whether the answer breaks the demand or costs something by the wish."""
        return rule in self.second.broken or self.second.counts.get(rule, 0) > 0


@cache
def records() -> tuple[Record, ...]:
    return tuple(_records())


def nobody_meets_khm() -> Scenario:
    """Sessions of KOR and JPN with breaks between them, and KHM in none, which generated scenarios hardly ever have."""
    sessions = [
        meeting(f"s{hour}", windows=[window(f"5 {hour:02}:00", f"5 {hour + 1:02}:00")]) for hour in (9, 11, 13, 15)
    ]
    return scenario(sessions=sessions, rules={"fair-breaks": {"level": "soft"}})


def _records() -> Iterator[Record]:
    generated = [*map(generate, SEEDS), *filter(None, map(generate_changed, CHANGED_SEEDS))]
    for given in [*generated, nobody_meets_khm()]:
        rng = random.Random(f"near misses of {given.hash}")
        problem, answer = solved(given)
        for _ in range(NEAR if answer.solution is not None else 0):
            assert answer.solution is not None
            solution = near_miss(rng, problem, answer.solution)
            plan = plan_of(given, problem, solution)
            yield Record(given, problem, solution, plan, second_reading(given, plan))


@cache
def right_first_reading(position: int) -> Reading:
    record = records()[position]
    return first_reading(record.problem, record.solution)


@pytest.mark.parametrize("mutant", solver_mutants.FORGOTTEN + solver_mutants.MISREAD, ids=str)
def test_a_wrong_reading_in_the_solver_is_noticed_on_near_misses(
    mutant: SolverMutant, monkeypatch: pytest.MonkeyPatch
) -> None:
    touched = [record for record in records() if record.touches(mutant.rule)]
    registry = CONSTRAINTS if mutant.rule in CONSTRAINTS else PREFERENCES
    monkeypatch.setitem(registry, mutant.rule, mutant.replacement)
    untouched = (record for record in records() if not record.touches(mutant.rule))
    noticed = any(
        differences(first_reading(record.problem, record.solution), record.second) for record in (*touched, *untouched)
    )
    assert noticed


@pytest.mark.parametrize("mutant", verifier_mutants.FORGOTTEN + verifier_mutants.MISREAD, ids=str)
def test_a_wrong_reading_in_the_verifier_is_noticed_on_near_misses(
    mutant: VerifierMutant, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = records()
    registry = DEMANDS if mutant.rule in DEMANDS else WISHES
    with monkeypatch.context() as patch:
        patch.setitem(registry, mutant.rule, mutant.replacement)
        wrong = {
            position: reading
            for position, record in enumerate(everything)
            if (reading := second_reading(record.scenario, record.plan)) != record.second
        }
    assert any(differences(right_first_reading(position), reading) for position, reading in wrong.items())


@pytest.mark.parametrize("rule", list(CONSTRAINTS))
def test_a_demand_forgotten_in_the_solver_fails_its_named_case(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Soft, as the model of a hard demand also leaves out decisions that cannot be taken."""
    named = next(named for named in NAMED if named.rule == rule)
    right, _ = named.optimum("soft")
    monkeypatch.setitem(CONSTRAINTS, rule, solver_mutants.forgets)
    wrong, _ = named.optimum("soft")
    assert (right, wrong) == (named.on or 100, 0)


@pytest.mark.parametrize("rule", list(DEMANDS))
def test_a_demand_forgotten_in_the_verifier_fails_its_named_case(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    named = next(named for named in NAMED if named.rule == rule)
    _, plan = named.optimum("off")
    assert plan is not None
    monkeypatch.setitem(DEMANDS, rule, verifier_mutants.finds_nothing)
    assert verify.broken_subjects(named.scenario("off"), plan)[rule] != {named.subject}


def test_there_is_a_mutant_of_every_rule_in_both_readings() -> None:
    catalogue = [rule.id for rule in CATALOGUE]
    assert sorted(mutant.rule for mutant in solver_mutants.FORGOTTEN) == sorted(catalogue)
    assert sorted(mutant.rule for mutant in verifier_mutants.FORGOTTEN) == sorted(catalogue)


def test_without_a_mutant_nothing_is_noticed() -> None:
    assert [
        differences(right_first_reading(position), record.second) for position, record in enumerate(records()[:40])
    ] == [[]] * 40
