"""Notes the plans of a run while it goes on, and has the best one verified at its end."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from planner.compiling import compile_problem
from planner.errors import UnsoundPlanError
from planner.naming import name_placements, name_unplaced
from planner.plan import Options, Plan, RuleCost, Status, TierReport, Versions
from planner.rules import Level
from planner.scenario import Scenario
from planner.settings import settings_of, tiers_of
from planner.solution import Solution
from planner.verify import verify
from tests.benchmarks.large.possible import Possible
from tests.benchmarks.large.record import Step
from tests.benchmarks.large.waiting import Cost, cost_of

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


class Log:
    """The plans of one run.

    Attributes:
        steps: each better than the one before.
        best: the last one of them as a raw answer; None before the first, and when the planner itself keeps it.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.possible = Possible(compile_problem(scenario))
        self.began = time.monotonic()
        self.steps: list[Step] = []
        self.best: Solution | None = None

    def begin(self) -> None:
        """Start the clock."""
        self.began = time.monotonic()

    @property
    def seconds(self) -> float:
        """Since the clock was started."""
        return time.monotonic() - self.began

    def tell(self, step: Step) -> bool:
        """Keep a step if it is better than all before, and tell whether it is."""
        better = not self.steps or step.rank < self.steps[-1].rank
        if better:
            self.steps.append(step)
        return better

    def note(self, solution: Solution) -> None:
        """Keep a solution if it is better than all before."""
        seconds = self.seconds
        cost = cost_of(self.possible, solution)
        if self.tell(Step(seconds, cost.held, cost.waiting, cost.breaks, cost.idle)):
            self.best = solution

    def close(self, solution: Solution) -> None:
        """Put the last step's plan in, of which only the costs were told.

        Raises:
            AssertionError: when it costs something else.
        """
        cost = cost_of(self.possible, solution)
        last = self.steps.pop()
        if last.rank != (cost.held, cost.waiting):
            raise AssertionError(f"the plan was told to cost {last}, and costs {cost}")
        self.steps.append(Step(last.seconds, cost.held, cost.waiting, cost.breaks, cost.idle))
        self.best = solution

    def verify_best(self) -> float | None:
        """Verify the best solution by the planner's verifier; return the seconds it took, None when there is none.

        Raises:
            UnsoundPlanError: when it is not sound, or does not cost what was counted.
        """
        if self.best is None:
            return None
        began = time.monotonic()
        plan = plan_of(self.scenario, self.possible, self.best)
        report = verify(self.scenario, plan)
        if not report.sound:
            raise UnsoundPlanError([*report.faults, *map(str, report.violations)], plan.to_json())
        return time.monotonic() - began


def plan_of(scenario: Scenario, possible: Possible, solution: Solution) -> Plan:
    """Return the plan of a solution, with the costs as they are counted here; it is not verified."""
    cost = cost_of(possible, solution)
    tiers = tuple(
        TierReport(name=name, status=Status.feasible, value=value, bound=0, seconds=0.0)
        for (name, _), value in zip(tiers_of(scenario), (cost.held, cost.waiting), strict=True)
    )
    return Plan(
        conference=scenario.conference.id,
        scenario_hash=scenario.hash,
        versions=Versions(planner="reference", ortools="", python=""),
        seed=0,
        options=Options(seed=0, workers=1),
        created_at=MOMENT,
        status=Status.feasible,
        tiers=tiers,
        placements=name_placements(scenario, possible.problem, solution),
        unplaced=name_unplaced(possible.problem, solution),
        costs=_rows(scenario, cost),
    )


def _rows(scenario: Scenario, cost: Cost) -> tuple[RuleCost, ...]:
    counts = {"held": cost.held, "breaks": cost.breaks, "idle": cost.idle}
    tier_of = {rule: name for name, rules in tiers_of(scenario) for rule in rules}
    return tuple(
        RuleCost(
            rule=rule,
            tier=tier_of[rule],
            level=setting.level,
            count=counts[rule],
            weight=setting.weight,
            cost=counts[rule] * setting.weight,
        )
        for rule, setting in settings_of(scenario).items()
        if setting.level is Level.soft
    )
