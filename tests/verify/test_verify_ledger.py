"""The ledger of a plan as the second reading sees it: every fault, each in a ledger that is in order but for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from planner.ledger import Copy, Revision
from planner.plan import Plan
from planner.revisions import revise
from planner.scenario import Scenario
from planner.verify import verify
from tests.verify.build import (
    Spot,
    block,
    conference,
    delegate,
    delegation,
    interpreter,
    meeting,
    plan,
    replace_placement,
    scenario,
)

UID = "d1163fba-c198-59c1-a840-56aa372b4c89@example.org"
GENERATION_2 = "4b2bc143-1f55-50fd-a35e-3407ee5af5e8@example.org"
SECRET_1 = "db99646b-5987-59d7-a886-cdffef980865@example.org"
SECRET_2 = "903a03c6-f2a6-5610-9716-34cb50a3567a@example.org"


def world(**of_conference: Any) -> Scenario:
    """KOR and JPN meet in s and t; mia interprets in s; the opening is for all, the visit for JPN."""
    return scenario(
        conference=conference(**of_conference),
        delegations=[delegation("KOR", delegates=[delegate("ann")]), delegation("JPN"), delegation("KHM")],
        interpreters=[interpreter("mia")],
        blocks=[block("open", "5 09:00", "5 10:00"), block("visit", "6 15:00", "6 16:00", delegations=["JPN"])],
        sessions=[meeting("s"), meeting("t")],
    )


def spot() -> Spot:
    return Spot("s", "5 11:00", interpreters=("mia",), delegates={"KOR": ("ann",)})


def published(given: Scenario) -> tuple[Plan, Plan, Plan]:
    """Return three versions: s and t are held; s is cancelled; s is back, without mia and with JPN's visit gone."""
    first = revise(given, plan(given, spot(), Spot("t", "6 11:00")), None)
    second = revise(given, later(plan(given, Spot("t", "6 11:00")), 1), (given, first))
    back = Spot("s", "5 11:00", delegates={"KOR": ("ann",)})
    return first, second, revise(given, later(plan(given, back, Spot("t", "6 11:00")), 2), (given, second))


def later(found: Plan, days: int) -> Plan:
    return found.model_copy(update={"created_at": found.created_at + timedelta(days=days)})


@pytest.fixture
def given() -> Scenario:
    return world()


@pytest.fixture
def sound(given: Scenario) -> Plan:
    """The third version: s has two generations."""
    return published(given)[2]


def edited(found: Plan, entry: str, generation: int = 1, **changes: Any) -> Plan:
    """Return the plan with fields of one revision replaced."""
    ledger = [
        item.model_copy(update=changes) if (item.entry, item.generation) == (entry, generation) else item
        for item in found.revisions
    ]
    return found.model_copy(update={"revisions": tuple(ledger)})


def the(found: Plan, entry: str, generation: int = 1) -> Revision:
    return next(item for item in found.revisions if (item.entry, item.generation) == (entry, generation))


def test_three_versions_in_order_have_no_faults(given: Scenario) -> None:
    assert [verify(given, found).faults for found in published(given)] == [(), (), ()]


def test_a_plan_that_was_never_published_has_no_ledger_and_no_generations(given: Scenario) -> None:
    found = plan(given, spot())
    assert verify(given, found).faults == ()
    assert verify(given, replace_placement(found, generation=2, uid=GENERATION_2)).faults == (
        "session s: generation 2, and nothing was published yet",
    )


@pytest.mark.parametrize(("secret", "uids"), [(None, (UID, GENERATION_2)), ("hush", (SECRET_1, SECRET_2))])
def test_uids_of_later_generations_are_worked_out_with_the_secret_and_without(
    secret: str | None, uids: tuple[str, str]
) -> None:
    given = world(secret=secret)
    found = replace_placement(plan(given, spot()), uid=uids[0])
    first = revise(given, found, None)
    gone = revise(given, later(plan(given), 1), (given, first))
    back = revise(given, later(found, 2), (given, gone))
    assert tuple(item.uid for item in back.revisions if item.entry == "s") == uids
    assert verify(given, back).faults == ()


EARLY = datetime.fromisoformat("2025-01-01T00:00:00+00:00")


