"""What has been met of a case by the moment of a change, and what is still to come."""

from __future__ import annotations

from planner.formation import form_sessions
from planner.record import Form
from planner.scenario import Scenario


def is_met(scenario: Scenario, case: str) -> bool:
    """Tell whether a case has been met in all of its sessions."""
    return is_met_in_part(scenario, case) and not to_come(scenario, case)


def is_met_in_part(scenario: Scenario, case: str) -> bool:
    """Tell whether a session of a case has started."""
    return bool(_past(scenario, case))


def to_come(scenario: Scenario, case: str) -> tuple[str, ...]:
    """Return the sessions of a case that have not started; those of a form that was not chosen do not count."""
    past = _past(scenario, case)
    forms = {form for form in past.values() if form is not None}
    return tuple(
        session.id
        for session in form_sessions(scenario)
        if case in session.cases and session.id not in past and (not forms or session.form in (None, *forms))
    )


def met_sessions(scenario: Scenario, case: str) -> tuple[str, ...]:
    """Return the sessions of a case that have started."""
    return tuple(_past(scenario, case))


def _past(scenario: Scenario, case: str) -> dict[str, Form | None]:
    record = scenario.replanning
    return {past.session: past.formed.form for past in (record.past if record else ()) if case in past.formed.cases}
