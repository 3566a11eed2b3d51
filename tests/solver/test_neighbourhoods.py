"""Improving a plan a few sessions at a time: what is counted around them adds up, and nothing is lost."""

from __future__ import annotations

from random import Random

import pytest

from planner import verify
from planner.compiling import compile_problem
from planner.problem import Problem
from planner.scenario import Scenario
from planner.solution import Solution
from planner.solver.effort import Effort
from planner.solver.evaluation import settle
from planner.solver.model.scope import Scope
from planner.solver.search import lexicographic
from planner.solver.search.construction import construct
from planner.solver.search.improvement import Improver
from planner.solver.search.incumbent import Incumbent, Standing
from planner.solver.search.neighbourhood import Neighbourhoods
from tests.agreement.generate import generate
from tests.agreement.readings import plan_of
from tests.benchmarks.large.generator import large_conference

GENERATED = (3, 6, 10, 12, 18, 19, 20, 22, 23, 29, 42, 43, 45, 58, 62, 73)
"""Seeds of scenarios with several sessions, of which a plan is proposed that the model takes."""

EFFORT = Effort(time_limit=None, deterministic_limit=1.0, seed=2, workers=1)


def planned(given: Scenario) -> tuple[Problem, Incumbent]:
    """Return a scenario of which the greedy hand finds a first plan, with that plan."""
    problem = compile_problem(given)
    incumbent = Incumbent(problem, EFFORT)
    construct(problem, incumbent)
    assert incumbent.best is not None
    return problem, incumbent


def best_of(incumbent: Incumbent) -> Standing:
    assert incumbent.best is not None
    return incumbent.best


@pytest.mark.parametrize("seed", GENERATED)
def test_what_changes_around_a_few_sessions_is_what_changes_in_the_whole_plan(seed: int) -> None:
    """Two plans of a generated scenario that differ in a neighbourhood, counted whole and counted around it."""
    problem, incumbent = planned(generate(seed))
    random = Random(seed)
    compared = 0
    for _ in range(8):
        seen = best_of(incumbent)
        _, sessions = Neighbourhoods(problem, random).draw(seen.solution)
        scope = Scope.around(problem, seen.solution, sessions, seen.settled.shares)
        before = settle(problem, scope.settled(seen.solution))
        emptied = dict.fromkeys(sessions)
        try:
            after = settle(problem, scope.placed(emptied))
        except ValueError:
            continue
        assignments = [None if number in emptied else one for number, one in enumerate(seen.solution.assignments)]
        try:
            whole = Standing.of(problem, Solution(tuple(assignments)))
        except ValueError:
            continue
        gained = {rule: after.counts[rule] - before.counts[rule] for rule in before.counts}
        assert {rule: seen.settled.counts[rule] + gained[rule] for rule in gained} == whole.settled.counts
        compared += 1
    assert compared > 0


@pytest.mark.parametrize("seed", GENERATED)
def test_steps_never_make_a_plan_worse_and_count_it_right(seed: int) -> None:
    problem, incumbent = planned(generate(seed))
    improver = Improver(problem, incumbent)
    for _ in range(6):
        values = best_of(incumbent).values
        improver.step()
        assert best_of(incumbent).values <= values
    assert best_of(incumbent).values == Standing.of(problem, best_of(incumbent).solution).values


@pytest.mark.parametrize("seed", range(2, 80, 3))
def test_without_a_whole_model_plans_are_sound_and_no_better_than_proven(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if every problem were too large for proofs."""
    given = generate(seed)
    problem = compile_problem(given)
    proven = lexicographic.search(problem, Effort(None, 5.0, workers=1), lambda progress: None)
    monkeypatch.setattr(lexicographic, "LARGEST_WHOLE_MODEL", 0)
    answer = lexicographic.search(problem, EFFORT, lambda progress: None)
    if answer.solution is None:
        assert answer.infeasible is False
        return
    assert verify.verify(given, plan_of(given, problem, answer.solution)).violations == ()
    assert all(tier.proven for tier in proven.tiers)
    assert [tier.value for tier in answer.tiers] >= [tier.value for tier in proven.tiers]


def test_a_large_conference_is_held_whole_and_waits_less_and_less() -> None:
    given = large_conference(40)
    problem, incumbent = planned(given)
    first = best_of(incumbent)
    assert first.values[0] == 0
    improver = Improver(problem, incumbent)
    for _ in range(12):
        improver.step()
    best = best_of(incumbent)
    assert best.values < first.values
    assert verify.verify(given, plan_of(given, problem, best.solution)).violations == ()


def test_steps_that_were_overtaken_are_counted_anew_on_the_plan_that_came_between() -> None:
    """One improver works on the first plan all the while, and another one goes on with the best."""
    problem, incumbent = planned(large_conference(60))
    first = best_of(incumbent)
    one, late = Improver(problem, incumbent), Improver(problem, incumbent, 1)
    taken = 0
    for _ in range(12):
        one.step()
        _, sessions = late.neighbourhoods.draw(first.solution)
        gained, _ = late.renew(first, sessions)
        taken += gained
    best = best_of(incumbent)
    assert taken > 0
    assert best.values == Standing.of(problem, best.solution).values


def test_a_plan_that_was_overtaken_does_not_replace_the_best() -> None:
    problem, incumbent = planned(large_conference(40))
    seen = best_of(incumbent)
    Improver(problem, incumbent).step()
    best = best_of(incumbent)
    nothing = settle(problem, Scope.around(problem, seen.solution, [0], {}).settled(seen.solution))
    assert incumbent.merge(seen, {0: seen.solution.assignments[0]}, nothing, nothing) is False
    assert best_of(incumbent) is best


def test_steps_lead_on_to_plans_that_are_as_good() -> None:
    """What a step gained is told apart from a step to a plan that costs the same."""
    problem, incumbent = planned(large_conference(20))
    improver = Improver(problem, incumbent)
    sideways = 0
    for _ in range(30):
        seen = best_of(incumbent)
        gained = improver.step()
        moved = best_of(incumbent).solution != seen.solution
        assert gained == (best_of(incumbent).values < seen.values)
        sideways += moved and not gained
    assert sideways > 0
