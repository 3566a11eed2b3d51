"""The best plan so far and what is proven of it, shared by all who search."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, CpSolver, CpSolverSolutionCallback, CpSolverStatus

from planner.problem import Problem
from planner.rules import Level
from planner.solution import Assignment, Solution
from planner.solver.effort import Effort
from planner.solver.evaluation import Settled, settle
from planner.solver.model.scope import Scope


@dataclass(frozen=True)
class Standing:
    """A plan with the count of every soft rule and hard wish, what is borne of them, and the value of each tier."""

    solution: Solution
    settled: Settled
    values: tuple[int, ...]

    @classmethod
    def of(cls, problem: Problem, solution: Solution, settled: Settled | None = None) -> Standing:
        """Count a plan.

        Raises:
            ValueError: when it breaks a hard rule.
        """
        known = settled or settle(problem, Scope.everything(problem, solution))
        return cls(solution, known, tier_values(problem, known.counts))


def tier_values(problem: Problem, counts: Mapping[str, int]) -> tuple[int, ...]:
    """Value of each tier."""
    return tuple(sum(problem.settings[rule].weight * counts[rule] for rule in rules) for _, rules in problem.tiers)


class Incumbent:
    """Holds the best plan, the bound of each tier, and the request to stop; safe to use from several threads.

    Attributes:
        best: the best plan in the order of the tiers, None before there is one.
        bounds: proven least value of each tier, given the values of the tiers before.
        infeasible: whether it is proven that there is no plan.
        spent: CP-SAT's deterministic time so far.
        turned: set when the first tier that is not proven becomes another one.
    """

    def __init__(self, problem: Problem, effort: Effort) -> None:
        self.problem = problem
        self.effort = effort
        self.best: Standing | None = None
        self.bounds = [0] * len(problem.tiers)
        self.infeasible = False
        self.spent = 0.0
        self.began = time.monotonic()
        self.stopped = threading.Event()
        self.turned = threading.Event()
        self.lock = threading.RLock()
        self._running: set[CpSolver] = set()

    @property
    def position(self) -> int:
        """The first tier that is not proven, the number of tiers when all are."""
        with self.lock:
            for position, bound in enumerate(self.bounds):
                if self.best is None or self.best.values[position] > bound:
                    return position
            return len(self.bounds)

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to find or to prove."""
        return self.infeasible or (self.best is not None and self.position == len(self.bounds))

    def offer(self, standing: Standing) -> bool:
        """Take a whole plan when it is better, and tell whether it is."""
        with self.lock:
            if self.best is not None and standing.values >= self.best.values:
                return False
            self._take(standing)
            return True

    def _take(self, standing: Standing) -> None:
        before, self.best = self.position, standing
        self._note_turn(before)

    def merge(self, seen: Standing, chosen: Mapping[int, Assignment | None], before: Settled, after: Settled) -> bool:
        """Take new places of a few sessions that make a plan no worse, unless another plan has come in between.

        Args:
            seen: the plan that they were chosen for.
            chosen: where the sessions are now.
            before: what the part of the plan around them cost.
            after: what it costs now.
        """
        known = seen.settled
        counts = {rule: count + after.counts[rule] - before.counts[rule] for rule, count in known.counts.items()}
        shares = {rule: {**borne, **after.shares.get(rule, {})} for rule, borne in known.shares.items()}
        if any(count > self._most(rule) for rule, count in counts.items()):
            return False
        standing = Standing.of(self.problem, seen.solution.changed(chosen), Settled(counts, shares))
        with self.lock:
            if self.best is not seen or standing.values > seen.values:
                return False
            self._take(standing)
            return True

    def _most(self, rule: str) -> float:
        """What a rule may count to: a hard wish its parameter, others anything."""
        setting = self.problem.settings[rule]
        return setting.parameters["at_most"] if setting.level is Level.hard else inf

    def prove(self, position: int, bound: int) -> None:
        """Note that a tier cannot be below a bound."""
        with self.lock:
            before, self.bounds[position] = self.position, max(self.bounds[position], bound)
            self._note_turn(before)

    def _note_turn(self, before: int) -> None:
        if self.position != before:
            self.turned.set()

    def left(self) -> float | None:
        """What is left of the effort: seconds, or deterministic time; None without a limit."""
        if self.effort.deterministic_limit is not None:
            return max(0.0, self.effort.deterministic_limit - self.spent)
        if self.effort.time_limit is not None:
            return max(0.0, self.effort.time_limit - (time.monotonic() - self.began))
        return None

    def spend(self, units: float) -> None:
        """Count work outside CP-SAT as deterministic time."""
        with self.lock:
            self.spent += units

    def stop(self) -> None:
        """Ask everybody who searches to end soon."""
        self.stopped.set()
        with self.lock:
            for solver in self._running:
                solver.stop_search()

    def solve(
        self, solver: CpSolver, model: CpModel, watch: CpSolverSolutionCallback | None = None, attempt: int = 0
    ) -> CpSolverStatus:
        """Run CP-SAT with one worker, so that it can be stopped and its time counts; other attempts go other ways.

        Raises:
            AssertionError: when the model is invalid.
        """
        solver.parameters.catch_sigint_signal = False
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = self.effort.seed + attempt
        with self.lock:
            self._running.add(solver)
            if self.stopped.is_set():
                solver.parameters.max_time_in_seconds = 0.0
        status = solver.solve(model, watch)
        with self.lock:
            self._running.discard(solver)
            self.spent += solver.deterministic_time
        if status == cp_model.MODEL_INVALID:
            raise AssertionError(f"the model is invalid: {model.validate()}")
        return status

    def limit(self, solver: CpSolver, allowance: float | None) -> None:
        """Give CP-SAT so much of the effort, seconds or deterministic time."""
        if allowance is None:
            return
        if self.effort.deterministic_limit is not None:
            solver.parameters.max_deterministic_time = allowance
        else:
            solver.parameters.max_time_in_seconds = allowance
