"""A plan that was changed, held against the one before: what people are told, and what is proven of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from planner.compare import Comparison, compare
from planner.plan import Plan, Status, TierReport
from planner.recording import record_of
from planner.rules import RULES, Level
from planner.scenario import RuleId, RuleSetting, Scenario
from planner.settings import tiers_of
from planner.verify import verify


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
        """The tiers up to the last one with a wish about changes: what is held, and how little people are told."""
        rules = dict(tiers_of(self.scenario))
        about = [
            position
            for position, tier in enumerate(self.plan.tiers)
            if any(RULES[rule].is_wish_about_changes for rule in rules.get(tier.name, ()))
        ]
        return self.plan.tiers[: max(about) + 1] if about else ()

    @property
    def is_certified(self) -> bool:
        """Whether it is proven that no plan is better in the tiers of ``gentleness``, the first one that differs deciding."""
        return bool(self.gentleness) and all(tier.gap == 0 for tier in self.gentleness)

    @property
    def quality(self) -> tuple[int, ...]:
        """Costs of the tiers, most important first, without the rules that are about changes."""
        cost = {row.rule: row.cost for row in self.plan.costs}
        tiers = ([rule for rule in rules if not RULES[rule].changes_only] for _, rules in tiers_of(self.scenario))
        return tuple(sum(cost[rule] for rule in rules) for rules in tiers if rules)

    @property
    def claim(self) -> str:
        """What was done and what is proven of it, in a few sentences."""
        return f"{self._done}. {self._told}. {self.proof}"

    @property
    def _done(self) -> str:
        figures = self.comparison.figures
        fates = (
            (figures.moved, "moves", "move"),
            (figures.new, "is new", "are new"),
            (figures.cancelled, "is not held any more", "are not held any more"),
            (figures.left_out, "cannot be held", "cannot be held"),
        )
        parts = [f"{number} {one if number == 1 else many}" for number, one, many in fates if number]
        if not parts:
            return "No session changes"
        first, _, rest = parts[0].partition(" ")
        return ", ".join([f"{_counted(int(first), 'session', 'sessions')} {rest}", *parts[1:]])

    @property
    def _told(self) -> str:
        figures = self.comparison.figures
        people = _counted(figures.people, "person", "people")
        delegations = _counted(figures.delegations, "delegation", "delegations")
        if not people and not delegations:
            return "Nobody is told something new"
        is_one = (figures.people or figures.delegations) == 1
        told = f"{people or delegations} {'is' if is_one else 'are'} told something new"
        return f"{told} ({delegations})" if people and delegations else told

    @property
    def proof(self) -> str:
        """What is proven of how little people are told, in a sentence."""
        if not self.gentleness:
            return "How little could be told was not asked."
        if not self.is_certified:
            open_ones = [
                f"{tier.name} {tier.value}, at least {tier.bound}" for tier in self.gentleness if tier.gap != 0
            ]
            return f"Not proven to be the gentlest: {'; '.join(open_ones)}."
        rules = dict(tiers_of(self.scenario))
        first, *others = (_BETTER.get(rules[tier.name], f"is better in {tier.name}") for tier in self.gentleness)
        return "; ".join([f"Proven: no plan {first}", *(f"of those as good, none {other}" for other in others)]) + "."


def restated(repair: Repair, found: Plan) -> Repair:
    """Return a plan that was found while so much disturbance was allowed as a plan of the repair's own scenario.

    Its values are counted anew. A bound that was proven with more disturbance allowed holds for as much as the plan has; that
    of the disturbance itself is the repair's, as long as the plan is as good as the repair in the tiers before.
    """
    report = verify(repair.scenario, found)
    rules = dict(tiers_of(repair.scenario))
    searched = {tier.name: tier for tier in found.tiers}
    tiers: list[TierReport] = []
    is_as_good = True
    for own, (name, value) in zip(repair.plan.tiers, report.tiers, strict=True):
        known = searched.get(name, own)
        bound = known.bound if name in searched else 0
        if "disturbance" in rules[name]:
            bound = max(bound or 0, (own.bound or 0) if is_as_good else 0)
        status = Status.optimal if bound == value else Status.feasible
        tiers.append(known.model_copy(update={"status": status, "value": value, "bound": bound}))
        is_as_good = is_as_good and own.value is not None and value <= own.value
    is_optimal = all(tier.status is Status.optimal for tier in tiers)
    update = {
        "scenario_hash": repair.scenario.hash,
        "status": Status.optimal if is_optimal else Status.feasible,
        "tiers": tuple(tiers),
        "costs": report.costs,
    }
    return Repair(repair.before, repair.scenario, found.model_copy(update=update))


_BETTER: dict[tuple[str, ...], str] = {
    ("held",): "holds more, by priority",
    ("notice",): "tells fewer people at short notice",
    ("disturbance",): "disturbs less",
}
"""What a plan would do that is better in a tier of these rules."""


def _counted(number: int, one: str, many: str) -> str:
    return "" if number == 0 else f"{number} {one if number == 1 else many}"
