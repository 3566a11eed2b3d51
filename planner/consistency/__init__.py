"""What no single field can tell: names that lead nowhere, times that cannot be, people in two places.

Pure functions over a scenario that yield findings, each with the path of the field; ``planner.scenario_file`` adds the
line of the file. What needs the sessions that are formed from cases is checked there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.consistency import (
    away,
    cases,
    groups,
    ids,
    lists,
    order,
    people,
    places,
    record,
    references,
    settings,
    times,
)
from planner.consistency.finding import Finding, Known, Path, did_you_mean, field_name, walk
from planner.consistency.people import all_known, divided, officers, two_teams
from planner.consistency.times import opening_minutes
from planner.scenario import Scenario

__all__ = [
    "Finding",
    "Known",
    "Path",
    "all_known",
    "check",
    "cross_findings",
    "did_you_mean",
    "divided",
    "field_name",
    "id_findings",
    "officers",
    "opening_minutes",
    "two_teams",
    "walk",
]


def check(scenario: Scenario) -> tuple[Finding, ...]:
    """Return everything that is inconsistent in a scenario."""
    data = scenario.model_dump(mode="json")
    return (*id_findings(data), *cross_findings(scenario, Known.of(data)))


def id_findings(data: Any) -> Iterator[Finding]:
    """Yield what is wrong with ids in the plain tree of a scenario, which need not be valid."""
    yield from ids.repeated_ids(data)
    yield from ids.reserved_ids(data)
    yield from ids.borrowed_ids(data)


def cross_findings(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Yield what does not fit together in a scenario, of which ``known`` tells what could not be read."""
    yield from references.dangling(scenario, known)
    yield from references.unknown_clearances(scenario, known)
    yield from lists.listed_twice(scenario)
    yield from times.days(scenario, known)
    yield from times.blocks(scenario, known)
    yield from times.windows(scenario, known)
    yield from places.walks(scenario, known)
    yield from places.features(scenario, known)
    yield from people.teams(scenario)
    yield from people.kept_apart(scenario)
    yield from people.case_officers(scenario, known)
    yield from people.interpreters(scenario)
    yield from cases.case_parties(scenario)
    yield from cases.leads(scenario, known)
    yield from cases.explicit_sessions(scenario)
    yield from order.order(scenario)
    yield from settings.parameters(scenario)
    yield from settings.tiers(scenario)
    yield from away.absences(scenario, known)
    yield from away.outages(scenario, known)
    yield from groups.groups(scenario, known)
    yield from record.record(scenario, known)
