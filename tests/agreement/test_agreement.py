"""The two readings of the rules agree: on good answers, on near misses of them, and on answers made at random.

The default run holds a few hundred generated scenarios; ``pytest -m slow`` holds thousands.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from planner import verify, workflow
from planner.compiling import compile_problem
from planner.plan import Status
from planner.problem import Problem
from planner.reasons import hopeless
from planner.rules import CATALOGUE
from planner.scenario import Scenario
from planner.scenario_file import parse_scenario
from planner.solution import Solution
from tests.agreement.answers import any_solution, near_miss
from tests.agreement.brute_force import best, options_of
from tests.agreement.changed import generate_changed
from tests.agreement.generate import generate, generate_data, generate_tiny
from tests.agreement.making import is_consistent
from tests.agreement.readings import (
    EFFORT,
    differences,
    first_reading,
    level_differences,
    plan_of,
    second_reading,
    solved,
)

SEEDS = range(320)
CHUNK = 20
MANY_SEEDS = range(1_000, 4_000)
CHANGED_SEEDS = range(160)
TINY_SEEDS = range(60)
MANY_TINY_SEEDS = range(1_000, 2_000)


def chunks(seeds: range) -> list[range]:
    """Cut seeds into ranges that are spread over the test workers."""
    return [seeds[start : start + CHUNK] for start in range(0, len(seeds), CHUNK)]


def first_seed(seeds: range) -> str:
    return f"seeds from {seeds[0]}"


def answers(scenario: Scenario, seed: int, near: int) -> tuple[Problem, list[Solution], list[Solution]]:
    """Return the problem of a seed, its good answer with near misses of it, and a random answer."""
    rng = random.Random(f"answers of {seed}")
    problem, answer = solved(scenario)
    found = [] if answer.solution is None else [answer.solution]
    misses = [near_miss(rng, problem, solution) for solution in found for _ in range(near)]
    return problem, found + misses, [any_solution(rng, problem)]


def hold(seeds: range, near: int, make: Callable[[int], Scenario | None] = generate) -> Counter[str]:
    """Hold all answers of these seeds against both readings, and say how many there were."""
    held: Counter[str] = Counter()
    for seed in seeds:
        scenario = make(seed)
        if scenario is None:
            continue
        problem, close, wild = answers(scenario, seed, near)
        for solution in close + wild:
            plan = plan_of(scenario, problem, solution)
            read = first_reading(problem, solution), second_reading(scenario, plan)
            assert (seed, differences(*read)) == (seed, [])
            assert (seed, level_differences(scenario, problem, solution, plan)) == (seed, [])
        held += Counter(scenarios=1, answers=len(close) + len(wild))
    return held


@pytest.mark.parametrize("seeds", chunks(SEEDS), ids=first_seed)
def test_the_readings_agree_on_generated_scenarios(seeds: range) -> None:
    assert hold(seeds, near=2)["scenarios"] == len(seeds)


@pytest.mark.parametrize("seeds", chunks(CHANGED_SEEDS), ids=first_seed)
def test_the_readings_agree_on_generated_changes(seeds: range) -> None:
    assert hold(seeds, near=3, make=generate_changed)["scenarios"] > 0


@pytest.mark.slow
@pytest.mark.parametrize("seeds", chunks(MANY_SEEDS), ids=first_seed)
def test_the_readings_agree_on_thousands_of_generated_changes(seeds: range) -> None:
    assert hold(seeds, near=5, make=generate_changed)["scenarios"] > 0


@pytest.mark.slow
@pytest.mark.parametrize("seeds", chunks(MANY_SEEDS), ids=first_seed)
def test_the_readings_agree_on_thousands_of_generated_scenarios(seeds: range) -> None:
    assert hold(seeds, near=5)["scenarios"] == len(seeds)


def sound_and_told_truthfully(seed: int, scenario: Scenario | None) -> None:
    """Hold the workflow's own plan against the verifier: document, rules, costs, tiers, and what is called hopeless."""
    if scenario is None:
        return
    plan = workflow.solve(scenario, EFFORT, datetime(2026, 1, 1, tzinfo=UTC), lambda progress: None)
    if plan.status in (Status.infeasible, Status.unknown):
        assert plan.placements == ()
        return
    report = verify.verify(scenario, plan)
    assert (seed, report.violations, report.faults) == (seed, (), ())
    assert (seed, plan.costs) == (seed, report.costs)
    assert (seed, tuple((tier.name, tier.value) for tier in plan.tiers)) == (seed, report.tiers)
    assert (seed, hopeless(compile_problem(scenario)).keys() & {one.session for one in plan.placements}) == (
        seed,
        set(),
    )


