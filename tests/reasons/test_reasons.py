"""The first reason why a session is left out is true, and the weightiest that is found."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from planner.compiling import compile_problem
from planner.plan import Plan
from planner.reasons import first_reason, hopeless
from planner.resources import shipped
from planner.scenario import Scenario
from planner.scenario_file import read_scenario
from planner.solution import Assignment, Solution
from planner.solver.search import Effort
from planner.workflow import solve
from tests.verify.build import (
    Data,
    block,
    case,
    conference,
    day,
    delegate,
    delegation,
    interpreter,
    meeting,
    moment,
    room,
    scenario,
    window,
)

NOTHING_SINGLE = "No single thing is in its way, but no plan was found that holds it beside the sessions that are held."
PAIR = {"required": ["KOR", "JPN"]}
SECRET = {"classification": "secret"}
LEVELS = conference(clearances=["open", "secret"])


def only(*parties: Data, **more: Any) -> dict[str, Any]:
    """Return the parts of a scenario with one session of two delegations, called x, and rooms cleared for secrets."""
    return {
        "conference": LEVELS,
        "delegations": list(parties),
        "rooms": [room("A", clearance="secret")],
        "sessions": [meeting("x", **more)],
    }


def cleared(id: str, **more: Any) -> Data:
    return delegation(id, clearance="secret", **more)


KOR, JPN = cleared("KOR"), cleared("JPN")

HOPELESS: dict[str, tuple[dict[str, Any], str]] = {
    "clearance of a party": (
        only(KOR, delegation("JPN"), **SECRET),
        "JPN must be there and is not cleared for secret.",
    ),
    "kept apart": (
        only(KOR, cleared("JPN", not_with=["KOR"])),
        "KOR and JPN must both be there and must not sit together.",
    ),
    "clearance of rooms": (
        only(KOR, JPN, **SECRET) | {"rooms": [room("A"), room("B", clearance="open")]},
        "No room is cleared for secret.",
    ),
    "features": (
        only(KOR, JPN, features=["line", "video"])
        | {"rooms": [room("A", features=["line"]), room("B", features=["video"])]},
        "No room has line and video.",
    ),
    "features of cleared rooms": (
        only(KOR, JPN, features=["line"], **SECRET)
        | {"rooms": [room("A", features=["line"]), room("B", clearance="secret")]},
        "No room is cleared for secret and has line.",
    ),
    "seats": (
        only(cleared("KOR", team_size=4), JPN) | {"rooms": [room("A", seats=5), room("B", seats=3)]},
        "No room seats 6.",
    ),
    "interpreter of a party": (
        only(KOR, cleared("JPN", languages=["ja"])) | {"interpreters": [interpreter("i", ("km", "en"))]},
        "JPN has no cleared interpreter from any language that may be spoken (en).",
    ),
    "clearance of interpreters": (
        only(KOR, cleared("JPN", languages=["ja"]), **SECRET) | {"interpreters": [interpreter("i", ("ja", "en"))]},
        "JPN has no cleared interpreter from any language that may be spoken (en).",
    ),
    "interpreters of one party in each language": (
        only(KOR, cleared("JPN", languages=["ja"]))
        | {"conference": conference(working_languages=["en", "ja"], clearances=["open", "secret"])},
        "In every language that may be spoken somebody has no cleared interpreter: JPN in en, KOR in ja.",
    ),
    "arrival": (
        only(KOR, cleared("JPN", arrival=moment("6 16:30"))),
        "JPN is at no time there and free of blocks for 60 minutes.",
    ),
    "windows of an officer": (
        only(KOR, cleared("JPN", delegates=[delegate("ito", windows=[window("5 09:00", "5 09:30")])]), officers=["ito"]),
        "JPN is at no time there and free of blocks for 60 minutes.",
    ),
    "blocks": (
        only(KOR, JPN)
        | {
            "conference": conference(days=[day("2026-02-05", "09:00", "11:00")]),
            "rooms": [room("A")],
            "delegations": [delegation("KOR"), delegation("JPN")],
            "blocks": [block("visit", "5 09:30", "5 10:30", delegations=["KOR"])],
        },
        "KOR is at no time there and free of blocks for 60 minutes.",
    ),
    "days": (
        only(cleared("KOR", departure=moment("5 17:00")), cleared("JPN", arrival=moment("6 09:00"))),
        "KOR, JPN are at no time all there and free of blocks for 60 minutes.",
    ),
    "windows of the session": (
        only(KOR, JPN, windows=[window("5 09:10", "5 10:10"), window("5 10:30", "5 11:15")]),
        "None of its windows has 60 minutes from a start on the grid.",
    ),
    "arrival after the windows of the session": (
        only(KOR, cleared("JPN", arrival=moment("5 10:00")), windows=[window("5 09:00", "5 10:30")]),
        "JPN is at no time there and free of blocks for 60 minutes within the session's windows.",
    ),
    "parties in turn in the windows of the session": (
        only(
            cleared("KOR", departure=moment("5 11:00")),
            cleared("JPN", arrival=moment("5 11:00")),
            windows=[window("5 10:00", "5 12:00")],
        ),
        "KOR, JPN are at no time all there and free of blocks for 60 minutes within the session's windows.",
    ),
    "room closed in the windows of the session": (
        only(KOR, JPN, windows=[window("5 09:00", "5 12:00")])
        | {"rooms": [room("A", clearance="secret", windows=[window("5 11:30", "5 17:00")])]},
        "No room that would do is open and free of blocks when KOR, JPN are all there within the session's windows.",
    ),
    "windows of rooms": (
        only(KOR, cleared("JPN", arrival=moment("6 09:00")))
        | {"rooms": [room("A", windows=[window("5 09:00", "5 17:00")])]},
        "No room that would do is open and free of blocks when KOR, JPN are all there.",
    ),
    "blocks of rooms": (
        only(KOR, cleared("JPN", arrival=moment("6 15:00")))
        | {"blocks": [block("set-up", "6 15:30", "6 16:30", room="A", delegations=[], blocks=["room"])]},
        "No room that would do is open and free of blocks when KOR, JPN are all there.",
    ),
    "windows of interpreters": (
        only(KOR, cleared("JPN", languages=["ja"]))
        | {"interpreters": [interpreter("i", ("ja", "en"), windows=[window("5 09:00", "5 09:30")])]},
        "JPN has no cleared interpreter from any language that may be spoken (en).",
    ),
    "absence of the only team": (
        only(KOR, cleared("JPN", absences=[{"team": 1, **window("5 09:30", "6 16:30")}])),
        "JPN is at no time there and free of blocks for 60 minutes.",
    ),
    "features that are lacking": (
        only(KOR, JPN, features=["line"])
        | {"rooms": [room("A", features=["line"], outages=[{"features": ["line"], **window("5 09:30", "6 16:30")}])]},
        "No room that would do is open and free of blocks when KOR, JPN are all there.",
    ),
    "time that is past": (
        only(KOR, JPN) | {"replanning": {"now": moment("6 16:00")}},
        "None of the starts that are left has 60 minutes.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOPELESS)
def test_what_no_plan_could_hold_is_told_with_the_reason(kind: str) -> None:
    parts, reason = HOPELESS[kind]
    problem = compile_problem(scenario(**parts))
    assert hopeless(problem) == {"x": reason}
    assert first_reason(problem, Solution((None,)), 0) == reason


@pytest.mark.parametrize("kind", HOPELESS)
def test_the_solver_cannot_hold_what_is_called_hopeless(kind: str) -> None:
    parts, reason = HOPELESS[kind]
    plan = solved(scenario(**parts))
    assert (plan.status, [one.reason for one in plan.unplaced]) == ("optimal", [reason])


RELAXED = {
    "clearance of a party": ["clearance"],
    "kept apart": ["kept-apart"],
    "clearance of rooms": ["clearance"],
    "features": ["features"],
    "features of cleared rooms": ["features"],
    "seats": ["seats"],
    "interpreter of a party": ["language"],
    "clearance of interpreters": ["clearance"],
    "interpreters of one party in each language": ["language"],
    "arrival": ["windows"],
    "windows of an officer": ["windows"],
    "blocks": ["blocks"],
    "days": ["windows"],
    "windows of the session": ["windows"],
    "arrival after the windows of the session": ["windows"],
    "parties in turn in the windows of the session": ["windows"],
    "room closed in the windows of the session": ["windows"],
    "windows of rooms": ["windows"],
    "blocks of rooms": ["blocks"],
    "windows of interpreters": ["windows"],
    "absence of the only team": ["windows"],
    "features that are lacking": ["features"],
    "time that is past": ["past-kept"],
}


@pytest.mark.parametrize("kind", HOPELESS)
def test_a_rule_that_is_not_hard_is_no_reason(kind: str) -> None:
    """The rule behind the reason is made soft; the solver then holds the session, and nothing is called hopeless."""
    given = scenario(**HOPELESS[kind][0], rules={rule: {"level": "soft"} for rule in RELAXED[kind]})
    assert hopeless(compile_problem(given)) == {}
    assert [one.session for one in solved(given).placements] == ["x"]


@pytest.mark.parametrize("kind", HOPELESS)
def test_without_attendance_nobody_must_be_there(kind: str) -> None:
    """Only what rooms lack, windows of the session, and time that is past stay a reason when parties need not come."""
    given = scenario(**HOPELESS[kind][0], rules={"attendance": {"level": "off"}})
    reasons = hopeless(compile_problem(given))
    assert all(reason.startswith(("No room", "None")) and "there" not in reason for reason in reasons.values())


def solved(given: Scenario, *, with_reasons: bool = True) -> Plan:
    return solve(
        given,
        Effort(deterministic_limit=5.0, workers=1),
        datetime.fromisoformat("2026-01-20T09:00:00Z"),
        lambda _: None,
        with_reasons=with_reasons,
    )


def held(slot: int, teams: dict[int, int], room: int = 0) -> Assignment:
    return Assignment(slot, room, 0, teams, frozenset(), frozenset())


def morning(*sessions: Data, rooms: list[Data] | None = None, teams: int = 1) -> Scenario:
    """Return a scenario of one morning with two sessions' time, from nine to eleven on an hourly grid."""
    return scenario(
        conference=conference(days=[day("2026-02-05", "09:00", "11:00")], grid_minutes=60),
        rooms=rooms or [room("A"), room("B")],
        delegations=[delegation("KOR", teams=teams), delegation("JPN"), delegation("KHM"), delegation("THA")],
        sessions=list(sessions),
        rules={"buffer": {"level": "off"}},
    )


