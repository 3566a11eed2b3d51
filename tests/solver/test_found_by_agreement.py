"""Cases on which the two readings once did not agree, each worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner import verify
from planner.compiling import compile_problem
from planner.reasons import hopeless
from planner.scenario import Scenario
from planner.solution import Assignment, Solution
from planner.solver.evaluation import audit
from tests.agreement.readings import plan_of, solved
from tests.verify.build import (
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

AT_NINE = Assignment(slot=0, room=0, language=0, teams={0: 0, 1: 0}, seated=frozenset(), interpreters=frozenset())


def placements(given: Scenario, *assignments: Assignment | None) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the delegates listed for each session."""
    plan = plan_of(given, compile_problem(given), Solution(assignments))
    return {one.session: one.delegates for one in plan.placements}


def test_an_officer_who_is_left_out_does_not_fill_the_team() -> None:
    """KOR has a seat for its officer kim, and only lee comes along."""
    given = scenario(
        delegations=[delegation("KOR", delegates=[delegate("kim"), delegate("lee")]), delegation("JPN")],
        sessions=[meeting("meet", officers=["kim"])],
    )
    assert placements(given, AT_NINE) == {"meet": {"KOR": ("lee",), "JPN": ()}}
    with_kim = replace(AT_NINE, seated=frozenset({0}))
    assert placements(given, with_kim) == {"meet": {"KOR": ("kim", "lee"), "JPN": ()}}


def test_the_language_of_an_officer_counts_when_only_the_delegation_comes() -> None:
    """Officer kim speaks French only, and the demand that officers come is soft."""
    given = scenario(
        delegations=[delegation("KOR", delegates=[delegate("kim", languages=["fr"])]), delegation("JPN")],
        sessions=[meeting("meet", officers=["kim"])],
        rules={"officer-present": {"level": "soft"}},
    )
    solution = Solution((AT_NINE,))
    broken, _ = audit(compile_problem(given), solution)
    assert broken["language"] == {("session", "meet")}
    assert verify.broken_subjects(given, plan_of(given, compile_problem(given), solution))["language"] == {
        ("session", "meet")
    }


def test_a_buffer_that_lasts_over_midnight_is_no_session_of_the_next_day() -> None:
    """KOR sits from 22:00 to 23:00 with two hours of buffer, and on the next day from 3:00; nobody waits on either day."""
    given = scenario(
        conference=conference(
            days=[day("2026-02-05", "21:00", "23:00"), day("2026-02-06", "00:00", "05:00")], grid_minutes=60
        ),
        sessions=[meeting("late"), meeting("early")],
        rules={"buffer": {"parameters": {"minutes": 120}}},
    )
    solution = Solution((replace(AT_NINE, slot=1), replace(AT_NINE, slot=5)))
    assert audit(compile_problem(given), solution)[1]["idle"] == 0


def test_an_interpreter_who_covers_nobody_can_be_pinned() -> None:
    """Everybody speaks English; ann is to sit in anyway, and comes to both sittings so that they are alike."""
    given = scenario(
        interpreters=[interpreter("ann", ("en", "fr"))],
        cases=[case("talk", sittings=2)],
        pins=[{"session": "talk", "interpreters": ["ann"]}],
    )
    _, answer = solved(given)
    assert answer.solution is not None
    assert [{0}, {0}] == [set(chosen.interpreters) for chosen in answer.solution.assignments if chosen is not None]


def test_a_language_that_is_not_allowed_can_be_pinned_where_the_demand_is_soft() -> None:
    given = scenario(
        sessions=[meeting("meet")],
        delegations=[delegation("KOR", languages=["en", "fr"]), delegation("JPN")],
        pins=[{"session": "meet", "language": "fr"}],
        rules={"language": {"level": "soft"}},
    )
    problem, answer = solved(given)
    assert answer.solution is not None
    (chosen,) = answer.solution.assignments
    assert chosen is not None
    assert (problem.languages[chosen.language], answer.counts["language"]) == ("fr", 1)


def test_the_gap_between_sittings_is_read_on_the_clock_when_it_is_changed_overnight() -> None:
    """In Berlin the clock goes forward in the night to 29 March 2026; from ten to ten are 24 hours on the clock."""
    given = scenario(
        conference=conference(
            time_zone="Europe/Berlin",
            days=[day("2026-03-28", "09:00", "10:00"), day("2026-03-29", "10:00", "11:00")],
            grid_minutes=60,
        ),
        cases=[case("talk", sittings=2, sitting_gap_minutes=24 * 60)],
    )
    problem, answer = solved(given)
    assert answer.counts["held"] == 0
    assert answer.solution is not None
    assert [one.start.isoformat() for one in plan_of(given, problem, answer.solution).placements] == [
        "2026-03-28T09:00:00+01:00",
        "2026-03-29T10:00:00+02:00",
    ]


@pytest.mark.parametrize("level", ["hard", "soft"])
def test_only_hard_demands_make_a_session_hopeless(level: str) -> None:
    """JPN is required in all five, and each would break one demand; made soft, each can be held."""
    given = scenario(
        rooms=[room("A", seats=3)],
        delegations=[
            delegation("KOR", clearance="secret", not_with=["KHM"]),
            delegation("JPN", languages=["fr"]),
            delegation("KHM", departure=moment("5 10:00")),
            delegation("FRA", arrival=moment("5 10:00"), team_size=1),
            delegation("VNM", team_size=1),
        ],
        sessions=[
            meeting("not-cleared", "KOR", "VNM", classification="secret"),
            meeting("not-understood", "FRA", "JPN"),
            meeting("never-there", "KHM", "FRA"),
            meeting("kept-apart", "KOR", "KHM"),
            meeting("not-seated", "VNM", "FRA", "KOR"),
        ],
        rules={
            rule: {"level": level} for rule in ("clearance", "language", "windows", "kept-apart", "seats", "attendance")
        },
    )
    everything = {"not-cleared", "not-understood", "never-there", "kept-apart", "not-seated"}
    problem, answer = solved(given)
    assert hopeless(problem).keys() == (everything if level == "hard" else set())
    assert answer.counts["held"] == (5 if level == "hard" else 0)


def test_parties_who_may_stay_away_make_no_session_hopeless() -> None:
    """Attendance is soft; JPN, who is never there, is left at home."""
    given = scenario(
        delegations=[delegation("KOR"), delegation("JPN", windows=[window("5 09:00", "5 09:30")])],
        sessions=[meeting("meet")],
        rules={"attendance": {"level": "soft"}},
    )
    problem, answer = solved(given)
    assert hopeless(problem) == {}
    assert answer.counts["held"] == 0
    assert answer.counts["attendance"] == 1
