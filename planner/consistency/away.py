"""Times in which a team is away or a room lacks something, and what is withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from planner.consistency.finding import Finding, Known, Path, did_you_mean
from planner.consistency.times import unused_span
from planner.scenario import Scenario


def absences(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Yield absences of teams that there are not, at times that cannot be, or that overlap."""
    for i, delegation in enumerate(scenario.delegations):
        for k, absence in enumerate(delegation.absences):
            path: Path = ("delegations", i, "absences", k)
            if absence.team > delegation.teams:
                hint = f"Write a number up to {delegation.teams}." if delegation.teams > 1 else "Write 1."
                yield Finding((*path, "team"), f"{delegation.id} has no team {absence.team}", hint)
            yield from unused_span(path, "absence", absence.start, absence.end, scenario, known)
        for (first, one), (second, other) in combinations(enumerate(delegation.absences), 2):
            if one.team == other.team and max(one.start, other.start) < min(one.end, other.end):
                yield Finding(
                    ("delegations", i, "absences", second, "start"),
                    f"the absence overlaps absences[{first}] of the same team",
                    "Write them as one absence.",
                )


def outages(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Yield outages of features that the room does not have, or at times that cannot be."""
    for i, room in enumerate(scenario.rooms):
        for k, outage in enumerate(room.outages):
            path: Path = ("rooms", i, "outages", k)
            for j, feature in enumerate(outage.features):
                if feature not in room.features and feature not in known.strays:
                    hint = did_you_mean(feature, room.features, "Add it to the features of the room, or take it out.")
                    yield Finding((*path, "features", j), f"the room {room.id} has no such feature", hint)
            yield from unused_span(path, "outage", outage.start, outage.end, scenario, known)
