"""Instances of the benchmark as scenarios: what stands in them, and that their best plans are the published ones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import pairwise, product
from typing import Any

import pytest

from planner.compiling import compile_problem
from planner.importing.b2bsp import MOST_SLOTS, Instance, Meeting, parse_instance, scenario_of
from planner.reasons import hopeless
from planner.rules import CATALOGUE, Kind, Level
from planner.scenario import Scenario
from planner.scenario_file import parse_scenario, scenario_text
from planner.settings import settings_of, tiers_of
from planner.values import Window
from tests.agreement.readings import solved
from tests.importing.files import SOUND

INSTANCE = parse_instance(SOUND, "f")
SEEDS = range(120)


def given(**changes: Any) -> Scenario:
    return scenario_of(replace(INSTANCE, **changes), "small")


def times(windows: tuple[Window, ...]) -> list[str]:
    return [f"{window.start:%H:%M}-{window.end:%H:%M}" for window in windows]


def assert_written_and_read(scenario: Scenario) -> None:
    """Show that the file checks find nothing, and that nothing is lost on the way to a file and back."""
    assert parse_scenario(scenario_text(scenario)) == scenario


def test_the_day_begins_at_eight_and_ends_with_the_last_slot() -> None:
    (day,) = given().conference.days
    assert (f"{day.opens:%H:%M}", f"{day.closes:%H:%M}", given().conference.grid_minutes) == ("08:00", "10:30", 30)


def test_participants_are_delegations_of_one_team_who_are_away_in_forbidden_slots() -> None:
    assert [(each.id, each.teams, each.languages, times(each.windows)) for each in given().delegations] == [
        ("p1", 1, ("en",), []),
        ("p2", 1, ("en",), ["08:00-08:30", "09:00-10:30"]),
        ("p3", 1, ("en",), ["09:00-10:30"]),
        ("p4", 1, ("en",), []),
        ("p5", 1, ("en",), ["08:00-08:01"]),
    ]


def test_meetings_are_sessions_with_their_half_of_the_day_and_what_comes_before_them() -> None:
    assert [(each.id, each.required, each.minutes, times(each.windows), each.after) for each in given().sessions] == [
        ("m1", ("p1", "p2"), 30, ["08:00-09:30"], ()),
        ("m2", ("p1", "p3"), 30, ["09:30-10:30"], ()),
        ("m3", ("p4", "p2"), 30, [], ("m1",)),
        ("m4", ("p3", "p4"), 30, [], ("m1", "m3")),
    ]


def test_fixed_meetings_are_pins_of_the_start_alone() -> None:
    (pin,) = given().pins
    assert pin.model_dump(exclude_defaults=True) == {"session": "m2", "start": datetime(2022, 5, 2, 10)}


def test_tables_are_one_room_that_holds_so_many_sessions() -> None:
    assert [(room.id, room.count) for room in given(tables=7).rooms] == [("tables", 7)]


def test_tables_beyond_a_thousand_are_further_rooms_as_far_as_they_can_be_used() -> None:
    forbidden = (frozenset[int](),) * 4201
    many = given(tables=10**8, participants=4201, forbidden=forbidden)
    assert [(room.id, room.count) for room in many.rooms] == [("tables", 1000), ("tables-2", 1000), ("tables-3", 100)]
    assert [room.count for room in given(tables=10**8).rooms] == [2]


def test_every_session_is_held_and_breaks_are_few_and_fair_and_nothing_else_is_wished_for() -> None:
    settings = settings_of(scenario_of(INSTANCE, "small", fairness=3))
    wishes = {rule.id for rule in CATALOGUE if rule.kind is Kind.wish}
    changed = {name: setting for name, setting in settings.items() if setting.level is not Level.off}
    assert sorted(wishes & changed.keys()) == ["breaks", "fair-breaks", "held"]
    of_changes = {rule.id for rule in CATALOGUE if rule.changes_only}
    assert sorted(settings.keys() - changed.keys() - wishes - of_changes) == ["buffer"]
    assert (settings["held"].level, settings["held"].parameters) == (Level.hard, {"at_most": 0})
    assert (settings["fair-breaks"].level, settings["fair-breaks"].parameters) == (Level.hard, {"at_most": 3})
    assert settings["breaks"].weight == 1
    assert tiers_of(scenario_of(INSTANCE, "small")) == (("quality", ("breaks",)),)


def test_fairness_is_two_unless_said() -> None:
    assert scenario_of(INSTANCE, "small") == scenario_of(INSTANCE, "small", fairness=2)


@pytest.mark.parametrize(
    ("name", "id", "title"),
    [
        ("tic-12.original", "tic-12-original", "tic-12.original"),
        ("день 1\n\x07", "1", "день 1"),
        ("...", "b2bsp", "..."),
        ("", "b2bsp", "B2B meetings"),
        ("a" * 600, "a" * 64, "a" * 500),
    ],
)
def test_any_name_makes_an_id_and_a_title(name: str, id: str, title: str) -> None:
    scenario = scenario_of(INSTANCE, name)
    assert (scenario.conference.id, scenario.conference.title) == (id, title)
    assert_written_and_read(scenario)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"slots": MOST_SLOTS},
        {"slots": 1, "morning_slots": 1, "forbidden": (frozenset({0}),) * 5, "fixed": (0,) * 4},
        {"morning_slots": 0},
        {"morning_slots": 5},
        {"meetings": (), "fixed": (), "precedences": ()},
        {"tables": 10**8},
    ],
)
def test_instances_at_the_edges_make_consistent_scenarios(changes: dict[str, Any]) -> None:
    assert_written_and_read(given(**changes))


def test_who_may_never_meet_is_not_always_there() -> None:
    """Participant 4 has meetings m3 and m4."""
    forbidden = (*INSTANCE.forbidden[:3], frozenset(range(5)), frozenset[int]())
    never = "p4 is at no time there and free of blocks for 30 minutes."
    assert hopeless(compile_problem(given(forbidden=forbidden))) == {"m3": never, "m4": never}


def test_a_half_of_the_day_without_slots_is_not_the_whole_day() -> None:
    reason = "None of its windows has 30 minutes from a start on the grid."
    assert hopeless(compile_problem(given(morning_slots=0))) == {"m1": reason}
    assert hopeless(compile_problem(given(morning_slots=5))) == {"m2": reason}


def random_instance(seed: int) -> Instance:
    """Return an instance of two to five meetings in three to five slots, many of them infeasible."""
    rng = random.Random(seed)
    participants, slots = rng.randint(2, 5), rng.choice((3, 4, 5, 5))
    number = rng.randint(2, 5 if slots < 5 else 4)
    pairs = [rng.sample(range(participants), 2) for _ in range(number)]
    meetings = tuple(Meeting(one, other, rng.choice((1, 2, 3, 3, 3, 3))) for one, other in pairs)
    forbidden = tuple(
        frozenset(slot for slot in range(slots) if rng.random() < rng.choice((0, 0, 0.3))) for _ in range(participants)
    )
    return Instance(
        participants=participants,
        meetings=meetings,
        tables=rng.choice((1, 1, 2, 3)),
        slots=slots,
        morning_slots=rng.randint(1, slots - 1),
        forbidden=forbidden,
        fixed=tuple(rng.randrange(slots) if rng.random() < 0.12 else None for _ in meetings),
        precedences=tuple(
            (earlier, later) for later in range(number) for earlier in range(later) if rng.random() < 0.1
        ),
    )


def breaks(taken: set[int]) -> int:
    """Return how often two successive slots of a participant are not neighbours."""
    return sum(after != before + 1 for before, after in pairwise(sorted(taken)))


def values(instance: Instance, fairness: int) -> Iterator[int]:
    """Yield the number of breaks of every schedule that the published semantics allow, by looking at all."""
    for chosen in product(range(instance.slots), repeat=len(instance.meetings)):
        slots_of: list[list[int]] = [[] for _ in range(instance.participants)]
        for meeting, slot in zip(instance.meetings, chosen, strict=True):
            slots_of[meeting.one].append(slot)
            slots_of[meeting.other].append(slot)
        allowed = (
            all(len(set(slots)) == len(slots) for slots in slots_of)
            and all(chosen.count(slot) <= instance.tables for slot in chosen)
            and all(
                meeting.half == 3 or (slot < instance.morning_slots) == (meeting.half == 1)
                for meeting, slot in zip(instance.meetings, chosen, strict=True)
            )
            and not any(set(slots) & gone for slots, gone in zip(slots_of, instance.forbidden, strict=True))
            and all(fixed in (None, slot) for fixed, slot in zip(instance.fixed, chosen, strict=True))
            and all(chosen[earlier] < chosen[later] for earlier, later in instance.precedences)
        )
        counts = [breaks(set(slots)) for slots in slots_of]
        if allowed and max(counts) - min(counts) <= fairness:
            yield sum(counts)


@pytest.mark.parametrize("seeds", [SEEDS[first : first + 20] for first in SEEDS[::20]], ids=str)
def test_the_best_plan_has_as_many_breaks_as_the_best_of_all_schedules(seeds: range) -> None:
    for seed in seeds:
        instance, fairness = random_instance(seed), seed % 3
        best = min(values(instance, fairness), default=None)
        _, answer = solved(scenario_of(instance, f"seed {seed}", fairness))
        assert answer.infeasible == (best is None), seed
        assert [tier.value for tier in answer.tiers] == [best], seed


def test_the_random_instances_are_of_every_sort() -> None:
    """Some are infeasible, some have a best plan with breaks, and fairness decides some."""
    bests = {
        seed: [min(values(random_instance(seed), fairness), default=None) for fairness in (seed % 3, 9)]
        for seed in SEEDS
    }
    assert sum(best is None for best, _ in bests.values()) >= 10
    assert sum(best is not None and best > 0 for best, _ in bests.values()) >= 10
    assert sum(fair != free for fair, free in bests.values()) >= 3
