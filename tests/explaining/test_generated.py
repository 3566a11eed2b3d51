"""On generated scenarios that use everything: counting proves nothing false, and the oracle and the search agree."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.compiling import compile_problem
from planner.obstacles import Finder, Wording
from planner.problem import Problem
from planner.proofs import Possible, prove
from planner.rules import Level
from planner.scenario import Scenario
from planner.solver.conflicts import Oracle, everything
from planner.solver.effort import Effort
from planner.solver.search import search
from tests.agreement.generate import generate

FEW, MANY = range(40), range(40, 600)


def as_asked(scenario: Scenario) -> Problem:
    """The problem with nothing to wish for but that everything is held."""
    problem = compile_problem(scenario)
    settings = {
        rule: replace(setting, level=Level.soft, weight=1)
        if rule == "held"
        else replace(setting, level=Level.off)
        if setting.level is Level.soft
        else setting
        for rule, setting in problem.settings.items()
    }
    return replace(problem, settings=settings, tiers=(("held", ("held",)),))


def assert_agreed(seed: int) -> None:
    scenario = generate(seed)
    problem = as_asked(scenario)
    wanted = everything(problem)
    oracle = Oracle(problem)
    answer = search(problem, Effort(time_limit=None, deterministic_limit=5.0, workers=1), lambda progress: None)
    held_whole = answer.solution is not None and answer.tiers[0].value == 0
    assert answer.infeasible or answer.tiers[0].proven
    assert oracle.can_hold(wanted) == held_whole
    assert oracle.can_hold({}) == (not answer.infeasible)
    of = {number: subject for subject, ways in wanted.items() for way in ways for number in way}
    for proof in prove(problem, Possible(problem), wanted.values()):
        assert not oracle.can_hold({of[number]: wanted[of[number]] for number in proof.sessions})
    finder = Finder(problem, None)
    obstacles = list(finder.obstacles(finder.all_wanted()))
    assert finder.complete
    assert bool(obstacles) == (not held_whole)
    wording = Wording(scenario, problem)
    for obstacle in obstacles:
        assert wording.reasons(obstacle)
        assert obstacle.conflict is None or obstacle.conflict.minimal


@pytest.mark.parametrize("seed", FEW)
def test_counting_and_conflicts_agree_with_the_search(seed: int) -> None:
    assert_agreed(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", MANY)
def test_counting_and_conflicts_agree_with_the_search_over_many_scenarios(seed: int) -> None:
    assert_agreed(seed)
