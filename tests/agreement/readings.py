"""Both readings of one answer, side by side, and everything that they do not agree on.

Two things that a plan can say have no decision in the model that searches, because they could only make a plan worse: an
interpreter who covers nobody of a session, and a working language that is not allowed there. Whether a rule is broken by such
an answer is compared all the same (``audit`` has a decision for everything); only whether the searching model takes it is not.

A plan as a document can say more that no answer can: guests who are no party, tables, delegates who are no officers, other
lengths and names. Those faults have their named cases in ``tests/verify``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from planner import verify
from planner.compiling import compile_problem
from planner.naming import name_placements, name_unplaced
from planner.plan import Options, Plan, Status, Versions
from planner.problem import Problem
from planner.rules import Kind, Level
from planner.scenario import Scenario
from planner.solution import Solution
from planner.solver.evaluation import audit, evaluate
from planner.solver.search import Answer, Effort, search

EFFORT = Effort(time_limit=None, deterministic_limit=2.0, seed=7, workers=1)
"""Enough for nearly all generated scenarios, and the same on every machine."""


@dataclass(frozen=True)
class Reading:
    """What one reading says of an answer: the subjects for which each demand is broken, and the count of each wish."""

    broken: Mapping[str, frozenset[tuple[str, str]]]
    counts: Mapping[str, int]


def plan_of(scenario: Scenario, problem: Problem, solution: Solution) -> Plan:
    """Return an answer as a plan that claims nothing about what it costs."""
    return Plan(
        conference=scenario.conference.id,
        scenario_hash=scenario.hash,
        versions=Versions(planner="0", ortools="0", python="3"),
        seed=0,
        options=Options(seed=0, workers=1),
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        status=Status.feasible,
        tiers=(),
        placements=name_placements(scenario, problem, solution),
        unplaced=name_unplaced(problem, solution),
        costs=(),
    )


def first_reading(problem: Problem, solution: Solution) -> Reading:
    """The model's."""
    broken, counts = audit(problem, solution)
    return Reading({rule: subjects for rule, subjects in broken.items() if subjects}, counts)


def second_reading(scenario: Scenario, plan: Plan) -> Reading:
    """The verifier's."""
    broken = {rule: found for rule, found in verify.broken_subjects(scenario, plan).items() if found}
    return Reading(broken, verify.counts(scenario, plan))


def differences(first: Reading, second: Reading) -> list[str]:
    """Say where two readings do not agree."""
    found: list[str] = []
    for rule in sorted({*first.broken, *second.broken}):
        one, other = first.broken.get(rule, frozenset()), second.broken.get(rule, frozenset())
        if one != other:
            found.append(f"{rule}: broken for {sorted(one)} in the model, for {sorted(other)} in the verifier")
    for rule in sorted({*first.counts, *second.counts}):
        if first.counts.get(rule) != second.counts.get(rule):
            found.append(f"{rule}: {first.counts.get(rule)} in the model, {second.counts.get(rule)} in the verifier")
    return found


def level_differences(scenario: Scenario, problem: Problem, solution: Solution, plan: Plan) -> list[str]:
    """Say where the model with the answer fixed and the verifier do not agree, each rule at the scenario's level."""
    report = verify.verify(scenario, plan)
    try:
        counted: dict[str, int] | None = evaluate(problem, solution)
    except ValueError:
        counted = None
    if counted is None:
        if report.violations or not is_searched(problem, solution):
            return []
        return ["the model refuses the answer, and the verifier finds no violation"]
    if report.violations:
        return [f"the model takes the answer, and the verifier finds {report.violations[0]}"]
    costs = {row.rule: row.count for row in report.costs}
    return [] if counted == costs else [f"the model counts {counted}, and the verifier {costs}"]


def is_searched(problem: Problem, solution: Solution) -> bool:
    """Whether the searching model has a decision for everything that the answer says, see the module's docstring."""
    free_language = problem.settings["language"].level is not Level.hard
    return all(
        assignment is None
        or (
            assignment.interpreters <= {*item.interpreters, *_pinned_interpreters(problem, number)}
            and (assignment.language in item.languages or not free_language)
        )
        for number, (item, assignment) in enumerate(zip(problem.items, solution.assignments, strict=True))
    )


def _pinned_interpreters(problem: Problem, number: int) -> set[int]:
    chain = problem.items[number].session.chain
    return {
        index for pin in problem.pins if problem.items[pin.item].session.chain == chain for index in pin.interpreters
    }


def solved(scenario: Scenario) -> tuple[Problem, Answer]:
    """Compile a scenario and search for its best plan, the same way every time."""
    problem = compile_problem(scenario)
    return problem, search(problem, EFFORT, lambda progress: None)


def rules_of(kind: Kind, problem: Problem) -> list[str]:
    """Ids of the demands or of the wishes."""
    return [rule for rule, setting in problem.settings.items() if setting.rule.kind is kind]
