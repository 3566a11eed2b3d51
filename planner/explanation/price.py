"""What it would cost that a session is as asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from planner.explanation.outcome import NEVER_PUBLISHED, Narrowing, left_out
from planner.plan import Plan, Status
from planner.rules import RULES
from planner.scenario import Scenario
from planner.solver.effort import Effort
from planner.workflow import solve


@dataclass(frozen=True)
class Price:
    """A plan in which it is as asked, beside the plan that there is.

    Attributes:
        is_best: whether the plan is proven to be the best of those in which it is as asked.
        tiers: name, and value before and after, of each tier.
        costs: title of each soft rule whose count differs, with the count before and after.
        gained, lost: sessions held only with what is asked, and only without.
        start, room: where the session is then.
    """

    is_best: bool
    tiers: tuple[tuple[str, int | None, int | None], ...]
    costs: tuple[tuple[str, int, int], ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    start: datetime
    room: str


def asked_plan(scenario: Scenario, effort: Effort, narrow: Narrowing) -> Plan:
    """Solve a scenario with what is asked for."""
    return solve(scenario, effort, NEVER_PUBLISHED, lambda progress: None, narrow=narrow, with_reasons=False)


def price_of(plan: Plan, other: Plan, session: str) -> Price | None:
    """Hold the plan in which a session is as asked against the one that there is; None when there is no such plan."""
    placed = next((item for item in other.placements if item.session == session), None)
    if placed is None:
        return None
    was, now = set(left_out(plan)), set(left_out(other))
    before = {cost.rule: cost.count for cost in plan.costs}
    after = {cost.rule: cost.count for cost in other.costs}
    values = {tier.name: tier.value for tier in plan.tiers}
    return Price(
        is_best=other.status is Status.optimal,
        tiers=tuple((tier.name, values.get(tier.name), tier.value) for tier in other.tiers),
        costs=tuple(
            (RULES[rule].title, count, after[rule])
            for rule, count in before.items()
            if rule in after and count != after[rule]
        ),
        gained=tuple(sorted(was - now)),
        lost=tuple(sorted(now - was)),
        start=placed.start,
        room=placed.room,
    )
