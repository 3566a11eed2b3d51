"""The answer as a whole: every rule is read, levels and tiers are those of the scenario, costs are added up."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from planner.rules import CATALOGUE, Kind
from planner.scenario import Scenario
from planner.verify import VERIFIED, Violation, broken_subjects, counts, verify, waits_by_delegation
from tests.verify.build import (
    Spot,
    delegation,
    interpreter,
    meeting,
    moment,
    plan,
    room,
    scenario,
)


def of_kind(kind: Kind) -> list[str]:
    return [rule.id for rule in CATALOGUE if rule.kind is kind]


def test_every_rule_of_the_catalogue_is_verified_in_its_order() -> None:
    assert list(VERIFIED) == [rule.id for rule in CATALOGUE]


def test_every_demand_has_subjects_and_every_wish_a_count() -> None:
    given = scenario(sessions=[meeting("s")])
    assert list(broken_subjects(given, plan(given))) == of_kind(Kind.demand)
    assert list(counts(given, plan(given))) == of_kind(Kind.wish)


def test_the_second_reading_loads_nothing_of_the_first() -> None:
    """A fresh interpreter, so that what other tests have loaded does not matter; the parser it does load is named too."""
    seen = "{name for name in ('ortools', 'planner.problem', 'planner.solver', 'pydantic') if name in sys.modules}"
    code = f"import sys, planner.verify; print(sorted({seen}))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout == "['pydantic']\n"


class TestLevels:
    """Two sessions of KOR overlap in room A while JPN, of the first, is not cleared; buffers are looked at last."""

    def given(self, **levels: dict[str, Any]) -> Scenario:
        rules = {"buffer": {"level": "off"}} | {name.replace("_", "-"): setting for name, setting in levels.items()}
        return scenario(
            delegations=[delegation("KOR", clearance="secret"), delegation("JPN")],
            rooms=[room("A", clearance="secret")],
            sessions=[meeting("s", classification="secret"), meeting("t", "KOR")],
            rules=rules,
        )

    spots = (Spot("s", "5 09:00"), Spot("t", "5 09:30"))

    def test_every_violation_is_listed_with_names_and_times(self) -> None:
        report = verify(self.given(), plan(self.given(), *self.spots))
        s, t = "s (2026-02-05 09:00–10:00)", "t (2026-02-05 09:30–10:30)"
        assert report.violations == (
            Violation("team-one-place", ("team", "KOR/1"), f"team KOR/1 is in {s} and in {t}"),
            Violation("room-one-session", ("room", "A"), f"{t} starts in Room A, which is full with {s}"),
            Violation("clearance", ("session", "s"), f"{s} is secret, for which JPN is not cleared"),
        )
        assert (str(report.violations[2]), report.sound) == (
            f"clearance: {s} is secret, for which JPN is not cleared",
            False,
        )

    def test_a_demand_made_soft_costs_and_one_switched_off_does_not(self) -> None:
        given = self.given(
            team_one_place={"level": "soft", "weight": 7},
            room_one_session={"level": "soft"},
            clearance={"level": "off"},
        )
        report = verify(given, plan(given, *self.spots))
        assert report.violations == ()
        assert report.sound
        rows = [(row.rule, row.count, row.weight, row.cost) for row in report.costs[:2]]
        assert rows == [("team-one-place", 1, 7, 7), ("room-one-session", 1, 100, 100)]

    def test_levels_do_not_change_what_is_broken(self) -> None:
        off = self.given(team_one_place={"level": "off"}, clearance={"level": "soft"})
        assert broken_subjects(off, plan(off, *self.spots)) == broken_subjects(
            self.given(), plan(self.given(), *self.spots)
        )


def test_a_soft_demand_costs_by_subjects_and_not_by_places() -> None:
    """KOR is out of its window in three sessions, which is one subject; JPN in two of them is another."""
    window = [{"start": moment("6 09:00"), "end": moment("6 10:00")}]
    given = scenario(
        delegations=[delegation("KOR", windows=window), delegation("JPN", windows=window)],
        sessions=[meeting("s"), meeting("t"), meeting("u", "KOR")],
        rules={"windows": {"level": "soft", "weight": 10}},
    )
    spots = [Spot("s", "5 09:00"), Spot("t", "5 11:00"), Spot("u", "5 13:00")]
    row = verify(given, plan(given, *spots)).costs[0]
    assert (row.rule, row.count, row.weight, row.cost) == ("windows", 2, 10, 20)


@pytest.mark.parametrize(("at_most", "broken"), [(0, True), (1, True), (2, False), (3, False)])
def test_a_wish_made_hard_may_not_cost_more_than_allowed(at_most: int, broken: bool) -> None:
    """Two interpreters work; the weight does not matter to a hard rule."""
    given = scenario(
        interpreters=[interpreter("mia"), interpreter("noa")],
        sessions=[meeting("s")],
        rules={"few-interpreters": {"level": "hard", "weight": 9, "parameters": {"at_most": at_most}}},
    )
    report = verify(given, plan(given, Spot("s", "5 09:00", interpreters=("mia", "noa"))))
    message = f"Interpreters spared: 2 is more than the {at_most} allowed"
    expected = (Violation("few-interpreters", ("conference", "few-interpreters"), message),)
    assert report.violations == (expected if broken else ())
    assert "few-interpreters" not in [row.rule for row in report.costs]


def test_a_wish_switched_off_neither_costs_nor_binds() -> None:
    given = scenario(sessions=[meeting("s")], rules={"held": {"level": "off"}})
    report = verify(given, plan(given))
    assert (report.sound, [row.rule for row in report.costs if row.rule == "held"]) == (True, [])
    assert counts(given, plan(given))["held"] == 1


def test_tiers_add_up_the_costs_of_their_rules() -> None:
    """Session t is left out, s changes nothing but has two interpreters and an optional party missing."""
    given = scenario(
        interpreters=[interpreter("mia"), interpreter("noa")],
        sessions=[meeting("s", "KOR", optional=["JPN"]), meeting("t")],
        rules={"few-interpreters": {"weight": 5}, "optional-present": {"weight": 3}, "breaks": {"level": "off"}},
        tiers=[
            {"name": "first", "rules": ["few-interpreters", "optional-present"]},
            {"name": "empty", "rules": ["breaks"]},
            {"name": "last", "rules": ["early"]},
        ],
    )
    report = verify(given, plan(given, Spot("s", "5 09:00", teams={"KOR": 1}, interpreters=("mia", "noa"))))
    assert report.tiers == (("first", 2 * 5 + 1 * 3), ("last", 1))
    rows = {row.rule: (row.tier, row.count, row.weight, row.cost) for row in report.costs if row.cost}
    assert rows == {
        "held": ("last", 1, 1, 1),
        "optional-present": ("first", 1, 3, 3),
        "few-interpreters": ("first", 2, 5, 10),
    }


def test_waits_are_added_over_teams_and_days_of_a_delegation() -> None:
    """KOR/1 waits one slot on the first day, KOR/2 three on the second; JPN sits twice without a wait, KHM never."""
    given = scenario(
        delegations=[delegation("KOR", teams=2), delegation("JPN"), delegation("KHM")],
        sessions=[meeting("a"), meeting("b", "KOR"), meeting("c", "KOR"), meeting("d")],
    )
    second = {"KOR": 2}
    spots = [Spot("a", "5 09:00"), Spot("b", "5 11:00"), Spot("c", "6 09:00", "A", second)]
    spots.append(Spot("d", "6 12:00", "A", second | {"JPN": 1}))
    assert waits_by_delegation(given, plan(given, *spots)) == {"KOR": (4, 2), "JPN": (0, 0)}


def test_costs_are_in_the_order_of_the_catalogue() -> None:
    given = scenario(rules={rule.id: {"level": "soft"} for rule in CATALOGUE}, replanning={"now": moment("5 08:00")})
    report = verify(given, plan(given))
    assert [row.rule for row in report.costs] == [rule.id for rule in CATALOGUE]
    assert report.violations == ()


def test_many_placements_are_read_one_by_one() -> None:
    """Five hundred sessions at tables of one hall, of a delegation each; the last two share a table."""
    names = [f"org-{number}" for number in range(500)]
    given = scenario(
        rooms=[room("H", count=500)],
        delegations=[delegation(name, kind="organisation") for name in names],
        sessions=[meeting(f"s-{name}", name) for name in names],
    )
    spots = [Spot(f"s-{name}", "5 09:00", "H", table=min(number, 499)) for number, name in enumerate(names, 1)]
    report = verify(given, plan(given, *spots))
    shared = "s-org-499 (2026-02-05 09:00–10:00) and s-org-498 (2026-02-05 09:00–10:00) are both at table 499 of Room H"
    assert report.violations == (Violation("room-one-session", ("room", "H"), shared),)


def test_a_soft_demand_that_is_broken_is_told_and_is_no_fault() -> None:
    """One team in two sessions at once."""
    given = scenario(
        sessions=[meeting("a"), meeting("b")],
        rules={name: {"level": "soft"} for name in ("team-one-place", "buffer")},
    )
    report = verify(given, plan(given, Spot("a", "5 09:00", room="A"), Spot("b", "5 09:00", room="B")))
    assert report.violations == ()
    assert {(found.rule, found.subject) for found in report.relaxed} == {
        (rule, ("team", team)) for rule in ("team-one-place", "buffer") for team in ("KOR/1", "JPN/1")
    }
