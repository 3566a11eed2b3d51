"""What comes after what: each demand on a sound plan, on the boundary that is still sound, and on near misses."""

from __future__ import annotations

from typing import Any

import pytest

from planner.scenario import Scenario
from tests.verify.build import (
    Spot,
    assert_broken,
    assert_sound,
    case,
    conference,
    delegation,
    interpreter,
    meeting,
    plan,
    room,
    scenario,
)

FINE = conference(grid_minutes=5)


class TestBuffer:
    """KOR meets JPN and then KHM, ten minutes to change; seven more to walk between main and annex, either way."""

    @pytest.fixture
    def given(self) -> Scenario:
        return scenario(
            conference=FINE,
            rooms=[room("A"), room("B"), room("X", building="annex"), room("Y", building="yard")],
            walks=[{"between": ["annex", "main"], "minutes": 7}, {"between": ["annex", "yard"], "minutes": 0}],
            delegations=[delegation("KOR", teams=2), delegation("JPN"), delegation("KHM")],
            interpreters=[interpreter("mia"), interpreter("noa")],
            sessions=[meeting("s"), meeting("t", "KOR", "KHM")],
            rules={"buffer": {"parameters": {"minutes": 10}}},
        )

    @pytest.mark.parametrize("start", ["5 11:10", "5 08:50", "6 09:00"])
    def test_exactly_enough_time_is_sound(self, given: Scenario, start: str) -> None:
        spots = Spot("s", "5 10:00"), Spot("t", start, "B")
        expected = {"hours": {("session", "t")}} if start == "5 08:50" else {}
        assert_broken(given, plan(given, *spots), expected)

    @pytest.mark.parametrize("start", ["5 11:05", "5 11:00", "5 09:00"])
    def test_less_is_told(self, given: Scenario, start: str) -> None:
        spots = Spot("s", "5 10:00"), Spot("t", start, "B")
        assert_broken(given, plan(given, *spots), {"buffer": {("team", "KOR/1")}})

    def test_two_teams_need_no_time_between_them(self, given: Scenario) -> None:
        assert_sound(given, Spot("s", "5 10:00"), Spot("t", "5 11:00", teams={"KOR": 2, "KHM": 1}))

    @pytest.mark.parametrize(("first", "second"), [("A", "X"), ("X", "A")])
    def test_a_walk_takes_more(self, given: Scenario, first: str, second: str) -> None:
        assert_sound(given, Spot("s", "5 10:00", first), Spot("t", "5 11:20", second))
        near = plan(given, Spot("s", "5 10:00", first), Spot("t", "5 11:15", second))
        assert_broken(given, near, {"buffer": {("team", "KOR/1")}})

    @pytest.mark.parametrize(("first", "second"), [("X", "Y"), ("A", "Y"), ("X", "X")])
    def test_a_walk_of_no_minutes_takes_no_more(self, given: Scenario, first: str, second: str) -> None:
        assert_sound(given, Spot("s", "5 10:00", first), Spot("t", "5 11:10", second))

    def test_nobody_walks_within_a_building(self) -> None:
        walks = [{"between": ["main", "main"], "minutes": 30}]
        given = scenario(conference=FINE, walks=walks, sessions=[meeting("s"), meeting("t")])
        assert_sound(given, Spot("s", "5 10:00"), Spot("t", "5 11:05", "B"))

    def test_walk_and_change_are_added_to_the_minute(self) -> None:
        """Seven minutes to change and eight to walk are fifteen, and with eight to change sixteen."""
        for minutes, expected in ((7, {}), (8, {"buffer": {("team", "KOR/1")}})):
            given = scenario(
                conference=FINE,
                rooms=[room("A"), room("X", building="annex")],
                walks=[{"between": ["main", "annex"], "minutes": 8}],
                sessions=[meeting("s"), meeting("t", "KOR", "KHM")],
                rules={"buffer": {"parameters": {"minutes": minutes}}},
            )
            assert_broken(given, plan(given, Spot("s", "5 10:00"), Spot("t", "5 11:15", "X")), expected)

    def test_an_interpreter_needs_it_too(self, given: Scenario) -> None:
        one = Spot("s", "5 10:00", interpreters=("mia",))
        for other, expected in (("mia", {"buffer": {("interpreter", "mia")}}), ("noa", {})):
            two = Spot("t", "5 11:05", teams={"KOR": 2, "KHM": 1}, interpreters=(other,))
            assert_broken(given, plan(given, one, two), expected)

    def test_a_walk_can_be_too_long_over_a_session_between(self) -> None:
        """KOR goes from main to the hall next door and on to the annex, which is an hour from main and none from there."""
        given = scenario(
            rooms=[room("A"), room("H", building="hall"), room("X", building="annex")],
            walks=[{"between": ["main", "annex"], "minutes": 60}],
            sessions=[meeting("s", "KOR", minutes=25), meeting("t", "KOR", minutes=25), meeting("u", "KOR")],
        )
        far = plan(given, Spot("s", "5 09:00"), Spot("t", "5 09:30", "H"), Spot("u", "5 10:00", "X"))
        assert_broken(given, far, {"buffer": {("team", "KOR/1")}})
        assert_sound(given, Spot("s", "5 09:00"), Spot("t", "5 09:30", "H"), Spot("u", "5 10:30", "X"))