@pytest.mark.parametrize(
    ("entry", "generation", "changes", "faults"),
    [
        ("s", 1, {"uid": "x@example.org"}, ["ledger: s: uid 'x@example.org' is not that of generation 1"]),
        (
            "block/open",
            1,
            {"uid": "x@example.org"},
            ["ledger: block/open: uid 'x@example.org' is not that of generation 1"],
        ),
        ("s", 1, {"sequence": 0}, ["ledger: s: is cancelled with sequence 0"]),
        ("t", 1, {"revised_at": EARLY}, ["ledger: t: was revised before it was created"]),
        ("t", 1, {"sequence": 4}, ["session t: sequence 0 is 4 in the ledger"]),
        ("s", 1, {"cancelled": False}, ["ledger: s is not cancelled in generations 1, 2"]),
        (
            "s",
            2,
            {"cancelled": True, "sequence": 1},
            ["ledger: s is not in it"],
        ),
        ("block/visit", 1, {"cancelled": True, "sequence": 1}, ["ledger: block/visit is not in it"]),
        ("t", 1, {"readers": ("delegation/KOR", "delegation/JPN")}, ["session t: the ledger has other readers"]),
        (
            "t",
            1,
            {"readers": ("delegation/KOR", "delegation/JPN", "organiser", "organiser")},
            ["ledger: t: organiser is listed 2 times"],
        ),
        (
            "block/visit",
            1,
            {"readers": ("organiser",)},
            ["ledger: block/visit has other readers than the programme"],
        ),
        (
            "block/open",
            1,
            {"readers": ("organiser",)},
            ["ledger: block/open has other readers than the programme"],
        ),
    ],
)
def test_what_is_wrong_with_a_ledger(
    given: Scenario, sound: Plan, entry: str, generation: int, changes: dict[str, Any], faults: list[str]
) -> None:
    assert list(verify(given, edited(sound, entry, generation, **changes)).faults) == faults


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("t", "session t: the ledger shows another time"),
        ("block/open", "ledger: block/open shows another time than the programme"),
    ],
)
def test_a_ledger_that_shows_another_time(given: Scenario, sound: Plan, entry: str, fault: str) -> None:
    shown = the(sound, entry).shown
    moved = shown.model_copy(update={"start": shown.start + timedelta(minutes=30)})
    assert verify(given, edited(sound, entry, shown=moved)).faults == (fault,)


@pytest.mark.parametrize(
    ("reader", "sequence", "has_left", "faults"),
    [
        ("delegation/JPN", 2, False, []),
        ("delegation/JPN", 0, False, ["ledger: t: sequence 0 of delegation/JPN is not above 0"]),
        ("delegation/KHM", 2, False, ["ledger: t: delegation/KHM has it not"]),
        ("delegation/KHM", 1, True, []),
        ("delegation/KHM", 0, True, ["ledger: t: is cancelled for delegation/KHM with sequence 0"]),
        ("delegation/JPN", 1, True, ["ledger: t: delegation/JPN both has it and has left"]),
    ],
)
def test_copies_that_differ(
    given: Scenario, sound: Plan, reader: str, sequence: int, has_left: bool, faults: list[str]
) -> None:
    left = the(sound, "t").shown if has_left else None
    copy = Copy(reader=reader, sequence=sequence, revised_at=sound.created_at, left=left)
    assert list(verify(given, edited(sound, "t", copies=(copy,))).faults) == faults
    twice = verify(given, edited(sound, "t", copies=(copy, copy))).faults
    assert f"ledger: t: copy of {reader} is listed 2 times" in twice


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        (lambda ledger: [item for item in ledger if item.entry != "t"], ["ledger: t is not in it"]),
        (lambda ledger: [item for item in ledger if item.entry != "block/open"], ["ledger: block/open is not in it"]),
        (
            lambda ledger: [item for item in ledger if (item.entry, item.generation) != ("s", 1)],
            ["ledger: s has generations 2"],
        ),
        (
            lambda ledger: [*ledger, ledger[0]],
            [
                "ledger: block/open has generations 1, 1",
                "ledger: block/open is not cancelled in generations 1, 1",
            ],
        ),
    ],
)
def test_a_ledger_that_is_not_whole(
    given: Scenario, sound: Plan, change: Callable[[list[Revision]], list[Revision]], faults: list[str]
) -> None:
    found = sound.model_copy(update={"revisions": tuple(change(list(sound.revisions)))})
    assert list(verify(given, found).faults) == faults


def test_a_ledger_that_knows_of_something_that_is_neither_held_nor_cancelled(given: Scenario) -> None:
    first, second, _ = published(given)
    found = second.model_copy(update={"revisions": first.revisions})
    assert verify(given, found).faults == ("ledger: s is neither held nor cancelled",)


def test_a_placement_that_forgets_its_generation(given: Scenario, sound: Plan) -> None:
    position = next(at for at, item in enumerate(sound.placements) if item.session == "s")
    uid = the(sound, "s", 1).uid
    assert verify(given, replace_placement(sound, position, generation=1, uid=uid)).faults == (
        f"session s: uid {uid!r} is {GENERATION_2!r} in the ledger",
        "session s: generation 1 is 2 in the ledger",
    )
