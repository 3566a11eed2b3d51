"""Changes of all kinds, single and combined, over the shipped scenarios: what holds whatever changes."""

from __future__ import annotations

from collections import Counter

import pytest

from planner.applying import apply_changes
from planner.changes_file.item import KINDS
from planner.consistency import Known, check
from planner.formation import form_sessions
from planner.impact import Impact, impact
from planner.plan import Plan
from planner.scenario import Scenario
from planner.scenario_file import parse_scenario, scenario_text
from planner.scenario_file.formed import formed_findings
from planner.verify import verify
from tests.conftest import Solved
from tests.replanning.generate import ChangeSet, change_set

NEVER_OVERFULL = frozenset({"interpreter-away", "delegate-away", "session-unpinned"})
"""Kinds for which there is nothing to change: nobody interprets, no delegate is named, and nothing is pinned."""


def examine(given: Solved, one: ChangeSet) -> tuple[Scenario, Impact]:
    """Apply a set of changes and show what must hold for every one."""
    changed = apply_changes(given.scenario, given.plan, one.changes, one.now)
    assert check(changed) == (), one
    assert [*formed_findings(changed, Known.of(changed.model_dump(mode="json")))] == [], one
    before, after = ({each.id: each for each in form_sessions(scenario)} for scenario in (given.scenario, changed))
    assert changed.replanning is not None
    past = [each.session for each in changed.replanning.past]
    assert {name: after[name] for name in past} == {name: before[name] for name in past}, one
    found = impact(given.scenario, given.plan, changed)
    fates = [
        *found.past,
        *found.staying,
        *(each.told.session for each in found.altered),
        *(each.told.session for each in found.placed),
        *(each.told.session for each in found.broken),
        *(each.session for each in found.cancelled),
    ]
    assert Counter(fates) == Counter(placement.session for placement in given.plan.placements), one
    return changed, found


def left_alone(changed: Scenario, plan: Plan, found: Impact) -> set[str]:
    """Return the rules that break when what is past and what can stay as told is all that is held."""
    names = {*found.past, *found.staying}
    placements = tuple(placement for placement in plan.placements if placement.session in names)
    report = verify(changed, plan.model_copy(update={"placements": placements, "unplaced": ()}))
    return {violation.rule for violation in report.violations}


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("seed", range(3))
def test_single_changes_of_the_small_scenario(small: Solved, kind: str, seed: int) -> None:
    one = change_set(small.scenario, small.plan, seed, kinds=[kind])
    if one is None:
        assert kind in ("block-moved", "session-unpinned"), "all other kinds have something to change"
        return
    changed, found = examine(small, one)
    assert parse_scenario(scenario_text(changed)) == changed
    assert left_alone(changed, small.plan, found) <= {"pins", "sittings"}


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - NEVER_OVERFULL))
def test_single_changes_of_the_overfull_scenario(overfull: Solved, kind: str) -> None:
    one = next(
        drawn for seed in range(9) if (drawn := change_set(overfull.scenario, overfull.plan, seed, kinds=[kind]))
    )
    changed, found = examine(overfull, one)
    assert parse_scenario(scenario_text(changed)) == changed
    assert left_alone(changed, overfull.plan, found) <= {"pins", "sittings"}


@pytest.mark.parametrize("seed", range(20))
def test_combined_changes(small: Solved, overfull: Solved, seed: int) -> None:
    for given in (small, overfull):
        one = change_set(given.scenario, given.plan, seed, size=4)
        assert one is not None
        changed, found = examine(given, one)
        assert parse_scenario(scenario_text(changed)) == changed
        assert left_alone(changed, given.plan, found) <= {"pins", "sittings"}


def test_the_same_seed_gives_the_same_changes_and_another_seed_others(small: Solved) -> None:
    sets = [change_set(small.scenario, small.plan, seed, size=3) for seed in (1, 1, 2)]
    assert sets[0] == sets[1] != sets[2]


@pytest.mark.xdist_group("seoul")
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_single_changes_of_the_seoul_scenario(seoul: Solved, kind: str) -> None:
    one = change_set(seoul.scenario, seoul.plan, 1, kinds=[kind])
    assert one is not None
    changed, found = examine(seoul, one)
    assert left_alone(changed, seoul.plan, found) <= {"pins", "sittings"}


@pytest.mark.xdist_group("seoul")
@pytest.mark.parametrize("seed", range(3))
def test_combined_changes_of_the_seoul_scenario(seoul: Solved, seed: int) -> None:
    one = change_set(seoul.scenario, seoul.plan, seed, size=5)
    assert one is not None
    changed, _ = examine(seoul, one)
    assert parse_scenario(scenario_text(changed)) == changed
