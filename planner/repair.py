"""A plan that was changed, held against the one before: what people are told, and what is proven of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from planner.compare import Comparison, compare
from planner.plan import Plan, TierReport
from planner.recording import record_of
from planner.rules import RULES, Level
from planner.scenario import RuleId, RuleSetting, Scenario
from planner.settings import tiers_of


def with_disturbance(scenario: Scenario, allowed: int | None) -> Scenario:
    """Return a scenario whose plans may disturb so much, and need not disturb less; None is any amount."""
    rule = RuleId("disturbance")
    given = scenario.rules.get(rule, RuleSetting())
    level = Level.off if allowed is None else Level.hard
    parameters = dict(given.parameters) if allowed is None else {**given.parameters, "at_most": allowed}
    setting = given.model_copy(update={"level": level, "parameters": parameters})
    return scenario.model_copy(update={"rules": {**scenario.rules, rule: setting}})


def is_made_from(after: Scenario, before: tuple[Scenario, Plan]) -> bool:
    """Tell whether a scenario was made by changing this very plan of this scenario."""
    return after.replanning is not None and after.replanning == record_of(*before, after.replanning.now)


@dataclass(frozen=True)
class Repair:
    """A changed plan with where it came from.

    Attributes:
        before: scenario and plan that people knew.
        scenario: the changed scenario, with the record of that plan.
        plan: a verified plan of it.
    """

    before: tuple[Scenario, Plan]
    scenario: Scenario
    plan: Plan

    @cached_property
    def comparison(self) -> Comparison:
        """What is different, and for whom."""
        return compare(*self.before, self.scenario, self.plan)

    @property
    def gentleness(self) -> tuple[TierReport, ...]:
        """The tiers up to the last one that is about changes: what is held, and how little people are told."""
        rules = dict(tiers_of(self.scenario))
        about = [
            position
            for position, tier in enumerate(self.plan.tiers)
            if any(RULES[rule].changes_only for rule in rules.get(tier.name, ()))
        ]
        return self.plan.tiers[: max(about) + 1] if about else ()

    @property
    def is_certified(self) -> bool:
        """Whether it is proven that no plan holds more, and that none that holds as much disturbs less."""
        return bool(self.gentleness) and all(tier.gap == 0 for tier in self.gentleness)

    @property
    def quality(self) -> tuple[int, ...]:
        """Costs of the tiers that are not about changes, most important first."""
        about = {RULES[rule].tier for rule in RULES if RULES[rule].changes_only}
        return tuple(tier.value or 0 for tier in self.plan.tiers if tier.name not in about)

    @property
    def claim(self) -> str:
        """What was done and what is proven of it, in a few sentences."""
        figures = self.comparison.figures
        fates = [
            (figures.moved, "moves", "move"),
            (figures.new, "is new", "are new"),
            (figures.cancelled, "is not held any more", "are not held any more"),
        ]
        parts = [(number, one if number == 1 else many) for number, one, many in fates if number]
        (first, does), *others = parts or [(0, "change")]
        noun = "session" if first == 1 else "sessions"
        done = ", ".join([f"{first or 'No'} {noun} {does}", *(f"{number} {does}" for number, does in others)])
        people = _counted(figures.people, "person of", "people of") or "nobody of"
        delegations = _counted(figures.delegations, "delegation", "delegations") or "any delegation"
        told = f"{people} {delegations} {'is' if figures.people == 1 else 'are'} told something new"
        return f"{done}. {told[0].upper()}{told[1:]}. {self.proof}"

    @property
    def proof(self) -> str:
        """What is proven of how little people are told, in a sentence."""
        if not self.gentleness:
            return "How little could be told was not asked."
        if self.is_certified:
            return "Proven: no plan holds more, and none that holds as much disturbs less."
        open_ones = [f"{tier.name} {tier.value}, at least {tier.bound}" for tier in self.gentleness if tier.gap != 0]
        return f"Not proven to be the gentlest: {'; '.join(open_ones)}."


def _counted(number: int, one: str, many: str) -> str:
    return "" if number == 0 else f"{number} {one if number == 1 else many}"
