"""Rooms, what they offer, and the ways between buildings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from planner.consistency.finding import Finding, Known, did_you_mean
from planner.scenario import Scenario


def walks(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Yield walks between buildings that do not exist, walks given twice, and pairs of buildings without one."""
    buildings = tuple(dict.fromkeys(room.building for room in scenario.rooms))
    given: dict[frozenset[str], int] = {}
    for index, walk in enumerate(scenario.walks):
        for end, building in enumerate(walk.between):
            if building not in buildings and known.sure("rooms"):
                yield Finding(
                    ("walks", index, "between", end), "no room is in this building", did_you_mean(building, buildings)
                )
        pair = frozenset(walk.between)
        if len(pair) == 1:
            yield Finding(
                ("walks", index, "between"),
                "a walk leads from one building to another",
                "Name two buildings, or take the walk out.",
            )
        elif pair in given:
            yield Finding(
                ("walks", index, "between"),
                f"this walk is given twice, first at walks[{given[pair]}]",
                "Keep one; a walk counts both ways.",
            )
        given.setdefault(pair, index)
    if known.sure("walks", "rooms"):
        for one, other in combinations(buildings, 2):
            pair = frozenset((one, other))
            misspelt = any(len(ends & pair) == 1 and not ends.issubset(buildings) for ends in given)
            if pair not in given and not misspelt:
                yield Finding(
                    ("walks",),
                    f"no walking minutes are given between {one} and {other}",
                    f"Add under walks: {{between: [{one}, {other}], minutes: 10}}.",
                    "",
                )


def features(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Yield features that a case or session needs and no room has."""
    for section in ("cases", "sessions"):
        for index, item in enumerate(getattr(scenario, section)):
            for place, feature in enumerate(item.features):
                if not known.has("feature", feature):
                    yield Finding(
                        (section, index, "features", place),
                        "no room has this feature",
                        did_you_mean(feature, known.names["feature"], "Add it to the features of a room."),
                    )
