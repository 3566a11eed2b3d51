"""A first plan: what a greedy hand proposes, as far as the model takes it, and small searches for the rest."""

from __future__ import annotations

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel

from planner.problem import Problem
from planner.solution import Assignment, Solution
from planner.solver.evaluation import is_sound
from planner.solver.model.posting import Posting
from planner.solver.model.scope import Scope
from planner.solver.model.variables import Variables
from planner.solver.search.diving import dive
from planner.solver.search.greedy import propose
from planner.solver.search.incumbent import Incumbent, Standing
from planner.solver.search.repairing import repair

BATCH = 40


def construct(problem: Problem, incumbent: Incumbent) -> None:
    """Offer a first plan; none when hard rules on the whole plan, such as that all sessions are held, are not met in this way."""
    if problem.change is not None:
        repair(problem, incumbent)
        return
    proposal, order = propose(problem)
    if _is_offered(problem, incumbent, proposal):
        return
    solution = Solution((None,) * len(problem.items))
    for first in range(0, len(order), BATCH):
        if incumbent.stopped.is_set():
            return
        batch = order[first : first + BATCH]
        scope = Scope.around(problem, solution, batch, {})
        chosen = {number: proposal.assignments[number] for number in batch}
        if not is_sound(problem, scope.placed(chosen)):
            chosen = _place(problem, incumbent, scope)
        solution = solution.changed(chosen)
    _is_offered(problem, incumbent, solution)


def _is_offered(problem: Problem, incumbent: Incumbent, solution: Solution) -> bool:
    try:
        incumbent.offer(Standing.of(problem, solution))
    except ValueError:
        return False
    return True


def _place(problem: Problem, incumbent: Incumbent, scope: Scope) -> dict[int, Assignment | None]:
    """Hold the sessions of a scope one after the other where each first fits."""
    model = CpModel()
    variables = Variables(problem, model, scope=scope)
    Posting(model, variables, problem)
    solver, status = dive(incumbent, model, variables, incumbent.left())
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return variables.assignments(solver.boolean_value)
    return dict.fromkeys(scope.free)
