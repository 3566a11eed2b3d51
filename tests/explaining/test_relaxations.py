"""Shorter sessions and blocks at other times: what is offered, for which cause, and that it can be applied.

One morning from nine to eleven with two slots of an hour, if not said otherwise; teams need no time to change.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.explanation import Question, explain, explain_session
from planner.explanation.outcome import Outcome
from planner.explanation.scenario import Answer
from planner.relaxing import Change, Giver
from planner.scenario import Scenario
from planner.solver.effort import Effort
from tests.verify.build import (
    Spot,
    block,
    case,
    changed,
    conference,
    day,
    delegation,
    meeting,
    plan,
    room,
    scenario,
    window,
)

EFFORT = Effort(time_limit=None, deterministic_limit=1.0, workers=1)
PARTIES = ("KOR", "JPN", "KHM", "THA")


def morning(*meetings: dict[str, Any], closes: str = "11:00", grid: int = 60, **more: Any) -> Scenario:
    parts = {
        "conference": conference(days=[day("2026-02-05", "09:00", closes)], grid_minutes=grid),
        "delegations": [delegation(name) for name in PARTIES],
        "rules": {"buffer": {"level": "off"}},
        "sessions": [{"title": given["id"], **given} for given in meetings],
        **more,
    }
    return scenario(**parts)


def answer_of(given: Scenario) -> Answer:
    return explain(given, EFFORT, relaxations=50)


def shown(given: Scenario, giver: Giver) -> list[str]:
    """Changes of one giver that are shown, each of which is applied and solved once more."""
    answer = answer_of(given)
    changes = [change for part in answer.explained for relaxation in part.relaxations for change in relaxation.changes]
    for change in changes:
        assert_more_is_held(given, change, answer)
    return [change.text for change in dict.fromkeys(changes) if change.giver is giver]


def assert_more_is_held(given: Scenario, change: Change, answer: Answer) -> None:
    after = Outcome.of(Scenario.model_validate(change.apply(given).model_dump()), EFFORT)
    assert after.is_plan
    assert answer.before.cost is None or (after.cost is not None and after.cost < answer.before.cost)


def test_a_session_that_is_longer_than_the_day_is_shortened_as_little_as_helps() -> None:
    assert shown(morning(meeting("s", minutes=150)), Giver.length) == ["Hold s in 120 minutes instead of 150"]


def test_no_session_is_cut_below_half_its_length() -> None:
    assert shown(morning(meeting("s", minutes=250)), Giver.length) == []


def test_a_session_is_shortened_to_fit_its_window() -> None:
    given = morning(meeting("s", windows=[window("5 09:00", "5 09:47")]))
    assert shown(given, Giver.length) == ["Hold s in 45 minutes instead of 60"]


def test_a_shorter_session_leaves_time_to_change() -> None:
    """Two sessions of an hour leave Korea's team no five minutes to change; the first may end earlier."""
    given = morning(meeting("x", "KOR", "JPN"), meeting("y", "KOR", "KHM"), rules={})
    assert shown(given, Giver.length) == [
        "Hold x in 55 minutes instead of 60",
        "Hold y in 55 minutes instead of 60",
        "Hold no session longer than 55 minutes",
    ]


def test_what_one_shorter_session_does_not_give_all_shorter_ones_may() -> None:
    """Three hours of Korea in two; only when each takes forty minutes do three fit."""
    three = [meeting(f"s{name}", "KOR", name) for name in ("JPN", "KHM", "THA")]
    assert shown(morning(*three, grid=20), Giver.length) == ["Hold no session longer than 40 minutes"]


def test_a_case_is_shortened_in_each_of_its_sessions() -> None:
    """The host meets each of three for an hour, in two hours."""
    talk = case("talk", required=["JPN", "KHM", "THA"], format="bilateral")
    assert shown(morning(cases=[talk], grid=20), Giver.length) == [
        "Hold each session of talk in 40 minutes instead of 60",
        "Hold no session longer than 40 minutes",
    ]


def test_of_a_case_that_counts_by_leads_each_lead_gets_less() -> None:
    leads = [{"id": f"lead-{number}", "title": "Lead"} for number in range(3)]
    talk = {name: value for name, value in case("talk", leads=leads).items() if name != "minutes"}
    given = morning(cases=[{**talk, "minutes_per_lead": 50}])
    assert shown(given, Giver.length) == ["Take 40 minutes for each lead of talk instead of 50"]


