"""How many sessions of a plan are new, changed, cancelled or as they were; and whether a scenario goes on from a plan."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from planner.plan import Plan
from planner.record import Told
from planner.recording import told_of
from planner.scenario import Scenario

_UTC = ZoneInfo("UTC")


@dataclass(frozen=True)
class Counts:
    """Sessions of a plan, counted against the plan before it."""

    new: int
    changed: int
    cancelled: int
    unchanged: int


def count_changes(before: Plan | None, after: Plan) -> Counts:
    """Count sessions by what became of them; without a plan before, all are new."""
    old, new = ({} if plan is None else _told_by(plan, _UTC) for plan in (before, after))
    both = old.keys() & new.keys()
    changed = sum(old[name] != new[name] for name in both)
    return Counts(len(new.keys() - old.keys()), changed, len(old.keys() - new.keys()), len(both) - changed)


def goes_on_from(scenario: Scenario, plan: Plan) -> bool:
    """Tell whether a scenario was made to change this very plan: what it says people were told is what the plan says."""
    if scenario.replanning is None:
        return False
    told = {each.session: each for each in scenario.replanning.told}
    past = {each.session: Told.model_validate(each.model_dump(exclude={"formed"})) for each in scenario.replanning.past}
    return past | told == _told_by(plan, ZoneInfo(scenario.conference.time_zone))


def _told_by(plan: Plan, zone: ZoneInfo) -> dict[str, Told]:
    return {placement.session: told_of(placement, zone) for placement in plan.placements}
