"""What the best plan of a scenario holds, as the workflow finds and verifies it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from planner.plan import Plan, Status
from planner.problem import Fixed, Problem
from planner.rules import Level
from planner.scenario import RuleId, RuleSetting, Scenario, Tier
from planner.settings import settings_of
from planner.solution import Assignment
from planner.solver.conflicts import Oracle, OutOfTimeError, wanted_of
from planner.solver.effort import Effort
from planner.workflow import solve

Narrowing = Callable[[Problem], Problem]
Subject = tuple[str, str]


def holding(subjects: Collection[Subject], seconds: float) -> Narrowing:
    """Ask for a plan that holds some sessions and cases; those that a problem does not have are not asked for.

    Where they are is found first, in so many seconds, so that the plan holds them there.

    Raises:
        OutOfTimeError: by what is returned, when it was not found.
        NothingHoldsError: by what is returned, when there is no such plan.
    """

    def narrow(problem: Problem) -> Problem:
        if not subjects:
            return problem
        asked = Oracle(problem, seconds).held_together(wanted_of(problem, subjects))
        if asked is None:
            raise NothingHoldsError
        pins = problem.settings["pins"]
        kept = problem.pins if pins.level is Level.hard else ()
        return replace(
            problem,
            settings={**problem.settings, "pins": replace(pins, level=Level.hard)},
            tiers=tuple((name, tuple(rule for rule in rules if rule != "pins")) for name, rules in problem.tiers),
            pins=(*kept, *(_there(number, chosen) for number, chosen in enumerate(asked.assignments) if chosen)),
        )

    return narrow


def _there(number: int, chosen: Assignment) -> Fixed:
    interpreters = tuple(sorted(chosen.interpreters))
    return Fixed(number, chosen.slot, chosen.room, chosen.teams, interpreters, chosen.language)


class NothingHoldsError(Exception):
    """There is no plan that holds what is asked for."""


NEVER_PUBLISHED = datetime(1970, 1, 1, tzinfo=UTC)
"""The moment that plans bear which are only looked at here."""


@dataclass(frozen=True)
class Outcome:
    """What is held at best.

    Attributes:
        is_plan: whether there is a plan at all; None when none was found in time.
        cost: what the sessions left out cost, see the rule ``held``; None without a plan.
        is_best: whether no plan holds more; always when there is proven to be none.
        left_out: ids of the sessions left out, high priority first.
    """

    is_plan: bool | None
    cost: int | None
    is_best: bool
    left_out: tuple[str, ...]

    @classmethod
    def of(cls, scenario: Scenario, effort: Effort, narrow: Narrowing = lambda problem: problem) -> Outcome:
        """Search for a plan that holds as much as can be, wishes for nothing else, and is verified."""
        try:
            plan = solve(
                _held_only(scenario), effort, NEVER_PUBLISHED, lambda progress: None, narrow=narrow, with_reasons=False
            )
        except OutOfTimeError:
            return cls(None, None, False, ())
        except NothingHoldsError:
            return cls(False, None, True, ())
        if not plan.tiers or plan.status in (Status.infeasible, Status.unknown):
            known = plan.status is Status.infeasible
            return cls(False if known else None, None, known, ())
        return cls(True, plan.tiers[0].value, plan.status is Status.optimal, left_out(plan))


def left_out(plan: Plan) -> tuple[str, ...]:
    """Return the ids of the sessions that a plan leaves out."""
    return tuple(item.session for item in plan.unplaced)


def _held_only(scenario: Scenario) -> Scenario:
    rules = dict(scenario.rules)
    for rule, setting in settings_of(scenario).items():
        if rule == "held":
            if setting.level is Level.off:
                rules[RuleId(rule)] = RuleSetting(level=Level.soft)
        elif setting.level is Level.soft:
            rules[RuleId(rule)] = rules.get(RuleId(rule), RuleSetting()).model_copy(update={"level": Level.off})
    return scenario.model_copy(update={"rules": rules, "tiers": (Tier(name="held", rules=(RuleId("held"),)),)})
