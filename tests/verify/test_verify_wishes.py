"""Every wish, with costs counted by hand. A day has sixteen slots of half an hour from nine to five."""

from __future__ import annotations

from typing import Any

import pytest

from planner.scenario import Scenario
from planner.verify import counts
from tests.verify.build import (
    Data,
    Spot,
    block,
    case,
    conference,
    day,
    delegation,
    interpreter,
    meeting,
    plan,
    room,
    scenario,
)


def counted(rule: str, given: Scenario, *spots: Spot) -> int:
    return counts(given, plan(given, *spots))[rule]


class TestHeld:
    def test_a_priority_outweighs_all_lower_ones_together(self) -> None:
        """Two sessions of priority 1, three of 5 and one of 9: they weigh 1, 1 + 1 = 2, and 1 + 1 + 3 x 2 = 8."""
        priorities = {"a": 1, "b": 1, "c": 5, "d": 5, "e": 5, "f": 9}
        given = scenario(sessions=[meeting(name, priority=number) for name, number in priorities.items()])
        everything = [Spot(name, "5 09:00") for name in priorities]
        assert counted("held", given, *everything) == 0
        assert counted("held", given, *everything[:5]) == 1
        assert counted("held", given, *everything[:4], everything[5]) == 2
        assert counted("held", given, *everything[1:]) == 8
        assert counted("held", given, *everything[:2]) == 7
        assert counted("held", given) == 8 + 8 + 2 + 2 + 2 + 1

    @pytest.fixture
    def forms(self) -> Scenario:
        """A case of open format with two partners and two sittings, of priority 2 above a session of priority 3.

        The session weighs 1, and each of the case's four bilateral sittings 2; a joint sitting stands for two of them.
        """
        c = case("c", required=["JPN", "KHM"], format="any", sittings=2, priority=2)
        return scenario(cases=[c], sessions=[meeting("s", priority=3)])

    @pytest.mark.parametrize(
        ("placed", "cost"),
        [
            ("s c.all c.all.2", 0),
            ("s c.JPN c.JPN.2 c.KHM c.KHM.2", 0),
            ("c.all c.all.2", 1),
            ("s c.all", 4),
            ("s c.all.2", 4),
            ("s c.JPN c.JPN.2 c.KHM", 2),
            ("s c.KHM", 6),
            ("s", 8),
            ("", 9),
            ("s c.all c.JPN", 4),
        ],
    )
    def test_the_form_that_was_chosen_is_missed(self, forms: Scenario, placed: str, cost: int) -> None:
        assert counted("held", forms, *(Spot(name, "5 09:00") for name in placed.split())) == cost

    def test_a_choice_of_forms_is_weighed_once(self) -> None:
        """The lower priority is a case of two partners in open format, which costs 2 at most and not 4."""
        c = case("c", required=["JPN", "KHM"], format="any", priority=3)
        given = scenario(cases=[c], sessions=[meeting("s", priority=2)])
        assert counted("held", given, Spot("c.all", "5 09:00")) == 3


class TestOptionalPresent:
    """JPN is required and in the quorum of KHM, USA and itself; THA is optional."""

    @pytest.fixture
    def given(self) -> Scenario:
        quorum = {"of": ["JPN", "KHM", "USA"], "at_least": 1}
        names = ("KOR", "JPN", "KHM", "USA", "THA")
        cases = [case("c", quorum=quorum, optional=["THA"]), case("d", optional=["THA"])]
        return scenario(delegations=[delegation(name) for name in names], cases=cases)

    @pytest.mark.parametrize(
        ("present", "missing"),
        [
            ("KOR JPN KHM USA THA", 0),
            ("KOR JPN KHM USA", 1),
            ("KOR JPN USA THA", 1),
            ("KOR JPN", 3),
            ("KOR KHM USA THA", 0),
        ],
    )
    def test_optional_and_quorum_parties_are_missed(self, given: Scenario, present: str, missing: int) -> None:
        spot = Spot("c", "5 09:00", teams=dict.fromkeys(present.split(), 1))
        assert counted("optional-present", given, spot) == missing

    def test_sessions_are_added(self, given: Scenario) -> None:
        pair = {"KOR": 1, "JPN": 1}
        assert (
            counted("optional-present", given, Spot("c", "5 09:00", teams=pair), Spot("d", "5 12:00", teams=pair)) == 4
        )


