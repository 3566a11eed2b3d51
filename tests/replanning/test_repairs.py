"""Changed plans: the past stays, the rest moves as little as can be proven, and everything is verified."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from planner.agenda import Pair, organiser_changes
from planner.plan import Placement
from planner.repair import Repair
from planner.scenario import RuleId, RuleSetting
from planner.solver.search import Effort
from planner.verify import broken_subjects, verify
from planner.workflow import alternatives, solve
from tests.replanning.chain import FIRST, Version, chain, first_version, repaired
from tests.replanning.generate import change_set

EFFORT = Effort(time_limit=None, deterministic_limit=4.0, workers=1)
SEEDS = range(12)


@cache
def small() -> Version:
    return first_version("small", EFFORT)


@cache
def overfull() -> Version:
    return first_version("overfull", EFFORT)


@cache
def history(name: str, seed: int) -> tuple[Version, ...]:
    first = small() if name == "small" else overfull()
    return (first, *chain(first, seed, 4, EFFORT))


def pairs(name: str, seed: int) -> list[tuple[Version, Version]]:
    versions = history(name, seed)
    return list(pairwise(versions))


def started(version: Version, after: Version) -> dict[str, Placement]:
    """The placements of a version that had started when it was changed."""
    assert after.what is not None
    return {item.session: item for item in version.plan.placements if item.start.replace(tzinfo=None) <= after.what.now}


@pytest.mark.parametrize("name", ["small", "overfull"])
@pytest.mark.parametrize("seed", SEEDS)
def test_every_changed_plan_is_sound(name: str, seed: int) -> None:
    for _, after in pairs(name, seed):
        report = verify(after.scenario, after.plan)
        assert (report.violations, report.faults) == ((), ())


@pytest.mark.parametrize("name", ["small", "overfull"])
@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_in_the_past_is_moved(name: str, seed: int) -> None:
    for before, after in pairs(name, seed):
        past = started(before, after)
        now = {item.session: item for item in after.plan.placements}
        assert {session: now[session] for session in past} == past


@pytest.mark.parametrize("name", ["small", "overfull"])
@pytest.mark.parametrize("seed", SEEDS)
def test_repairs_of_small_plans_are_certified(name: str, seed: int) -> None:
    for before, after in pairs(name, seed):
        assert Repair((before.scenario, before.plan), after.scenario, after.plan).is_certified


def test_the_organisers_page_says_what_is_proven_of_a_repair_and_nothing_of_a_plan_made_otherwise() -> None:
    before, after = pairs("small", 0)[0]
    old, new = (before.scenario, before.plan), (after.scenario, after.plan)
    proof = (
        "Proven: no plan holds more, by priority; of those as good, none tells fewer people at short notice; "
        "of those as good, none disturbs less."
    )
    assert organiser_changes(Pair(old, new)).proof == proof
    assert organiser_changes(Pair(new, new)).proof is None
    assert organiser_changes(Pair(new, old)).proof is None


@pytest.mark.parametrize("name", ["small", "overfull"])
def test_a_repair_disturbs_no_more_than_a_plan_made_without_regard_to_what_people_know(name: str) -> None:
    """Both hold as much; the fresh plan is counted by what people were told, too."""
    off = {RuleId(rule): RuleSetting.model_validate({"level": "off"}) for rule in ("notice", "disturbance")}
    first = small() if name == "small" else overfull()
    for seed in range(30):
        what = change_set(first.scenario, first.plan, seed)
        if what is None:
            continue
        after = repaired(first, what, EFFORT)
        forgetful = after.scenario.model_copy(update={"rules": {**after.scenario.rules, **off}})
        fresh = solve(forgetful, EFFORT, after.plan.created_at, lambda progress: None)
        counted = {row.rule: row.count for row in verify(after.scenario, fresh).costs}
        costs = {row.rule: row.count for row in after.plan.costs}
        assert costs["held"] == counted["held"]
        assert (costs["notice"], costs["disturbance"]) <= (counted["notice"], counted["disturbance"])


def test_nothing_that_matters_changes_nothing() -> None:
    """A team is added: everybody stays, with the same people, at the same tables, under the same numbers."""
    what = change_set(small().scenario, small().plan, 5, kinds=["team-added"])
    assert what is not None
    after = repaired(small(), what, EFFORT)
    plain = [item.model_copy(update={"sequence": 0}) for item in after.plan.placements]
    assert plain == list(small().plan.placements)
    assert {item.sequence for item in after.plan.placements} == {0}


@pytest.mark.parametrize("seed", range(6))
def test_alternatives_tell_more_and_are_better_otherwise(seed: int) -> None:
    """They are plans of the same scenario, so that the next change of one is as gentle as any."""
    before, after = pairs("small", seed)[0]
    repair = Repair((before.scenario, before.plan), after.scenario, after.plan)
    best = repair
    for other in alternatives(repair, 3, EFFORT, lambda progress: None):
        report = verify(after.scenario, other.plan)
        assert (report.violations, report.faults) == ((), ())
        assert other.scenario == after.scenario
        assert other.quality < best.quality
        assert gentle_values(other) > gentle_values(repair)
        assert not other.is_certified
        best = other


def gentle_values(repair: Repair) -> list[int | None]:
    return [tier.value for tier in repair.gentleness]


def test_some_change_has_alternatives() -> None:
    found = 0
    for seed in range(6):
        before, after = pairs("small", seed)[0]
        repair = Repair((before.scenario, before.plan), after.scenario, after.plan)
        found += sum(1 for _ in alternatives(repair, 3, EFFORT, lambda progress: None))
    assert found > 0


def with_rules(repair: Repair, **rules: object) -> Repair:
    """The repair found once more, with other rules."""
    given = {RuleId(rule): RuleSetting.model_validate(setting) for rule, setting in rules.items()}
    scenario = repair.scenario.model_copy(update={"rules": {**repair.scenario.rules, **given}})
    return Repair(repair.before, scenario, solve(scenario, EFFORT, FIRST, lambda progress: None, repair.before))


def test_what_is_no_soft_rule_is_not_traded() -> None:
    before, after = pairs("small", 0)[0]
    capped = {"level": "hard", "parameters": {"at_most": 10**6}}
    repair = with_rules(Repair((before.scenario, before.plan), after.scenario, after.plan), disturbance=capped)
    assert [*alternatives(repair, 3, EFFORT, lambda progress: None)] == []


def test_quality_is_everything_that_is_not_about_changes() -> None:
    before, after = pairs("small", 0)[0]
    values = {tier.name: tier.value for tier in after.plan.tiers}
    repair = Repair((before.scenario, before.plan), after.scenario, after.plan)
    assert repair.quality == tuple(values[name] for name in ("held", "presence", "quality", "rooms"))


@pytest.mark.parametrize(
    ("rules", "proven"),
    [
        (
            {},
            "no plan holds more, by priority; of those as good, none tells fewer people at short notice; "
            "of those as good, none disturbs less.",
        ),
        (
            {"disturbance": {"level": "hard", "parameters": {"at_most": 10**6}}},
            "no plan holds more, by priority; of those as good, none tells fewer people at short notice.",
        ),
        ({"notice": {"level": "off"}}, "no plan holds more, by priority; of those as good, none disturbs less."),
        (
            {"most-changes": {"level": "soft"}, "disturbance": {"level": "off"}},
            "no plan holds more, by priority; of those as good, none tells fewer people at short notice.",
        ),
    ],
    ids=["default", "hard", "off", "a soft demand"],
)
def test_what_is_claimed_is_what_was_asked(rules: dict[str, object], proven: str) -> None:
    before, after = pairs("small", 0)[0]
    repair = with_rules(Repair((before.scenario, before.plan), after.scenario, after.plan), **rules)
    assert repair.claim.partition("Proven: ")[2] == proven


def test_nothing_is_claimed_of_what_was_not_asked() -> None:
    before, after = pairs("small", 0)[0]
    off = {"level": "off"}
    repair = with_rules(Repair((before.scenario, before.plan), after.scenario, after.plan), notice=off, disturbance=off)
    assert (repair.is_certified, repair.claim.endswith("How little could be told was not asked.")) == (False, True)


def test_a_cap_is_kept_even_where_more_would_move() -> None:
    """A delegation that is told of two changes or more allows one: it is told of one, at the cost of others or of none."""
    seen = 0
    for seed in range(60):
        what = change_set(small().scenario, small().plan, seed)
        if what is None:
            continue
        free = repaired(small(), what, EFFORT)
        cap = {RuleId("most-changes"): RuleSetting.model_validate({"parameters": {"sessions": 1}})}
        capped = free.scenario.model_copy(update={"rules": cap})
        if not broken_subjects(capped, free.plan)["most-changes"]:
            continue
        plan = solve(capped, EFFORT, free.plan.created_at, lambda progress: None, (small().scenario, small().plan))
        if plan.placements:
            seen += 1
            free_cost, cost = ([tier.value for tier in item.tiers[:3]] for item in (free.plan, plan))
            assert free_cost <= cost
            assert broken_subjects(capped, plan)["most-changes"] == frozenset()
    assert seen > 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_ten_changes_of_seoul_in_a_row_leave_the_past_and_are_sound(seed: int) -> None:
    first = first_version("seoul-2026", Effort(time_limit=None, deterministic_limit=20.0, workers=1))
    versions = [first, *chain(first, seed, 10, Effort(time_limit=None, deterministic_limit=20.0, workers=1))]
    assert len(versions) == 11
    for before, after in pairwise(versions):
        report = verify(after.scenario, after.plan)
        assert (report.violations, report.faults) == ((), ())
        now = {item.session: item for item in after.plan.placements}
        past = started(before, after)
        assert {session: now[session] for session in past} == past
