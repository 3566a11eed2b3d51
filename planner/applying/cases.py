"""Cases, leads and who is a party to them."""

from __future__ import annotations

from planner.applying.editing import edited, one, people_of, without
from planner.changes import (
    CaseAdded,
    CasePriority,
    CaseWithdrawn,
    LeadAdded,
    LeadPriority,
    LeadWithdrawn,
    PartyJoins,
    PartyLeaves,
    SittingAdded,
)
from planner.scenario import Case, ExplicitSession, Lead, Scenario
from planner.values import Quorum


def case_added(scenario: Scenario, change: CaseAdded) -> Scenario:
    """Add the case at the end."""
    return scenario.model_copy(update={"cases": (*scenario.cases, change.case)})


def case_withdrawn(scenario: Scenario, change: CaseWithdrawn) -> Scenario:
    """Mark the case; a session of the list that has no other case is cancelled."""
    return withdraw_case(scenario, change.case)


def withdraw_case(scenario: Scenario, name: str) -> Scenario:
    """Return the scenario in which a case is met no more."""
    changed = edited(scenario, "cases", name, withdrawn=True)
    gone = {case.id for case in changed.cases if case.withdrawn}
    empty = [session.id for session in changed.sessions if name in session.cases and gone.issuperset(session.cases)]
    return changed.model_copy(update={"cancelled": tuple(dict.fromkeys((*changed.cancelled, *empty)))})


def case_priority(scenario: Scenario, change: CasePriority) -> Scenario:
    """Set the priority of the case."""
    return edited(scenario, "cases", change.case, priority=change.priority)


def lead_added(scenario: Scenario, change: LeadAdded) -> Scenario:
    """Add the lead at the end of its case's."""
    case = one(scenario.cases, change.case)
    return edited(scenario, "cases", case.id, leads=(*case.leads, change.lead))


def lead_withdrawn(scenario: Scenario, change: LeadWithdrawn) -> Scenario:
    """Mark the lead."""
    return _with_lead(scenario, change.lead, withdrawn=True)


def lead_priority(scenario: Scenario, change: LeadPriority) -> Scenario:
    """Set the priority of the lead."""
    return _with_lead(scenario, change.lead, priority=change.priority)


def _with_lead(scenario: Scenario, name: str, **fields: object) -> Scenario:
    case = case_of_lead(scenario, name)
    leads = tuple(lead.model_copy(update=fields) if lead.id == name else lead for lead in case.leads)
    return edited(scenario, "cases", case.id, leads=leads)


def case_of_lead(scenario: Scenario, name: str) -> Case:
    """Return the case that a lead belongs to."""
    return next(case for case in scenario.cases if any(lead.id == name for lead in case.leads))


def party_joins(scenario: Scenario, change: PartyJoins) -> Scenario:
    """Name the delegation under its role, in the case and in a session of the list that names its parties itself."""
    for session in scenario.sessions:
        if change.case in session.cases and (session.required or session.optional):
            scenario = edited(scenario, "sessions", session.id, **_joined(session, change))
    return edited(scenario, "cases", change.case, **_joined(one(scenario.cases, change.case), change))


def _joined(item: Case | ExplicitSession, change: PartyJoins) -> dict[str, object]:
    lists = {
        "required": without(item.required, change.delegation),
        "optional": without(item.optional, change.delegation),
    }
    lists[change.role] = (*lists[change.role], change.delegation)
    return {**lists, "quorum": _less_quorum(item.quorum, change.delegation)}


def _less_quorum(quorum: Quorum | None, delegation: str) -> Quorum | None:
    of = without(quorum.of, delegation) if quorum else ()
    return Quorum(of=of, at_least=min(quorum.at_least, len(of))) if quorum and of else None


def party_leaves(scenario: Scenario, change: PartyLeaves) -> Scenario:
    """Take the delegation, its officers and its leads out of the case."""
    return leave_case(scenario, change.case, change.delegation)


def leave_case(scenario: Scenario, name: str, delegation: str) -> Scenario:
    """Return the scenario in which a delegation that does not lead a case is no party to it any more."""
    case = one(scenario.cases, name)
    home = one(scenario.delegations, delegation)
    people = tuple(people_of(home))
    delegates = tuple(
        delegate.model_copy(update={"officer_of": without(delegate.officer_of, name)}) for delegate in home.delegates
    )
    changed = edited(scenario, "delegations", delegation, delegates=delegates)
    for session in scenario.sessions:
        if name in session.cases:
            changed = leave_session(changed, session, delegation, people)
    leads = tuple(_lead_without(lead, delegation, case) for lead in case.leads)
    return edited(changed, "cases", name, **{**_left(case, delegation, people), "leads": leads})


def leave_session(scenario: Scenario, session: ExplicitSession, delegation: str, people: tuple[str, ...]) -> Scenario:
    """Return the scenario in which a session of the list does not name a delegation, nor its people."""
    return edited(scenario, "sessions", session.id, **_left(session, delegation, people))


def _left(item: Case | ExplicitSession, delegation: str, people: tuple[str, ...]) -> dict[str, object]:
    return {
        "required": without(item.required, delegation),
        "optional": without(item.optional, delegation),
        "quorum": _less_quorum(item.quorum, delegation),
        "officers": without(item.officers, *people),
    }


def _lead_without(lead: Lead, delegation: str, case: Case) -> Lead:
    """Return a lead that a delegation is not to know any more; withdrawn if it shared it, or if one alone is left to know.

    Nobody comes to know of it who did not: the first of those it was shared with shares it from now on.
    """
    shared_with = None if lead.shared_with is None else without(lead.shared_with, delegation)
    shares = lead.shared_by == delegation
    shared_by = (next(iter(shared_with), case.leader) if shared_with else None) if shares else lead.shared_by
    rest = [name for name in case.parties if name != delegation] if shared_with is None else shared_with
    audience = {shared_by or case.leader, *rest}
    withdrawn = lead.withdrawn or shares or len(audience) < 2
    return lead.model_copy(update={"shared_by": shared_by, "shared_with": shared_with, "withdrawn": withdrawn})


def sitting_added(scenario: Scenario, change: SittingAdded) -> Scenario:
    """Raise the sittings of the case, and of all that are taken together with it."""
    group = next((group for group in scenario.formation.groups or () if change.case in group), (change.case,))
    sittings = one(scenario.cases, change.case).sittings + 1
    for case in scenario.cases:
        if case.id in group and not case.withdrawn:
            scenario = edited(scenario, "cases", case.id, sittings=sittings)
    return scenario
