"""Bottlenecks of sessions and places, worked out by hand."""

from __future__ import annotations

from planner.proofs.bottleneck import bottleneck


def places(*names: str) -> frozenset[str]:
    return frozenset(names)


def test_three_sessions_for_two_places_are_a_bottleneck_and_a_fourth_with_its_own_is_not_in_it() -> None:
    reach = {0: places("ten"), 1: places("ten", "eleven"), 2: places("eleven"), 3: places("eleven", "noon")}
    found = bottleneck(dict.fromkeys(reach, 1), reach, dict.fromkeys(["ten", "eleven", "noon"], 1))
    assert found is not None
    assert (found.sessions, found.places, found.needed, found.available) == ((0, 1, 2), places("ten", "eleven"), 3, 2)


def test_nothing_is_found_when_all_can_be_served() -> None:
    reach = {0: places("ten"), 1: places("ten", "eleven"), 2: places("eleven", "noon")}
    assert bottleneck(dict.fromkeys(reach, 1), reach, dict.fromkeys(["ten", "eleven", "noon"], 1)) is None


def test_a_session_takes_no_place_twice() -> None:
    """Two places for three sessions each; one session needs three places."""
    found = bottleneck({0: 3}, {0: places("ten", "eleven")}, {"ten": 3, "eleven": 3})
    assert found is not None
    assert (found.needed, found.available) == (3, 2)


def test_of_bottlenecks_that_have_nothing_in_common_the_one_that_lacks_most_is_told() -> None:
    reach = {0: places("a"), 1: places("a"), 2: places("b"), 3: places("b"), 4: places("b")}
    found = bottleneck(dict.fromkeys(reach, 1), reach, {"a": 1, "b": 1})
    assert found is not None
    assert (found.sessions, found.needed, found.available) == ((2, 3, 4), 3, 1)
