"""Delegations, their teams and their people: who comes, who goes, who is away."""

from __future__ import annotations

from planner.applying.editing import edited, one, people_of
from planner.applying.spans import Span, cut, from_now, now_of, stay_of, within
from planner.changes import ArrivesLate, DelegateAway, LeavesEarly, TeamAdded, TeamAway
from planner.scenario import Absence, Delegation, Scenario


def arrives_late(scenario: Scenario, change: ArrivesLate) -> Scenario:
    """Set the arrival; if the delegation has been in sessions, it is away from now until then."""
    delegation = one(scenario.delegations, change.delegation)
    if has_been(scenario, delegation.id):
        away = Span(now_of(scenario), change.at)
        windows = cut(scenario, delegation.windows, away, stay_of(delegation))
        return edited(scenario, "delegations", delegation.id, windows=windows)
    return _staying(scenario, delegation.model_copy(update={"arrival": change.at}))


def leaves_early(scenario: Scenario, change: LeavesEarly) -> Scenario:
    """Set the departure."""
    delegation = one(scenario.delegations, change.delegation)
    return _staying(scenario, delegation.model_copy(update={"departure": max(change.at, now_of(scenario))}))


def has_been(scenario: Scenario, delegation: str) -> bool:
    """Tell whether a delegation has been in a session that is past."""
    return scenario.replanning is not None and any(delegation in past.teams for past in scenario.replanning.past)


def _staying(scenario: Scenario, delegation: Delegation) -> Scenario:
    """Put a delegation with a new stay in the place of the old one; windows outside of the stay are left out."""
    stay = stay_of(delegation)
    delegates = tuple(
        delegate.model_copy(update={"windows": within(scenario, delegate.windows, stay)})
        for delegate in delegation.delegates
    )
    return edited(
        scenario,
        "delegations",
        delegation.id,
        arrival=delegation.arrival,
        departure=delegation.departure,
        windows=within(scenario, delegation.windows, stay),
        delegates=delegates,
    )


def team_away(scenario: Scenario, change: TeamAway) -> Scenario:
    """Write the absence down, as one with those of the team that it touches."""
    delegation = one(scenario.delegations, change.delegation)
    start, end = from_now(scenario, change.start, change.end)
    touching = [
        absence
        for absence in delegation.absences
        if absence.team == change.team and absence.start <= end and start <= absence.end
    ]
    absence = Absence(
        team=change.team,
        start=min([start, *(other.start for other in touching)]),
        end=max([end, *(other.end for other in touching)]),
    )
    others = tuple(other for other in delegation.absences if other not in touching)
    return edited(scenario, "delegations", delegation.id, absences=(*others, absence))


def team_added(scenario: Scenario, change: TeamAdded) -> Scenario:
    """Raise the number of teams."""
    delegation = one(scenario.delegations, change.delegation)
    return edited(scenario, "delegations", delegation.id, teams=delegation.teams + change.teams)


def delegate_away(scenario: Scenario, change: DelegateAway) -> Scenario:
    """Take the time out of the person's windows."""
    home = next(delegation for delegation in scenario.delegations if change.delegate in people_of(delegation))
    away = from_now(scenario, change.start, change.end)
    delegates = tuple(
        delegate.model_copy(update={"windows": cut(scenario, delegate.windows, away, stay_of(home))})
        if delegate.id == change.delegate
        else delegate
        for delegate in home.delegates
    )
    return edited(scenario, "delegations", home.id, delegates=delegates)
