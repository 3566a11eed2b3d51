"""The search: one tier of the objective after the other, none given up for a later one.

This is the lexicographic method of multi-objective optimisation (M. Ehrgott, "Multicriteria Optimization", 2005, ch. 5). Two
work at it side by side: one proves on the whole model what can be proven, the other improves the best plan in large
neighbourhoods. Problems too large for a whole model are constructed and improved only, and their bounds are what counting says.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from planner.problem import Problem
from planner.rules import Level
from planner.solution import Solution
from planner.solver.effort import Effort, Progress
from planner.solver.model.candidates import Candidates
from planner.solver.search.construction import construct
from planner.solver.search.improvement import Improver
from planner.solver.search.incumbent import Incumbent
from planner.solver.search.proof import RACE, Prover

Result = TypeVar("Result")

HEAD_START = 0.5
"""Seconds that a proof has for itself before another way is raced against it."""

ALONE, ALONE_WITH_CHANGES = 1.0, 5.0
"""Seconds that the first proof has for itself: many are over by then, most when a plan is changed. Threads slow each other."""

LAST_PROOF, SHARE = 60.0, 10
"""Seconds that the last proof has, or that part of what is left if it is more; then its thread improves as well."""

LARGEST_WHOLE_MODEL = 40_000
"""Starts and rooms to choose from, over all sessions, up to which the whole model is built."""


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


class _Search:
    def __init__(self, problem: Problem, effort: Effort, report: Callable[[Progress], None]) -> None:
        self.problem = problem
        self.report = report
        self.incumbent = Incumbent(problem, effort)
        self.prover = None if _choices(problem) > LARGEST_WHOLE_MODEL else Prover(problem, self.incumbent)
        self.seconds = [0.0] * len(problem.tiers)
        self.interrupted = False
        self._told: dict[int, tuple[int | None, int]] = {}

    def run(self) -> Answer:
        """Search until all is proven, or the effort is spent, or somebody interrupts."""
        incumbent = self.incumbent
        jobs = [self._in_turn] if incumbent.effort.in_turn else self._side_by_side()
        with ThreadPoolExecutor(len(jobs)) as pool:
            self._follow([self._started(pool, job) for job in jobs])
        best = incumbent.best
        tiers = self.problem.tiers
        if best is None:
            if self.interrupted and not incumbent.infeasible:
                raise KeyboardInterrupt
            nothing = tuple(TierResult(name, None, None, False, 0.0) for name, _ in tiers)
            return Answer(None, incumbent.infeasible, nothing, {})
        results = tuple(
            TierResult(name, value, min(bound, value), bound >= value, seconds)
            for (name, _), value, bound, seconds in zip(tiers, best.values, incumbent.bounds, self.seconds, strict=True)
        )
        soft = (rule for rule, setting in self.problem.settings.items() if setting.level is Level.soft)
        return Answer(best.solution, False, results, {rule: best.settled.counts[rule] for rule in soft})

    def _started(self, pool: ThreadPoolExecutor, job: Callable[[], None]) -> Future[None]:
        future = pool.submit(job)
        future.add_done_callback(lambda _: self.incumbent.turned.set())
        return future

    def _side_by_side(self) -> list[Callable[[], None]]:
        """One proves, unless the problem is too large, and all others improve; it does so too when it gives up."""
        jobs: list[Callable[[], None]] = [self._find, *([] if self.prover is None else [self._prove_and_improve])]
        return jobs + [partial(self._improve, number) for number in range(len(jobs), self.incumbent.effort.workers)]

    def _in_turn(self) -> None:
        """Find a plan, prove what half of the effort proves, and spend the rest on improving."""
        construct(self.problem, self.incumbent)
        self._prove()
        self._dive()
        if self.incumbent.best is not None:
            self._improve()

    def _find(self) -> None:
        """Find a first plan, and go on improving."""
        incumbent = self.incumbent
        is_proven = self.prover is not None and self._is_soon_proven()
        if incumbent.stopped.is_set():
            return
        if not is_proven:
            construct(self.problem, incumbent)
        if self.prover is not None and incumbent.best is None and self.problem.tiers:
            incumbent.stopped.wait(HEAD_START)
            if incumbent.best is None:
                self.prover.rival(self._half())
        self._dive()
        self._improve()

    def _is_soon_proven(self) -> bool:
        """Whether the proofs are over in a moment: of a changed plan how little it can tell people, else all."""
        incumbent, problem = self.incumbent, self.problem
        tiers, seconds = len(problem.tiers), ALONE
        if problem.change is not None:
            tiers, seconds = problem.gentle_tiers, ALONE_WITH_CHANGES
            if tiers == 0:
                return False
        while incumbent.position < tiers and time.monotonic() - incumbent.began < seconds:
            if incumbent.stopped.wait(0.02):
                break
        return incumbent.position >= tiers

    def _dive(self) -> None:
        if self.prover is not None and self.incumbent.best is None and not self.incumbent.infeasible:
            self.prover.dive(self.incumbent.left())

    def _prove(self) -> None:
        """Prove tiers stage by stage; each may use half of what is left, the last one less when that is much."""
        incumbent, prover = self.incumbent, self.prover
        if prover is None:
            return
        for stage in prover.stages:
            if incumbent.stopped.is_set() or incumbent.infeasible:
                return
            is_last = stage is prover.stages[-1]
            allowance = self._last() if is_last and not incumbent.effort.in_turn else self._half()
            self._work(stage.first, partial(prover.minimise, stage, allowance))
            if incumbent.best is None:
                return

    def _prove_and_improve(self) -> None:
        self._prove()
        self._improve(1)

    def _improve(self, number: int = 0) -> None:
        """Improve the best plan until the effort is spent; where that stalls, help with the proof for a while."""
        incumbent = self.incumbent
        prover = None if incumbent.effort.in_turn else self.prover
        improver = Improver(self.problem, incumbent, number)
        gained_at = time.monotonic()
        while not (incumbent.stopped.is_set() or incumbent.is_finished or incumbent.left() == 0):
            if incumbent.best is None:
                incumbent.stopped.wait(0.05)
                continue
            if self._work(incumbent.position, improver.step):
                gained_at = time.monotonic()
            elif prover is not None and time.monotonic() - gained_at > prover.patience:
                prover.rival(RACE)
                gained_at = time.monotonic()

    def _work(self, position: int, work: Callable[[], Result]) -> Result:
        """Do some work on a tier; its deterministic time counts for the tier."""
        began = self.incumbent.spent
        result = work()
        if self.incumbent.effort.deterministic_limit is not None:
            self.seconds[position] += self.incumbent.spent - began
        return result

    def _last(self) -> float | None:
        left = self.incumbent.left()
        return None if left is None else min(left, max(LAST_PROOF, left / SHARE))

    def _half(self) -> float | None:
        left = self.incumbent.left()
        return None if left is None else left / 2

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

    def _follow(self, futures: list[Future[None]]) -> None:
        """Report progress until all are done; stop them when nothing is left to do."""
        incumbent = self.incumbent
        since = incumbent.began
        while True:
            incumbent.turned.wait(0.05)
            incumbent.turned.clear()
            done, going_on = wait(futures, timeout=0)
            failed = any(future.exception() for future in done)
            if self.interrupted or failed or self._is_over():
                incumbent.stop()
            if self.prover is not None and not incumbent.effort.in_turn:
                self.prover.reconsider()
            moment = time.monotonic()
            if incumbent.effort.deterministic_limit is None and self.seconds:
                self.seconds[min(incumbent.position, len(self.seconds) - 1)] += moment - since
                since = moment
            self._tell(moment - incumbent.began)
            if not going_on:
                break
        for future in futures:
            future.result()

    def _is_over(self) -> bool:
        """Whether to stop from outside; what is to be repeatable must come to its end by itself."""
        effort = self.incumbent.effort
        return effort.deterministic_limit is None and (
            self.incumbent.left() == 0 or (self.incumbent.is_finished and not effort.in_turn)
        )

    def _tell(self, seconds: float) -> None:
        """Report every tier that is proven, and the first that is not, where something is new."""
        incumbent = self.incumbent
        with incumbent.lock:
            values = None if incumbent.best is None else incumbent.best.values
            reached = list(enumerate(incumbent.bounds[: incumbent.position + 1]))
        for position, bound in reached:
            value = None if values is None else values[position]
            if self._told.get(position) != (value, bound):
                self._told[position] = (value, bound)
                self.report(Progress(self.problem.tiers[position][0], value, bound, seconds))


def _choices(problem: Problem) -> int:
    """Starts and rooms to choose from, over all sessions."""
    candidates = (Candidates.of(problem, item) for item in problem.items)
    return sum(len(found.slots) + len(found.rooms) for found in candidates)
