"""A first fit found by CP-SAT: sessions are held one after the other, urgent and inflexible ones first, each where it fits."""

from __future__ import annotations

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, CpSolver, CpSolverStatus

from planner.solver.model.variables import Variables
from planner.solver.search.incumbent import Incumbent


def dive(
    incumbent: Incumbent, model: CpModel, variables: Variables, allowance: float | None
) -> tuple[CpSolver, CpSolverStatus]:
    """Search a model for its first solution in that order; return the solver with its status."""
    model.add_decision_strategy(variables.in_order(), cp_model.CHOOSE_FIRST, cp_model.SELECT_MAX_VALUE)
    solver = CpSolver()
    solver.parameters.search_branching = cp_model.FIXED_SEARCH
    solver.parameters.linearization_level = 0
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    solver.parameters.stop_after_first_solution = True
    incumbent.limit(solver, allowance)
    return solver, incumbent.solve(solver, model)
