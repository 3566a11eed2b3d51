"""Tries changes: on an obstacle alone, which is quick, and by a whole solve before any is shown."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from planner.compiling import compile_problem
from planner.conflict import Member
from planner.consistency import Known, check
from planner.errors import InputError, PlannerError
from planner.explanation.outcome import Narrowing, Outcome, Subject, holding
from planner.obstacles.finding import Obstacle, members_of
from planner.problem import Problem
from planner.proofs import Possible, prove
from planner.relaxing import Change, Choice, Giver, Ladder, ladders
from planner.rules import Kind, Level
from planner.scenario import Scenario
from planner.scenario_file.formed import formed_findings
from planner.solver.conflicts import Oracle, OutOfTimeError, everything, wanted_of
from planner.solver.effort import Effort

QUICK = 3.0
"""Seconds for one question about one obstacle."""

SMALL = 100
"""Sessions of a scenario up to which the best plan is found, and proven to be that, in a second or two."""


@dataclass(frozen=True)
class Relaxation:
    """Changes that were applied, solved and verified.

    Attributes:
        gained: sessions that are held with them and were left out before.
        lost: sessions that are left out with them and were held before.
        left_out: how many sessions are left out with them.
        is_best: whether no plan with them leaves out less; else there may be one.
        asked: what is so with them, as was asked for, in words.
    """

    changes: tuple[Change, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    left_out: int
    is_best: bool = True
    asked: str | None = None

    @property
    def giver(self) -> Giver:
        """Who gives most."""
        return max(change.giver for change in self.changes)


class Relaxer:
    """Finds changes of a scenario that help.

    Args:
        scenario: as it is.
        problem: compiled from it.
        before: what it holds at best as it is.
        effort: of each solve of a changed scenario.
        ends: the moment of the monotonic clock at which to stop; None for never.
        narrow: what is asked of every plan besides.
        asked: what is asked for by ``narrow``, in words. With it a change helps already if no more is left out than before;
            without it more must be held.
    """

    def __init__(
        self,
        scenario: Scenario,
        problem: Problem,
        before: Outcome,
        effort: Effort,
        ends: float | None,
        narrow: Narrowing = lambda problem: problem,
        asked: str | None = None,
    ) -> None:
        self.scenario = scenario
        self.problem = problem
        self.before = before
        self.effort = effort
        self.ends = ends
        self.narrow = narrow
        self.asked = asked
        self._known_flaws = _flaws(scenario)
        self._known: dict[tuple[tuple[str, ...], frozenset[Subject]], Outcome | None] = {}

    @property
    def is_over(self) -> bool:
        """Whether the time has ended."""
        return self.ends is not None and time.monotonic() >= self.ends

    def helping(self, obstacle: Obstacle) -> Iterator[Change]:
        """Yield the smallest change of each kind that lifts an obstacle, or makes it smaller, cheap ones first.

        Without any plan, first a change of the kind is sought that leaves one as well, then one that lifts this obstacle only.
        """
        held = [name for _, name in obstacle.sessions]
        for ladder in ladders(self.scenario, self.problem, members_of(obstacle, self.problem), held):
            if self.is_over:
                return
            change = self._least(ladder, obstacle)
            if change is None and obstacle.sessions and self.before.is_plan is False:
                change = self._least(ladder, obstacle, apart=True)
            if change is not None:
                yield change

    def verified(self, changes: Sequence[Change], held: frozenset[Subject] = frozenset()) -> Relaxation | None:
        """Solve the scenario with changes, and return what they bring if a plan holds more than before.

        Of a large scenario, first a plan is looked for that holds everything, then one that holds certain sessions, both of which
        are quick; then the best plan. Of others the best plan comes first, and the rest only if it is not proven to be that.
        """
        if self.before.is_plan is False and not self._leaves_a_plan(changes):
            return None
        whole = frozenset(everything(self.problem))
        any_plan = frozenset[Subject]()
        is_small = len(self.problem.items) <= SMALL
        best: Relaxation | None = None
        for asked in dict.fromkeys((any_plan, whole, held) if is_small else (whole, held, any_plan)):
            after = self.outcome(changes, asked)
            if after is None:
                return None
            is_best = bool(after.is_plan and not after.left_out) or (after.is_best and not asked)
            relaxation = self.relaxation(changes, after)
            if relaxation is not None and (best is None or relaxation.left_out < best.left_out):
                best = replace(relaxation, is_best=is_best)
            if is_best or (asked and relaxation is not None):
                break
        return best

    def outcome(self, changes: Sequence[Change], held: frozenset[Subject] = frozenset()) -> Outcome | None:
        """Solve the scenario with changes, with certain sessions held; None when the changes do not fit it."""
        key = (tuple(change.text for change in changes), held)
        if key not in self._known:
            changed = self.changed(changes)
            self._known[key] = None if changed is None else self._solved(changed, holding(held, 2 * QUICK))
        return self._known[key]

    def _leaves_a_plan(self, changes: Sequence[Change]) -> bool:
        """Whether pins, hard wishes and bounds on changes may be met with changes; only they leave no plan at all."""
        changed = self.changed(changes)
        if changed is None:
            return False
        try:
            return Oracle(self.narrow(compile_problem(changed)), QUICK).can_hold({})
        except PlannerError:
            return False
        except OutOfTimeError:
            return True

    def _solved(self, changed: Scenario, ask: Narrowing) -> Outcome | None:
        try:
            return Outcome.of(changed, self._effort(), lambda problem: ask(self.narrow(problem)))
        except InputError:
            return None

    def relaxation(self, changes: Sequence[Change], after: Outcome) -> Relaxation | None:
        """What changes bring, None when the best plan with them holds no more than before."""
        if not after.is_plan or after.cost is None:
            return None
        if self.before.cost is not None and after.cost >= self.before.cost + (self.asked is not None):
            return None
        was, now = set(self.before.left_out), set(after.left_out)
        gained = tuple(name for name in self.before.left_out if name not in now)
        lost = tuple(name for name in after.left_out if name not in was) if self.before.is_plan else ()
        return Relaxation(tuple(changes), gained, lost, len(after.left_out), asked=self.asked)

    def changed(self, changes: Sequence[Change]) -> Scenario | None:
        """The scenario with changes, None when they do not fit it: when something is wrong with it that was right before."""
        try:
            scenario = reduce(lambda given, change: change.apply(given), changes, self.scenario)
            scenario = Scenario.model_validate(scenario.model_dump())
        except ValueError:
            return None
        return scenario if _flaws(scenario) <= self._known_flaws else None

    def _effort(self) -> Effort:
        if self.ends is None or self.effort.time_limit is None or self.effort.deterministic_limit is not None:
            return self.effort
        left = max(0.5, self.ends - time.monotonic())
        return replace(self.effort, time_limit=min(self.effort.time_limit, left))

    def _least(self, ladder: Ladder, obstacle: Obstacle, *, apart: bool = False) -> Change | None:
        """The first rung that helps; each allows more than the one before, so that half of them need not be tried."""
        if isinstance(ladder, Choice):
            return next(
                (change for change in ladder if not self.is_over and self.lifts((change,), obstacle, apart=apart)), None
            )
        low, high = 0, len(ladder) - 1
        if not self.lifts((ladder[high],), obstacle, apart=apart):
            return None
        while low < high:
            middle = (low + high) // 2
            if self.lifts((ladder[middle],), obstacle, apart=apart):
                high = middle
            else:
                low = middle + 1
        return ladder[high]

    def lifts(
        self, changes: Sequence[Change], obstacle: Obstacle, *, wholly: bool = False, apart: bool = False
    ) -> bool:
        """Whether changes may lift an obstacle or, unless ``wholly`` is asked for, make what is lacking by counting less.

        Args:
            apart: whether pins and hard wishes of other obstacles are left aside, as they are of an obstacle to any plan.
        """
        scenario = self.changed(changes)
        if scenario is None:
            return False
        try:
            problem = self.narrow(compile_problem(scenario))
        except PlannerError:
            return False
        if apart or not obstacle.sessions:
            problem = _with_demands_of(problem, members_of(obstacle, self.problem))
        wanted = wanted_of(problem, obstacle.sessions)
        if obstacle.proof is not None:
            proofs = prove(problem, Possible(problem), wanted.values())
            lacking = max((proof.lacking for proof in proofs), default=0)
            if lacking:
                return not wholly and lacking < obstacle.proof.lacking
        try:
            return Oracle(problem, QUICK).can_hold(wanted)
        except OutOfTimeError:
            return wholly or obstacle.proof is not None


def _flaws(scenario: Scenario) -> frozenset[str]:
    """What is wrong with a scenario, in words."""
    known = Known.of(scenario.model_dump(mode="json"))
    return frozenset(finding.message for finding in (*check(scenario), *formed_findings(scenario, known)))


def _with_demands_of(problem: Problem, members: Sequence[Member]) -> Problem:
    """The problem with the pins and hard wishes of one obstacle only: others may leave no plan as well."""
    pinned = {member.subject[1] for member in members if member.rule == "pins"}
    rules = {member.rule for member in members}
    settings = {
        rule: replace(setting, level=Level.off)
        if setting.rule.kind is Kind.wish and setting.level is Level.hard and rule not in rules
        else setting
        for rule, setting in problem.settings.items()
    }
    pins = tuple(pin for pin in problem.pins if problem.items[pin.item].id in pinned)
    return replace(problem, pins=pins, settings=settings)
