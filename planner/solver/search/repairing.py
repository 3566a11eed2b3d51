"""A first plan when a plan is changed: what can stay stays, and the rest is placed around it, in ever wider neighbourhoods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, LinearExpr

from planner.problem import Problem
from planner.solution import Solution
from planner.solver.evaluation import settle
from planner.solver.model.posting import Posting
from planner.solver.model.scope import Scope
from planner.solver.model.variables import Variables
from planner.solver.search.cores import led_by_cores
from planner.solver.search.hinting import hint
from planner.solver.search.incumbent import Incumbent, Standing
from planner.solver.search.keeping import keep_what_stays

_SECONDS, _UNITS = 10.0, 1.0
"""What is spent on one neighbourhood: seconds, or deterministic time."""

_AT_ONCE = 40
_OUTWEIGHS = 10_000
"""What the cost of the first tier, that of sessions left out, weighs against the others."""


def repair(problem: Problem, incumbent: Incumbent) -> None:
    """Offer plans in which the sessions that cannot stay are placed anew, with as little news as their neighbourhood allows.

    First they alone are placed. Then sessions of their delegations may move as well, unless it is proven by then that this
    could not be better.
    """
    solution, loose = keep_what_stays(problem, incumbent)
    if not loose:
        _offer(problem, incumbent, solution)
    for free in _neighbourhoods(problem, loose):
        if incumbent.stopped.is_set() or incumbent.position >= max(1, problem.gentle_tiers):
            return
        solution = _placed(problem, incumbent, solution, free)
        _offer(problem, incumbent, solution)


def _neighbourhoods(problem: Problem, loose: Sequence[int]) -> Iterator[Sequence[int]]:
    """The sessions themselves, some at a time; and with those of their delegations and officers, which may stand in their way."""
    for first in range(0, len(loose), _AT_ONCE):
        yield loose[first : first + _AT_ONCE]
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
    factors = _factors(problem)
    cost = LinearExpr.weighted_sum([posting.count(rule) for rule in factors], list(factors.values()))
    model.minimize(cost)
    try:
        known = settle(problem, scope.settled(solution)).counts
    except ValueError:
        pass
    else:
        model.add(cost <= sum(factor * known[rule] for rule, factor in factors.items()))
        hint(model, variables, solution)
    left = incumbent.left()
    share = _SECONDS if incumbent.effort.deterministic_limit is None else _UNITS
    solver = led_by_cores(incumbent, share if left is None else min(share, left))
    if incumbent.solve(solver, model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return solution.changed(variables.assignments(solver.boolean_value))
    return solution


def _factors(problem: Problem) -> dict[str, int]:
    """What one of each rule weighs that is about what is held and about news."""
    factors: dict[str, int] = {}
    for position, (_, rules) in enumerate(problem.tiers[: max(1, problem.gentle_tiers)]):
        tier = _OUTWEIGHS if position == 0 else 1
        factors.update({rule: tier * problem.settings[rule].weight for rule in rules})
    return factors


def _offer(problem: Problem, incumbent: Incumbent, solution: Solution) -> None:
    """Offer a plan, unless it breaks a hard rule on the whole of it, such as a pin of a session that is not placed."""
    try:
        incumbent.offer(Standing.of(problem, solution))
    except ValueError:
        return