def reason(given: Scenario, *assignments: Assignment | None) -> str:
    """Return the first reason for the last session; only the others are held."""
    problem = compile_problem(given)
    return first_reason(problem, Solution((*assignments, None)), len(problem.items) - 1)


KOR_JPN, KOR_KHM, JPN_KHM, KHM_THA = {0: 0, 1: 0}, {0: 0, 2: 0}, {1: 0, 2: 0}, {2: 0, 3: 0}


def test_a_party_in_other_sessions_all_the_time_is_the_reason() -> None:
    given = morning(meeting("a"), meeting("b", "KOR", "KHM"), meeting("x", "KOR", "THA"))
    assert reason(given, held(0, KOR_JPN), held(1, KOR_KHM)) == "KOR is in other sessions at 2 of its 2 possible times."


def test_a_party_with_a_free_team_is_not_the_reason() -> None:
    """KOR has two teams; in the second case they sit in two sessions that run at the same time."""
    given = morning(meeting("a"), meeting("b", "KOR", "KHM"), meeting("x", "KOR", "THA"), teams=2)
    assert reason(given, held(0, KOR_JPN), held(1, KOR_KHM)) == NOTHING_SINGLE


def test_one_team_in_two_short_sessions_leaves_the_other_free_for_a_long_one() -> None:
    """Team 1 of KOR sits from 9 to 10 and from 10 to 11; x takes both hours, and team 2 could go."""
    long = meeting("x", "KOR", "THA", minutes=120)
    given = morning(meeting("a"), meeting("b", "KOR", "KHM"), long, teams=2, rooms=[room("A"), room("B")])
    assert reason(given, held(0, KOR_JPN), held(1, KOR_KHM)) == NOTHING_SINGLE


