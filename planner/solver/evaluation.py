"""A plan as it stands held against the model: what it costs, and which demands it breaks, by the first reading of the rules."""

from __future__ import annotations

from dataclasses import dataclass

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, CpSolver, LinearExpr, LinearExprT

from planner.problem import Problem
from planner.rules import Kind, Level
from planner.settings import Setting
from planner.solution import Solution
from planner.solver.model.posting import Posting
from planner.solver.model.scope import Scope
from planner.solver.model.variables import Variables

Broken = dict[str, frozenset[tuple[str, str]]]


@dataclass(frozen=True)
class Settled:
    """What a plan costs: the count of every soft rule and hard wish, and what each team or delegation bears of some."""

    counts: dict[str, int]
    shares: dict[str, dict[str, int]]


def evaluate(problem: Problem, solution: Solution) -> dict[str, int]:
    """Return the count of every soft rule for a solution.

    Raises:
        ValueError: when the solution breaks a hard rule, or states what the model has no decision for.
    """
    counts = settle(problem, Scope.everything(problem, solution)).counts
    return {rule: count for rule, count in counts.items() if problem.settings[rule].level is Level.soft}


def settle(problem: Problem, scope: Scope) -> Settled:
    """Count every soft rule and hard wish in a scope that leaves nothing free.

    Raises:
        ValueError: as ``evaluate``.
    """
    model = CpModel()
    variables = Variables(problem, model, scope=scope)
    posting = Posting(model, variables, problem)
    counted = {rule: posting.count(rule) for rule, setting in problem.settings.items() if _is_counted(setting)}
    solver = _least(model, list(counted.values()))
    return Settled({rule: round(solver.value(count)) for rule, count in counted.items()}, shares(variables, solver))


def is_sound(problem: Problem, scope: Scope) -> bool:
    """Whether a scope that leaves nothing free breaks no hard rule."""
    try:
        settle(problem, scope)
    except ValueError:
        return False
    return True


def _is_counted(setting: Setting) -> bool:
    return setting.level is Level.soft or (setting.rule.kind is Kind.wish and setting.level is Level.hard)


def shares(variables: Variables, solver: CpSolver) -> dict[str, dict[str, int]]:
    """Return what each team or delegation bears of the wishes that compare them."""
    return {
        rule: {name: round(solver.value(share)) for name, share in borne.items()}
        for rule, borne in variables.shares.items()
    }


def audit(problem: Problem, solution: Solution) -> tuple[Broken, dict[str, int]]:
    """Hold a solution against every rule of the catalogue, whatever its level.

    Returns:
        The subjects for which each demand is broken, and the count of each wish.

    Raises:
        ValueError: when the solution states what the model has no decision for.
    """
    model = CpModel()
    variables = Variables(problem, model, audit=True)
    posting = Posting(model, variables, problem, audit=True)
    wishes = {rule: posting.count(rule) for rule, setting in problem.settings.items() if setting.rule.kind is Kind.wish}
    try:
        values = variables.values(solution)
    except KeyError as error:
        raise ValueError(f"the solution states what the model has no decision for: {error}") from None
    for literal, value in values:
        model.add_bool_and([literal if value else literal.negated()])
    broken = [literal for subjects in posting.broken.values() for literal in subjects.values()]
    solver = _least(model, [*wishes.values(), *broken])
    return (
        {
            rule: frozenset(subject for subject, literal in subjects.items() if solver.boolean_value(literal))
            for rule, subjects in posting.broken.items()
        },
        {rule: round(solver.value(count)) for rule, count in wishes.items()},
    )


def _least(model: CpModel, costs: list[LinearExprT]) -> CpSolver:
    """Solve a model whose decisions are fixed, for the least counts."""
    model.minimize(LinearExpr.sum(costs))
    solver = CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False
    if solver.solve(model) != cp_model.OPTIMAL:
        raise ValueError("the solution breaks a hard rule")
    return solver
