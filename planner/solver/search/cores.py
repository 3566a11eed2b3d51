"""CP-SAT led by unsatisfiable cores: one worker, no linear relaxation, and all counts written as clauses.

Cores are taken as they are found; to make them smaller takes longer than it saves. It proves more in this way than a portfolio
does. Bofill et al. (JAIR 74, 2022) found the same for MaxSAT against other ways.
"""

from __future__ import annotations

from ortools.sat.python.cp_model import CpSolver

from planner.solver.search.incumbent import Incumbent


def led_by_cores(incumbent: Incumbent, allowance: float | None) -> CpSolver:
    """Return a solver that may spend so much of the effort, seconds or deterministic time."""
    solver = CpSolver()
    solver.parameters.optimize_with_core = True
    solver.parameters.core_minimization_level = 0
    solver.parameters.cover_optimization = False
    solver.parameters.linearization_level = 0
    solver.parameters.max_presolve_iterations = 1
    solver.parameters.inprocessing_dtime_ratio = 0.0
    incumbent.limit(solver, allowance)
    return solver
