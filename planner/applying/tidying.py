"""What a change leaves behind: groups whose cases differ now, pins and cancellations of sessions that are no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set

from planner.applying.met import is_met_in_part
from planner.consistency.groups import company
from planner.formation import form_sessions
from planner.scenario import Case, Pin, Scenario


def tidy(scenario: Scenario) -> Scenario:
    """Return the scenario without what the changes have made meaningless.

    Cases of a group whose parties differ now are met apart, so that nobody hears of a case that is not theirs. Leads of a case
    that has been met in part, and that no session is left for, are withdrawn.
    """
    scenario = _regrouped(scenario)
    formed_before_cancelling = form_sessions(scenario.model_copy(update={"cancelled": ()}))
    scenario = _without_leads_unmet(scenario, {lead for session in formed_before_cancelling for lead in session.leads})
    all_formed = {session.id for session in formed_before_cancelling}
    cancelled = tuple(name for name in scenario.cancelled if name in all_formed)
    scenario = scenario.model_copy(update={"cancelled": cancelled})
    formed = {session.id: session.parties for session in form_sessions(scenario)}
    pins = tuple(_among(pin, formed[pin.session]) for pin in scenario.pins if pin.session in formed)
    return scenario.model_copy(update={"pins": pins})


def _among(pin: Pin, parties: tuple[str, ...]) -> Pin:
    return pin.model_copy(update={"teams": {name: team for name, team in pin.teams.items() if name in parties}})


def _without_leads_unmet(scenario: Scenario, met: Set[str]) -> Scenario:
    def tidied(case: Case) -> Case:
        if case.withdrawn or not is_met_in_part(scenario, case.id):
            return case
        leads = (
            lead if lead.withdrawn or lead.id in met else lead.model_copy(update={"withdrawn": True})
            for lead in case.leads
        )
        return case.model_copy(update={"leads": tuple(leads)})

    return scenario.model_copy(update={"cases": tuple(tidied(case) for case in scenario.cases)})


def _regrouped(scenario: Scenario) -> Scenario:
    if scenario.formation.groups is None:
        return scenario
    cases = {case.id: case for case in scenario.cases}
    groups = tuple(
        part for group in scenario.formation.groups for part in _parts([cases[name] for name in group]) if len(part) > 1
    )
    return scenario.model_copy(update={"formation": scenario.formation.model_copy(update={"groups": groups})})


def _parts(group: list[Case]) -> list[tuple[str, ...]]:
    """Divide a group by parties; what is withdrawn stays with the first part, whose session it may have given its name."""
    by_parties: dict[object, list[str]] = defaultdict(list)
    first = next((company(case) for case in group if not case.withdrawn), None)
    for case in group:
        by_parties[first if case.withdrawn else company(case)].append(case.id)
    return [tuple(names) for names in by_parties.values()]