@pytest.mark.parametrize("seeds", chunks(SEEDS), ids=first_seed)
def test_plans_of_generated_scenarios_are_sound(seeds: range) -> None:
    for seed in seeds[::2]:
        sound_and_told_truthfully(seed, generate(seed))


@pytest.mark.parametrize("seeds", chunks(CHANGED_SEEDS), ids=first_seed)
def test_changed_plans_are_sound(seeds: range) -> None:
    for seed in seeds[::4]:
        sound_and_told_truthfully(seed, generate_changed(seed))


@pytest.mark.slow
@pytest.mark.parametrize("seeds", chunks(MANY_SEEDS), ids=first_seed)
def test_plans_of_thousands_of_generated_scenarios_are_sound(seeds: range) -> None:
    for seed in seeds:
        sound_and_told_truthfully(seed, generate(seed))


def optimum_is_truthful(seed: int, most: int) -> int:
    """Compare the search's answer with the best of all answers; say how many answers there are, 0 for too many."""
    scenario = generate_tiny(seed)
    problem = compile_problem(scenario)
    options = options_of(scenario, problem, most)
    if options is None:
        return 0
    answer = solved(scenario)[1]
    values = None if answer.infeasible else tuple(tier.value for tier in answer.tiers)
    assert (seed, values) == (seed, best(scenario, problem, options))
    assert (seed, [tier.name for tier in answer.tiers if not tier.proven and not answer.infeasible]) == (seed, [])
    return len(options)


def test_proven_optima_are_the_best_of_all_answers_of_tiny_scenarios() -> None:
    compared = [optimum_is_truthful(seed, 300) for seed in TINY_SEEDS]
    assert sum(number > 0 for number in compared) >= 15


@pytest.mark.slow
@pytest.mark.parametrize("seeds", chunks(MANY_TINY_SEEDS), ids=first_seed)
def test_proven_optima_are_the_best_of_all_answers_of_many_tiny_scenarios(seeds: range) -> None:
    compared = [optimum_is_truthful(seed, 2_000) for seed in seeds]
    assert sum(number > 0 for number in compared) >= 5


@pytest.mark.parametrize("seed", range(0, 320, 16))
def test_generated_scenarios_pass_the_checks_of_scenario_files(seed: int) -> None:
    assert parse_scenario(json.dumps(generate_data(seed))) == generate(seed)


def test_generated_scenarios_are_consistent_and_the_same_every_time() -> None:
    for seed in SEEDS:
        data = generate_data(seed)
        assert is_consistent(data)
        assert data == generate_data(seed)


def test_every_demand_is_broken_and_every_wish_costs_something_on_the_seeds_used() -> None:
    """Counted with the verifier over random answers: the agreement shows nothing for a rule that is never touched."""
    touched: Counter[str] = Counter()
    for scenario in [*map(generate, SEEDS), *filter(None, map(generate_changed, CHANGED_SEEDS))]:
        rng = random.Random(f"answers of {scenario.hash}")
        problem = compile_problem(scenario)
        plan = plan_of(scenario, problem, any_solution(rng, problem))
        reading = second_reading(scenario, plan)
        touched.update(reading.broken.keys())
        touched.update(rule for rule, count in reading.counts.items() if count > 0)
    assert {rule.id for rule in CATALOGUE if touched[rule.id] < 10} == set()
