"""A delegation that leaves the conference for good."""

from __future__ import annotations

from planner.applying.cases import leave_case, leave_session, withdraw_case
from planner.applying.editing import one, people_of
from planner.applying.met import is_met, is_met_in_part, to_come
from planner.applying.people import leaves_early
from planner.applying.sessions import cancel
from planner.applying.spans import Span, now_of, opening_hours
from planner.changes import LeavesEarly, Withdraws
from planner.formation import form_sessions
from planner.scenario import Scenario


def withdraws(scenario: Scenario, change: Withdraws) -> Scenario:
    """Let the delegation depart now, leave the cases of others, and end what cannot be met without it.

    A case that has been met stays as it was.
    """
    scenario = _departing(scenario, change.delegation)
    for case in scenario.cases:
        if change.delegation not in case.parties or case.withdrawn or is_met(scenario, case.id):
            continue
        if case.leader != change.delegation and len(case.parties) > 2:
            scenario = leave_case(scenario, case.id, change.delegation)
        elif is_met_in_part(scenario, case.id) and not _shares_its_session(scenario, case.id):
            scenario = cancel(scenario, *to_come(scenario, case.id))
        else:
            scenario = withdraw_case(scenario, case.id)
    return _leaving_sessions(scenario, change.delegation)


def _departing(scenario: Scenario, name: str) -> Scenario:
    """Set the departure, if the delegation has been there at all."""
    delegation = one(scenario.delegations, name)
    now = now_of(scenario)
    stay = Span(delegation.arrival or opening_hours(scenario)[0].start, min(now, delegation.departure or now))
    if not any(stay.meets(hours) for hours in opening_hours(scenario)):
        return scenario
    return leaves_early(scenario, LeavesEarly(kind="leaves-early", delegation=name, at=stay.end))


def _shares_its_session(scenario: Scenario, case: str) -> bool:
    return any(case in session.cases and len(session.cases) > 1 for session in form_sessions(scenario))


def _leaving_sessions(scenario: Scenario, name: str) -> Scenario:
    """Take the delegation out of the sessions of the list that are to come, and cancel those that cannot do without it."""
    people = tuple(people_of(one(scenario.delegations, name)))
    past = {past.session for past in scenario.replanning.past} if scenario.replanning else set()
    formed = {session.id: session for session in form_sessions(scenario)}
    for given in scenario.sessions:
        session = formed.get(given.id)
        if session is None or session.id in past or name not in session.parties:
            continue
        if session.leader == name or len(session.parties) < 3:
            scenario = cancel(scenario, session.id)
        else:
            scenario = leave_session(scenario, given, name, people)
    return scenario
