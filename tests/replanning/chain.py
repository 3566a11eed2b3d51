"""Plans that are changed again and again, each change made at some moment after the one before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from planner.applying import apply_changes
from planner.plan import Plan, Status
from planner.resources import shipped
from planner.scenario import Scenario
from planner.scenario_file import read_scenario
from planner.solver.search import Effort
from planner.workflow import solve
from tests.replanning.generate import ChangeSet, change_set

FIRST = datetime(2026, 1, 20, tzinfo=UTC)


@dataclass(frozen=True)
class Version:
    """A scenario with a verified plan, and what was changed last; nothing at first."""

    scenario: Scenario
    plan: Plan
    what: ChangeSet | None = None


def first_version(name: str, effort: Effort) -> Version:
    """Return the first plan of a shipped scenario, less its pins, which changes would run into."""
    scenario = read_scenario(shipped("scenarios") / name / "scenario.yaml").model_copy(update={"pins": ()})
    return Version(scenario, solve(scenario, effort, FIRST, lambda progress: None))


def repaired(before: Version, what: ChangeSet, effort: Effort) -> Version:
    """Return the version after a set of changes."""
    changed = apply_changes(before.scenario, before.plan, what.changes, what.now)
    moment = before.plan.created_at + timedelta(hours=1)
    plan = solve(changed, effort, moment, lambda progress: None, (before.scenario, before.plan))
    return Version(changed, plan, what)


def chain(first: Version, seed: int, length: int, effort: Effort) -> Iterator[Version]:
    """Return so many versions after the first, each with a plan; changes that leave none are passed over."""
    version, now = first, None
    for number in range(seed * 1000, seed * 1000 + 20 * length):
        if length == 0:
            return
        what = change_set(version.scenario, version.plan, number, after=now, size=1 + number % 2)
        if what is None:
            continue
        after = repaired(version, what, effort)
        if after.plan.status in (Status.infeasible, Status.unknown):
            continue
        version, now, length = after, what.now, length - 1
        yield version
