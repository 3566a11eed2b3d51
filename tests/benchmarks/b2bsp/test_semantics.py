"""Every demand of the benchmark is read from an answer alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.importing.b2bsp import Instance, Meeting
from tests.benchmarks.b2bsp.outcome import Outcome
from tests.benchmarks.b2bsp.semantics import breaks, faults


@pytest.fixture
def given() -> Instance:
    """Participant 0 meets 1, 2 and 3, one after the other with a break before the last; 4 meets nobody."""
    return Instance(
        participants=5,
        meetings=(Meeting(0, 1, 3), Meeting(0, 2, 1), Meeting(3, 0, 2), Meeting(1, 2, 3)),
        tables=1,
        slots=6,
        morning_slots=3,
        forbidden=(frozenset({5}), frozenset(), frozenset(), frozenset({0}), frozenset({0, 1, 2, 3, 4, 5})),
        fixed=(0, None, None, None),
        precedences=((0, 3),),
    )


SOUND = (0, 1, 3, 2)


def test_breaks_are_counted_for_each_participant_whatever_their_length(given: Instance) -> None:
    assert breaks(given, (0, 1, 3, 2)) == [1, 1, 0, 0, 0]
    assert breaks(given, (0, 1, 2, 5)) == [0, 1, 1, 0, 0]
    assert breaks(given, (0, 2, 4, 1)) == [2, 0, 0, 0, 0]


def test_a_sound_answer_has_no_faults(given: Instance) -> None:
    assert faults(given, 1, SOUND) == []


@pytest.mark.parametrize(
    ("slots", "found"),
    [
        ((1, 2, 3, 4), ["meeting 0 is not where it is fixed"]),
        ((0, 3, 4, 2), ["meeting 1 is in the wrong half of the day"]),
        ((0, 1, 2, 3), ["meeting 2 is in the wrong half of the day"]),
        ((0, 1, 5, 2), ["meeting 2 is in slot 5, forbidden for participant 0"]),
        ((0, 1, 3, 6), ["meeting 3 is in slot 6, which does not exist"]),
        ((0, 1, 3, 3), ["2 meetings in slot 3 need more than the tables"]),
        (
            (0, 1, 3, 1),
            ["participant 2 has 2 meetings in slot 1", "2 meetings in slot 1 need more than the tables"],
        ),
        (
            (0, 1, 3, 0),
            [
                "participant 1 has 2 meetings in slot 0",
                "2 meetings in slot 0 need more than the tables",
                "meeting 3 is not after meeting 0",
            ],
        ),
    ],
)
def test_a_near_miss_is_told(given: Instance, slots: tuple[int, ...], found: list[str]) -> None:
    assert faults(given, 1, slots) == found


def test_a_difference_of_breaks_above_the_bound_is_told(given: Instance) -> None:
    assert faults(given, 0, SOUND) == ["breaks differ by 1"]


def test_who_meets_nobody_counts_for_fairness(given: Instance) -> None:
    two = replace(given, participants=2, meetings=(Meeting(0, 1, 3),) * 2, forbidden=(frozenset(),) * 2)
    two = replace(two, fixed=(None, None), precedences=())
    assert faults(two, 0, (0, 2)) == []
    assert faults(replace(two, participants=3, forbidden=(frozenset(),) * 3), 0, (0, 2)) == ["breaks differ by 1"]


def test_an_outcome_that_claims_another_number_is_objected_to(given: Instance) -> None:
    assert Outcome("optimal", 1.0, value=2, slots=SOUND).objections(given, 2) == []
    assert Outcome("optimal", 1.0, value=1, slots=SOUND).objections(given, 2) == ["claims 1 breaks and has 2"]
