"""A first plan when a plan is changed: what can stay stays, and the rest is placed around it, in ever wider neighbourhoods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, CpSolver, LinearExpr

from planner.problem import Problem
from planner.rules import RULES
from planner.solution import Solution
from planner.solver.incumbent import Incumbent, Standing
from planner.solver.keeping import keep_what_stays
from planner.solver.posting import Posting
from planner.solver.scope import Scope
from planner.solver.variables import Variables

_SECONDS, _UNITS = 10.0, 1.0
"""What is spent on one neighbourhood: seconds, or deterministic time."""

_AT_ONCE = 40
_OUTWEIGHS = 10_000
"""What the cost of the first tier, that of sessions left out, weighs against the others."""


def repair(problem: Problem, incumbent: Incumbent) -> None:
    """Offer plans in which the sessions that cannot stay are placed anew, with as little news as their neighbourhood allows.

    First they alone are placed. If not all of them are held then, sessions of their delegations may move as well.
    """
    solution, loose = keep_what_stays(problem, incumbent)
    if not loose:
        _offer(problem, incumbent, solution)
    for free in _neighbourhoods(problem, loose):
        if incumbent.stopped.is_set() or (incumbent.best is not None and incumbent.best.values[:1] == (0,)):
            return
        found = solution
        for first in range(0, len(free), _AT_ONCE):
            found = _placed(problem, incumbent, found, free[first : first + _AT_ONCE])
        _offer(problem, incumbent, found)


def _neighbourhoods(problem: Problem, loose: Sequence[int]) -> Iterator[list[int]]:
    """The sessions themselves; and with those of their delegations and officers, which may stand in their way."""
    yield list(loose)
    around: dict[int, None] = dict.fromkeys(loose)
    for number in loose:
        for party in problem.items[number].always:
            around.update(dict.fromkeys(problem.links.of_party[party]))
    wider = [number for number in around if number not in problem.past]
    if len(loose) < len(wider) <= 2 * _AT_ONCE:
        yield wider


def _placed(problem: Problem, incumbent: Incumbent, solution: Solution, free: Sequence[int]) -> Solution:
    """Return the plan with some sessions decided anew; as it is when nothing is found in time."""
    scope = Scope.around(problem, solution, free, {})
    model = CpModel()
    variables = Variables(problem, model, scope=scope)
    posting = Posting(model, variables, problem)
    costs = [
        LinearExpr.sum([problem.settings[rule].weight * posting.count(rule) for rule in rules])
        for _, rules in problem.tiers
        if any(rule == "held" or RULES[rule].changes_only for rule in rules)
    ]
    model.minimize(_OUTWEIGHS * LinearExpr.sum(costs[:1]) + LinearExpr.sum(costs[1:]))
    solver = CpSolver()
    solver.parameters.optimize_with_core = True
    solver.parameters.linearization_level = 0
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.max_presolve_iterations = 1
    left = incumbent.left()
    share = _SECONDS if incumbent.effort.deterministic_limit is None else _UNITS
    incumbent.limit(solver, share if left is None else min(share, left))
    if incumbent.solve(solver, model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return solution.changed(variables.assignments(solver.boolean_value))
    return solution


def _offer(problem: Problem, incumbent: Incumbent, solution: Solution) -> None:
    """Offer a plan, unless it breaks a hard rule on the whole of it, such as a pin of a session that is not placed."""
    try:
        incumbent.offer(Standing.of(problem, solution))
    except ValueError:
        return