class TestLongestRunOfTeams:
    """KOR sits in sessions of half an hour, two in a row at most; a pause is 30 minutes. JPN may sit in any number."""

    def given(self, **parameters: int) -> Scenario:
        return scenario(
            delegations=[delegation("KOR", longest_run=2, teams=2), delegation("JPN")],
            sessions=[meeting(name, minutes=30) for name in ("a", "b", "c", "d")],
            rules={"buffer": {"parameters": {"minutes": 0}}, "longest-run": {"parameters": parameters}},
        )

    def spots(self, *starts: str) -> list[Spot]:
        return [Spot(name, start) for name, start in zip("abcd", starts, strict=False)]

    @pytest.mark.parametrize(
        "starts",
        [
            ["5 09:00", "5 09:30"],
            ["5 09:00", "5 09:30", "5 10:30", "5 11:00"],
            ["5 09:00", "5 10:00", "5 10:30", "5 11:30"],
            ["5 16:00", "5 16:30", "6 09:00", "6 09:30"],
        ],
    )
    def test_a_pause_in_time_is_sound(self, starts: list[str]) -> None:
        assert_sound(self.given(), *self.spots(*starts))

    @pytest.mark.parametrize(
        "starts",
        [
            ["5 09:00", "5 09:30", "5 10:00"],
            ["5 11:00", "5 10:00", "5 10:30"],
            ["5 09:00", "5 10:00", "5 10:30", "5 11:00"],
            ["5 09:00", "5 09:30", "5 10:00", "5 16:00"],
        ],
    )
    def test_a_third_one_in_a_row_is_told(self, starts: list[str]) -> None:
        given = self.given()
        assert_broken(given, plan(given, *self.spots(*starts)), {"longest-run": {("team", "KOR/1")}})

    def test_how_long_a_pause_is_can_be_set(self) -> None:
        spots = self.spots("5 09:00", "5 09:30", "5 10:30")
        assert_sound(self.given(pause_minutes=30), *spots)
        given = self.given(pause_minutes=31)
        assert_broken(given, plan(given, *spots), {"longest-run": {("team", "KOR/1")}})
        assert_sound(self.given(pause_minutes=0), *self.spots("5 09:00", "5 09:30", "5 10:00"))

    def test_teams_are_counted_apart(self) -> None:
        spots = self.spots("5 09:00", "5 09:30", "5 10:00")
        assert_sound(self.given(), *spots[:2], Spot("c", "5 10:00", teams={"KOR": 2, "JPN": 1}))

    def test_the_pause_is_counted_from_the_end_of_the_longest_session(self) -> None:
        """A long session still lasts when a short one beside it is over, so the third follows without a pause."""
        given = scenario(
            delegations=[delegation("KOR", longest_run=2)],
            sessions=[meeting("long", "KOR", minutes=90), meeting("short", "KOR", minutes=30), meeting("z", "KOR")],
            rules={"buffer": {"parameters": {"minutes": 0}}},
        )
        found = plan(given, Spot("long", "5 09:00"), Spot("short", "5 09:30", "B"), Spot("z", "5 10:30"))
        subject = {("team", "KOR/1")}
        assert_broken(given, found, {"team-one-place": subject, "buffer": subject, "longest-run": subject})


