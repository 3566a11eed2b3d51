"""Proofs on the whole model: one tier of the objective after the other, led by unsatisfiable cores."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, CpSolver, LinearExpr, LinearExprT

from planner.problem import Problem
from planner.solver.cores import led_by_cores
from planner.solver.diving import dive
from planner.solver.hinting import hint
from planner.solver.incumbent import Incumbent, Standing
from planner.solver.posting import Posting
from planner.solver.variables import Variables

MOMENT = 1.0
"""Seconds, or deterministic time, to search a model as it is before it is presolved; at most a quarter of what is allowed."""


@dataclass
class _Work:
    """A proof that is going on.

    Attributes:
        known: value of the best plan that the solver knows, None if none.
        outdated: whether it was stopped since others know a plan that is better by far.
    """

    position: int
    solver: CpSolver
    known: int | None
    outdated: bool = False


class _Watch(cp_model.CpSolverSolutionCallback):
    """Passes on each better bound, and each plan that is better than the best known."""

    def __init__(self, prover: Prover, work: _Work) -> None:
        super().__init__()
        self.prover = prover
        self.work = work

    def on_solution_callback(self) -> None:
        """Called by CP-SAT with each better plan."""
        self.work.known = round(self.objective_value)
        self.prover.offer(self.boolean_value)

    def on_bound(self, bound: float) -> None:
        """Called by CP-SAT with each better bound; no cost is below zero."""
        self.prover.incumbent.prove(self.work.position, round(bound))


class Prover:
    """The whole model of a problem, on which tiers are proven one by one."""

    def __init__(self, problem: Problem, incumbent: Incumbent) -> None:
        self.problem = problem
        self.incumbent = incumbent
        self.model = CpModel()
        self.variables = Variables(problem, self.model)
        self.posting = Posting(self.model, self.variables, problem)
        self._bare = self.model.clone()
        self._at_work: _Work | None = None
        self._rival: _Work | None = None
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
        """Prove what one tier costs at least, unless that is known, and keep it as good as the best plan has it.

        The model is searched for a moment as it is, since presolving takes longer than what is easy; then it is presolved. When
        others find a plan that is better by far, all of that begins anew from there.
        """
        reserve = (self.incumbent.left() or 0.0) - (allowance or 0.0)
        light = True
        while not self._is_over(position):
            left = self.incumbent.left()
            rest = None if left is None else left - reserve
            if rest is not None and rest <= 0:
                break
            moment = MOMENT if rest is None else min(MOMENT, rest / 4)
            solver = led_by_cores(self.incumbent, moment if light else rest)
            solver.parameters.cp_model_presolve = not light
            work = self._at_work = self._started(position, solver)
            self._run(work)
            self._at_work = None
            if not (light or work.outdated):
                break
            light = work.outdated
        best = self.incumbent.best
        if best is not None:
            self.model.add(self._cost(position) <= best.values[position])

    def rival(self, allowance: float | None) -> None:
        """Race the proof that is going on in another way: hard proofs take now a second, now a minute."""
        position = 0 if self._at_work is None else self._at_work.position
        solver = led_by_cores(self.incumbent, allowance)
        solver.parameters.max_presolve_iterations = 3
        solver.parameters.cp_model_probing_level = 2
        self._rival = self._started(position, solver)
        self._run(self._rival)
        self._rival = None

    def reconsider(self) -> None:
        """End the proofs of a tier that is proven by now, or proven faster from what somebody else found."""
        for work in (self._at_work, self._rival):
            if work is not None and (self._is_proven(work.position) or self._is_outdated(work)):
                work.solver.stop_search()

    def _is_outdated(self, work: _Work) -> bool:
        """Whether the best plan leaves a quarter at most of what is open for the solver; noted, so that it is stopped once."""
        best = self.incumbent.best
        if best is None or work.outdated:
            return False
        bound, value = self.incumbent.bounds[work.position], best.values[work.position]
        work.outdated = work.known is None or 4 * (value - bound) <= work.known - bound
        return work.outdated

    def _is_over(self, position: int) -> bool:
        return self.incumbent.infeasible or self.incumbent.stopped.is_set() or self._is_proven(position)

    def _is_proven(self, position: int) -> bool:
        best = self.incumbent.best
        return best is not None and best.values[position] <= self.incumbent.bounds[position]

    def _started(self, position: int, solver: CpSolver) -> _Work:
        best = self.incumbent.best
        return _Work(position, solver, None if best is None else best.values[position])

    def _run(self, work: _Work) -> None:
        watch = _Watch(self, work)
        work.solver.best_bound_callback = watch.on_bound
        status = self.incumbent.solve(work.solver, self._asked(work), watch)
        if status == cp_model.OPTIMAL:
            self.incumbent.prove(work.position, round(work.solver.objective_value))
        elif status == cp_model.INFEASIBLE and work.known is None:
            self.incumbent.infeasible = True

    def _asked(self, work: _Work) -> CpModel:
        """The model with the objective, and with the best plan: as a hint, and as what is the most that is of any use.

        Searches led by cores find plans late and would not see for long what is too much.
        """
        cost = self._cost(work.position)
        model = self.model.clone()
        model.minimize(cost)
        model.add(cost >= self.incumbent.bounds[work.position])
        best = self.incumbent.best
        if best is None:
            return model
        work.known = best.values[work.position]
        model.add(cost <= work.known)
        hint(model, self.variables, best.solution)
        return model

    def _cost(self, position: int) -> LinearExprT:
        _, rules = self.problem.tiers[position]
        return LinearExpr.sum([self.problem.settings[rule].weight * self.posting.count(rule) for rule in rules])
