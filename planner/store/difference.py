"""How many sessions of a plan are new, changed, cancelled or as they were; and whether a scenario goes on from a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from planner.plan import Placement, Plan
from planner.record import Told
from planner.scenario import Scenario

_Facts = tuple[datetime, datetime, str, int | None, dict[str, int], dict[str, tuple[str, ...]], tuple[str, ...], str]


@dataclass(frozen=True)
class Counts:
    """Sessions of a plan, counted against the plan before it."""

    new: int
    changed: int
    cancelled: int
    unchanged: int


def count_changes(before: Plan | None, after: Plan) -> Counts:
    """Count sessions by what became of them; without a plan before, all are new."""
    old = {} if before is None else {each.session: _placed(each, None) for each in before.placements}
    new = {each.session: _placed(each, None) for each in after.placements}
    both = old.keys() & new.keys()
    changed = sum(old[name] != new[name] for name in both)
    return Counts(len(new.keys() - old.keys()), changed, len(old.keys() - new.keys()), len(both) - changed)


def goes_on_from(scenario: Scenario, plan: Plan) -> bool:
    """Tell whether a scenario was made to change this very plan: what it says people were told is what the plan says."""
    if scenario.replanning is None:
        return False
    zone = ZoneInfo(scenario.conference.time_zone)
    told = {each.session: _told(each) for each in (*scenario.replanning.past, *scenario.replanning.told)}
    return told == {each.session: _placed(each, zone) for each in plan.placements}


def _placed(placement: Placement, zone: ZoneInfo | None) -> _Facts:
    """Return when, where and with whom a session is; times on the clock of a zone, or as they are without one."""
    start, end = placement.start, placement.end
    if zone is not None:
        start, end = (moment.astimezone(zone).replace(tzinfo=None) for moment in (start, end))
    return (
        start,
        end,
        placement.room,
        placement.table,
        placement.teams,
        placement.delegates,
        placement.interpreters,
        placement.working_language,
    )


def _told(told: Told) -> _Facts:
    return (
        told.start,
        told.end,
        told.room,
        told.table,
        told.teams,
        told.delegates,
        told.interpreters,
        told.language,
    )
