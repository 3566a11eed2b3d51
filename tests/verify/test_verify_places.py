"""Where and when: each demand on a sound plan, on the boundary that is still sound, and on near misses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.scenario import Scenario
from tests.verify.build import (
    Spot,
    assert_broken,
    assert_sound,
    block,
    case,
    conference,
    day,
    delegate,
    delegation,
    interpreter,
    meeting,
    plan,
    room,
    scenario,
)


class TestHours:
    """Days open from nine to five, and on the second one from 9:10; slots of half an hour."""

    @pytest.fixture
    def given(self) -> Scenario:
        days = [day("2026-02-05"), day("2026-02-06", opens="09:10")]
        return scenario(conference=conference(days=days), sessions=[meeting("s", minutes=45)])

    @pytest.mark.parametrize("start", ["5 09:00", "5 16:00", "6 09:10", "6 16:10"])
    def test_a_session_on_the_grid_within_a_day_is_sound(self, given: Scenario, start: str) -> None:
        assert_sound(given, Spot("s", start))

    @pytest.mark.parametrize("start", ["5 08:30", "5 09:10", "5 16:30", "5 17:00", "6 09:00", "6 16:40", "7 09:00"])
    def test_a_session_elsewhere_is_told(self, given: Scenario, start: str) -> None:
        assert_broken(given, plan(given, Spot("s", start)), {"hours": {("session", "s")}})

    def test_a_session_may_end_at_closing_time(self) -> None:
        given = scenario(sessions=[meeting("s", minutes=60)])
        assert_sound(given, Spot("s", "5 16:00"))

    def test_two_days_do_not_make_one_long_one(self) -> None:
        days = [day("2026-02-05", closes="23:30"), day("2026-02-06", opens="00:00")]
        given = scenario(conference=conference(days=days), sessions=[meeting("s")])
        assert_broken(given, plan(given, Spot("s", "5 23:00")), {"hours": {("session", "s")}})


class TestBlocks:
    """A session of KOR and JPN in room A, with an interpreter; KHM stands aside, in a room of its own."""

    def given(self, **more: object) -> Scenario:
        return scenario(
            sessions=[meeting("s"), meeting("t", "KHM")],
            interpreters=[interpreter("mia")],
            blocks=[block("b", "5 10:00", "5 11:00", **more)],
        )

    def spots(self, start: str) -> tuple[Spot, Spot]:
        return Spot("s", start, "A", interpreters=("mia",)), Spot("t", "5 14:00", "B")

    @pytest.mark.parametrize(
        "more",
        [
            {},
            {"delegations": ["JPN"]},
            {"room": "A", "delegations": ["KHM"]},
            {"blocks": ["delegations"]},
            {"blocks": ["room"], "room": "A"},
            {"blocks": ["interpreters"], "delegations": ["KHM"]},
        ],
    )
    def test_what_a_block_holds_cannot_be_in_a_session(self, more: dict[str, object]) -> None:
        given = self.given(**more)
        assert_sound(given, *self.spots("5 09:00"))
        assert_sound(given, *self.spots("5 11:00"))
        for start in ("5 09:30", "5 10:00", "5 10:30"):
            assert_broken(given, plan(given, *self.spots(start)), {"blocks": {("block", "b")}})

    @pytest.mark.parametrize(
        "more",
        [
            {"delegations": ["KHM"]},
            {"delegations": ["KHM"], "room": "B"},
            {"blocks": ["room"]},
            {"blocks": ["room"], "room": "B"},
            {"blocks": [], "room": "A"},
        ],
    )
    def test_what_a_block_does_not_hold_may_be_in_a_session(self, more: dict[str, object]) -> None:
        assert_sound(self.given(**more), *self.spots("5 10:00"))

    def test_a_block_of_interpreters_leaves_a_session_without_them_alone(self) -> None:
        assert_sound(self.given(blocks=["interpreters"]), Spot("s", "5 10:00"))

    def test_each_block_is_told_of(self) -> None:
        given = scenario(
            sessions=[meeting("s")], blocks=[block("b", "5 09:00", "5 09:30"), block("c", "5 09:30", "5 10:00")]
        )
        assert_broken(given, plan(given, Spot("s", "5 09:00")), {"blocks": {("block", "b"), ("block", "c")}})


class TestRoomOneSession:
    """Sessions of an hour of four delegations that share nobody; room T has two tables."""

    @pytest.fixture
    def given(self) -> Scenario:
        names = ("KOR", "JPN", "KHM", "USA")
        return scenario(
            rooms=[room("A"), room("B"), room("T", count=2)],
            delegations=[delegation(name) for name in names],
            sessions=[meeting(name.lower(), name) for name in names],
        )

    def test_sessions_may_touch(self, given: Scenario) -> None:
        assert_sound(given, Spot("kor", "5 09:00"), Spot("jpn", "5 10:00"), Spot("khm", "5 09:00", "B"))

    @pytest.mark.parametrize("start", ["5 09:30", "5 10:00", "5 10:30"])
    def test_sessions_in_one_room_may_not_overlap(self, given: Scenario, start: str) -> None:
        spots = (Spot("kor", "5 10:00"), Spot("jpn", start))
        assert_broken(given, plan(given, *spots), {"room-one-session": {("room", "A")}})

    def test_as_many_sessions_as_tables_may_overlap(self, given: Scenario) -> None:
        spots = (Spot("kor", "5 09:00", "T", table=1), Spot("jpn", "5 09:30", "T", table=2))
        assert_sound(given, *spots, Spot("khm", "5 10:00", "T", table=1))

    def test_more_sessions_than_tables_may_not(self, given: Scenario) -> None:
        spots = (Spot("kor", "5 09:00", "T", table=1), Spot("jpn", "5 09:30", "T", table=2))
        third = Spot("khm", "5 09:30", "T", table=2)
        assert_broken(given, plan(given, *spots, third), {"room-one-session": {("room", "T")}})

    def test_a_room_with_too_few_tables_is_told_once_even_if_every_table_number_is_right(self, given: Scenario) -> None:
        """Three sessions overlap pairwise, and no two overlap at one table, because the third has no table at all."""
        spots = [
            Spot("kor", "5 09:00", "T", table=1),
            Spot("jpn", "5 09:00", "T", table=2),
            Spot("khm", "5 09:00", "T"),
        ]
        assert_broken(given, plan(given, *spots), {"room-one-session": {("room", "T")}})

    def test_two_sessions_at_one_table_are_told(self, given: Scenario) -> None:
        spots = (Spot("kor", "5 09:00", "T", table=1), Spot("jpn", "5 09:30", "T", table=1))
        assert_broken(given, plan(given, *spots), {"room-one-session": {("room", "T")}})

    @pytest.mark.parametrize("table", [None, 0, 3])
    def test_a_table_that_does_not_exist_is_told(self, given: Scenario, table: int | None) -> None:
        found = plan(given, Spot("kor", "5 09:00", "T", table=1))
        found = found.model_copy(update={"placements": (found.placements[0].model_copy(update={"table": table}),)})
        assert_broken(given, found, {"room-one-session": {("room", "T")}})


class TestSeats:
    """KOR sends two seats or its three officers of case c, JPN two seats, and one interpreter works: six seats."""

    def given(self, seats: int) -> Scenario:
        officers = [delegate(name, officer_of=["c"]) for name in ("ann", "bob", "cho")]
        return scenario(
            rooms=[room("A", seats=seats)],
            delegations=[delegation("KOR", delegates=officers), delegation("JPN")],
            interpreters=[interpreter("mia")],
            cases=[case("c"), case("d", leader="KOR")],
            formation={"together": False},
        )

    def test_a_room_with_just_enough_seats_is_sound(self) -> None:
        assert_sound(self.given(6), Spot("c", "5 09:00", interpreters=("mia",)))

    def test_a_room_with_one_seat_less_is_told(self) -> None:
        spot = Spot("c", "5 09:00", interpreters=("mia",))
        assert_broken(self.given(5), plan(self.given(5), spot), {"seats": {("session", "c")}})

    def test_an_interpreter_takes_a_seat(self) -> None:
        assert_sound(self.given(5), Spot("c", "5 09:00"))

    def test_officers_of_another_case_take_no_seat(self) -> None:
        assert_sound(self.given(4), Spot("d", "5 09:00"))
        assert_broken(self.given(3), plan(self.given(3), Spot("d", "5 09:00")), {"seats": {("session", "d")}})

    def test_a_delegation_that_is_absent_takes_no_seat(self) -> None:
        given = scenario(rooms=[room("A", seats=2)], sessions=[meeting("s", "KOR", optional=["JPN"])])
        assert_sound(given, Spot("s", "5 09:00", teams={"KOR": 1}))
        assert_broken(given, plan(given, Spot("s", "5 09:00")), {"seats": {("session", "s")}})


class TestFeatures:
    """Room A has a secure line and video, room B only video."""

    @pytest.fixture
    def given(self) -> Scenario:
        rooms = [room("A", features=["line", "video"]), room("B", features=["video"])]
        return scenario(rooms=rooms, sessions=[meeting("s", features=["line", "video"]), meeting("t", "KHM")])

    def test_a_room_with_every_feature_is_sound(self, given: Scenario) -> None:
        assert_sound(given, Spot("s", "5 09:00", "A"), Spot("t", "5 09:00", "B"))

    def test_a_room_that_lacks_one_is_told(self, given: Scenario) -> None:
        spots = Spot("s", "5 09:00", "B"), Spot("t", "5 09:00", "A")
        assert_broken(given, plan(given, *spots), {"features": {("session", "s")}})


class TestClearance:
    """A session that is confidential; everybody and everything may be cleared for less."""

    def given(self, **levels: str | None) -> Scenario:
        level = {"room": "confidential", "KOR": "secret", "JPN": "confidential", "mia": "confidential", **levels}
        return scenario(
            rooms=[room("A", clearance=level["room"])],
            delegations=[delegation("KOR", clearance=level["KOR"]), delegation("JPN", clearance=level["JPN"])],
            interpreters=[interpreter("mia", clearance=level["mia"])],
            sessions=[meeting("s", classification=level.get("session", "confidential"))],
        )

    def test_exactly_the_level_is_enough(self) -> None:
        assert_sound(self.given(), Spot("s", "5 09:00", interpreters=("mia",)))

    @pytest.mark.parametrize("who", ["room", "KOR", "JPN", "mia"])
    @pytest.mark.parametrize("level", ["restricted", "open", None])
    def test_a_lower_level_is_told(self, who: str, level: str | None) -> None:
        given = self.given(**{who: level})
        spot = Spot("s", "5 09:00", interpreters=("mia",))
        assert_broken(given, plan(given, spot), {"clearance": {("session", "s")}})

    @pytest.mark.parametrize("who", ["room", "KOR", "JPN", "mia"])
    def test_without_a_level_one_is_cleared_for_the_lowest_only(self, who: str) -> None:
        level = dict.fromkeys(("room", "KOR", "JPN", "mia"), "restricted") | {who: None}
        given = self.given(**level, session="restricted")
        spot = Spot("s", "5 09:00", interpreters=("mia",))
        assert_broken(given, plan(given, spot), {"clearance": {("session", "s")}})

    def test_an_interpreter_who_is_not_there_needs_no_clearance(self) -> None:
        assert_sound(self.given(mia=None), Spot("s", "5 09:00"))

    def test_nobody_needs_clearance_for_the_lowest_level(self) -> None:
        given = scenario(sessions=[meeting("s", classification="open"), meeting("t", "KHM")])
        spot = Spot("s", "5 09:00")
        assert_sound(given, spot, replace(spot, session="t", room="B", teams={"KHM": 1}))
