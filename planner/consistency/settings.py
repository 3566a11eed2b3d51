"""What an organiser sets of the rules, and the order of the objective."""

from __future__ import annotations

from collections.abc import Iterator

from planner.consistency.finding import Finding, did_you_mean
from planner.rules import RULES
from planner.scenario import Scenario


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
    """Yield tiers of the same name, and rules that stand in two tiers."""
    names: dict[str, int] = {}
    placed: dict[str, int] = {}
    for index, tier in enumerate(scenario.tiers):
        if tier.name in names:
            yield Finding(
                ("tiers", index, "name"), f"tiers[{names[tier.name]}] has the same name", "Give each tier its own name."
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
