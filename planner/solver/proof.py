"""Proofs on the whole model: one tier of the objective after the other, led by unsatisfiable cores."""

from __future__ import annotations

from collections.abc import Callable

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, CpSolver, LinearExpr, LinearExprT

from planner.problem import Problem
from planner.solver.diving import dive
from planner.solver.incumbent import Incumbent, Standing
from planner.solver.posting import Posting
from planner.solver.variables import Variables

MOMENT = 1.0
"""Seconds, or deterministic time, to search a model as it is before it is presolved; at most a quarter of what is allowed."""


class _Watch(cp_model.CpSolverSolutionCallback):
    """Passes on each better bound, and each plan that is better than the best known."""

    def __init__(self, prover: Prover, position: int) -> None:
        super().__init__()
        self.prover = prover
        self.position = position

    def on_solution_callback(self) -> None:
        """Called by CP-SAT with each better plan."""
        self.prover.offer(self.boolean_value)

    def on_bound(self, bound: float) -> None:
        """Called by CP-SAT with each better bound; no cost is below zero."""
        self.prover.incumbent.prove(self.position, round(bound))


class Prover:
    """The whole model of a problem, on which tiers are proven one by one.

    A single worker led by unsatisfiable cores, without linear relaxation, proves more than a portfolio does as long as all
    counts are written as clauses (Bofill et al., JAIR 74, 2022, found the same for MaxSAT against other approaches).
    """

    def __init__(self, problem: Problem, incumbent: Incumbent) -> None:
        self.problem = problem
        self.incumbent = incumbent
        self.model = CpModel()
        self.variables = Variables(problem, self.model)
        self.posting = Posting(self.model, self.variables, problem)
        self._bare = self.model.clone()
        self._at_work: tuple[int, CpSolver] | None = None
        self._rival: tuple[int, CpSolver] | None = None
        if problem.tiers:
            self._cost(0)

    def offer(self, value: Callable[[cp_model.IntVar], bool]) -> None:
        """Take a plan off the values of the decisions."""
        self.incumbent.offer(Standing.of(self.problem, self.variables.solution(value)))

    def dive(self, allowance: float | None) -> None:
        """Find a first plan on the whole model."""
        solver, status = dive(self.incumbent, self._bare, self.variables, allowance)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.offer(solver.boolean_value)
        elif status == cp_model.INFEASIBLE:
            self.incumbent.infeasible = True

    def tier(self, position: int, allowance: float | None) -> None:
        """Prove what one tier costs at least, unless that is known, and keep it as good as the best plan has it."""
        cost = self._cost(position)
        if not self._is_proven(position):
            self._minimise(position, cost, allowance)
        best = self.incumbent.best
        if best is not None:
            self.model.add(cost <= best.values[position])

    def skip_what_is_proven(self) -> None:
        """End the proofs of a tier that is proven by now, by what somebody else found."""
        for work in (self._at_work, self._rival):
            if work is not None and self._is_proven(work[0]):
                work[1].stop_search()

    def _is_proven(self, position: int) -> bool:
        best = self.incumbent.best
        return best is not None and best.values[position] <= self.incumbent.bounds[position]

    def _minimise(self, position: int, cost: LinearExprT, allowance: float | None) -> None:
        """Search at once for a moment, since presolving takes longer than what is easy; then presolve and search on."""
        moment = MOMENT if allowance is None else min(MOMENT, allowance / 4)
        for light, share in ((True, moment), (False, None if allowance is None else allowance - moment)):
            if self._is_over(position):
                return
            self.model.minimize(cost)
            self.model.add(cost >= self.incumbent.bounds[position])
            self._hint()
            solver = self._led_by_cores(share)
            solver.parameters.cp_model_presolve = not light
            self._at_work = (position, solver)
            self._run(solver, self.model, position)
            self._at_work = None

    def _is_over(self, position: int) -> bool:
        return self.incumbent.infeasible or self.incumbent.stopped.is_set() or self._is_proven(position)

    def rival(self, allowance: float | None) -> None:
        """Race the proof that is going on in another way: hard proofs take now a second, now a minute."""
        at_work = self._at_work
        position = 0 if at_work is None else at_work[0]
        model = self.model.clone()
        model.minimize(self._cost(position))
        solver = self._led_by_cores(allowance)
        solver.parameters.max_presolve_iterations = 3
        solver.parameters.cp_model_probing_level = 2
        self._rival = (position, solver)
        self._run(solver, model, position)
        self._rival = None

    def _led_by_cores(self, allowance: float | None) -> CpSolver:
        solver = CpSolver()
        solver.parameters.optimize_with_core = True
        solver.parameters.linearization_level = 0
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.max_presolve_iterations = 1
        self.incumbent.limit(solver, allowance)
        return solver

    def _run(self, solver: CpSolver, model: CpModel, position: int) -> None:
        watch = _Watch(self, position)
        solver.best_bound_callback = watch.on_bound
        status = self.incumbent.solve(solver, model, watch)
        if status == cp_model.INFEASIBLE:
            self.incumbent.infeasible = True
        elif status == cp_model.OPTIMAL:
            self.incumbent.prove(position, round(solver.objective_value))

    def _cost(self, position: int) -> LinearExprT:
        _, rules = self.problem.tiers[position]
        return LinearExpr.sum([self.problem.settings[rule].weight * self.posting.count(rule) for rule in rules])

    def _hint(self) -> None:
        """Let the search start from the best plan."""
        best = self.incumbent.best
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        if best is None:
            return
        hinted: set[int] = set()
        for literal, value in self.variables.values(best.solution):
            if literal.index not in hinted:
                hinted.add(literal.index)
                self.model.add_hint(literal, value)