def test_rooms_that_are_all_taken_are_the_reason() -> None:
    """KOR and THA are free at both times; room B is too small for anybody."""
    given = morning(
        meeting("a", "JPN", "KHM"),
        meeting("b", "JPN", "KHM"),
        meeting("x", "KOR", "THA"),
        rooms=[room("A"), room("B", seats=1)],
    )
    assert (
        reason(given, held(0, JPN_KHM), held(1, JPN_KHM))
        == "No room that would do is free at 2 of its 2 possible times."
    )


def test_a_hall_with_a_free_table_is_not_taken() -> None:
    given = morning(
        meeting("a", "JPN", "KHM"), meeting("b", "JPN", "KHM"), meeting("x", "KOR", "THA"), rooms=[room("A", count=2)]
    )
    assert reason(given, held(0, JPN_KHM), held(1, JPN_KHM)) == NOTHING_SINGLE


def test_one_table_of_two_used_twice_leaves_the_other_free_for_a_long_session() -> None:
    given = morning(
        meeting("a", "JPN", "KHM"),
        meeting("b", "JPN", "KHM"),
        meeting("x", "KOR", "THA", minutes=120),
        rooms=[room("A", count=2)],
    )
    assert reason(given, held(0, JPN_KHM), held(1, JPN_KHM)) == NOTHING_SINGLE


