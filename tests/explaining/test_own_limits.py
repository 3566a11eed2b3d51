"""A delegation's own limits in what it is told: its teams that are away, runs, sessions a day, and changes.

Korea meets Khmerland and others in one morning of five hours, with nothing to change between sessions; ``x`` is left out.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.agenda import Source, why
from planner.render.why import why_lines
from planner.scenario import Scenario
from planner.verify import broken_subjects
from tests.verify.build import Spot, changed, conference, day, delegation, meeting, plan, room, scenario, window

HOURS = range(9, 14)
OTHERS = ("KOR", "JPN", "THA")


def morning(**own: Any) -> Scenario:
    return scenario(
        conference=conference(days=[day("2026-02-05", "09:00", "14:00")], grid_minutes=60),
        rules={"buffer": {"level": "off"}, "longest-run": {"parameters": {"pause_minutes": 30}}},
        rooms=[room("A"), room("B")],
        delegations=[delegation("KHM", **own), *(delegation(name) for name in OTHERS)],
        sessions=[
            meeting("x", "KOR", "KHM", title="X"),
            meeting("y", "JPN", "KHM", title="Y"),
            meeting("z", "THA", "KHM", title="Z"),
        ],
    )


def held(given: Scenario, **at: int) -> list[Spot]:
    """Y and Z at hours; the team of Khmerland is the first."""
    return [Spot(name, f"5 {hour:02}:00") for name, hour in at.items()]


def told(given: Scenario, *spots: Spot) -> list[str]:
    """For each hour the kinds of what is in the way of x."""
    view = why(Source(given, plan(given, *spots)), "KHM", "x")
    return [" ".join(found.hindrance.value for found in start.in_the_way) for start in view.starts]


def lines(given: Scenario, *spots: Spot) -> list[str]:
    return [*why_lines(why(Source(given, plan(given, *spots)), "KHM", "x"))]


@pytest.mark.parametrize(
    ("own", "at"),
    [
        ({"longest_run": 1}, {"y": 9, "z": 11}),
        ({"longest_run": 1}, {"y": 9, "z": 13}),
        ({"longest_run": 2}, {"y": 10, "z": 11}),
        ({"longest_run": 2}, {"y": 9, "z": 11}),
        ({"longest_run": 2}, {"y": 12}),
        ({"most_sessions_a_day": 2}, {"y": 10, "z": 11}),
        ({"most_sessions_a_day": 2}, {"y": 12}),
        ({}, {"y": 10, "z": 11}),
    ],
)
def test_limits_are_told_where_the_verifier_sees_them_broken(own: dict[str, int], at: dict[str, int]) -> None:
    given = morning(**own)
    spots = held(given, **at)
    broken = []
    for hour in HOURS:
        rules = broken_subjects(given, plan(given, Spot("x", f"5 {hour:02}:00", "B"), *spots))
        team = ("team", "KHM/1")
        if team in rules.get("team-one-place", ()):
            broken.append("teams-busy")
        elif team in rules.get("longest-run", ()):
            broken.append("run-full")
        else:
            broken.append("day-full" if rules.get("most-a-day") else "")
    assert told(given, *spots) == broken


def test_limits_are_said() -> None:
    given = morning(longest_run=1)
    assert lines(given, *held(given, y=10))[2:5] == [
        "  Thursday 09:00: your team is already in as many sessions in a row as you allow",
        f"  Thursday 10:00: your teams that could sit in it are in {Source(given, plan(given)).codes['y']}",
        "  Thursday 11:00: your team is already in as many sessions in a row as you allow",
    ]
    assert lines(given, *held(given, y=10))[-1] == (
        "More starts would be open on your side with one more team and more sessions in a row. "
        "Tell the organiser if you can offer that."
    )


def test_limits_that_do_not_bind_are_not_told() -> None:
    given = morning(longest_run=1, most_sessions_a_day=1)
    soft = {"buffer": {"level": "off"}, "longest-run": {"level": "soft"}, "most-a-day": {"level": "off"}}
    loose = Scenario.model_validate({**given.model_dump(exclude_defaults=True), "rules": soft})
    assert told(loose, *held(loose, y=10)) == ["", "teams-busy", "", "", ""]


def away(team: int, start: int, end: int) -> dict[str, Any]:
    return {"team": team, **window(f"5 {start:02}:00", f"5 {end:02}:00")}


def test_teams_that_are_away_are_told_apart_from_those_that_are_busy() -> None:
    given = morning(teams=2, absences=[away(2, 9, 12), away(1, 9, 10)])
    spots = held(given, y=10)
    assert told(given, *spots) == ["team-away", "team-away teams-busy", "", "", ""]
    code = Source(given, plan(given)).codes["y"]
    assert lines(given, *spots)[2:4] == [
        "  Thursday 09:00: your teams 1 and 2 are away",
        f"  Thursday 10:00: your team 2 is away and your other teams that could sit in it are in {code}",
    ]
    assert lines(given, *spots)[-1].startswith(
        "More starts would be open on your side with all of your teams there and one more team."
    )


def test_another_team_that_is_there_is_enough() -> None:
    given = morning(teams=2, absences=[away(1, 9, 14)])
    assert told(given) == [""] * 5


def test_the_team_of_an_officer_must_be_there() -> None:
    people = [{"id": "kim", "name": "Kim", "team": 2}]
    given = morning(teams=2, absences=[away(2, 9, 10)], delegates=people)
    data = given.model_dump(exclude_defaults=True)
    data["sessions"][0]["officers"] = ["kim"]
    assert told(Scenario.model_validate(data)) == ["team-away", "", "", "", ""]


@pytest.mark.parametrize(
    ("most", "now", "said"),
    [
        (1, {"y": 11}, ["changes-full", "changes-full", "teams-busy", "", "changes-full"]),
        (1, {"y": 10}, ["", "teams-busy", "", "", ""]),
        (1, {}, ["changes-full", "changes-full", "changes-full", "", "changes-full"]),
        (2, {"y": 11}, ["", "", "teams-busy", "", ""]),
    ],
    ids=["another time", "as told", "not held", "one more is allowed"],
)
def test_changes_that_it_is_told_of_already_count(most: int, now: dict[str, int], said: list[str]) -> None:
    """It was told of x at twelve and of y at ten."""
    given = morning(most_changes=most)
    after = changed(given, "5 08:00", Spot("x", "5 12:00"), *held(given, y=10))
    assert told(after, *held(after, **now)) == said


def test_a_session_that_it_was_not_told_of_is_no_change() -> None:
    given = morning(most_changes=0)
    after = changed(given, "5 08:00", *held(given, y=10))
    assert told(after, *held(after, y=10)) == ["", "teams-busy", "", "", ""]