def test_one_of_two_cases_that_are_met_together_is_shortened() -> None:
    cases = [case("one", minutes=50), case("two", minutes=40)]
    given = morning(cases=cases, closes="10:25", grid=5)
    assert shown(given, Giver.length) == [
        "Take 45 minutes for one instead of 50",
        "Take 35 minutes for two instead of 40",
    ]


def test_a_case_is_not_shortened_until_it_is_met_with_another() -> None:
    """With five minutes less each, both cases would be met in one session of ninety minutes."""
    cases = [case("one", minutes=50), case("two", minutes=45)]
    given = morning(cases=cases, closes="10:30", grid=5)
    assert shown(given, Giver.length) == []


def test_a_block_moves_to_where_it_leaves_time() -> None:
    """The talk in the middle of the morning leaves no hour; at ten it leaves one, and nobody loses any of it."""
    given = morning(meeting("s"), blocks=[block("talk", "5 09:30", "5 10:30", delegations=["KOR"])])
    assert shown(given, Giver.programme)[0] == "Hold Talk at 10:00 instead of 09:30 on Thu 5 Feb"


MIDDLE = "Hold Middle at 09:30 instead of 10:00 on Thu 5 Feb"


def between(**more: Any) -> Scenario:
    """An opening, a block in the middle and a closing; a session of an hour has room only if the middle moves."""
    blocks = [
        block("opening", "5 09:00", "5 09:30"),
        block("middle", "5 10:00", "5 10:30", **more),
        block("closing", "5 11:00", "5 11:30"),
    ]
    return morning(meeting("s"), closes="11:30", grid=30, blocks=blocks)


def moves(given: Scenario) -> list[str]:
    return [text for text in shown(given, Giver.programme) if text.startswith("Hold Middle at")]


def test_a_block_keeps_its_place_in_the_programme() -> None:
    """It goes next to the closing or the opening, and not behind or before it."""
    assert moves(between()) == ["Hold Middle at 10:30 instead of 10:00 on Thu 5 Feb"]


def test_prayers_are_not_moved() -> None:
    assert moves(between(kind="prayer")) == []


def test_a_block_goes_where_its_room_can_be_used() -> None:
    given = between(room="A")
    rooms = [room("A", windows=[window("5 09:00", "5 10:30")]), room("B")]
    assert moves(Scenario.model_validate({**given.model_dump(), "rooms": rooms})) == [MIDDLE]


@pytest.mark.parametrize(("now", "said"), [("5 08:00", True), ("5 10:15", False)])
def test_a_block_that_has_begun_stays(now: str, said: bool) -> None:
    assert bool(moves(changed(between(), now))) is said


@pytest.mark.parametrize(
    ("windows", "said"),
    [
        ([("09:00", "09:30"), ("10:30", "11:00")], ["until 09:45 instead of 09:30", "from 10:15 instead of 10:30"]),
        ([("09:15", "09:45")], ["from 09:00 instead of 09:15", "until 10:00 instead of 09:45"]),
        ([("09:00", "09:30")], ["until 09:45 instead of 09:30"]),
        ([("09:00", "09:20"), ("09:30", "10:00")], ["until 10:15 instead of 10:00"]),
    ],
)
def test_a_delegation_is_asked_to_be_there_no_longer_than_helps(
    windows: list[tuple[str, str]], said: list[str]
) -> None:
    spans = [window(f"5 {start}", f"5 {end}") for start, end in windows]
    people = [delegation("KOR"), delegation("JPN", windows=spans)]
    texts = [
        text.replace("Thu 5 Feb ", "")
        for text in shown(morning(meeting("s", minutes=45), delegations=people, grid=15), Giver.guests)
    ]
    assert texts == [*(f"Have Jpn there {one}" for one in said), "Have Jpn there all the time"]


def test_a_change_that_drops_the_very_session_is_no_help_for_it() -> None:
    """The second sitting has no room in two hours; to hold one sitting less would not hold it."""
    given = morning(cases=[case("talk", sittings=2, sitting_gap_minutes=60)])
    made = plan(given, Spot("talk", "5 09:00"))
    answer = explain_session(given, made, Question("talk.2"), EFFORT, relaxations=50)
    texts = [
        change.text
        for part in (answer.alone, answer.beside)
        if part
        for one in part.relaxations
        for change in one.changes
    ]
    assert "Leave 0 minutes between the sittings of talk instead of 60" in texts
    assert "Hold talk in 1 sitting instead of 2" not in texts