class TestEarly:
    """Sessions of priority 1, 2 and 4 on three days with one left free between them; priorities 1 and 2 count as high."""

    @pytest.fixture
    def given(self) -> Scenario:
        days = [day("2026-02-05"), day("2026-02-07"), day("2026-02-08")]
        sessions = [meeting("a", priority=1), meeting("b", priority=2), meeting("d", priority=4)]
        rules = {"early": {"parameters": {"priority": 2}}}
        return scenario(conference=conference(days=days), sessions=sessions, rules=rules)

    @pytest.mark.parametrize(
        ("starts", "cost"),
        [
            ({"a": "5 09:00", "b": "5 12:00", "d": "5 15:00"}, 0),
            ({"a": "7 09:00"}, 1),
            ({"a": "8 09:00"}, 2),
            ({"b": "7 09:00"}, 1),
            ({"d": "8 09:00"}, 0),
            ({"a": "8 09:00", "b": "7 09:00", "d": "7 12:00"}, 3),
        ],
    )
    def test_days_after_the_first(self, given: Scenario, starts: dict[str, str], cost: int) -> None:
        assert counted("early", given, *(Spot(name, start) for name, start in starts.items())) == cost

    def test_only_the_highest_priority_counts_by_default(self, given: Scenario) -> None:
        by_default = given.model_copy(update={"rules": {}})
        assert counted("early", by_default, Spot("a", "7 09:00"), Spot("b", "7 12:00")) == 1


class TestIdleAndBreaks:
    """KOR sits alone in up to three sessions of an hour; five minutes of buffer make the slot after a session busy."""

    def given(self, **more: Any) -> Scenario:
        sessions = [meeting(name, "KOR") for name in ("a", "b", "c")]
        return scenario(
            **{"delegations": [delegation("KOR", teams=2), delegation("JPN")], "sessions": sessions, **more}
        )

    def both(self, given: Scenario, *starts: str) -> tuple[int, int]:
        spots = [Spot(name, start) for name, start in zip("abc", starts, strict=False)]
        return counted("idle", given, *spots), counted("breaks", given, *spots)

    @pytest.mark.parametrize(
        ("starts", "idle", "breaks"),
        [
            ([], 0, 0),
            (["5 12:00"], 0, 0),
            (["5 09:00", "5 10:00"], 0, 0),
            (["5 09:00", "5 10:30"], 0, 0),
            (["5 09:00", "5 11:00"], 1, 1),
            (["5 11:00", "5 09:00"], 1, 1),
            (["5 09:00", "5 12:00", "5 16:00"], 8, 2),
            (["5 09:00", "6 09:00"], 0, 0),
            (["5 09:00", "5 11:00", "6 09:00"], 1, 1),
            (["5 09:15", "5 11:00"], 1, 1),
            (["5 09:00", "5 11:45"], 2, 1),
        ],
    )
    def test_slots_between_sessions_of_a_day(self, starts: list[str], idle: int, breaks: int) -> None:
        assert self.both(self.given(), *starts) == (idle, breaks)

    @pytest.mark.parametrize(
        ("setting", "idle"),
        [
            ({"level": "off"}, 2),
            ({"level": "soft"}, 1),
            ({"parameters": {"minutes": 0}}, 2),
            ({"parameters": {"minutes": 30}}, 1),
            ({"parameters": {"minutes": 31}}, 0),
            ({"level": "off", "parameters": {"minutes": 31}}, 2),
        ],
    )
    def test_the_buffer_is_not_idle(self, setting: Data, idle: int) -> None:
        given = self.given(rules={"buffer": setting})
        assert self.both(given, "5 09:00", "5 11:00") == (idle, min(idle, 1))

    @pytest.mark.parametrize(
        ("lunch", "idle"),
        [
            ({}, 3),
            ({"delegations": ["KOR"]}, 3),
            ({"delegations": ["JPN"]}, 5),
            ({"blocks": ["room", "interpreters"]}, 5),
            ({"start": "2026-02-05T12:10", "end": "2026-02-05T12:40"}, 3),
            ({"start": "2026-02-05T12:00", "end": "2026-02-05T12:30"}, 4),
        ],
    )
    def test_blocks_are_not_idle_and_do_not_break_a_break(self, lunch: Data, idle: int) -> None:
        """From eleven to two there are six slots; the buffer takes the first and lunch from twelve to one two more."""
        given = self.given(blocks=[block("lunch", "5 12:00", "5 13:00") | lunch])
        assert self.both(given, "5 10:00", "5 14:00") == (idle, 1)

    def test_a_block_can_take_up_all_that_lies_between(self) -> None:
        given = self.given(blocks=[block("b", "5 10:30", "5 12:00")])
        assert self.both(given, "5 09:00", "5 12:00") == (0, 0)

    def test_a_session_within_a_block_touches_no_working_slot(self) -> None:
        given = self.given(blocks=[block("lunch", "5 12:00", "5 13:00")], rules={"buffer": {"level": "off"}})
        assert self.both(given, "5 12:00", "5 14:00") == (0, 0)

    def test_teams_wait_apart(self) -> None:
        given = self.given()
        spots = [Spot("a", "5 09:00"), Spot("b", "5 12:00", teams={"KOR": 2}), Spot("c", "5 11:00")]
        assert (counted("idle", given, *spots), counted("breaks", given, *spots)) == (1, 1)
        shared = scenario(sessions=[meeting("a"), meeting("b")])
        spots = [Spot("a", "5 09:00"), Spot("b", "5 11:00")]
        assert (counted("idle", shared, *spots), counted("breaks", shared, *spots)) == (2, 2)

    def test_the_last_slot_ends_at_closing_time(self) -> None:
        given = self.given(sessions=[meeting("a", "KOR"), meeting("b", "KOR", minutes=30)])
        assert self.both(given, "5 14:00", "5 16:30") == (2, 1)

    def test_a_slot_must_fit_before_closing(self) -> None:
        """From ten past nine, the last slot ends at twenty to five; a short session after that is in no slot."""
        given = self.given(
            conference=conference(days=[day("2026-02-05", opens="09:10")]),
            sessions=[meeting("a", "KOR"), meeting("b", "KOR", minutes=15)],
        )
        assert self.both(given, "5 14:10", "5 16:40") == (0, 0)
        assert self.both(given, "5 14:10", "5 16:10") == (1, 1)


