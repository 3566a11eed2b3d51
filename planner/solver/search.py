"""The search: one tier of the objective after the other, none given up for a later one.

This is the lexicographic method of multi-objective optimisation (M. Ehrgott, "Multicriteria Optimization", 2005, ch. 5): each
tier is minimised, then bounded by the value reached, and the next one starts from the plan at hand.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager
from dataclasses import dataclass

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, CpSolver, LinearExpr, LinearExprT

from planner.problem import Problem
from planner.solution import Solution
from planner.solver.evaluation import evaluate
from planner.solver.posting import Posting
from planner.solver.variables import Variables


@dataclass(frozen=True)
class Effort:
    """How hard to search.

    Attributes:
        time_limit: wall-clock seconds for all tiers together, None for no limit.
        deterministic_limit: CP-SAT's deterministic time for all tiers together. When it is given, the same effort gives the
            same answer, and the time limit is not looked at.
    """

    time_limit: float | None = 60.0
    deterministic_limit: float | None = None
    seed: int = 0
    workers: int = 4


@dataclass(frozen=True)
class Progress:
    """Where the search stands: ``value`` is None before the tier's first plan."""

    tier: str
    value: int | None
    bound: int | None
    seconds: float


@dataclass(frozen=True)
class TierResult:
    """How one tier ended; ``proven`` when no plan can have less. ``seconds`` are on the clock of the effort's limit."""

    name: str
    value: int | None
    bound: int | None
    proven: bool
    seconds: float


@dataclass(frozen=True)
class Answer:
    """What the search found.

    Attributes:
        solution: the best one; None when there is none, or none was found in time.
        infeasible: whether it is proven that there is none.
        tiers: how each tier ended.
        counts: count of every soft rule of the solution, by rule id.
    """

    solution: Solution | None
    infeasible: bool
    tiers: tuple[TierResult, ...]
    counts: Mapping[str, int]


def search(problem: Problem, effort: Effort, report: Callable[[Progress], None]) -> Answer:
    """Search for a plan that is best tier by tier.

    Ctrl-C ends the search and keeps the best solution so far. ``report`` is called in the calling thread.

    Raises:
        KeyboardInterrupt: when it is pressed before there is a solution.
    """
    running = _Search(problem, effort, report)
    with running.noting_interrupts():
        return running.run()


class _Watch(cp_model.CpSolverSolutionCallback):
    """Notes value and bound while CP-SAT's threads work."""

    def __init__(self) -> None:
        super().__init__()
        self.best: int | None = None
        self.bound: int | None = None

    def on_solution_callback(self) -> None:
        """Called by CP-SAT with each better plan."""
        self.best = round(self.objective_value)
        self.bound = max(0, round(self.best_objective_bound))

    def on_bound(self, bound: float) -> None:
        """Called by CP-SAT with each better bound; no cost is below zero."""
        self.bound = max(0, round(bound))


@dataclass(frozen=True)
class _End:
    """How CP-SAT ended one tier. No cost is below zero, so that 0 is always a bound."""

    status: cp_model.CpSolverStatus
    bound: int
    seconds: float


