"""What sessions are formed when a plan is changed: names stay, what is past is as it was, what is given up is gone."""

from __future__ import annotations

from typing import Any

from planner.formation import Session, form_sessions
from planner.scenario import Scenario
from tests.verify.build import Data, Spot, case, changed, delegation, meeting, scenario

FOUR = [delegation(name) for name in ("KOR", "JPN", "KHM", "THA")]


def formed(given: Scenario) -> dict[str, Session]:
    return {session.id: session for session in form_sessions(given)}


def conference(*cases: Data, **parts: Any) -> Scenario:
    return scenario(delegations=FOUR, cases=cases, **parts)


def test_groups_that_are_given_are_kept_and_nothing_else_joins_them() -> None:
    """All three cases have the same parties and would fit into one session."""
    cases = [case(name, minutes=20) for name in ("a", "b", "c")]
    given = conference(*cases, formation={"groups": [["a", "c"]]})
    assert {name: session.cases for name, session in formed(given).items()} == {"a": ("a", "c"), "b": ("b",)}


def test_a_withdrawn_case_leaves_its_name_to_the_group() -> None:
    cases = [case("a", minutes=20, withdrawn=True), case("b", minutes=30)]
    sessions = formed(conference(*cases, formation={"groups": [["a", "b"]]}))
    assert {name: (one.cases, one.chain, one.length_minutes) for name, one in sessions.items()} == {
        "a": (("b",), "a", 30)
    }


def test_what_is_withdrawn_altogether_is_not_met() -> None:
    cases = [case("a", withdrawn=True), case("b", leads=[{"id": "l", "title": "L", "withdrawn": True}])]
    assert {name: one.leads for name, one in formed(conference(*cases)).items()} == {"b": ()}


def test_an_explicit_session_meets_what_is_not_withdrawn() -> None:
    given = conference(case("a", withdrawn=True), case("b"), sessions=[meeting("s", cases=["a", "b"])])
    assert formed(given)["s"].cases == ("b",)


def test_a_cancelled_session_is_gone_and_a_later_sitting_follows_the_one_before() -> None:
    given = conference(case("a", sittings=3), cancelled=["a.2"])
    assert {name: one.follows for name, one in formed(given).items()} == {"a": None, "a.3": "a"}


def test_a_session_that_is_past_is_as_it_was_whatever_becomes_of_its_case() -> None:
    given = conference(case("a", leads=[{"id": "l", "title": "L"}]), case("b", leader="KHM"))
    spots = Spot("a", "5 09:00"), Spot("b", "5 14:00")
    was = formed(given)["a"]
    longer = case("a", required=["JPN", "THA"], minutes=90, title="Other")
    after = formed(changed(given, "5 10:00", *spots, cases=[longer, case("b", leader="KHM")]))
    assert after["a"] == was
    assert formed(changed(given, "5 10:00", *spots, cases=[case("b", leader="KHM")]))["a"] == was


def test_a_session_that_is_past_cannot_be_cancelled() -> None:
    given = conference(case("a"), case("b", leader="KHM"))
    spots = Spot("a", "5 09:00"), Spot("b", "5 14:00")
    assert [*formed(changed(given, "5 10:00", *spots, cancelled=["a", "b"]))] == ["a"]


def test_a_bilateral_session_keeps_its_name_when_a_party_joins_its_case() -> None:
    given = conference(case("a", format="bilateral"))
    more = case("a", format="bilateral", required=["JPN", "THA"])
    assert [*formed(conference(more))] == ["a.JPN", "a.THA"]
    assert [*formed(changed(given, "5 08:00", Spot("a", "5 14:00"), cases=[more]))] == ["a", "a.THA"]


def test_a_bilateral_session_keeps_its_name_when_the_other_parties_leave() -> None:
    given = conference(case("a", format="bilateral", required=["JPN", "THA"]))
    spots = Spot("a.JPN", "5 14:00"), Spot("a.THA", "5 15:00")
    fewer = case("a", format="bilateral", required=["THA"])
    assert [*formed(changed(given, "5 08:00", *spots, cases=[fewer]))] == ["a.THA"]


def test_a_session_of_all_keeps_its_name_when_two_parties_remain() -> None:
    given = conference(case("a", format="any", required=["JPN", "THA"]))
    fewer = case("a", format="any", required=["THA"])
    assert [*formed(changed(given, "5 08:00", Spot("a.all", "5 14:00"), cases=[fewer]))] == ["a.all"]
