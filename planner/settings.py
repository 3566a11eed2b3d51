"""The rules as one scenario sets them: level, weight and parameters, and the order of the objective."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.rules import CATALOGUE, RULES, TIERS, Level, Rule
from planner.scenario import RuleId, Scenario


@dataclass(frozen=True)
class Setting:
    """One rule of the catalogue with the organiser's changes applied."""

    rule: Rule
    level: Level
    weight: int
    parameters: Mapping[str, int]


def settings_of(scenario: Scenario) -> dict[str, Setting]:
    """Return the setting of every rule of the catalogue, by rule id, in the catalogue's order."""
    settings: dict[str, Setting] = {}
    for rule in CATALOGUE:
        given = scenario.rules.get(RuleId(rule.id))
        parameters = {parameter.name: parameter.default for parameter in rule.parameters}
        is_idle = rule.changes_only and scenario.replanning is None
        if given is None or is_idle:
            settings[rule.id] = Setting(rule, Level.off if is_idle else rule.level, rule.weight, parameters)
        else:
            settings[rule.id] = Setting(
                rule,
                given.level or rule.level,
                rule.weight if given.weight is None else given.weight,
                parameters | dict(given.parameters),
            )
    return settings


def tiers_of(scenario: Scenario) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the objective: name of each tier with its soft rules, most important tier first.

    Soft rules that the organiser's tiers do not name join the last one, those about changes have tiers of their own right
    after that of ``held``; a tier without soft rules is left out.
    """
    soft = [name for name, setting in settings_of(scenario).items() if setting.level is Level.soft]
    if scenario.tiers:
        tiers = _organisers_tiers(scenario, soft)
    else:
        tiers = [(name, [rule.id for rule in CATALOGUE if rule.tier == name and rule.id in soft]) for name in TIERS]
    return tuple((name, tuple(rules)) for name, rules in tiers if rules)


def _organisers_tiers(scenario: Scenario, soft: list[str]) -> list[tuple[str, list[str]]]:
    tiers = [(tier.name, [str(rule) for rule in tier.rules if rule in soft]) for tier in scenario.tiers]
    named = {rule for _, rules in tiers for rule in rules}
    missing = [rule for rule in soft if rule not in named]
    of_changes = [rule for rule in missing if RULES[rule].is_wish_about_changes]
    tiers[-1][1].extend(rule for rule in missing if rule not in of_changes)
    after = next((position for position, (_, rules) in enumerate(tiers, 1) if "held" in rules), 0)
    return [*tiers[:after], *((RULES[rule].tier, [rule]) for rule in of_changes), *tiers[after:]]
