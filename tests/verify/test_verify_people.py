"""Who: each demand on a sound plan, on the boundary that is still sound, and on near misses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.scenario import Scenario
from planner.verify import verify
from tests.verify.build import (
    Spot,
    assert_broken,
    assert_sound,
    case,
    conference,
    delegate,
    delegation,
    interpreter,
    meeting,
    moment,
    plan,
    room,
    scenario,
    window,
)


class TestWindows:
    """A session of an hour of JPN in room A, with a delegate and an interpreter; one of them has windows."""

    def given(self, who: str, **more: Any) -> Scenario:
        mine = {name: more if name == who else {} for name in ("delegation", "delegate", "interpreter", "room")}
        return scenario(
            rooms=[room("A", **mine["room"]), room("B")],
            delegations=[delegation("JPN", delegates=[delegate("aki", **mine["delegate"])], **mine["delegation"])],
            interpreters=[interpreter("mia", **mine["interpreter"])],
            sessions=[meeting("s", "JPN")],
        )

    def spot(self, start: str) -> Spot:
        return Spot("s", start, delegates={"JPN": ("aki",)}, interpreters=("mia",))

    @pytest.mark.parametrize(
        ("kind", "name"), [("delegation", "JPN"), ("delegate", "aki"), ("interpreter", "mia"), ("room", "A")]
    )
    def test_a_session_lies_within_one_window(self, kind: str, name: str) -> None:
        given = self.given(kind, windows=[window("5 10:00", "5 11:30"), window("5 11:30", "5 13:00")])
        for sound in ("5 10:00", "5 10:30", "5 11:30", "5 12:00"):
            assert_sound(given, self.spot(sound))
        for broken in ("5 09:30", "5 11:00", "5 12:30", "6 10:00"):
            assert_broken(given, plan(given, self.spot(broken)), {"windows": {(kind, name)}})

    def test_a_delegation_is_there_from_arrival_to_departure(self) -> None:
        given = self.given("delegation", arrival=moment("5 10:00"), departure=moment("6 12:00"))
        for sound in ("5 10:00", "6 11:00"):
            assert_sound(given, self.spot(sound))
        for broken in ("5 09:30", "6 11:30"):
            assert_broken(given, plan(given, self.spot(broken)), {"windows": {("delegation", "JPN")}})

    def test_a_session_with_windows_is_held_within_one(self) -> None:
        windows = [window("5 10:00", "5 11:30"), window("5 11:30", "5 13:00")]
        given = scenario(sessions=[meeting("s", windows=windows), meeting("t")])
        for sound in ("5 10:00", "5 10:30", "5 11:30", "5 12:00"):
            assert_sound(given, Spot("s", sound), Spot("t", "6 09:00"))
        for broken in ("5 09:30", "5 11:00", "5 12:30", "6 10:00"):
            found = plan(given, Spot("s", broken), Spot("t", "6 14:00"))
            assert_broken(given, found, {"windows": {("session", "s")}})

    def test_windows_do_not_undo_an_arrival(self) -> None:
        given = self.given("delegation", arrival=moment("5 10:00"), windows=[window("5 09:00", "5 12:00")])
        assert_sound(given, self.spot("5 10:00"))
        assert_broken(given, plan(given, self.spot("5 09:30")), {"windows": {("delegation", "JPN")}})

    @pytest.mark.parametrize("kind", ["delegate", "interpreter", "room"])
    def test_who_is_not_used_may_be_away(self, kind: str) -> None:
        given = self.given(kind, windows=[window("6 09:00", "6 10:00")])
        assert_sound(given, Spot("s", "5 09:00", room="B"))

    def test_a_delegation_that_is_not_present_may_be_away(self) -> None:
        away = delegation("JPN", windows=[window("6 09:00", "6 10:00")])
        given = scenario(delegations=[delegation("KOR"), away], sessions=[meeting("s", "KOR", optional=["JPN"])])
        assert_sound(given, Spot("s", "5 09:00", teams={"KOR": 1}))
        assert_broken(given, plan(given, Spot("s", "5 09:00")), {"windows": {("delegation", "JPN")}})

    def test_everybody_who_is_away_is_told_of(self) -> None:
        away = {"windows": [window("6 09:00", "6 10:00")]}
        given = scenario(
            rooms=[room("A", **away)],
            delegations=[delegation("KOR", **away), delegation("JPN", delegates=[delegate("aki", **away)])],
            interpreters=[interpreter("mia", **away)],
            sessions=[meeting("s")],
        )
        subjects = {("room", "A"), ("delegation", "KOR"), ("delegate", "aki"), ("interpreter", "mia")}
        assert_broken(given, plan(given, self.spot("5 09:00")), {"windows": subjects})


ONE = {"teams": {"KOR": 1, "JPN": 1}}
OTHER = {"teams": {"KOR": 2, "KHM": 1}}


class TestOnePlace:
    """Two sessions of an hour that share a team, a delegate or an interpreter; no buffer is asked for.

    Overlapping sessions have too short a buffer as well, so a team or interpreter in two places breaks both rules.
    """

    @pytest.fixture
    def given(self) -> Scenario:
        return scenario(
            delegations=[
                delegation("KOR", teams=2, delegates=[delegate("ann"), delegate("bob", team=2)]),
                delegation("JPN"),
                delegation("KHM"),
            ],
            interpreters=[interpreter("mia"), interpreter("noa")],
            sessions=[meeting("s", "KOR", "JPN"), meeting("t", "KOR", "KHM")],
            rules={"buffer": {"parameters": {"minutes": 0}}},
        )

    def spots(self, start: str, first: dict[str, Any], second: dict[str, Any]) -> tuple[Spot, Spot]:
        return Spot("s", "5 10:00", "A", **first), Spot("t", start, "B", **second)

    @pytest.mark.parametrize("start", ["5 09:00", "5 11:00"])
    def test_touching_sessions_are_sound(self, given: Scenario, start: str) -> None:
        assert_sound(given, *self.spots(start, {"interpreters": ("mia",)}, {"interpreters": ("mia",)}))

    def test_two_teams_may_sit_at_the_same_time(self, given: Scenario) -> None:
        with_people = self.spots(
            "5 10:00",
            ONE | {"interpreters": ("mia",), "delegates": {"KOR": ("ann",)}},
            OTHER | {"interpreters": ("noa",), "delegates": {"KOR": ("bob",)}},
        )
        assert_sound(given, *with_people)

    @pytest.mark.parametrize("start", ["5 09:30", "5 10:00", "5 10:30"])
    def test_a_team_sits_in_one_session_at_a_time(self, given: Scenario, start: str) -> None:
        expected = {"team-one-place": {("team", "KOR/1")}, "buffer": {("team", "KOR/1")}}
        assert_broken(given, plan(given, *self.spots(start, {}, {})), expected)

    @pytest.mark.parametrize("start", ["5 09:30", "5 10:00", "5 10:30"])
    def test_an_interpreter_works_in_one_session_at_a_time(self, given: Scenario, start: str) -> None:
        mia = {"interpreters": ("mia",)}
        expected = {"interpreter-one-place": {("interpreter", "mia")}, "buffer": {("interpreter", "mia")}}
        assert_broken(given, plan(given, *self.spots(start, ONE | mia, OTHER | mia)), expected)

    @pytest.mark.parametrize("start", ["5 09:30", "5 10:00", "5 10:30"])
    def test_a_delegate_sits_in_one_session_at_a_time(self, given: Scenario, start: str) -> None:
        ann = {"delegates": {"KOR": ("ann",)}}
        expected = {"officer-one-place": {("delegate", "ann")}}
        assert_broken(given, plan(given, *self.spots(start, ONE | ann, OTHER | ann)), expected)

    def test_a_long_session_is_remembered_behind_a_short_one(self) -> None:
        """While the long session lasts, a short one begins and ends, and then a third one begins."""
        sessions = [meeting("long", "KOR", minutes=120), meeting("short", "KOR", minutes=30), meeting("third", "KOR")]
        given = scenario(delegations=[delegation("KOR", teams=2)], sessions=sessions, rooms=[room("T", count=3)])
        spots = [
            Spot("long", "5 09:00", "T", {"KOR": 1}, table=1),
            Spot("short", "5 09:30", "T", {"KOR": 2}, table=2),
            Spot("third", "5 10:30", "T", {"KOR": 2}, table=2),
        ]
        assert_sound(given, *spots)
        clash = plan(given, *(replace(spot, teams={"KOR": 1}) for spot in spots))
        expected = {"team-one-place": {("team", "KOR/1")}, "buffer": {("team", "KOR/1")}}
        assert_broken(given, clash, expected)
        messages = [found.message for found in verify(given, clash).violations if found.rule == "team-one-place"]
        assert messages == [
            "team KOR/1 is in long (2026-02-05 09:00–11:00) and in short (2026-02-05 09:30–10:00)",
            "team KOR/1 is in long (2026-02-05 09:00–11:00) and in third (2026-02-05 10:30–11:30)",
        ]

    def test_a_longer_session_takes_over_from_a_short_one(self) -> None:
        """The third session starts when the first is over, while the second, longer one lasts."""
        sessions = [meeting("short", "KOR", minutes=30), meeting("long", "KOR", minutes=90), meeting("third", "KOR")]
        given = scenario(delegations=[delegation("KOR", teams=2)], sessions=sessions, rooms=[room("T", count=3)])
        spots = [
            Spot("short", "5 09:00", "T", {"KOR": 2}, table=1),
            Spot("long", "5 10:00", "T", table=2),
            Spot("third", "5 11:00", "T", table=3),
        ]
        expected = {"team-one-place": {("team", "KOR/1")}, "buffer": {("team", "KOR/1")}}
        assert_broken(given, plan(given, *spots), expected)
        first = replace(spots[0], teams={"KOR": 1})
        assert_broken(given, plan(given, first, *spots[1:]), expected)


class TestOfficerPresent:
    """Ann of KOR team 1 and Ben of KOR, of no team, are officers of the case; Cho of KHM is, as optional party."""

    @pytest.fixture
    def given(self) -> Scenario:
        return scenario(
            delegations=[
                delegation("KOR", teams=2, delegates=[delegate("ann", team=1, officer_of=["c"]), delegate("ben")]),
                delegation("JPN", delegates=[delegate("aki")]),
                delegation("KHM", delegates=[delegate("cho", officer_of=["c"])]),
            ],
            cases=[case("c", optional=["KHM"], officers=["ben"])],
        )

    def test_officers_sit_with_their_delegation(self, given: Scenario) -> None:
        assert_sound(given, Spot("c", "5 09:00"))

    def test_officers_of_an_absent_delegation_stay_away(self, given: Scenario) -> None:
        assert_sound(given, Spot("c", "5 09:00", teams={"KOR": 1, "JPN": 1}))

    @pytest.mark.parametrize(
        ("delegates", "missing"),
        [
            ({"KOR": ("ben",)}, {"ann"}),
            ({"KOR": ("ann",)}, {"ben"}),
            ({"KHM": ()}, {"cho"}),
            ({"KOR": (), "KHM": ()}, {"ann", "ben", "cho"}),
        ],
    )
    def test_an_officer_who_is_not_sent_is_told(
        self, given: Scenario, delegates: dict[str, tuple[str, ...]], missing: set[str]
    ) -> None:
        found = plan(given, Spot("c", "5 09:00", delegates=delegates))
        assert_broken(given, found, {"officer-present": {("delegate", name) for name in missing}})

    def test_an_officer_with_another_team_than_theirs_is_told(self, given: Scenario) -> None:
        found = plan(given, Spot("c", "5 09:00", teams={"KOR": 2, "JPN": 1, "KHM": 1}))
        assert_broken(given, found, {"officer-present": {("delegate", "ann")}})

    def test_others_need_not_come(self, given: Scenario) -> None:
        assert_sound(given, Spot("c", "5 09:00", delegates={"JPN": ()}))


class TestAttendance:
    """KOR leads, JPN is required, two of USA, CHN and KHM make the quorum, THA is optional, VNM is no party."""

    @pytest.fixture
    def given(self) -> Scenario:
        names = ("KOR", "JPN", "USA", "CHN", "KHM", "THA", "VNM")
        quorum = {"of": ["USA", "CHN", "KHM"], "at_least": 2}
        return scenario(
            delegations=[delegation(name) for name in names],
            cases=[case("c", quorum=quorum, optional=["THA"])],
        )

    @pytest.mark.parametrize("present", ["KOR JPN USA CHN", "KOR JPN USA CHN KHM", "KOR JPN CHN KHM THA"])
    def test_enough_parties_are_sound(self, given: Scenario, present: str) -> None:
        assert_sound(given, Spot("c", "5 09:00", teams=dict.fromkeys(present.split(), 1)))

    @pytest.mark.parametrize(
        "present",
        [
            "JPN USA CHN",
            "KOR USA CHN",
            "KOR JPN USA",
            "KOR JPN USA THA",
            "KOR JPN",
            "KOR JPN USA CHN VNM",
        ],
    )
    def test_too_few_or_a_stranger_are_told(self, given: Scenario, present: str) -> None:
        found = plan(given, Spot("c", "5 09:00", teams=dict.fromkeys(present.split(), 1)))
        assert_broken(given, found, {"attendance": {("session", "c")}})

    def test_a_required_party_counts_towards_the_quorum(self) -> None:
        given = scenario(cases=[case("c", quorum={"of": ["JPN", "KHM"], "at_least": 1})])
        assert_sound(given, Spot("c", "5 09:00", teams={"KOR": 1, "JPN": 1}))

    def test_a_delegation_named_twice_counts_once(self) -> None:
        given = scenario(cases=[case("c", quorum={"of": ["KHM", "KHM"], "at_least": 2})])
        assert_broken(given, plan(given, Spot("c", "5 09:00")), {"attendance": {("session", "c")}})


class TestLanguage:
    """The conference works in English and French; KOR speaks Korean and English, JPN Japanese, KHM Khmer and Japanese."""

    def given(self, fixed: str | None = None, officer: list[str] | None = None, **more: Any) -> Scenario:
        ann = delegate("ann", languages=officer or [], officer_of=["c"])
        bob = delegate("bob", languages=["th"])
        return scenario(
            conference=conference(working_languages=["en", "fr"]),
            delegations=[
                delegation("KOR", languages=["ko", "en"], delegates=[ann, bob]),
                delegation("JPN", languages=["ja"]),
                delegation("KHM", languages=["km", "ja"]),
            ],
            interpreters=[interpreter("mia", ("en", "ja")), interpreter("noa", ("km", "en"), ("ko", "th"))],
            cases=[case("c", language=fixed, **more)],
        )

    def told(self, given: Scenario, spot: Spot) -> None:
        assert_broken(given, plan(given, spot), {"language": {("session", "c")}})

    def test_an_interpreter_covers_who_does_not_speak_it(self) -> None:
        assert_sound(self.given(), Spot("c", "5 09:00", interpreters=("mia",)))

    @pytest.mark.parametrize("interpreters", [(), ("noa",)])
    def test_who_does_not_speak_it_and_has_no_interpreter_is_told(self, interpreters: tuple[str, ...]) -> None:
        self.told(self.given(), Spot("c", "5 09:00", interpreters=interpreters))

    def test_an_interpreter_works_both_ways(self) -> None:
        """Noa's pair is written Khmer first, Mia's English first; the session is in English."""
        given = self.given(required=["KHM"])
        assert_sound(given, Spot("c", "5 09:00", interpreters=("noa",)))
        assert_sound(given, Spot("c", "5 09:00", interpreters=("mia",)))

    def test_an_interpreter_of_two_other_languages_does_not_help(self) -> None:
        given = self.given(fixed="km", required=["JPN"])
        self.told(given, Spot("c", "5 09:00", language="km", interpreters=("mia", "noa")))

    def test_the_session_needs_a_language_of_the_conference(self) -> None:
        self.told(self.given(), Spot("c", "5 09:00", language="ja", interpreters=("mia",)))

    def test_a_second_language_of_the_conference_will_do_if_it_is_covered(self) -> None:
        self.told(self.given(), Spot("c", "5 09:00", language="fr"))
        given = scenario(
            conference=conference(working_languages=["en", "fr"]),
            delegations=[delegation("KOR", languages=["ko", "fr"]), delegation("JPN", languages=["fr"])],
            sessions=[meeting("s")],
        )
        assert_sound(given, Spot("s", "5 09:00", language="fr"))

    def test_a_language_that_all_parties_speak_will_do(self) -> None:
        given = self.given(leader="KHM")
        assert_sound(given, Spot("c", "5 09:00", language="ja"))

    def test_all_parties_includes_optional_ones_that_are_away(self) -> None:
        given = self.given(leader="KHM", optional=["KOR"])
        self.told(given, Spot("c", "5 09:00", language="ja", teams={"KHM": 1, "JPN": 1}))

    def test_a_fixed_language_is_the_only_one(self) -> None:
        given = self.given(fixed="ja", required=["JPN"])
        assert_sound(given, Spot("c", "5 09:00", language="ja", interpreters=("mia",)))
        self.told(given, Spot("c", "5 09:00", language="en", interpreters=("mia",)))

    def test_an_officer_with_languages_of_their_own_must_understand_too(self) -> None:
        given = self.given(officer=["th"], fixed="ko", required=[], optional=["JPN"])
        alone: dict[str, int] = {"KOR": 1}
        assert_sound(given, Spot("c", "5 09:00", language="ko", teams=alone, interpreters=("noa",)))
        self.told(given, Spot("c", "5 09:00", language="ko", teams=alone))

    def test_a_delegate_who_is_no_officer_need_not_understand(self) -> None:
        spot = Spot("c", "5 09:00", interpreters=("mia",), delegates={"KOR": ("ann", "bob")})
        assert_sound(self.given(), spot)

    def test_officers_of_an_absent_delegation_need_not_understand(self) -> None:
        given = self.given(officer=["th"], leader="KHM", required=["JPN"], optional=["KOR"], fixed="ja")
        assert_sound(given, Spot("c", "5 09:00", language="ja", teams={"KHM": 1, "JPN": 1}))

    def test_tags_are_compared_exactly(self) -> None:
        given = scenario(
            conference=conference(working_languages=["zh"]),
            delegations=[delegation("KOR", languages=["zh"]), delegation("JPN", languages=["zh-Hant"])],
            sessions=[meeting("s")],
        )
        assert_broken(given, plan(given, Spot("s", "5 09:00", language="zh")), {"language": {("session", "s")}})


class TestKeptApart:
    """JPN does not sit with KHM; KHM says nothing of it."""

    @pytest.fixture
    def given(self) -> Scenario:
        return scenario(
            delegations=[delegation("KOR"), delegation("JPN", not_with=["KHM"]), delegation("KHM")],
            sessions=[meeting("s", "KOR", "JPN", optional=["KHM"]), meeting("t", "KHM", optional=["JPN"])],
        )

    def test_they_may_be_in_different_sessions(self, given: Scenario) -> None:
        spots = Spot("s", "5 09:00", teams={"KOR": 1, "JPN": 1}), Spot("t", "5 09:00", "B", teams={"KHM": 1})
        assert_sound(given, *spots)

    def test_nobody_is_kept_apart_from_themselves(self) -> None:
        given = scenario(delegations=[delegation("KOR", not_with=["KOR"])], sessions=[meeting("s", "KOR")])
        assert_sound(given, Spot("s", "5 09:00"))

    @pytest.mark.parametrize("who", ["s", "t"])
    def test_they_may_not_be_in_the_same(self, given: Scenario, who: str) -> None:
        assert_broken(given, plan(given, Spot(who, "5 09:00")), {"kept-apart": {("session", who)}})
