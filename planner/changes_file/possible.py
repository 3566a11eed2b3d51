"""Changes of what is past, and changes that mean nothing as things are."""

from __future__ import annotations

from collections.abc import Iterator

from planner.applying.cases import case_of_lead
from planner.applying.editing import one
from planner.applying.met import is_met, is_met_in_part, met_sessions
from planner.applying.spans import now_of
from planner.changes import (
    ArrivesLate,
    CasePriority,
    CaseWithdrawn,
    Change,
    LeadAdded,
    LeadPriority,
    LeadWithdrawn,
    LeavesEarly,
    PartyJoins,
    PartyLeaves,
    SessionCancelled,
    SessionMoved,
    SessionPinned,
    SessionUnpinned,
    SittingAdded,
    TeamAdded,
    TeamAway,
    Withdraws,
)
from planner.consistency import Finding
from planner.formation import form_sessions
from planner.scenario import Case, Pin, Scenario

_MOST_TEAMS, _MOST_SITTINGS = 20, 9
_ADD_SITTING = "Write {{kind: sitting-added, case: {case}}} before it, or take it out."


def impossible(change: Change, scenario: Scenario) -> Iterator[Finding]:
    """Yield why a change cannot be made to the scenario, though everything that it names exists."""
    if isinstance(change, ArrivesLate | LeavesEarly | Withdraws | TeamAway | TeamAdded | PartyJoins):
        yield from _gone(change.delegation, scenario)
    if isinstance(change, TeamAdded):
        yield from _teams(change, scenario)
    elif isinstance(change, SessionPinned | SessionMoved | SessionUnpinned | SessionCancelled):
        yield from _session(change.session, scenario)
        if isinstance(change, SessionUnpinned):
            yield from _not_pinned(change, scenario)
        if isinstance(change, SessionPinned):
            yield from _nothing_to_pin(change, scenario)
            yield from _strangers(change, scenario)
    elif isinstance(change, CaseWithdrawn | CasePriority | LeadAdded | SittingAdded | PartyJoins | PartyLeaves):
        yield from _case(change, one(scenario.cases, change.case), scenario)
    elif isinstance(change, LeadWithdrawn | LeadPriority):
        yield from _lead(change.lead, scenario)


def _gone(name: str, scenario: Scenario) -> Iterator[Finding]:
    departure = one(scenario.delegations, name).departure
    if departure is not None and departure <= now_of(scenario):
        shown = departure.isoformat(timespec="minutes")
        hint = "Take the change out, or change the departure in the scenario."
        yield Finding(("delegation",), f"{name} has left at {shown}", hint, name)


def _teams(change: TeamAdded, scenario: Scenario) -> Iterator[Finding]:
    has = one(scenario.delegations, change.delegation).teams
    if has + change.teams > _MOST_TEAMS:
        hint = f"Add {_MOST_TEAMS - has} or fewer." if has < _MOST_TEAMS else "Take the change out."
        yield Finding(("teams",), f"{change.delegation} has {has} teams, and {_MOST_TEAMS} are the most", hint)


def _session(name: str, scenario: Scenario) -> Iterator[Finding]:
    assert scenario.replanning is not None
    past = next((past for past in scenario.replanning.past if past.session == name), None)
    if past is not None:
        cases = past.formed.cases
        hint = "What is past stays as it was."
        if cases and past.formed.chain in [case.id for case in scenario.cases]:
            hint += f" To meet again, write {{kind: sitting-added, case: {cases[0]}}}."
        started = past.start.isoformat(timespec="minutes")
        yield Finding(("session",), f"this session has started at {started}", hint, name)


def _not_pinned(change: SessionUnpinned, scenario: Scenario) -> Iterator[Finding]:
    pinned = [pin.session for pin in scenario.pins]
    if change.session not in pinned:
        hint = f"Pinned are {', '.join(pinned)}." if pinned else "Take the change out; nothing is pinned."
        yield Finding(("session",), "this session is not pinned", hint, change.session)


def _nothing_to_pin(change: SessionPinned, scenario: Scenario) -> Iterator[Finding]:
    assert scenario.replanning is not None
    told = {each.session for each in (*scenario.replanning.told, *scenario.replanning.past)}
    given = any(getattr(change, field) for field in Pin.model_fields if field != "session")
    if not given and change.session not in told:
        message = "people were told nothing of this session that could be pinned"
        yield Finding(("session",), message, "Give the start, or what else is to be pinned.", change.session)


def _strangers(change: SessionPinned, scenario: Scenario) -> Iterator[Finding]:
    known = {delegation.id for delegation in scenario.delegations}
    for session in form_sessions(scenario):
        for name in change.teams:
            if session.id == change.session and name in known and name not in session.parties:
                hint = f"The parties are {', '.join(session.parties)}."
                yield Finding(("teams", name), f"{name} is no party to the session {session.id}", hint)


def _case(change: Change, case: Case, scenario: Scenario) -> Iterator[Finding]:
    if case.withdrawn:
        hint = "Take the change out, or add a new case."
        yield Finding(("case",), f"{case.id} is withdrawn", hint, case.id)
    elif isinstance(change, SittingAdded):
        if case.sittings >= _MOST_SITTINGS:
            yield Finding(("case",), f"{case.id} has {_MOST_SITTINGS} sittings, the most", "Add a new case.", case.id)
    elif is_met(scenario, case.id):
        add = _ADD_SITTING.format(case=case.id)
        hint = "Take it out; what is past stays as it was." if isinstance(change, CaseWithdrawn) else add
        yield Finding(("case",), f"{case.id} has been met", hint, case.id)
    elif isinstance(change, PartyJoins | PartyLeaves):
        yield from _party(change, case, scenario)


def _party(change: PartyJoins | PartyLeaves, case: Case, scenario: Scenario) -> Iterator[Finding]:
    name = change.delegation
    here = f"The parties of {case.id} are {', '.join(case.parties)}."
    if name == case.leader:
        hint = f"Write {{kind: case-withdrawn, case: {case.id}}}, or take it out."
        yield Finding(("delegation",), f"{name} leads the case", hint, name)
    elif isinstance(change, PartyJoins):
        if name in (case.required if change.role == "required" else case.optional):
            yield Finding(("delegation",), f"{name} is a party to the case already, and {change.role}", here, name)
    elif name not in case.parties:
        yield Finding(("delegation",), f"{name} is no party to the case", here, name)
    elif len(case.parties) == 2:
        hint = f"Write {{kind: case-withdrawn, case: {case.id}}}."
        yield Finding(("delegation",), f"{case.leader} alone would be left in the case", hint, name)
    together = _met_with(case, scenario)
    if together:
        message = f"{case.id} is met together with {', '.join(together)}, and has been in part"
        yield Finding(("case",), message, "Add a new case for what is left of it.", case.id)


def _met_with(case: Case, scenario: Scenario) -> list[str]:
    """Return the cases that share a session to come with a case that has been met in part."""
    if not is_met_in_part(scenario, case.id):
        return []
    past = met_sessions(scenario, case.id)
    return [
        name
        for session in form_sessions(scenario)
        if case.id in session.cases and session.id not in past
        for name in session.cases
        if name != case.id
    ]


def _lead(name: str, scenario: Scenario) -> Iterator[Finding]:
    case = case_of_lead(scenario, name)
    if one(case.leads, name).withdrawn or case.withdrawn:
        yield Finding(("lead",), f"{name} is withdrawn", "Take the change out, or add a new lead.", name)
    elif is_met(scenario, case.id):
        yield Finding(("lead",), f"{case.id} has been met, and {name} with it", _ADD_SITTING.format(case=case.id), name)
