"""What an organiser sets of the rules, and the order of the objective."""

from __future__ import annotations

from collections.abc import Iterator

from planner.consistency.finding import Finding, did_you_mean
from planner.rules import RULES
from planner.scenario import RuleId, Scenario


def parameters(scenario: Scenario) -> Iterator[Finding]:
    """Yield parameters that a rule does not have."""
    for rule, setting in scenario.rules.items():
        options = [parameter.name for parameter in RULES[rule].parameters]
        for name in setting.parameters:
            if name not in options:
                yield Finding(
                    ("rules", str(rule), "parameters", name),
                    f"the rule {rule} has no such parameter",
                    did_you_mean(name, options) if options else "Take it out; this rule has no parameters.",
                )


def tiers(scenario: Scenario) -> Iterator[Finding]:
    """Yield tiers of the same name or of one that the planner makes itself, and rules that stand in two tiers."""
    names: dict[str, int] = {}
    placed: dict[str, int] = {}
    named = {rule for tier in scenario.tiers for rule in tier.rules}
    made = {RULES[rule].tier: rule for rule in RuleId if RULES[rule].is_wish_about_changes and rule not in named}
    for index, tier in enumerate(scenario.tiers):
        if tier.name in names:
            yield Finding(
                ("tiers", index, "name"), f"tiers[{names[tier.name]}] has the same name", "Give each tier its own name."
            )
        if tier.name in made:
            yield Finding(
                ("tiers", index, "name"),
                f"the planner makes a tier of this name for the rule {made[tier.name]} when a plan is changed",
                f"Give it another name, or list {made[tier.name]} among its rules.",
                tier.name,
            )
        names.setdefault(tier.name, index)
        for place, rule in enumerate(tier.rules):
            if placed.get(rule, index) != index:
                yield Finding(
                    ("tiers", index, "rules", place),
                    f"this rule is in tiers[{placed[rule]}] already",
                    "A rule counts in one tier; take it out of the other.",
                )
            placed.setdefault(rule, index)