class TestLongestRunOfInterpreters:
    """Mia works ninety minutes at most before she rests for twenty; Noa has no limit. KOR has a team for each session."""

    def given(self, **limits: int) -> Scenario:
        mia = {"longest_run_minutes": 90, "rest_minutes": 20, **limits}
        return scenario(
            conference=FINE,
            delegations=[delegation("KOR", teams=3)],
            interpreters=[interpreter("mia", **mia), interpreter("noa", rest_minutes=20)],
            sessions=[
                meeting("a", "KOR", minutes=60),
                meeting("b", "KOR", minutes=30),
                meeting("c", "KOR", minutes=30),
            ],
        )

    def spots(self, *starts: str, who: str = "mia") -> list[Spot]:
        return [
            Spot(name, start, teams={"KOR": number}, interpreters=(who,))
            for number, (name, start) in enumerate(zip("abc", starts, strict=True), 1)
        ]

    def test_exactly_so_many_minutes_and_exactly_the_rest_are_sound(self) -> None:
        assert_sound(self.given(), *self.spots("5 09:00", "5 10:05", "5 10:55"))

    def test_a_rest_too_short_is_told(self) -> None:
        given = self.given()
        found = plan(given, *self.spots("5 09:00", "5 10:05", "5 10:50"))
        assert_broken(given, found, {"longest-run": {("interpreter", "mia")}})

    def test_minutes_of_sessions_count_and_not_those_between(self) -> None:
        assert_sound(self.given(), *self.spots("5 09:00", "5 10:15", "5 12:00"))
        given = self.given(longest_run_minutes=89)
        found = plan(given, *self.spots("5 09:00", "5 10:05", "5 12:00"))
        assert_broken(given, found, {"longest-run": {("interpreter", "mia")}})

    def test_one_session_can_be_too_long_alone(self) -> None:
        given = self.given(longest_run_minutes=59)
        found = plan(given, Spot("a", "5 09:00", interpreters=("mia",)))
        assert_broken(given, found, {"longest-run": {("interpreter", "mia")}})

    def test_without_a_limit_nothing_is_told(self) -> None:
        assert_sound(self.given(), *self.spots("5 09:00", "5 10:05", "5 10:40", who="noa"))

    def test_the_pause_of_teams_does_not_matter(self) -> None:
        """The rest of twenty minutes is shorter than a team's pause of thirty, and is a rest nevertheless."""
        assert_sound(self.given(), *self.spots("5 09:00", "5 10:20", "5 11:10"))


class TestMostADay:
    """KOR sits in two sessions a day at most, each of its two teams; JPN in any number."""

    @pytest.fixture
    def given(self) -> Scenario:
        return scenario(
            delegations=[delegation("KOR", most_sessions_a_day=2, teams=2), delegation("JPN")],
            sessions=[meeting(name) for name in ("a", "b", "c", "d")],
        )

    def spots(self, *starts: str) -> list[Spot]:
        return [Spot(name, start) for name, start in zip("abcd", starts, strict=False)]

    def test_exactly_so_many_are_sound(self, given: Scenario) -> None:
        assert_sound(given, *self.spots("5 09:00", "5 12:00", "6 09:00", "6 12:00"))

    def test_one_more_is_told_with_its_day(self, given: Scenario) -> None:
        found = plan(given, *self.spots("5 09:00", "6 15:00", "6 09:00", "6 12:00"))
        assert_broken(given, found, {"most-a-day": {("team-day", "KOR/1 2026-02-06")}})

    def test_teams_are_counted_apart(self, given: Scenario) -> None:
        third = Spot("c", "5 15:00", teams={"KOR": 2, "JPN": 1})
        assert_sound(given, *self.spots("5 09:00", "5 12:00"), third)


class TestSittings:
    """Three sittings of one case, two hours from the end of one to the start of the next at least."""

    @pytest.fixture
    def given(self) -> Scenario:
        return scenario(cases=[case("c", sittings=3, sitting_gap_minutes=120)])

    @pytest.mark.parametrize(
        "starts", [["5 09:00", "5 12:00", "5 15:00"], ["5 09:00", "5 16:00", "6 09:00"], ["5 09:00"]]
    )
    def test_sittings_in_order_and_apart_are_sound(self, given: Scenario, starts: list[str]) -> None:
        assert_sound(given, *self.spots(starts))

    @pytest.mark.parametrize(
        ("starts", "subjects"),
        [
            (["5 09:00", "5 11:30", "5 15:00"], {"c.2"}),
            (["5 12:00", "5 09:00", "5 15:00"], {"c.2"}),
            (["5 09:00", "5 11:30", "5 14:00"], {"c.2", "c.3"}),
            (["6 09:00", "6 15:00", "5 15:00"], {"c.3"}),
        ],
    )
    def test_a_sitting_too_soon_is_told(self, given: Scenario, starts: list[str], subjects: set[str]) -> None:
        found = plan(given, *self.spots(starts))
        assert_broken(given, found, {"sittings": {("session", name) for name in subjects}})

    def test_a_sitting_without_the_one_before_is_told(self, given: Scenario) -> None:
        found = plan(given, Spot("c", "5 09:00"), Spot("c.3", "5 15:00"))
        assert_broken(given, found, {"sittings": {("session", "c.3")}})

    def test_without_a_gap_they_may_touch(self) -> None:
        given = scenario(cases=[case("c", sittings=2)], rules={"buffer": {"parameters": {"minutes": 0}}})
        assert_sound(given, Spot("c", "5 09:00"), Spot("c.2", "5 10:00"))

    def spots(self, starts: list[str]) -> list[Any]:
        return [Spot(name, start) for name, start in zip(("c", "c.2", "c.3"), starts, strict=False)]