def test_what_is_in_the_way_at_some_times_only_is_no_reason() -> None:
    """At nine KOR is busy; at ten it is free, and so is room B unless it is too small."""
    sessions = [meeting("a"), meeting("b", "JPN", "KHM"), meeting("x", "KOR", "THA")]
    assert reason(morning(*sessions), held(0, KOR_JPN), held(1, JPN_KHM)) == NOTHING_SINGLE
    small = morning(*sessions, rooms=[room("A"), room("B", seats=1)])
    assert (
        reason(small, held(0, KOR_JPN), held(1, JPN_KHM))
        == "No room that would do is free at 2 of its 2 possible times."
    )


def test_two_parties_busy_in_turn_are_both_in_the_way() -> None:
    given = morning(meeting("a"), meeting("b", "KHM", "THA"), meeting("x", "KOR", "THA"))
    assert reason(given, held(0, KOR_JPN), held(1, KHM_THA)) == (
        "KOR is in other sessions at 1 of its 2 possible times, and somebody or something else is in the way at the others."
    )


def test_times_count_only_when_everybody_is_there() -> None:
    """JPN comes at ten, so that one time is left, and KOR is busy then."""
    given = scenario(
        conference=conference(days=[day("2026-02-05", "09:00", "11:00")], grid_minutes=60),
        delegations=[delegation("KOR"), delegation("JPN", arrival=moment("5 10:00")), delegation("KHM")],
        sessions=[meeting("a", "KOR", "KHM"), meeting("x")],
    )
    assert reason(given, held(1, KOR_KHM)) == "KOR is in other sessions at 1 of its 1 possible times."
    assert reason(given, held(0, KOR_KHM)) == NOTHING_SINGLE


def test_a_later_sitting_waits_for_the_one_before() -> None:
    given = scenario(cases=[case("a", sittings=2)])
    problem = compile_problem(given)
    assert first_reason(problem, Solution((None, None)), 1) == "The sitting before it, a, is not held."
    assert first_reason(problem, Solution((held(0, KOR_JPN), None)), 1) == NOTHING_SINGLE


def test_the_sitting_before_does_not_matter_when_the_rule_is_not_hard() -> None:
    problem = compile_problem(scenario(cases=[case("a", sittings=2)], rules={"sittings": {"level": "soft"}}))
    assert first_reason(problem, Solution((None, None)), 1) == NOTHING_SINGLE


def test_rules_that_are_off_take_nobody_and_no_room() -> None:
    given = morning(meeting("a"), meeting("b"), meeting("x"), rooms=[room("A")])
    free = given.model_validate(
        given.model_dump() | {"rules": {name: {"level": "off"} for name in ("team-one-place", "room-one-session")}}
    )
    assert reason(given, held(0, KOR_JPN), held(1, KOR_JPN)) == "JPN is in other sessions at 2 of its 2 possible times."
    assert reason(free, held(0, KOR_JPN), held(1, KOR_JPN)) == NOTHING_SINGLE


def test_the_shipped_scenarios_hold_everything_that_can_be_held_alone() -> None:
    found = {
        name: hopeless(compile_problem(read_scenario(shipped("scenarios") / name / "scenario.yaml")))
        for name in ("small", "seoul-2026", "overfull")
    }
    assert found == {
        "small": {},
        "seoul-2026": {},
        "overfull": {
            "case-04": "No room is cleared for secret.",
            "case-09": "GRC is at no time there and free of blocks for 55 minutes.",
        },
    }


def test_reasons_of_capacity_name_somebody_who_really_is_busy() -> None:
    """Overfull and squeezed variants of it, in which single hours or rooms are taken away."""
    given = read_scenario(shipped("scenarios") / "overfull" / "scenario.yaml")
    data = given.model_dump()
    variants = [given]
    for gone in ("bear", "linden"):
        rooms = [each for each in data["rooms"] if each["id"] != gone]
        variants.append(given.model_validate(data | {"rooms": rooms}))
    for variant in variants:
        plan = solved(variant, with_reasons=False)
        busy = [one for one in plan.unplaced if "is in other sessions" in one.reason]
        full = [one for one in plan.unplaced if one.reason.startswith("No room that would do is free")]
        assert len(busy) + len(full) >= 4
        sessions = {
            name: {p.start for p in plan.placements if name in p.teams} for name in (d.id for d in variant.delegations)
        }
        for one in busy:
            name, _, count = one.reason.partition(" is in other sessions at ")
            assert len(sessions[name]) == int(count.split()[0]) == 3
        by_start = {
            start: [p.room for p in plan.placements if p.start == start] for start in {p.start for p in plan.placements}
        }
        open_rooms = {start: sum(_open(each, start) for each in variant.rooms) for start in by_start}
        assert not full or {start: len(rooms) for start, rooms in by_start.items()} == open_rooms


def _open(place: Any, start: datetime) -> bool:
    local = start.replace(tzinfo=None)
    return not place.windows or any(each.start <= local < each.end for each in place.windows)
