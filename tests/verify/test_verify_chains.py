"""Chains of sessions: formation, order of cases and pins, on sound plans and near misses."""

from __future__ import annotations

from typing import Any

import pytest

from planner.scenario import Scenario
from tests.verify.build import (
    Spot,
    assert_broken,
    assert_sound,
    block,
    case,
    conference,
    delegation,
    interpreter,
    meeting,
    moment,
    plan,
    replace_placement,
    scenario,
)


class TestFormation:
    """A case of open format of KOR with JPN and KHM, of one lead for both and one for JPN alone."""

    @pytest.fixture
    def given(self) -> Scenario:
        leads = [{"id": "l1", "title": "One"}, {"id": "l2", "title": "Two", "shared_with": ["JPN"]}]
        return scenario(cases=[case("c", required=["JPN", "KHM"], format="any", leads=leads)])

    def test_either_form_is_sound(self, given: Scenario) -> None:
        assert_sound(given, Spot("c.all", "5 09:00"))
        assert_sound(given, Spot("c.JPN", "5 09:00"), Spot("c.KHM", "5 12:00"))

    def test_both_forms_are_told(self, given: Scenario) -> None:
        found = plan(given, Spot("c.all", "5 09:00"), Spot("c.JPN", "5 12:00"))
        assert_broken(given, found, {"formation": {("case", "c")}})

    @pytest.mark.parametrize("changes", [{"cases": ()}, {"cases": ("c", "d")}, {"leads": ("l1",)}, {"leads": ()}])
    def test_foreign_or_missing_cases_and_leads_are_told(self, given: Scenario, changes: dict[str, Any]) -> None:
        found = replace_placement(plan(given, Spot("c.JPN", "5 09:00"), Spot("c.KHM", "5 12:00")), **changes)
        assert_broken(given, found, {"formation": {("case", "c")}})

    def test_the_order_of_leads_does_not_matter(self, given: Scenario) -> None:
        found = plan(given, Spot("c.JPN", "5 09:00"))
        assert_broken(given, replace_placement(found, leads=("l2", "l1")), {})

    def test_a_case_in_two_chains_is_told_with_its_leads(self) -> None:
        cases = [case("c", leads=[{"id": "l", "title": "One"}]), case("d")]
        given = scenario(cases=cases, sessions=[meeting("s", cases=["c"]), meeting("t", cases=["c", "d"])])
        assert_broken(given, plan(given), {"formation": {("case", "c")}})

    def test_a_lead_in_no_chain_is_told(self) -> None:
        """The lead is shared with nobody, so that no bilateral session takes it up."""
        lead = {"id": "l", "title": "One", "shared_with": []}
        given = scenario(cases=[case("c", required=["JPN", "KHM"], format="bilateral", leads=[lead])])
        assert_broken(given, plan(given), {"formation": {("case", "c")}})

    def test_bilateral_parts_and_sittings_of_a_case_are_one_chain(self) -> None:
        given = scenario(cases=[case("c", required=["JPN", "KHM"], format="bilateral", sittings=2)])
        assert_sound(given, Spot("c.JPN", "5 09:00"), Spot("c.JPN.2", "6 09:00"), Spot("c.KHM", "5 12:00"))


class TestCaseOrder:
    """Case c, of two sittings, comes before d, and d, of two sittings too, says that it comes after b; e is free."""

    @pytest.fixture
    def given(self) -> Scenario:
        cases = [case("c", before=["d"], sittings=2), case("d", after=["b"], sittings=2), case("b"), case("e")]
        return scenario(cases=cases, rules={"buffer": {"parameters": {"minutes": 0}}})

    @pytest.mark.parametrize(
        "starts",
        [
            {"c": "5 09:00", "c.2": "5 10:00", "b": "5 11:00", "d": "5 12:00", "e": "5 13:00"},
            {"e": "5 09:00", "d": "5 10:00"},
            {"e": "5 12:00", "c": "5 09:00", "c.2": "5 15:00"},
        ],
    )
    def test_cases_in_order_are_sound(self, given: Scenario, starts: dict[str, str]) -> None:
        assert_sound(given, *(Spot(name, start) for name, start in starts.items()))

    @pytest.mark.parametrize(
        ("starts", "pairs"),
        [
            ({"c": "5 09:00", "c.2": "5 11:00", "d": "5 10:00"}, {"c < d"}),
            ({"c": "5 09:00", "c.2": "5 11:00", "d": "5 12:00", "b": "5 13:00"}, {"b < d"}),
            ({"d": "5 09:00", "c": "6 09:00", "b": "6 12:00"}, {"c < d", "b < d"}),
            ({"c": "5 12:00", "d": "5 10:00", "d.2": "5 15:00"}, {"c < d"}),
        ],
    )
    def test_cases_out_of_order_are_told(self, given: Scenario, starts: dict[str, str], pairs: set[str]) -> None:
        found = plan(given, *(Spot(name, start) for name, start in starts.items()))
        assert_broken(given, found, {"case-order": {("order", pair) for pair in pairs}})

    def test_the_earlier_case_must_be_over(self) -> None:
        """The two cases have no party in common, so that nothing else keeps them from overlapping."""
        names = ("KOR", "JPN", "KHM", "USA")
        given = scenario(
            delegations=[delegation(name) for name in names],
            cases=[case("c", before=["d"]), case("d", leader="KHM", required=["USA"])],
        )
        assert_sound(given, Spot("c", "5 09:00"), Spot("d", "5 10:00", "B"))
        found = plan(given, Spot("c", "5 09:00"), Spot("d", "5 09:30", "B"))
        assert_broken(given, found, {"case-order": {("order", "c < d")}})


