"""Edits of a scenario by id; what is not named stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any, TypeVar

from planner.formation import Session
from planner.rules import Level
from planner.scenario import Case, ExplicitSession, RuleId, RuleSetting, Scenario

Item = TypeVar("Item")


def edited(scenario: Scenario, collection: str, id: str, **changes: Any) -> Scenario:
    """Return the scenario with fields of one thing of a collection changed."""
    items = tuple(item.model_copy(update=changes) if item.id == id else item for item in getattr(scenario, collection))
    return scenario.model_copy(update={collection: items})


def added(scenario: Scenario, collection: str, item: object) -> Scenario:
    """Return the scenario with one more thing in a collection."""
    return scenario.model_copy(update={collection: (*getattr(scenario, collection), item)})


def of_session(
    scenario: Scenario, session: Session, change: Callable[[Case | ExplicitSession], dict[str, Any]]
) -> Scenario:
    """Return the scenario with what a session is formed from changed: the session itself if given, and its cases."""
    sessions = tuple(
        item.model_copy(update=change(item)) if item.id == session.id else item for item in scenario.sessions
    )
    cases = tuple(item.model_copy(update=change(item)) if item.id in session.cases else item for item in scenario.cases)
    return scenario.model_copy(update={"sessions": sessions, "cases": cases})


def longer_day(scenario: Scenario, day: int, minutes: int, *, before: bool) -> Scenario:
    """Return the scenario with one day opening earlier or closing later."""
    days = list(scenario.conference.days)
    if before:
        days[day] = days[day].model_copy(update={"opens": later(days[day].opens, -minutes)})
    else:
        days[day] = days[day].model_copy(update={"closes": later(days[day].closes, minutes)})
    return scenario.model_copy(update={"conference": scenario.conference.model_copy(update={"days": tuple(days)})})


def later(moment: time, minutes: int) -> time:
    """Return a time of day so many minutes later."""
    return (datetime.combine(datetime.min + timedelta(days=1), moment) + timedelta(minutes=minutes)).time()


def with_rule(
    scenario: Scenario, rule: str, *, level: Level | None = None, parameters: dict[str, int] | None = None
) -> Scenario:
    """Return the scenario with a rule's level or parameters changed."""
    name = RuleId(rule)
    given = scenario.rules.get(name, RuleSetting())
    changed = given.model_copy(
        update={"level": level or given.level, "parameters": {**given.parameters, **(parameters or {})}}
    )
    return scenario.model_copy(update={"rules": {**scenario.rules, name: changed}})


def without_officer(scenario: Scenario, session: Session, officer: str) -> Scenario:
    """Return the scenario in which somebody else may sit in a session for an officer."""

    def change(item: Case | ExplicitSession) -> dict[str, Any]:
        return {"officers": tuple(name for name in item.officers if name != officer)}

    changed = of_session(scenario, session, change)
    delegations = tuple(
        delegation.model_copy(
            update={
                "delegates": tuple(
                    person.model_copy(
                        update={"officer_of": tuple(name for name in person.officer_of if name not in session.cases)}
                    )
                    if person.id == officer
                    else person
                    for person in delegation.delegates
                )
            }
        )
        for delegation in changed.delegations
    )
    return changed.model_copy(update={"delegations": delegations})


def person_changed(scenario: Scenario, delegate: str, **changes: Any) -> Scenario:
    """Return the scenario with fields of a delegate changed."""
    delegations = tuple(
        delegation.model_copy(
            update={
                "delegates": tuple(
                    person.model_copy(update=changes) if person.id == delegate else person
                    for person in delegation.delegates
                )
            }
        )
        for delegation in scenario.delegations
    )
    return scenario.model_copy(update={"delegations": delegations})