class _Search:
    def __init__(self, problem: Problem, effort: Effort, report: Callable[[Progress], None]) -> None:
        self.problem = problem
        self.effort = effort
        self.report = report
        self.model = CpModel()
        self.variables = Variables(problem, self.model)
        self.posting = Posting(self.model, self.variables, problem)
        self.began = time.monotonic()
        self.spent = 0.0
        self.interrupted = False
        self.solution: Solution | None = None

    def run(self) -> Answer:
        """Go through the tiers."""
        tiers = self.problem.tiers
        ends: list[_End] = []
        for position, (name, rules) in enumerate(tiers or (("any plan", ()),)):
            ends.append(self._tier(name, self._cost(rules), last=position == len(tiers) - 1))
            if self.solution is None:
                if self.interrupted:
                    raise KeyboardInterrupt
                infeasible = ends[-1].status == cp_model.INFEASIBLE
                return Answer(None, infeasible, tuple(TierResult(n, None, None, False, 0.0) for n, _ in tiers), {})
        counts = evaluate(self.problem, self.solution) if self.solution is not None else {}
        results = []
        for (name, rules), end in zip(tiers, ends, strict=False):
            value = sum(self.problem.settings[rule].weight * counts[rule] for rule in rules)
            results.append(TierResult(name, value, end.bound, end.bound == value, end.seconds))
        return Answer(self.solution, False, tuple(results), counts)

    @contextmanager
    def noting_interrupts(self) -> Iterator[None]:
        """Note Ctrl-C and the request to end, so that they cannot strike between two tiers and take the plan along."""
        usual = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        untouched = usual == {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL}
        if threading.current_thread() is not threading.main_thread() or not untouched:
            yield
            return
        for number in usual:
            signal.signal(number, self._interrupt)
        try:
            yield
        finally:
            for number, handler in usual.items():
                signal.signal(number, handler)

    def _interrupt(self, *_: object) -> None:
        self.interrupted = True

    def _cost(self, rules: tuple[str, ...]) -> LinearExprT:
        return LinearExpr.sum([self.problem.settings[rule].weight * self.posting.count(rule) for rule in rules])

    def _tier(self, name: str, cost: LinearExprT, *, last: bool) -> _End:
        """Minimise one tier, and bound it by what was reached."""
        self.model.minimize(cost)
        self.model.add(cost >= 0)
        if self.solution is None:
            self._dive()
        allowance = self._allowance(last)
        if self.interrupted or allowance == 0:
            return _End(cp_model.UNKNOWN, 0, 0.0)
        solver = self._solver(allowance)
        watch = _Watch()
        solver.best_bound_callback = watch.on_bound
        began = time.monotonic()
        with ThreadPoolExecutor(1) as pool:
            future = pool.submit(solver.solve, self.model, watch)
            status = self._follow(future, solver, watch, name, began)
        self.spent += solver.deterministic_time
        seconds = solver.deterministic_time if self.effort.deterministic_limit is not None else time.monotonic() - began
        if status == cp_model.MODEL_INVALID:
            raise AssertionError(f"the model is invalid: {self.model.validate()}")
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return _End(status, 0, seconds)
        self.solution = self.variables.solution(solver.boolean_value)
        value, bound = round(solver.objective_value), max(0, round(solver.best_objective_bound))
        self.report(Progress(name, value, bound, seconds))
        self.model.add(cost <= value)
        self._hint(solver)
        return _End(status, bound, seconds)

    def _follow(
        self, future: Future[cp_model.CpSolverStatus], solver: CpSolver, watch: _Watch, name: str, began: float
    ) -> cp_model.CpSolverStatus:
        """Report progress until the solver is done; an interrupt stops it."""
        seen: tuple[int | None, int | None] = (None, None)
        while True:
            try:
                return future.result(timeout=0.1)
            except NotYet:
                if self.interrupted:
                    solver.stop_search()
                now = (watch.best, watch.bound)
                if now != seen:
                    self.report(Progress(name, *now, time.monotonic() - began))
                    seen = now

    def _dive(self) -> None:
        """Find a first plan for the search to start from: hold one session after the other where it first fits."""
        solver = self._solver(self._allowance(last=False))
        solver.parameters.num_workers = 1
        solver.parameters.search_branching = cp_model.FIXED_SEARCH
        solver.parameters.linearization_level = 0
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
        solver.parameters.stop_after_first_solution = True
        self.model.add_decision_strategy(self.variables.in_order(), cp_model.CHOOSE_FIRST, cp_model.SELECT_MAX_VALUE)
        with ThreadPoolExecutor(1) as pool:
            status = self._follow(pool.submit(solver.solve, self.model), solver, _Watch(), "", 0.0)
        self.spent += solver.deterministic_time
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.solution = self.variables.solution(solver.boolean_value)
            self._hint(solver)

    def _allowance(self, last: bool) -> float | None:
        """What this tier may use: half of what is left, or all of it when no tier follows."""
        if self.effort.deterministic_limit is not None:
            left = self.effort.deterministic_limit - self.spent
        elif self.effort.time_limit is not None:
            left = self.effort.time_limit - (time.monotonic() - self.began)
        else:
            return None
        return max(0.0, left if last else left / 2)

    def _solver(self, allowance: float | None) -> CpSolver:
        """A solver for one tier; a single worker proves most by unsatisfiable cores, several by a portfolio.

        In OR-Tools 9.15 neighbourhood search that starts from a hint spends another deterministic time in every run, even
        when searches are interleaved; several workers that are to be repeatable do without.
        """
        solver = CpSolver()
        parameters = solver.parameters
        parameters.catch_sigint_signal = False
        parameters.random_seed = self.effort.seed
        parameters.num_workers = self.effort.workers
        if self.effort.workers == 1:
            parameters.optimize_with_core = True
            parameters.linearization_level = 0
        if self.effort.deterministic_limit is not None:
            parameters.interleave_search = self.effort.workers > 1
            parameters.use_lns = self.effort.workers == 1
        if allowance is not None and self.effort.deterministic_limit is not None:
            parameters.max_deterministic_time = allowance
        elif allowance is not None:
            parameters.max_time_in_seconds = allowance
        return solver

    def _hint(self, solver: CpSolver) -> None:
        """Let the next tier start from the plan at hand."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for index in range(len(self.model.proto.variables)):
            variable = self.model.get_int_var_from_proto_index(index)
            self.model.add_hint(variable, solver.value(variable))
