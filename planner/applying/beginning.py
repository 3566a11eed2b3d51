"""The scenario at the moment of a change: the record of its plan, and which cases are met together."""

from __future__ import annotations

from datetime import datetime

from planner.formation import form_sessions
from planner.plan import Plan
from planner.recording import record_of
from planner.scenario import Scenario


def begin(scenario: Scenario, plan: Plan, now: datetime) -> Scenario:
    """Return the scenario with the record of its plan, and nothing else changed.

    Args:
        scenario: the one that the plan was made from.
        plan: what people were told.
        now: the moment, as the clock at the venue shows it.
    """
    formation = scenario.formation.model_copy(update={"groups": _groups(scenario)})
    return scenario.model_copy(update={"replanning": record_of(scenario, plan, now), "formation": formation})


def _groups(scenario: Scenario) -> tuple[tuple[str, ...], ...]:
    """Return the cases that are met together; those of the list of sessions are not formed."""
    if scenario.formation.groups is not None:
        return scenario.formation.groups
    explicit = {session.id for session in scenario.sessions}
    together = {session.chain: session.cases for session in form_sessions(scenario) if session.id not in explicit}
    return tuple(cases for cases in together.values() if len(cases) > 1)
