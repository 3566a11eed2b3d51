"""The planner as a contender: what ``planner solve`` does between reading the scenario and rendering the plan."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from planner.importing.b2bsp import Instance, scenario_of
from planner.plan import Plan, Status
from planner.solver.search import Effort
from planner.workflow import solve
from tests.benchmarks.b2bsp.outcome import Outcome

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
OPENS_MINUTES = 8 * 60
SLOT_MINUTES = 30


def run(instance: Instance, fairness: int, time_limit: float | None) -> Outcome:
    """Plan an instance with the usual effort; timed from the scenario in memory to the verified plan."""
    scenario = scenario_of(instance, "instance", fairness)
    began = time.monotonic()
    plan = solve(scenario, Effort(time_limit=time_limit), MOMENT, lambda progress: None)
    seconds = time.monotonic() - began
    held = plan.status in (Status.optimal, Status.feasible)
    return Outcome(
        status=plan.status.value,
        seconds=seconds,
        search_seconds=sum(tier.seconds for tier in plan.tiers),
        value=sum(cost.count for cost in plan.costs if cost.rule == "breaks") if held else None,
        slots=_slots(plan, len(instance.meetings)) if held else None,
    )


def _slots(plan: Plan, meetings: int) -> tuple[int, ...]:
    starts = {placement.session: placement.start for placement in plan.placements}
    clocks = [starts[f"m{number}"] for number in range(1, meetings + 1)]
    return tuple((clock.hour * 60 + clock.minute - OPENS_MINUTES) // SLOT_MINUTES for clock in clocks)
