"""The verifier's answer for one plan: every rule at the level that the scenario gives it, every cost counted anew."""

from __future__ import annotations

from planner.plan import Plan, RuleCost
from planner.rules import Level
from planner.scenario import Scenario
from planner.settings import tiers_of
from planner.verify.catalogue import DEMANDS, WISHES
from planner.verify.document import faults_of
from planner.verify.reading import Reading, read
from planner.verify.report import Report, Subject, Violation
from planner.verify.waits import waits


def verify(scenario: Scenario, plan: Plan) -> Report:
    """Return everything that is wrong with a plan, and its costs.

    Args:
        scenario: a consistent scenario (see ``planner.consistency``).
        plan: any plan, of this scenario or not; what it names and the scenario does not know becomes a fault.
    """
    reading = read(scenario, plan)
    costs = _costs(reading)
    value = {row.rule: row.cost for row in costs}
    tiers = tuple((name, sum(value[rule] for rule in rules)) for name, rules in tiers_of(scenario))
    relaxed = _violations(reading, Level.soft)
    return Report(_violations(reading, Level.hard), relaxed, faults_of(reading, plan, costs, tiers), costs, tiers)


def broken_subjects(scenario: Scenario, plan: Plan) -> dict[str, frozenset[Subject]]:
    """Return the subjects for which each demand of the catalogue is broken, whatever its level."""
    reading = read(scenario, plan)
    return {rule: frozenset(subject for subject, _ in find(reading)) for rule, find in DEMANDS.items()}


def counts(scenario: Scenario, plan: Plan) -> dict[str, int]:
    """Return the cost of each wish of the catalogue before its weight, whatever its level."""
    reading = read(scenario, plan)
    return {rule: count(reading) for rule, count in WISHES.items()}


def waits_by_delegation(scenario: Scenario, plan: Plan) -> dict[str, tuple[int, int]]:
    """Return idle slots and breaks of each delegation that has sessions, added over its teams and days."""
    total: dict[str, tuple[int, int]] = {}
    for wait in waits(read(scenario, plan)):
        idle, breaks = total.get(wait.team[0], (0, 0))
        total[wait.team[0]] = (idle + wait.idle, breaks + wait.breaks)
    return total


def _violations(reading: Reading, level: Level) -> tuple[Violation, ...]:
    """Return where rules of a level are broken; a wish can be broken only when it is hard."""
    violations: list[Violation] = []
    for rule, setting in reading.settings.items():
        if setting.level is not level:
            continue
        if rule in DEMANDS:
            found = DEMANDS[rule](reading)
            violations += [Violation(rule, subject, message) for subject, message in dict.fromkeys(found)]
        elif level is Level.hard and (count := WISHES[rule](reading)) > (most := setting.parameters["at_most"]):
            message = f"{setting.rule.title}: {count} is more than the {most} allowed"
            violations.append(Violation(rule, ("conference", rule), message))
    return tuple(violations)


def _costs(reading: Reading) -> tuple[RuleCost, ...]:
    tier_of = {rule: name for name, rules in tiers_of(reading.scenario) for rule in rules}
    rows: list[RuleCost] = []
    for rule, setting in reading.settings.items():
        if setting.level is Level.soft:
            count = _count(rule, reading)
            rows.append(
                RuleCost(
                    rule=rule,
                    tier=tier_of[rule],
                    level=setting.level,
                    count=count,
                    weight=setting.weight,
                    cost=count * setting.weight,
                )
            )
    return tuple(rows)


def _count(rule: str, reading: Reading) -> int:
    if rule in DEMANDS:
        return len({subject for subject, _ in DEMANDS[rule](reading)})
    return WISHES[rule](reading)
