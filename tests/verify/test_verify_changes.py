"""A plan that is changed: what is past, and what people are told that differs, each counted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from planner.scenario import Scenario
from planner.verify import counts
from tests.verify.build import (
    Spot,
    assert_broken,
    assert_sound,
    case,
    changed,
    conference,
    delegation,
    interpreter,
    meeting,
    moment,
    plan,
    room,
    scenario,
    window,
)

ROOMS = [room("A"), room("B")]
DELEGATIONS = [delegation("KOR", teams=2, team_size=3), delegation("JPN", team_size=2), delegation("KHM")]
HALF_HOURS = conference(grid_minutes=30)


def before(**parts: Any) -> Scenario:
    """KOR sends three people, and has two teams; JPN sends two; mia interprets."""
    given = {
        "conference": HALF_HOURS,
        "delegations": DELEGATIONS,
        "interpreters": [interpreter("mia"), interpreter("noa")],
        "sessions": [meeting("s")],
    }
    return scenario(**{**given, **parts})


def disturbance(given: Scenario, *spots: Spot) -> int:
    return counts(given, plan(given, *spots))["disturbance"]


def notice(given: Scenario, *spots: Spot) -> int:
    return counts(given, plan(given, *spots))["notice"]


AT_TWO = Spot("s", "5 14:00", interpreters=("mia",))


class TestDisturbance:
    """Told at nine of a session at two: five hours away, where urgency is one."""

    @pytest.fixture
    def given(self) -> Scenario:
        return changed(before(), "5 09:00", AT_TWO)

    @pytest.mark.parametrize(
        ("spot", "cost"),
        [
            (AT_TWO, 0),
            (Spot("s", "5 15:00", interpreters=("mia",)), 6 * (3 + 2 + 1)),
            (Spot("s", "5 14:00", "B", interpreters=("mia",)), 3 * (3 + 2 + 1)),
            (Spot("s", "5 15:00", "B", interpreters=("mia",)), (6 + 3) * (3 + 2 + 1)),
            (Spot("s", "5 14:00", teams={"KOR": 2, "JPN": 1}, interpreters=("mia",)), 1 * 3),
            (Spot("s", "5 15:00", teams={"KOR": 2, "JPN": 1}, interpreters=("mia",)), 6 * (3 + 2 + 1) + 3),
            (Spot("s", "5 14:00", interpreters=("mia",), language="fr"), 1 * (3 + 2 + 1)),
            (Spot("s", "5 14:00"), 1),
            (Spot("s", "5 14:00", interpreters=("noa",)), 2),
            (Spot("s", "5 15:00", interpreters=("noa",)), 6 * (3 + 2 + 1) + 2),
            (Spot("s", "5 14:00", teams={"KOR": 1}, interpreters=("mia",)), 3 + (6 + 3 + 1) * 2 + 1),
        ],
        ids=[
            "nothing",
            "time",
            "room",
            "time and room",
            "a team",
            "time and a team",
            "language",
            "no interpreter",
            "another interpreter",
            "time and another interpreter",
            "a party leaves",
        ],
    )
    def test_all_that_changes_counts_for_each_person(self, given: Scenario, spot: Spot, cost: int) -> None:
        assert disturbance(given, spot) == cost

    def test_of_a_session_that_is_not_held_everything_changes(self, given: Scenario) -> None:
        assert disturbance(given) == (6 + 3 + 1) * (3 + 2 + 1)

    def test_who_joins_is_told_as_who_leaves(self) -> None:
        optional = before(sessions=[meeting("s", optional=["KHM"])])
        given = changed(optional, "5 09:00", Spot("s", "5 14:00", teams={"KOR": 1, "JPN": 1}))
        assert disturbance(given, Spot("s", "5 14:00")) == 1 * (3 + 2) + (6 + 3 + 1) * 2

    @pytest.mark.parametrize(
        ("start", "urgency"), [("5 13:00", 1), ("5 12:30", 2), ("5 12:00", 2), ("5 09:30", 5), ("6 09:00", 1)]
    )
    def test_the_nearer_of_both_starts_counts(self, given: Scenario, start: str, urgency: int) -> None:
        """From four hours away on each hour nearer counts once more."""
        assert disturbance(given, Spot("s", start, interpreters=("mia",))) == urgency * 6 * (3 + 2 + 1)

    def test_another_room_at_a_sooner_time_is_as_dear_as_at_the_old_one(self, given: Scenario) -> None:
        assert disturbance(given, Spot("s", "5 12:00", "B", interpreters=("mia",))) == (2 * 6 + 3) * (3 + 2 + 1)

    def test_an_interpreter_who_joins_pays_for_no_time(self, given: Scenario) -> None:
        """The session is two hours away then; mia, who leaves, pays for the time as if it were far."""
        moved = Spot("s", "5 12:00", interpreters=("noa",))
        assert disturbance(given, moved) == 2 * 6 * (3 + 2) + 6 + 2

    def test_what_was_to_be_soon_is_dear_wherever_it_goes(self) -> None:
        given = changed(before(), "5 13:15", AT_TWO)
        assert disturbance(given, Spot("s", "6 09:00", interpreters=("mia",))) == 5 * 6 * (3 + 2 + 1)

    def test_who_was_moved_before_counts_once_more(self) -> None:
        given = changed(before(), "5 09:00", AT_TWO, moved=("JPN", "mia"))
        assert disturbance(given, Spot("s", "5 15:00", interpreters=("mia",))) == 6 * (3 + 2 * 2 + 2 * 1)

    def test_a_new_session_disturbs_nobody(self) -> None:
        given = changed(before(), "5 09:00")
        assert disturbance(given, AT_TWO) == 0

    def test_a_case_in_another_form_is_news_to_all(self) -> None:
        """KOR sends three to each of two sessions instead of one; JPN and KHM send two and two."""
        talk = case("talk", required=["JPN", "KHM"], format="any")
        given = changed(before(sessions=[], cases=[talk]), "5 09:00", Spot("talk.all", "5 14:00"))
        assert disturbance(given, Spot("talk.JPN", "5 14:00"), Spot("talk.KHM", "5 12:00", "B")) == (
            10 * (3 + 2 + 2) + 10 * (3 + 2) + 2 * 10 * (3 + 2)
        )

    def test_a_session_that_became_longer_is_told_as_a_time(self, given: Scenario) -> None:
        longer = given.model_copy(update={"sessions": before(sessions=[meeting("s", minutes=90)]).sessions})
        assert disturbance(longer, AT_TWO) == 6 * (3 + 2 + 1)

    def test_a_first_plan_disturbs_nobody(self) -> None:
        given = before()
        assert counts(given, plan(given, AT_TWO)) | {"disturbance": 0, "notice": 0} == counts(
            given, plan(given, AT_TWO)
        )


class TestNotice:
    """Told at 13:15; nobody should hear of something new that is before 13:45."""

    @pytest.mark.parametrize(
        ("told", "now", "spot", "people"),
        [
            (AT_TWO, "5 13:15", Spot("s", "5 16:00", interpreters=("mia",)), 0),
            (AT_TWO, "5 13:35", Spot("s", "5 16:00", interpreters=("mia",)), 3 + 2 + 1),
            (Spot("s", "5 16:00"), "5 13:35", Spot("s", "5 14:00"), 3 + 2),
            (Spot("s", "5 16:00"), "5 13:35", Spot("s", "5 14:30"), 0),
            (AT_TWO, "5 13:35", AT_TWO, 0),
        ],
        ids=["soon enough", "from soon", "to soon", "to later", "nothing"],
    )
    def test_people_are_counted_who_hear_of_the_next_minutes(
        self, told: Spot, now: str, spot: Spot, people: int
    ) -> None:
        assert notice(changed(before(), now, told), spot) == people

    @pytest.mark.parametrize(("start", "people"), [("5 14:00", 3 + 2 + 1), ("5 14:30", 0)])
    def test_a_new_session_is_not_for_the_next_minutes(self, start: str, people: int) -> None:
        assert notice(changed(before(), "5 13:35"), Spot("s", start, interpreters=("mia",))) == people


class TestPast:
    """At ten, s has been going on since nine in room A; t is at eleven."""

    @pytest.fixture
    def given(self) -> Scenario:
        return before(sessions=[meeting("s"), meeting("t", "KHM", "JPN")])

    SPOTS = (Spot("s", "5 09:00"), Spot("t", "5 11:00"))

    def test_a_past_that_stays_is_sound(self, given: Scenario) -> None:
        assert_sound(changed(given, "5 10:00", *self.SPOTS), *self.SPOTS)

    @pytest.mark.parametrize(
        "spot",
        [Spot("s", "5 14:00"), Spot("s", "5 09:00", "B"), Spot("s", "5 09:00", teams={"KOR": 2, "JPN": 1})],
        ids=["time", "room", "team"],
    )
    def test_a_past_that_differs_is_told(self, given: Scenario, spot: Spot) -> None:
        after = changed(given, "5 10:00", *self.SPOTS)
        assert_broken(after, plan(after, spot, self.SPOTS[1]), {"past-kept": {("session", "s")}})

    def test_other_people_in_a_session_that_is_past_are_told(self) -> None:
        people = [delegation("KOR", delegates=[{"id": "kim", "name": "Kim"}]), *DELEGATIONS[1:]]
        given = before(delegations=people, sessions=[meeting("s")])
        after = changed(given, "5 10:00", Spot("s", "5 09:00", delegates={"KOR": ("kim",)}))
        assert_broken(after, plan(after, Spot("s", "5 09:00")), {"past-kept": {("session", "s")}})

    def test_a_past_that_is_forgotten_is_told(self, given: Scenario) -> None:
        after = changed(given, "5 10:00", *self.SPOTS)
        assert_broken(after, plan(after, self.SPOTS[1]), {"past-kept": {("session", "s")}})

    @pytest.mark.parametrize(("now", "broken"), [("5 10:55", False), ("5 11:00", True)])
    def test_nothing_new_starts_by_now(self, given: Scenario, now: str, broken: bool) -> None:
        after = changed(given, now, self.SPOTS[0])
        expected = {"past-kept": {("session", "t")}} if broken else {}
        assert_broken(after, plan(after, *self.SPOTS), expected)

    def test_a_past_is_not_judged_by_what_changed_since(self, given: Scenario) -> None:
        """JPN has left, the room has closed, and a block lies where s was."""
        away = [DELEGATIONS[0], delegation("JPN", windows=[window("5 10:30", "5 17:00")]), DELEGATIONS[2]]
        after = changed(
            given,
            "5 10:00",
            *self.SPOTS,
            delegations=away,
            rooms=[room("A", windows=[window("5 10:30", "5 17:00")]), room("B")],
            blocks=[{"id": "b", "title": "B", "kind": "lunch", **window("5 09:00", "5 10:00")}],
        )
        assert_sound(after, *self.SPOTS)

    def test_a_past_keeps_what_it_was_formed_from(self, given: Scenario) -> None:
        """Session s would be longer now, and with KHM."""
        after = changed(
            given,
            "5 10:00",
            *self.SPOTS,
            sessions=[meeting("s", "KOR", "JPN", "KHM", minutes=120), meeting("t", "KHM", "JPN")],
        )
        assert_sound(after, *self.SPOTS)

    def test_a_past_counts_for_everything_else(self, given: Scenario) -> None:
        """JPN has one team, and it is in s until ten."""
        after = changed(given, "5 09:15", self.SPOTS[0])
        found = plan(after, self.SPOTS[0], Spot("t", "5 09:30", "B"))
        assert_broken(after, found, {"team-one-place": {("team", "JPN/1")}, "buffer": {("team", "JPN/1")}})

    def test_a_pin_of_a_session_that_is_past_has_done_its_work(self, given: Scenario) -> None:
        after = changed(given, "5 10:00", *self.SPOTS, pins=[{"session": "s", "start": moment("5 12:00")}])
        assert_sound(after, *self.SPOTS)


class TestMostChanges:
    """KOR is told of two sessions, and may be told something new of one."""

    TOLD = Spot("s", "5 14:00"), Spot("t", "5 16:00")

    @pytest.fixture
    def given(self) -> Scenario:
        own = [delegation("KOR", teams=2, most_changes=1), delegation("JPN"), delegation("KHM")]
        return changed(
            before(sessions=[meeting("s"), meeting("t", "KOR", "KHM"), meeting("u")], delegations=own),
            "5 09:00",
            *self.TOLD,
        )

    def test_one_change_and_a_new_session_are_sound(self, given: Scenario) -> None:
        assert_sound(given, Spot("s", "5 12:00", "B"), self.TOLD[1], Spot("u", "5 09:30"))

    @pytest.mark.parametrize("other", [[Spot("t", "5 16:00", "B")], []], ids=["a room", "not held"])
    def test_two_are_told(self, given: Scenario, other: list[Spot]) -> None:
        found = plan(given, Spot("s", "5 12:00", "B"), *other)
        assert_broken(given, found, {"most-changes": {("delegation", "KOR")}})

    def test_the_rule_has_a_number_for_all(self, given: Scenario) -> None:
        rule = {"most-changes": {"parameters": {"sessions": 0}}}
        strict = Scenario.model_validate({**given.model_dump(), "rules": rule})
        assert_broken(
            strict, plan(strict, Spot("s", "5 12:00"), self.TOLD[1]), {"most-changes": {("delegation", "JPN")}}
        )


class TestWhatIsAway:
    """A team and features that are away for a time."""

    @pytest.mark.parametrize(
        ("start", "broken"), [("5 09:00", False), ("5 09:30", True), ("5 11:30", True), ("5 12:00", False)]
    )
    def test_a_team_that_is_away_sits_nowhere(self, start: str, broken: bool) -> None:
        own = delegation("KOR", teams=2, absences=[{"team": 2, **window("5 10:00", "5 12:00")}])
        given = before(delegations=[own, *DELEGATIONS[1:]])
        found = plan(given, Spot("s", start, teams={"KOR": 2, "JPN": 1}))
        assert_broken(given, found, {"windows": {("team", "KOR/2")}} if broken else {})
        assert_sound(given, Spot("s", start))

    @pytest.mark.parametrize(
        ("start", "broken"), [("5 09:00", False), ("5 09:30", True), ("5 11:30", True), ("5 12:00", False)]
    )
    def test_a_room_lacks_features_for_a_time(self, start: str, broken: bool) -> None:
        lost = {"features": ["video"], **window("5 10:00", "5 12:00")}
        given = before(
            rooms=[room("A", features=["video", "line"], outages=[lost])],
            sessions=[meeting("s", features=["line", "video"])],
        )
        assert_broken(given, plan(given, Spot("s", start)), {"features": {("session", "s")}} if broken else {})
        other = before(
            rooms=[room("A", features=["video", "line"], outages=[lost])], sessions=[meeting("s", features=["line"])]
        )
        assert_sound(other, Spot("s", start))


def test_what_is_left_of_a_case_met_together_is_owed_when_it_has_no_form_any_more() -> None:
    """Three met together for the first sitting; two are left for the second."""
    three = case("c", required=["JPN", "KHM"], format="any", sittings=2)
    before = scenario(cases=[three])
    given = changed(before, "5 10:00", Spot("c.all", "5 09:00"), cases=[{**three, "required": ["JPN"]}])
    assert counts(given, plan(given, Spot("c.all", "5 09:00"), Spot("c.all.2", "6 09:00")))["held"] == 0
    assert counts(given, plan(given, Spot("c.all", "5 09:00")))["held"] == 1
