"""Two plans are held against each other: per session, per delegation, per person, and everybody told is counted once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from typing import Any

import pytest

from planner.compare import Aspect, Comparison, Difference, Ending, Fate, Figures, Outcome, Span, compare
from planner.plan import Plan
from planner.scenario import Scenario
from tests.readers import revised
from tests.readers.conference import moment as at

SCENARIO, PLAN = revised.before()


def edited(name: str, **changes: Any) -> Plan:
    """Return the plan of the conference by hand with one placement changed."""
    placements = tuple(
        item.model_copy(update=changes) if item.session == name else item for item in PLAN.placements
    )  # fmt: skip
    assert placements != PLAN.placements
    return PLAN.model_copy(update={"placements": placements})


def compared(plan: Plan, scenario: Scenario = SCENARIO) -> Comparison:
    return compare(SCENARIO, PLAN, scenario, plan)


def brief(outcomes: Iterable[Outcome]) -> list[str]:
    """Return what is news, a line for each session."""
    return [
        " ".join([item.session, item.fate, *(each.aspect for each in item.differences)])
        for item in outcomes
        if item.is_news
    ]


def test_a_plan_is_not_different_from_itself() -> None:
    found = compared(PLAN)
    assert found.figures == Figures(0, 0, 0, 8, 0, 0, 0, 0)
    everybody = (*found.delegations.values(), *found.delegates.values(), *found.interpreters.values())
    assert [item for outcomes in (found.sessions, *everybody) for item in outcomes if item.is_news] == []
    assert [item.fate for item in found.blocks] == [Fate.unchanged] * 3


def test_every_session_is_told_what_became_of_it() -> None:
    found = compare(*revised.before(), *revised.after())
    assert [(item.session, item.fate.value, item.ending) for item in found.sessions] == [
        ("case-Bravo", "moved", None),
        ("case-Charlie", "moved", None),
        ("case-Echo", "new", None),
        ("case-Delta.THA", "cancelled", Ending.left_out),
        ("x-mixed", "cancelled", Ending.withdrawn),
        ("case-Alpha", "moved", None),
        ("case-Lima", "new", None),
        ("case-Charlie.2", "moved", None),
        ("x-free", "unchanged", None),
        ("case-Delta.KOR", "cancelled", Ending.returned),
        ("case-Delta.KOR", "new", None),
        ("case-Mike", "left-out", None),
        ("x-late", "dropped", None),
    ]
    assert [(item.block, item.fate.value) for item in found.blocks] == [
        ("b-open", "moved"),
        ("b-pray", "unchanged"),
        ("b-dine", "new"),
        ("b-visit", "cancelled"),
    ]


def test_a_session_that_comes_back_is_told_apart_from_one_that_is_new() -> None:
    found = compare(*revised.before(), *revised.after())
    assert {item.session: item.is_back for item in found.sessions if item.fate is Fate.new} == {
        "case-Echo": False,
        "case-Lima": False,
        "case-Delta.KOR": True,
    }


def test_what_becomes_of_a_case_is_no_news_of_its_session_that_is_past() -> None:
    """Case Hotel is met in session x-mixed, and is without the party Sunland a minute later."""
    data = SCENARIO.model_dump(mode="json")
    hotel = next(case for case in data["cases"] if case["id"] == "case-Hotel")
    hotel["required"] = []
    without = Scenario.model_validate(data)
    assert brief(compared(PLAN, without).delegations["JPN"]) == ["x-mixed moved cases leads"]
    mixed = next(item for item in PLAN.placements if item.session == "x-mixed")
    formed = {
        "chain": "x-mixed",
        "cases": mixed.cases,
        "leads": mixed.leads,
        "leader": "KOR",
        "required": ["KHM", "JPN"],
    }
    past = {
        "session": "x-mixed",
        "start": "2026-02-05T15:00",
        "end": "2026-02-05T16:00",
        "room": "r1",
        "teams": mixed.teams,
        "delegates": mixed.delegates,
        "language": "en",
        "formed": formed | {"minutes": 60, "classification": "open"},
    }
    later = Scenario.model_validate(data | {"replanning": {"now": "2026-02-05T15:01", "past": [past]}})
    assert brief(compared(PLAN, later).delegations["JPN"]) == []


def test_every_difference_has_a_before_and_an_after() -> None:
    found = compare(*revised.before(), *revised.after())
    assert {item.session: item.differences for item in found.sessions if item.differences} == {
        "case-Alpha": (
            Difference(Aspect.time, None, Span(at(5, "10:00"), at(5, "10:30")), Span(at(5, "16:00"), at(5, "16:30"))),
            Difference(Aspect.room, None, "r1", "r2"),
        ),
        "case-Bravo": (
            Difference(Aspect.team, "KOR", 2, 1),
            Difference(Aspect.delegates, "KOR", ("p-Kortwo",), ("p-Korone",)),
        ),
        "case-Charlie": (Difference(Aspect.interpreters, None, ("i-km", "i-two"), ("i-two",)),),
        "case-Charlie.2": (
            Difference(Aspect.table, None, 1, 3),
            Difference(Aspect.parties, None, ("JPN", "KHM", "THA"), ("JPN", "KHM", "POL-X")),
            Difference(Aspect.delegates, "KHM", (), ("p-Khmone",)),
        ),
    }


def test_a_delegation_is_concerned_by_its_own_sessions_teams_and_people_only() -> None:
    found = compare(*revised.before(), *revised.after())
    assert {name: brief(outcomes) for name, outcomes in found.delegations.items()} == {
        "KOR": [
            "case-Bravo moved team delegates",
            "case-Echo new",
            "x-mixed cancelled",
            "case-Alpha moved time room",
            "case-Delta.KOR cancelled",
            "case-Delta.KOR new",
            "case-Mike left-out",
            "x-late dropped",
        ],
        "KHM": [
            "x-mixed cancelled",
            "case-Alpha moved time room",
            "case-Lima new",
            "case-Charlie.2 moved table parties delegates",
            "x-late dropped",
        ],
        "JPN": [
            "case-Delta.THA cancelled",
            "x-mixed cancelled",
            "case-Lima new",
            "case-Charlie.2 moved table parties",
            "case-Delta.KOR cancelled",
            "case-Delta.KOR new",
        ],
        "THA": ["case-Echo new", "case-Delta.THA cancelled", "case-Charlie.2 cancelled"],
        "LAO": ["case-Mike left-out", "x-late dropped"],
        "POL-X": ["case-Charlie.2 new"],
    }


def test_a_person_is_concerned_by_the_own_sessions_only() -> None:
    found = compare(*revised.before(), *revised.after())
    assert {name: brief(outcomes) for name, outcomes in {**found.delegates, **found.interpreters}.items()} == {
        "p-Korone": ["case-Bravo new", "case-Echo new", "x-mixed cancelled", "case-Alpha moved time room"],
        "p-Kortwo": ["case-Bravo cancelled", "case-Delta.KOR cancelled", "case-Delta.KOR new"],
        "p-Khmone": ["case-Alpha moved time room", "case-Charlie.2 new"],
        "p-Khmtwo": ["x-mixed cancelled", "case-Lima new"],
        "p-Jpnone": ["case-Delta.THA cancelled"],
        "p-Thaone": ["case-Echo new", "case-Delta.THA cancelled", "case-Charlie.2 cancelled"],
        "p-Polone": ["case-Charlie.2 new"],
        "i-km": ["case-Charlie cancelled", "x-mixed cancelled", "case-Alpha moved time room", "case-Lima new"],
        "i-two": ["case-Charlie.2 moved table parties"],
    }


def test_who_leaves_a_session_that_goes_on_is_told_apart_from_who_loses_it() -> None:
    found = compare(*revised.before(), *revised.after())
    endings = {item.session: item.ending for item in found.delegations["THA"] if item.ending}
    assert endings == {"case-Delta.THA": Ending.left_out, "case-Charlie.2": Ending.leaves}


def test_the_other_form_of_a_case_ends_the_one_that_was_chosen() -> None:
    plan = PLAN.model_copy(
        update={
            "placements": tuple(
                item.model_copy(update={"session": "case-Delta.all", "uid": "another"})
                if item.session == "case-Delta.THA"
                else item
                for item in PLAN.placements
                if item.session != "case-Delta.KOR"
            )
        }
    )
    assert {item.session: item.ending for item in compared(plan).sessions if item.ending} == {
        "case-Delta.THA": Ending.other_form,
        "case-Delta.KOR": Ending.other_form,
    }


@pytest.mark.parametrize(
    ("changes", "people"),
    [
        ({"room": "r1"}, 8),
        ({"start": at(5, "11:30")}, 8),
        ({"delegates": {"KHM": ("p-Khmone",)}}, 1),
        ({"interpreters": ("i-km",)}, 1),
        ({"teams": {"KHM": 1, "JPN": 1}}, 8),
        ({"working_language": "fr"}, 8),
        ({"leads": ("lead-Charlie-0",)}, 4),
    ],
    ids=lambda value: "" if isinstance(value, int) else next(iter(value)),
)
def test_those_who_hear_something_new_are_counted_once(changes: dict[str, Any], people: int) -> None:
    """Two delegates of one party come, teams of two seats that list nobody from two more, and two interpreters."""
    sizes = tuple(item.model_copy(update={"team_size": 2}) for item in SCENARIO.delegations)
    scenario = SCENARIO.model_copy(update={"delegations": sizes})
    found = compare(scenario, PLAN, scenario, edited("case-Charlie", **changes))
    assert found.figures.people == people


def test_the_figures_add_everything_up() -> None:
    found = compare(*revised.before(), *revised.after())
    assert found.figures == Figures(
        new=3, moved=4, cancelled=3, unchanged=1, left_out=1, blocks=3, delegations=6, people=13
    )


def test_a_party_is_concerned_by_those_cases_and_leads_only_that_it_may_know_of() -> None:
    found = compared(edited("x-mixed", cases=("case-Golf",), leads=("lead-Golf-0",)))
    assert {name: brief(outcomes) for name, outcomes in found.delegations.items() if brief(outcomes)} == {
        "KOR": ["x-mixed moved cases leads"],
        "JPN": ["x-mixed moved cases leads"],
    }
    lost = {
        name: {each.aspect.value: each.before for item in found.delegations[name] for each in item.differences}
        for name in ("KOR", "JPN")
    }
    assert lost == {
        "KOR": {"cases": ("case-Golf", "case-Hotel"), "leads": ("lead-Golf-0", "lead-Hotel-0")},
        "JPN": {"cases": ("case-Hotel",), "leads": ("lead-Hotel-0",)},
    }


def test_a_lead_that_a_party_may_not_know_of_is_no_news_to_it() -> None:
    found = compared(edited("case-Alpha", leads=("lead-Alpha-0",)))
    assert {name: brief(outcomes) for name, outcomes in found.delegations.items() if brief(outcomes)} == {
        "KOR": ["case-Alpha moved leads"]
    }


def test_the_same_moment_on_another_clock_and_the_same_people_in_another_order_are_no_difference() -> None:
    charlie = next(item for item in PLAN.placements if item.session == "case-Charlie")
    plan = edited(
        "case-Charlie",
        start=charlie.start.astimezone(UTC),
        end=charlie.end.astimezone(UTC),
        teams=dict(reversed(charlie.teams.items())),
        interpreters=tuple(reversed(charlie.interpreters)),
        delegates={"KHM": ("p-Khmtwo", "p-Khmone")},
    )
    assert compared(plan).figures == Figures(0, 0, 0, 8, 0, 0, 0, 0)


def test_who_is_in_one_of_the_scenarios_only_is_told_as_well() -> None:
    without = SCENARIO.model_copy(update={"interpreters": SCENARIO.interpreters[:1]})
    plan = edited("case-Charlie", interpreters=("i-km",))
    plan = plan.model_copy(
        update={
            "placements": tuple(
                item.model_copy(update={"interpreters": ()}) if item.session == "case-Charlie.2" else item
                for item in plan.placements
            )
        }
    )
    assert brief(compared(plan, without).interpreters["i-two"]) == [
        "case-Charlie cancelled",
        "case-Charlie.2 cancelled",
    ]
    assert brief(compare(without, plan, SCENARIO, PLAN).interpreters["i-two"]) == [
        "case-Charlie new",
        "case-Charlie.2 new",
    ]