class TestFairIdle:
    """KOR and JPN are in sessions a and b, KOR alone in c and d, KHM in none unless said."""

    def given(self, *more: Data, teams: int = 1) -> Scenario:
        sessions = [meeting("a"), meeting("b"), meeting("c", "KOR"), meeting("d", "KOR"), *more]
        return scenario(
            delegations=[delegation("KOR", teams=teams), delegation("JPN"), delegation("KHM")], sessions=sessions
        )

    pair = (Spot("a", "5 09:00"), Spot("b", "5 11:00"))

    def test_equal_shares_are_fair(self) -> None:
        assert counted("fair-idle", self.given(), *self.pair) == 0

    def test_days_are_added_before_teams_are_compared(self) -> None:
        """KOR waits one slot on the first day and three on the second, JPN one."""
        spots = (*self.pair, Spot("c", "6 09:00"), Spot("d", "6 12:00"))
        assert counted("fair-idle", self.given(), *spots) == 3

    def test_a_team_without_sessions_waits_for_nothing(self) -> None:
        assert counted("fair-idle", self.given(teams=2), *self.pair) == 1

    def test_who_is_party_to_a_session_left_out_counts(self) -> None:
        assert counted("fair-idle", self.given(meeting("t", "KHM")), *self.pair) == 1

    def test_optional_parties_count(self) -> None:
        assert counted("fair-idle", self.given(meeting("t", "KOR", optional=["KHM"])), *self.pair) == 1

    def test_without_sessions_it_is_fair(self) -> None:
        assert counted("fair-idle", scenario()) == 0


