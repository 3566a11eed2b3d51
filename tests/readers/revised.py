"""The conference by hand a day later: a plan in which everything has happened that can happen to a session.

Special: a new time and room; another team and delegate of one party; another interpreter only; a party that leaves and one
that joins a session; a session that is left out, one that is asked for no more, one that comes back under a new UID; sessions
and a case that are new, held and left out; one that waited and is held, one that waited and is dropped; blocks that move, come
and go, some of them for one delegation only. Session x-free alone is as it was.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from planner.plan import Placement, Plan, Unplaced, session_uid
from planner.scenario import Scenario
from tests.readers import conference
from tests.readers.conference import moment as at

Version = tuple[Scenario, Plan]


def before() -> Version:
    """Return the scenario and the plan that readers had."""
    return conference.scenario(), conference.plan()


def after() -> Version:
    """Return the scenario and the plan that take their place."""
    scenario = _scenario()
    return scenario, _plan(scenario)


def _scenario() -> Scenario:
    data: dict[str, Any] = conference.scenario().model_dump(mode="json")
    gone = {"case-Golf", "case-Hotel", "case-Juliet", "case-Kilo"}
    data["cases"] = [case for case in data["cases"] if case["id"] not in gone]
    data["cases"] += [
        conference.a_case("Lima", "KHM", ["JPN"], [{}]),
        conference.a_case("Mike", "KOR", ["LAO"], [{}]),
    ]
    data["sessions"] = [session for session in data["sessions"] if session["id"] == "x-free"]
    opening, prayer, _ = data["blocks"]
    opening |= {"start": "2026-02-05T09:15", "end": "2026-02-05T09:45"}
    dinner = conference.a_block(
        "dine", "Dinnerthaionly", "reception", "2026-02-05T19:00", "2026-02-05T21:00", delegations=["THA"]
    )
    data["blocks"] = [opening, prayer, dinner]
    return Scenario.model_validate(data)


def _plan(scenario: Scenario) -> Plan:
    old = conference.plan()
    held = {item.session: item for item in old.placements if item.session not in ("case-Delta.THA", "x-mixed")}
    for name, update in _UPDATES.items():
        held[name] = held[name].model_copy(update=update)
    for item in (
        _new("case-Echo", "11:30", {"KOR": 1, "THA": 1}, {"KOR": ("p-Korone",), "THA": ("p-Thaone",)}),
        _new("case-Lima", "16:30", {"KHM": 1, "JPN": 1}, {"KHM": ("p-Khmtwo",)}, ("i-km",)),
    ):
        held[item.session] = item
    return old.model_copy(
        update={
            "scenario_hash": scenario.hash,
            "created_at": old.created_at + timedelta(days=16),
            "placements": tuple(sorted(held.values(), key=lambda item: (item.start, item.session))),
            "unplaced": (
                Unplaced(session="case-Delta.THA", priority=2, reason="Reasondelta: Hostland is late"),
                Unplaced(session="case-India", priority=2, reason="Reasonindia"),
                Unplaced(session="case-Mike", priority=2, reason="Reasonmike"),
            ),
        }
    )


_UPDATES: dict[str, dict[str, Any]] = {
    "case-Alpha": {"start": at(5, "16:00"), "end": at(5, "16:30"), "room": "r2"},
    "case-Bravo": {"teams": {"KOR": 1, "JPN": 1}, "delegates": {"KOR": ("p-Korone",), "JPN": ("p-Jpnone",)}},
    "case-Charlie": {"interpreters": ("i-two",)},
    "case-Charlie.2": {
        "table": 3,
        "teams": {"KHM": 1, "JPN": 1, "POL-X": 1},
        "delegates": {"KHM": ("p-Khmone",), "POL-X": ("p-Polone",)},
    },
    "case-Delta.KOR": {
        "generation": 2,
        "uid": session_uid("demo", "forum.example", "case-Delta.KOR", generation=2),
        "start": at(6, "11:00"),
        "end": at(6, "11:30"),
    },
}


def _new(
    name: str,
    clock: str,
    teams: dict[str, int],
    delegates: dict[str, tuple[str, ...]],
    interpreters: tuple[str, ...] = (),
) -> Placement:
    start = at(5, clock)
    return Placement(
        session=name,
        uid=session_uid("demo", "forum.example", name),
        start=start,
        end=start + timedelta(minutes=30),
        room="r2",
        teams=teams,
        delegates=delegates,
        interpreters=interpreters,
        working_language="en",
        cases=(name,),
        leads=(f"lead-{name.removeprefix('case-')}-0",),
    )
