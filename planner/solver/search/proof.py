"""Proofs on the whole model: one tier of the objective after the other, led by unsatisfiable cores."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, CpSolver, LinearExpr

from planner.problem import Problem
from planner.solver.model.posting import Posting
from planner.solver.model.variables import Variables
from planner.solver.search.cores import led_by_cores
from planner.solver.search.diving import dive
from planner.solver.search.hinting import hint
from planner.solver.search.incumbent import Incumbent, Standing
from planner.solver.search.stages import Stage, stage_of

MOMENT = 1.0
"""Seconds, or deterministic time, to search a model as it is before it is presolved; at most a quarter of what is allowed."""

CONSTRAINTS_IN_A_MOMENT = 30_000
"""Larger models are searched for longer, as presolving them takes longer too."""

LONGER = 10
"""How much longer that moment is when a plan is changed: presolving seldom pays there."""

FUTILE = 5.0
"""Seconds without a better bound after which the proof of the last of several tiers gives way to improving."""

PATIENCE = 5.0
"""Seconds without a better plan after which those who improve help with the proof."""

RACE = 3 * PATIENCE
"""Seconds that they help; and their patience when the proof has given way to improving."""

REST = 5.0
"""How long no plan is counted after one was, as a multiple of the time that took."""


@dataclass(frozen=True)
class _Way:
    """How to search the whole model.

    Attributes:
        presolved: whether it is presolved.
        with_tables: whether tables are counted in clauses, if that can be done.
        part: of what is left, how much it may take.
        most: seconds, or deterministic time, that it may take at most; None for no limit but that.
    """

    presolved: bool
    with_tables: bool
    part: float = 1.0
    most: float | None = None


@dataclass
class _Work:
    """A proof that is going on.

    Attributes:
        known: value of the best plan that the solver knows, or of the first one that others found; None if none.
        outdated: whether it was stopped since others know a plan that is better by far.
    """

    stage: Stage
    solver: CpSolver
    known: int | None
    outdated: bool = False


class _Watch(cp_model.CpSolverSolutionCallback):
    """Passes on each better bound, and plans that are better than the best known.

    Counting a plan takes longer than finding the next one when plans come in quick succession: some are left out, and the
    last one is then to be passed on at the end.
    """

    def __init__(self, prover: Prover, work: _Work) -> None:
        super().__init__()
        self.prover = prover
        self.work = work
        self.is_behind = False
        self._rests_until = 0.0

    def on_solution_callback(self) -> None:
        """Called by CP-SAT with each better plan."""
        self.work.known = round(self.objective_value)
        began = time.monotonic()
        self.is_behind = began < self._rests_until
        if not self.is_behind:
            self.prover.offer(self.boolean_value)
            ended = time.monotonic()
            self._rests_until = ended + REST * (ended - began)

    def on_bound(self, bound: float) -> None:
        """Called by CP-SAT with each better bound; no cost is below zero."""
        self.prover.note(self.work.stage, max(0, round(bound)))


class Prover:
    """The whole model of a problem, on which tiers are proven one by one.

    Attributes:
        stages: tiers that are proven together, one after the other.
        gave_way: whether the last proof got nowhere and was ended.
    """

    def __init__(self, problem: Problem, incumbent: Incumbent) -> None:
        self.problem = problem
        self.incumbent = incumbent
        self.model = CpModel()
        self.variables = Variables(problem, self.model)
        self.posting = Posting(self.model, self.variables, problem)
        self._bare = self.model.clone()
        self._writing = threading.Lock()
        self._at_work: _Work | None = None
        self._rival: _Work | None = None
        self._attempts = 0
        self._moved_at = 0.0
        self.gave_way = False
        self.stages = self._stages()
        self._has_tables = bool(self.posting.tables)

    def _stages(self) -> list[Stage]:
        """Tiers one by one, but those that are about what is held and about news together, if a plan is changed.

        These few costs are proven together in less time; the others are not, and a wish is to be counted when its turn comes.
        """
        count = len(self.problem.tiers)
        gentle = self.problem.gentle_tiers
        together = stage_of([self._cost(position) for position in range(gentle)])
        if together is None or gentle < 2:
            if self.problem.tiers:
                self._cost(0)
            return [Stage(position) for position in range(count)]
        return [together, *(Stage(position) for position in range(gentle, count))]

    def _ways(self) -> Iterator[_Way]:
        """As it is; with tables counted; and presolved. With tables and somebody to race, only the first."""
        if self._has_tables and not self.incumbent.effort.in_turn:
            yield _Way(presolved=False, with_tables=False)
            return
        size = max(1.0, len(self.model.proto.constraints) / CONSTRAINTS_IN_A_MOMENT)
        moment = MOMENT * size * (1 if self.problem.change is None else LONGER)
        yield _Way(presolved=False, with_tables=False, part=1 / 4, most=moment)
        if self._has_tables:
            yield _Way(presolved=False, with_tables=True, part=3 / 4)
        yield _Way(presolved=True, with_tables=True)

    def _solver(self, way: _Way, allowance: float | None) -> CpSolver:
        limits = [] if way.most is None else [way.most]
        if allowance is not None:
            limits.append(way.part * allowance)
        solver = led_by_cores(self.incumbent, min(limits, default=None))
        solver.parameters.cp_model_presolve = way.presolved
        return solver

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

    def minimise(self, stage: Stage, allowance: float | None) -> None:
        """Prove what tiers cost at least, unless that is known, and keep each as good as the best plan has it.

        The model is searched as it is first, since presolving takes longer than what is easy. When others find a plan that is
        better by far, all begins anew from there.
        """
        reserve = (self.incumbent.left() or 0.0) - (allowance or 0.0)
        ways = self._ways()
        self._moved_at = time.monotonic()
        while not self._is_over(stage):
            left = self.incumbent.left()
            rest = None if left is None else left - reserve
            if rest is not None and rest <= 0:
                break
            way = next(ways, None)
            if way is None:
                break
            work = self._at_work = self._started(stage, self._solver(way, rest))
            self._run(work, self._asked(work, way.with_tables))
            self._at_work = None
            if self.gave_way:
                break
            if work.outdated:
                ways = self._ways()
        best = self.incumbent.best
        if best is not None:
            with self._writing:
                for position in range(stage.first, stage.end):
                    self.model.add(self._cost(position) <= best.values[position])

    @property
    def patience(self) -> float:
        """Seconds without a better plan after which it pays to race the proof."""
        return RACE if self.gave_way else PATIENCE

    def rival(self, allowance: float | None) -> None:
        """Race the proof that is going on in another way: hard proofs take now a few seconds, now a minute.

        One race at a time; when no proof is going on any more, it is about the first tiers that are not proven. Where tables
        can be counted, this is done without presolving first.
        """
        with self._writing:
            open_ones = [stage for stage in self.stages if not self._is_proven(stage)]
            if self._rival is not None or not open_ones:
                return
            stage = open_ones[0] if self._at_work is None else self._at_work.stage
            way = _Way(presolved=self._attempts % 2 == 1 or not self._has_tables, with_tables=True)
            solver = self._solver(way, allowance)
            solver.parameters.max_presolve_iterations = 3
            self._attempts += 1
            rival = self._rival = self._started(stage, solver)
        self._run(rival, self._asked(rival, way.with_tables), self._attempts)
        self._rival = None

    def reconsider(self) -> None:
        """End the proofs of a tier that is proven by now, or proven faster from what somebody else found, or not in sight."""
        self.gave_way = self.gave_way or self._is_futile()
        for work in (self._at_work, self._rival):
            if work is not None and (
                self._is_proven(work.stage) or self._is_outdated(work) or (self.gave_way and work is self._at_work)
            ):
                work.solver.stop_search()

    def _is_futile(self) -> bool:
        """Whether the proof of the last of several tiers gets nowhere: a better plan is worth more than its bound."""
        work, last = self._at_work, self.stages[-1]
        is_last = work is not None and work.stage is last and last.first > 0
        return is_last and time.monotonic() - self._moved_at > FUTILE

    def _is_outdated(self, work: _Work) -> bool:
        """Whether the best plan leaves a quarter at most of what is open for the solver; noted, so that it is stopped once.

        A solver that began without a plan goes on when there is a first one: it is hardly ever a good one.
        """
        best = self.incumbent.best
        if best is None or work.outdated:
            return False
        bound, value = work.stage.value(self.incumbent.bounds), work.stage.value(best.values)
        if work.known is None:
            work.known = value
        work.outdated = 4 * (value - bound) <= work.known - bound
        return work.outdated

    def note(self, stage: Stage, bound: int) -> None:
        """Note a bound of the objective for its tiers, as far as those before are as good as it says."""
        if bound > stage.value(self.incumbent.bounds):
            self._moved_at = time.monotonic()
        for position, part in stage.parts(bound):
            self.incumbent.prove(position, part)
            best = self.incumbent.best
            if best is None or best.values[position] > part:
                return

    def _is_over(self, stage: Stage) -> bool:
        return self.incumbent.infeasible or self.incumbent.stopped.is_set() or self._is_proven(stage)

    def _is_proven(self, stage: Stage) -> bool:
        best = self.incumbent.best
        return best is not None and stage.value(best.values) <= stage.value(self.incumbent.bounds)

    def _started(self, stage: Stage, solver: CpSolver) -> _Work:
        best = self.incumbent.best
        return _Work(stage, solver, None if best is None else stage.value(best.values))

    def _run(self, work: _Work, model: CpModel, attempt: int = 0) -> None:
        watch = _Watch(self, work)
        work.solver.best_bound_callback = watch.on_bound
        status = self.incumbent.solve(work.solver, model, watch, attempt)
        if watch.is_behind:
            self.offer(work.solver.boolean_value)
        if status == cp_model.OPTIMAL:
            self.note(work.stage, round(work.solver.objective_value))
        elif status == cp_model.INFEASIBLE and self.incumbent.best is None:
            self.incumbent.infeasible = True

    def _asked(self, work: _Work, with_tables: bool) -> CpModel:
        """The model with the objective, and with the best plan: as a hint, and as what is the most that is of any use.

        Searches led by cores find plans late and would not see for long what is too much. What is known of the least is not
        said: its cores would be whole objectives instead of small parts of them.
        """
        stage = work.stage
        with self._writing:
            costs = [self._cost(position) for position in range(stage.first, stage.end)]
            if with_tables:
                self.posting.count_tables()
            model = self.model.clone()
        cost = LinearExpr.weighted_sum(costs, stage.weights)
        model.minimize(cost)
        best = self.incumbent.best
        if best is None:
            return model
        work.known = stage.value(best.values)
        model.add(cost <= work.known)
        hint(model, self.variables, best.solution)
        return model

    def _cost(self, position: int) -> LinearExpr:
        _, rules = self.problem.tiers[position]
        return LinearExpr.sum([self.problem.settings[rule].weight * self.posting.count(rule) for rule in rules])
