"""What a plan claims about itself: priorities of what is left out, statuses, values and costs."""

from __future__ import annotations

from collections.abc import Iterator

from planner.plan import Plan, RuleCost, Status
from planner.verify.reading import Reading


def priorities(reading: Reading, plan: Plan) -> Iterator[str]:
    """Find sessions left out whose priority is not theirs."""
    for unplaced in plan.unplaced:
        session = reading.sessions.get(unplaced.session)
        if session is not None and session.priority != unplaced.priority:
            yield f"session {unplaced.session} has priority {session.priority}, not {unplaced.priority}"


def statuses(plan: Plan) -> Iterator[str]:
    """Find claims of the solver that contradict each other."""
    if plan.status in (Status.infeasible, Status.unknown):
        yield f"the status is {plan.status}: the document holds no plan"
    for tier in plan.tiers:
        if tier.seconds < 0:
            yield f"tier {tier.name}: {tier.seconds} seconds is negative"
        if tier.value is not None and tier.bound is not None and tier.bound > tier.value:
            yield f"tier {tier.name}: the bound {tier.bound} is above the value {tier.value}"
        elif tier.status is Status.optimal and (tier.value is None or tier.bound != tier.value):
            yield f"tier {tier.name}: the status is optimal, with value {tier.value} and bound {tier.bound}"
        if tier.status is Status.infeasible and plan.status is not Status.infeasible:
            yield f"tier {tier.name}: the status is infeasible, and that of the plan {plan.status}"
        if plan.status is Status.optimal and tier.status is not Status.optimal:
            yield f"the status of the plan is optimal, and that of tier {tier.name} {tier.status}"


def sums(plan: Plan, costs: tuple[RuleCost, ...], tiers: tuple[tuple[str, int], ...]) -> Iterator[str]:
    """Find costs and values that are not what the placements add up to."""
    names = [tier.name for tier in plan.tiers]
    expected = [name for name, _ in tiers]
    if names != expected:
        yield f"the tiers are {', '.join(names) or 'none'} instead of {', '.join(expected) or 'none'}"
    values = dict(tiers)
    for tier in plan.tiers:
        if tier.name in values and tier.value != values[tier.name]:
            yield f"tier {tier.name}: the value is {values[tier.name]}, not {tier.value}"
    given = [row.rule for row in plan.costs]
    wanted = [row.rule for row in costs]
    if given != wanted:
        yield f"the costs are of {', '.join(given) or 'no rule'} instead of {', '.join(wanted) or 'no rule'}"
    right = {row.rule: row for row in costs}
    for row in plan.costs:
        if row.rule in right and row != right[row.rule]:
            yield f"costs of {row.rule}: {_row(row)} instead of {_row(right[row.rule])}"


def _row(row: RuleCost) -> str:
    return f"{row.count} times {row.weight} is {row.cost} ({row.level}, tier {row.tier})"