class TestSessionOrder:
    """Session s comes before t, and u, which holds the case c, comes after t; v is free."""

    @pytest.fixture
    def given(self) -> Scenario:
        return scenario(
            cases=[case("c", leader="KHM")],
            sessions=[
                meeting("s", before=["t"]),
                meeting("t", "KHM"),
                {"id": "u", "cases": ["c"], "after": ["t"]},
                meeting("v"),
            ],
            rules={"buffer": {"parameters": {"minutes": 0}}},
        )

    @pytest.mark.parametrize(
        "starts",
        [
            {"s": "5 09:00", "t": "5 10:00", "u": "5 11:00", "v": "5 12:00"},
            {"v": "5 09:00", "u": "5 10:00", "s": "5 11:00"},
            {"t": "5 09:00", "u": "6 09:00"},
        ],
    )
    def test_sessions_in_order_are_sound(self, given: Scenario, starts: dict[str, str]) -> None:
        assert_sound(given, *(Spot(name, start) for name, start in starts.items()))

    @pytest.mark.parametrize(
        ("starts", "pairs"),
        [
            ({"s": "5 09:00", "t": "5 09:30"}, {"s < t"}),
            ({"s": "6 09:00", "t": "5 10:00", "u": "5 11:00"}, {"s < t"}),
            ({"s": "6 15:00", "t": "6 11:00", "u": "5 11:00"}, {"s < t", "t < u"}),
        ],
    )
    def test_sessions_out_of_order_are_told(self, given: Scenario, starts: dict[str, str], pairs: set[str]) -> None:
        found = plan(given, *(Spot(name, start, "B" if name == "t" else "A") for name, start in starts.items()))
        assert_broken(given, found, {"case-order": {("order", pair) for pair in pairs}})

    def test_a_session_and_its_case_of_the_same_name_are_one_subject(self) -> None:
        """Both the cases and the sessions that hold them are put in order, under the same names."""
        given = scenario(
            cases=[case("c", before=["d"]), case("d")],
            sessions=[{"id": "c", "cases": ["c"], "before": ["d"]}, {"id": "d", "cases": ["d"]}],
        )
        found = plan(given, Spot("d", "5 09:00"), Spot("c", "5 12:00"))
        assert_broken(given, found, {"case-order": {("order", "c < d")}})


class TestPins:
    """A session of KOR (two teams) and JPN, with an interpreter; the pin says more or less of it."""

    def given(self, **pin: Any) -> Scenario:
        return scenario(
            delegations=[delegation("KOR", teams=2), delegation("JPN"), delegation("KHM")],
            conference=conference(working_languages=["en", "fr"]),
            interpreters=[interpreter("mia"), interpreter("noa")],
            sessions=[meeting("s", "KOR", optional=["JPN"]), meeting("t", "KHM")],
            pins=[{"session": "s", **pin}],
        )

    sound = Spot("s", "5 09:00", "A", {"KOR": 2, "JPN": 1}, ("mia",))

    @pytest.mark.parametrize(
        "pin",
        [
            {},
            {"start": moment("5 09:00")},
            {"room": "A"},
            {"teams": {"KOR": 2}},
            {"teams": {"KOR": 2, "JPN": 1}},
            {"interpreters": ["mia"]},
            {"interpreters": []},
            {"language": "en"},
        ],
    )
    def test_a_session_as_pinned_is_sound(self, pin: dict[str, Any]) -> None:
        assert_sound(self.given(**pin), self.sound)

    @pytest.mark.parametrize(
        "pin",
        [
            {"start": moment("5 09:30")},
            {"start": moment("6 09:00")},
            {"room": "B"},
            {"teams": {"KOR": 1}},
            {"teams": {"KOR": 2, "KHM": 1}},
            {"interpreters": ["mia", "noa"]},
            {"language": "fr"},
        ],
    )
    def test_a_session_that_differs_is_told(self, pin: dict[str, Any]) -> None:
        given = self.given(**pin)
        assert_broken(given, plan(given, self.sound), {"pins": {("pin", "s")}})

    def test_a_pinned_session_is_held(self) -> None:
        given = self.given()
        assert_broken(given, plan(given, Spot("t", "5 09:00")), {"pins": {("pin", "s")}})

    def test_a_pin_binds_no_other_session(self) -> None:
        given = self.given(start=moment("5 09:00"), room="A")
        assert_sound(given, self.sound, Spot("t", "5 12:00", "B"))

    def test_a_pin_does_not_excuse_from_other_rules(self) -> None:
        given = scenario(
            sessions=[meeting("s")],
            pins=[{"session": "s", "start": moment("5 09:00")}],
            blocks=[block("b", "5 09:00", "5 10:00")],
        )
        assert_broken(given, plan(given, Spot("s", "5 09:00")), {"blocks": {("block", "b")}})