class TestFairBreaks:
    """KOR, with two teams, and JPN are in a, b and c."""

    def given(self, *more: Data) -> Scenario:
        return scenario(
            delegations=[delegation("KOR", teams=2), delegation("JPN"), *more],
            sessions=[meeting(name) for name in ("a", "b", "c")],
        )

    three = (Spot("a", "5 09:00"), Spot("b", "5 11:00"), Spot("c", "5 15:00"))

    def test_equal_shares_are_fair(self) -> None:
        assert counted("fair-breaks", self.given(), *self.three) == 0

    def test_a_delegation_in_no_session_has_no_breaks_and_counts(self) -> None:
        assert counted("fair-breaks", self.given(delegation("KHM")), *self.three) == 2

    def test_days_are_added(self) -> None:
        """Two breaks of JPN, one on each day, and none of KHM."""
        given = scenario(sessions=[meeting(name, "JPN") for name in ("a", "b", "c", "d")])
        days = (Spot("a", "5 09:00"), Spot("b", "5 11:00"), Spot("c", "6 09:00"), Spot("d", "6 11:00"))
        assert counted("fair-breaks", given, *days) == 2

    def test_teams_of_a_delegation_are_added(self) -> None:
        """Each team of KOR has one break, and KHM none."""
        given = scenario(
            delegations=[delegation("KOR", teams=2), delegation("KHM")],
            sessions=[meeting(name, "KOR") for name in ("a", "b", "c", "d")],
        )
        spots = [
            Spot(name, start, teams={"KOR": team})
            for name, start, team in (
                ("a", "5 09:00", 1),
                ("b", "5 11:00", 1),
                ("c", "6 09:00", 2),
                ("d", "6 15:00", 2),
            )
        ]
        assert counted("fair-breaks", given, *spots) == 2

    def test_who_sends_its_teams_in_turn_has_no_breaks(self) -> None:
        """JPN waits between a and b."""
        spots = (self.three[0], Spot("b", "5 11:00", teams={"KOR": 2, "JPN": 1}), Spot("c", "6 09:00"))
        assert counted("fair-breaks", self.given(), *spots) == 1

    def test_a_long_break_counts_like_a_short_one(self) -> None:
        given = scenario(
            sessions=[meeting("a"), meeting("b"), meeting("c", "KHM"), meeting("d", "KHM")],
        )
        spots = (Spot("a", "5 09:00"), Spot("b", "5 11:00"), Spot("c", "5 09:00", "B"), Spot("d", "5 15:00", "B"))
        assert counted("fair-breaks", given, *spots) == 0

    def test_without_sessions_it_is_fair(self) -> None:
        assert counted("fair-breaks", scenario()) == 0


class TestRoomChanges:
    """KOR and JPN in three sessions; T has two tables."""

    @pytest.mark.parametrize(
        ("where", "changes"),
        [
            ([("5 09:00", "A"), ("5 11:00", "A"), ("5 13:00", "A")], 0),
            ([("5 09:00", "A"), ("5 11:00", "B"), ("5 13:00", "A")], 2),
            ([("5 09:00", "A"), ("5 11:00", "B"), ("5 13:00", "T")], 4),
            ([("5 09:00", "A"), ("6 11:00", "B"), ("6 13:00", "B")], 0),
            ([("5 09:00", "T"), ("5 11:00", "T")], 0),
        ],
    )
    def test_rooms_of_a_day_less_one_for_each_team(self, where: list[tuple[str, str]], changes: int) -> None:
        given = scenario(
            rooms=[room("A"), room("B"), room("T", count=2)], sessions=[meeting(name) for name in ("a", "b", "c")]
        )
        spots = [Spot(name, start, at, table=1) for name, (start, at) in zip("abc", where, strict=False)]
        assert counted("room-changes", given, *spots) == changes

    def test_teams_are_counted_apart(self) -> None:
        given = scenario(delegations=[delegation("KOR", teams=2)], sessions=[meeting("a", "KOR"), meeting("b", "KOR")])
        spots = [Spot("a", "5 09:00", "A"), Spot("b", "5 11:00", "B")]
        assert counted("room-changes", given, *spots) == 1
        assert counted("room-changes", given, spots[0], Spot("b", "5 11:00", "B", {"KOR": 2})) == 0


