"""What changes are made to: a plan of this scenario that is sound, at a moment that has not been."""

from __future__ import annotations

from datetime import datetime

from planner.applying.spans import opening_hours
from planner.errors import InputError
from planner.plan import Plan
from planner.scenario import Scenario
from planner.verify import verify


def require_ground(scenario: Scenario, plan: Plan, now: datetime) -> None:
    """Make sure that a plan of a scenario can be changed at a moment.

    Raises:
        InputError: when the plan is of another scenario or not sound, or the moment lies before an earlier change or after
            the conference.
    """
    if plan.scenario_hash != scenario.hash:
        raise InputError(
            "The plan was made from another scenario.",
            hint="Give the scenario.yaml that the plan was made from, and write what is different in the changes.",
        )
    report = verify(scenario, plan)
    if not report.sound:
        found = [*report.faults, *map(str, report.violations)]
        raise InputError(
            f"The plan is not sound, so it cannot be changed: {'; '.join(found[:3])}",
            hint="Run planner verify on it for all that is wrong.",
        )
    before, closing = scenario.replanning, opening_hours(scenario)[-1].end
    if before is not None and now < before.now:
        raise InputError(
            f"The plan was changed at {_shown(before.now)} already, later than {_shown(now)}.",
            hint="Give a later moment as --now.",
        )
    if now >= closing:
        raise InputError(f"The conference was over at {_shown(closing)}.", hint="Give an earlier moment as --now.")


def _shown(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