class TestContinuity:
    """Three sittings of a case of KOR (two teams) and JPN (two teams), with KHM as optional party."""

    @pytest.fixture
    def given(self) -> Scenario:
        return scenario(
            rooms=[room("A"), room("B"), room("T", count=2)],
            delegations=[delegation("KOR", teams=2), delegation("JPN", teams=2), delegation("KHM", teams=2)],
            interpreters=[interpreter("mia"), interpreter("noa")],
            cases=[case("c", sittings=3, optional=["KHM"])],
        )

    same = Spot("c", "5 09:00", "A", {"KOR": 1, "JPN": 1}, ("mia", "noa"))

    @pytest.mark.parametrize(
        ("second", "differences"),
        [
            (Spot("c.2", "6 09:00", "A", {"KOR": 1, "JPN": 1}, ("noa", "mia")), 0),
            (Spot("c.2", "6 09:00", "B", {"KOR": 1, "JPN": 1}, ("mia", "noa")), 1),
            (Spot("c.2", "6 09:00", "A", {"KOR": 2, "JPN": 1}, ("mia", "noa")), 1),
            (Spot("c.2", "6 09:00", "A", {"KOR": 2, "JPN": 2}, ("mia", "noa")), 2),
            (Spot("c.2", "6 09:00", "A", {"KOR": 1, "JPN": 1, "KHM": 2}, ("mia", "noa")), 0),
            (Spot("c.2", "6 09:00", "A", {"KOR": 1}, ("mia", "noa")), 0),
            (Spot("c.2", "6 09:00", "A", {"KOR": 1, "JPN": 1}, ("mia",)), 1),
            (Spot("c.2", "6 09:00", "A", {"KOR": 1, "JPN": 1}), 1),
            (Spot("c.2", "6 09:00", "B", {"KOR": 2, "JPN": 2}), 4),
        ],
    )
    def test_what_differs_from_the_sitting_before(self, given: Scenario, second: Spot, differences: int) -> None:
        assert counted("continuity", given, self.same, second) == differences

    def test_tables_of_a_room_are_the_same_room(self, given: Scenario) -> None:
        spots = Spot("c", "5 09:00", "T", table=1), Spot("c.2", "6 09:00", "T", table=2)
        assert counted("continuity", given, *spots) == 0

    def test_only_successive_sittings_are_compared(self, given: Scenario) -> None:
        third = Spot("c.3", "6 12:00", "B", {"KOR": 2, "JPN": 2})
        assert counted("continuity", given, self.same, third) == 0
        second = Spot("c.2", "6 09:00", "A", {"KOR": 1, "JPN": 1}, ("mia",))
        assert counted("continuity", given, self.same, second, third) == 1 + 4


class TestBalance:
    """KOR in up to four sessions, JPN in the first two of them."""

    def given(self, *dates: str) -> Scenario:
        sessions = [meeting("a"), meeting("b"), meeting("c", "KOR"), meeting("d", "KOR")]
        return scenario(conference=conference(days=[day(date) for date in dates]), sessions=sessions)

    @pytest.mark.parametrize(
        ("starts", "cost"),
        [
            (["5 09:00", "6 09:00", "5 12:00", "6 12:00"], 0),
            (["5 09:00", "6 09:00", "5 12:00"], 0),
            (["5 09:00"], 0),
            (["5 09:00", "5 11:00"], 1 + 1),
            (["5 09:00", "6 09:00", "5 12:00", "5 15:00"], 1),
            (["5 09:00", "5 11:00", "5 13:00", "5 15:00"], 3 + 1),
            (["6 09:00", "6 11:00", "6 13:00", "5 15:00"], 1 + 1),
        ],
    )
    def test_fullest_less_emptiest_less_one(self, starts: list[str], cost: int) -> None:
        spots = [Spot(name, start) for name, start in zip("abcd", starts, strict=False)]
        assert counted("balance", self.given("2026-02-05", "2026-02-06"), *spots) == cost

    def test_every_day_of_the_conference_counts(self) -> None:
        given = self.given("2026-02-05", "2026-02-06", "2026-02-07")
        assert counted("balance", given, Spot("c", "5 09:00"), Spot("d", "6 09:00")) == 0
        spots = Spot("a", "5 09:00"), Spot("b", "5 11:00"), Spot("c", "6 09:00"), Spot("d", "6 11:00")
        assert counted("balance", given, *spots) == 1 + 1

    def test_a_single_day_is_balanced(self) -> None:
        assert counted("balance", self.given("2026-02-05"), Spot("a", "5 09:00"), Spot("b", "5 11:00")) == 0


class TestFewInterpreters:
    def test_assignments_are_added(self) -> None:
        given = scenario(
            interpreters=[interpreter("mia"), interpreter("noa")], sessions=[meeting("a"), meeting("b"), meeting("c")]
        )
        spots = [
            Spot("a", "5 09:00", interpreters=("mia", "noa")),
            Spot("b", "5 11:00", interpreters=("mia",)),
            Spot("c", "5 13:00"),
        ]
        assert counted("few-interpreters", given, *spots) == 3
        assert counted("few-interpreters", given, spots[2]) == 0
