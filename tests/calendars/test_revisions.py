"""When SEQUENCE rises and for whom, and what becomes of a UID."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from planner.agenda import Source
from planner.errors import InputError
from planner.ledger import Revision
from planner.plan import parse_plan, session_uid
from planner.revisions import revise
from planner.scenario import Delegate
from tests.calendars.history import Version, first, follow, history, plan, scenario
from tests.calendars.reading import agenda_of, by_reader, readers

ALPHA = session_uid("demo", "forum.example", "case-Alpha")
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def out() -> Version:
    """The first version; KOR with p-Korone and KHM with p-Khmone meet about case-Alpha, i-km interprets."""
    return first(scenario())


def changed(before: Version, session: str = "case-Alpha", hours: float = 24, **changes: Any) -> Version:
    """Return the version after one in which a session changed."""
    placements = {item.session: item for item in before.plan.placements}
    placements[session] = placements[session].model_copy(update=changes)
    return follow(before, placements, hours)


def without(before: Version, session: str = "case-Alpha") -> Version:
    """Return the version after one in which a session is held no more."""
    return follow(before, {item.session: item for item in before.plan.placements if item.session != session})


def again(before: Version, earlier: Version, session: str = "case-Alpha") -> Version:
    """Return the version after one in which a session is held as it was earlier."""
    placements = {item.session: item for item in before.plan.placements}
    return follow(
        before, placements | {item.session: item for item in earlier.plan.placements if item.session == session}
    )


def revisions(version: Version, entry: str = "case-Alpha") -> list[Revision]:
    return [item for item in version.plan.revisions if item.entry == entry]


def sequences(version: Version, entry: str = "case-Alpha") -> dict[str, int]:
    """Return the SEQUENCE of every reader who has the live entry."""
    (live,) = [item for item in revisions(version, entry) if not item.cancelled]
    return {name: one.sequence for name in live.told if (one := live.standing(name)) and not one.cancelled}


def told(version: Version, had: Version) -> dict[str, list[tuple[str, int]]]:
    """Return kind and SEQUENCE of every message, by reader."""
    return {name: [(item.kind, item.sequence) for item in found] for name, found in by_reader(version, had).items()}


NOBODY = {"KOR": (), "KHM": ("p-Khmone",)}
WITH_KORONE = {"KOR": ("p-Korone",), "KHM": ("p-Khmone",)}
EVERYBODY = (
    "delegation/KOR",
    "delegation/KHM",
    "delegate/p-Korone",
    "delegate/p-Khmone",
    "interpreter/i-km",
    "organiser",
)


def test_everything_begins_with_sequence_0_at_the_first_publication(out: Version) -> None:
    assert {(item.sequence, item.generation, item.created_at, item.revised_at) for item in out.plan.revisions} == {
        (0, 1, out.plan.created_at, out.plan.created_at)
    }
    assert {item.entry for item in out.plan.revisions} == {
        *(item.session for item in out.plan.placements),
        *(f"block/{item.id}" for item in out.scenario.blocks),
    }


def test_the_first_uids_are_those_of_plans_without_a_ledger(out: Version) -> None:
    assert [item.uid for item in out.plan.placements] == [item.uid for item in plan(out.scenario).placements]
    assert revisions(out, "block/b-open")[0].uid == session_uid("demo", "forum.example", "block/b-open")


@pytest.mark.parametrize(
    "change",
    [
        {"room": "r2"},
        {"room": "hall", "table": 2},
        {"start": datetime.fromisoformat("2026-02-05T10:30:00+09:00")},
        {"end": datetime.fromisoformat("2026-02-05T11:00:00+09:00")},
        {"working_language": "fr"},
    ],
)
def test_what_an_entry_says_changed_so_everybody_who_has_it_is_told(out: Version, change: dict[str, Any]) -> None:
    after = changed(out, **change)
    assert told(after, out) == {name: [("update", 1)] for name in EVERYBODY}
    assert sequences(after) == dict.fromkeys(EVERYBODY, 1)
    (alpha,) = revisions(after)
    assert (alpha.created_at, alpha.revised_at) == (out.plan.created_at, after.plan.created_at)
    assert next(item for item in after.plan.placements if item.session == "case-Alpha").sequence == 1


def test_what_did_not_change_keeps_every_byte(out: Version) -> None:
    after = changed(out, room="r2")
    one, two = (agenda_of(item, "delegation/KOR").split(b"BEGIN:VEVENT") for item in (out, after))
    assert [entry for entry in one if entry not in two] == [entry for entry in one if ALPHA.encode() in entry]


def test_publishing_the_same_plan_again_changes_no_calendar_and_tells_nobody(out: Version) -> None:
    after = follow(out, {item.session: item for item in out.plan.placements}, hours=24 * 400)
    assert after.plan.revisions == out.plan.revisions
    assert by_reader(after, out) == {}
    for reader in (*readers(out), "public"):
        assert agenda_of(after, reader) == agenda_of(out, reader)


@pytest.mark.parametrize("seed", [0, 1])
def test_revising_once_more_changes_nothing(seed: int) -> None:
    versions = history(seed)
    for before, after in pairwise(versions):
        assert revise(*after.pair, before.pair) == after.plan
        assert revise(*after.pair, None) == after.plan


@pytest.mark.parametrize("seed", [0, 1])
def test_no_sequence_is_ever_lowered_and_no_uid_is_ever_used_again(seed: int) -> None:
    versions = history(seed)
    for before, after in pairwise(versions):
        now = {item.uid: item for item in after.plan.revisions}
        for item in before.plan.revisions:
            assert now[item.uid].sequence >= item.sequence
            assert now[item.uid] == item or not item.cancelled
            for reader in item.told:
                had, has = item.standing(reader), now[item.uid].standing(reader)
                assert had is not None
                assert has is not None
                assert (has == had) == (has.sequence == had.sequence)
                assert has.sequence >= had.sequence


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_sequence_of_a_copy_rises_if_and_only_if_what_it_says_changed(seed: int) -> None:
    for before, after in pairwise(history(seed)):
        for reader in (*readers(after), "public"):
            old, new = (_entries(agenda_of(version, reader)) for version in (before, after))
            for uid in old.keys() & new.keys():
                assert (old[uid] == new[uid]) == (_said(old[uid]) == _said(new[uid]))
                assert (old[uid] == new[uid]) == (_number(old[uid]) == _number(new[uid]))


def test_a_ledger_survives_its_file() -> None:
    for version in history(0):
        assert parse_plan(version.plan.to_json().encode()) == version.plan


def test_who_leaves_is_cancelled_and_nobody_else_is_told(out: Version) -> None:
    after = changed(out, interpreters=("i-two",))
    assert told(after, out) == {"interpreter/i-km": [("cancellation", 1)], "interpreter/i-two": [("invitation", 0)]}
    assert sequences(after) == {
        **{name: 0 for name in EVERYBODY if name != "interpreter/i-km"},
        "interpreter/i-two": 0,
    }


def test_a_delegation_that_leaves_changes_the_entry_of_those_who_stay(out: Version) -> None:
    after = changed(out, teams={"KOR": 1}, delegates={"KOR": ("p-Korone",)})
    assert told(after, out) == {
        **{name: [("update", 1)] for name in EVERYBODY},
        "delegation/KHM": [("cancellation", 1)],
        "delegate/p-Khmone": [("cancellation", 1)],
    }


def test_who_comes_back_to_a_session_that_lives_on_gets_the_same_uid_above_the_cancellation(out: Version) -> None:
    gone = changed(out, interpreters=())
    back = changed(gone, interpreters=("i-km",))
    assert told(back, gone)["interpreter/i-km"] == [("invitation", 2)]
    assert {item.uid for item in by_reader(back, gone)["interpreter/i-km"]} == {ALPHA}
    later = changed(back, room="r2")
    assert told(later, back)["interpreter/i-km"] == [("update", 3)]
    away = changed(later, interpreters=())
    assert told(away, later)["interpreter/i-km"] == [("cancellation", 4)]


def test_the_copy_of_a_reader_who_came_back_stays_ahead_and_the_others_keep_theirs(out: Version) -> None:
    """The listing of a delegate is in no entry: KOR and the others see nothing of it."""
    gone = changed(out, delegates=NOBODY)
    back = changed(gone, delegates=WITH_KORONE)
    assert told(gone, out) == {"delegate/p-Korone": [("cancellation", 1)]}
    assert told(back, gone) == {"delegate/p-Korone": [("invitation", 2)]}
    assert sequences(back) == {**dict.fromkeys(EVERYBODY, 0), "delegate/p-Korone": 2}
    cancelled = without(back)
    assert told(cancelled, back) == {**{name: [("cancellation", 1)] for name in EVERYBODY}} | {
        "delegate/p-Korone": [("cancellation", 3)]
    }


def test_who_left_and_came_back_between_two_deliveries_gets_an_update_above_the_missed_cancellation(
    out: Version,
) -> None:
    back = changed(changed(out, delegates=NOBODY), delegates=WITH_KORONE)
    assert told(back, out) == {"delegate/p-Korone": [("update", 2)]}


def test_who_came_and_left_between_two_deliveries_is_told_nothing(out: Version) -> None:
    after = changed(changed(out, interpreters=("i-km", "i-two")), interpreters=("i-km",))
    assert told(after, out) == {}


def test_a_cancelled_session_is_cancelled_in_every_calendar_that_had_it(out: Version) -> None:
    after = without(out)
    assert told(after, out) == {name: [("cancellation", 1)] for name in EVERYBODY}
    assert [item.cancelled for item in revisions(after)] == [True]
    assert told(without(after, "case-Bravo"), after).keys().isdisjoint({"interpreter/i-km"})


def test_a_session_that_comes_back_after_its_cancellation_is_a_new_entry(out: Version) -> None:
    gone = without(out)
    back = again(gone, out)
    old, new = revisions(back)
    assert (old.uid, old.generation, old.cancelled, old.sequence) == (ALPHA, 1, True, 1)
    assert (new.uid, new.generation, new.cancelled, new.sequence) == (
        session_uid("demo", "forum.example", "case-Alpha", generation=2),
        2,
        False,
        0,
    )
    assert new.created_at == back.plan.created_at
    assert told(back, gone) == {name: [("invitation", 0)] for name in EVERYBODY}
    assert told(back, out) == {name: [("cancellation", 1), ("invitation", 0)] for name in EVERYBODY}
    third = again(without(back), out)
    assert [item.generation for item in revisions(third)] == [1, 2, 3]


def test_the_code_on_the_door_stays_when_a_session_comes_back(out: Version) -> None:
    back = again(without(out), out)
    codes = [Source(*version.pair).codes["case-Alpha"] for version in (out, back)]
    assert codes[0] == codes[1]


def test_a_cancellation_that_was_never_published_costs_no_uid(out: Version) -> None:
    """A draft without the session is thrown away; the next version follows what was published."""
    without(out)
    after = again(out, out)
    assert [item.uid for item in revisions(after)] == [ALPHA]


def test_a_draft_that_is_published_late_follows_what_is_out_by_then(out: Version) -> None:
    draft = changed(out, working_language="fr")
    other = changed(out, room="r2")
    late = revise(*draft.pair, other.pair)
    assert [(item.sequence, item.generation) for item in late.revisions if item.entry == "case-Alpha"] == [(2, 1)]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"start": datetime(2026, 2, 5, 12, 15)}, "update"),
        ({"title": "Another title"}, "update"),
        ({"room": "r1"}, "update"),
        (None, "cancellation"),
    ],
)
def test_blocks_follow_as_well(out: Version, change: dict[str, Any] | None, expected: str) -> None:
    blocks = [item for item in out.scenario.blocks if item.id != "b-pray"]
    if change is not None:
        (prayer,) = [item for item in out.scenario.blocks if item.id == "b-pray"]
        blocks.append(prayer.model_copy(update=change))
    after = follow(out, {item.session: item for item in out.plan.placements}, blocks=tuple(blocks))
    assert told(after, out) == {name: [(expected, 1)] for name in readers(out)}


def test_a_block_that_is_narrowed_is_cancelled_for_the_others(out: Version) -> None:
    blocks = [
        item.model_copy(update={"delegations": ("KHM",)}) if item.id == "b-open" else item
        for item in out.scenario.blocks
    ]
    after = follow(out, {item.session: item for item in out.plan.placements}, blocks=tuple(blocks))
    kept = {"delegation/KHM", "delegate/p-Khmone", "delegate/p-Khmtwo", "organiser"}
    assert told(after, out) == {name: [("cancellation", 1)] for name in readers(out) if name not in kept}
    assert b"CANCELLED: Opening" in agenda_of(after, "public")


def test_a_person_who_is_no_more_in_the_scenario_is_still_told_that_everything_ended(out: Version) -> None:
    """p-Korone was written to at an address that only the earlier version knows."""
    delegations = tuple(
        item.model_copy(update={"delegates": item.delegates[1:]}) if item.id == "KOR" else item
        for item in out.scenario.delegations
    )
    placements = {
        item.session: item.model_copy(
            update={"delegates": {key: tuple(x for x in who if x != "p-Korone") for key, who in item.delegates.items()}}
        )
        for item in out.plan.placements
    }
    after = follow(out, placements, delegations=delegations)
    later = follow(after, placements)
    own = [item for item in out.plan.revisions if "delegate/p-Korone" in item.readers]
    assert len(own) == 4
    for version in (after, later):
        found = by_reader(version, out)
        assert set(found) == {"delegate/p-Korone"}
        told_of = {(item.uid, item.kind, item.to) for item in found["delegate/p-Korone"]}
        assert told_of == {(item.uid, "cancellation", "p-korone@people.example") for item in own}
    assert by_reader(later, after) == {}


def test_a_person_who_is_new_is_told_of_everything_and_nobody_else_is(out: Version) -> None:
    delegations = tuple(
        item.model_copy(update={"delegates": (Delegate(id="p-new", name="New"),)}) if item.id == "LAO" else item
        for item in out.scenario.delegations
    )
    after = follow(out, {item.session: item for item in out.plan.placements}, delegations=delegations)
    assert told(after, out) == {"delegate/p-new": [("invitation", 0)] * 2}


def test_a_clock_that_goes_back_never_makes_a_change_older_than_what_it_changes(out: Version) -> None:
    after = changed(out, hours=-48, room="r2")
    assert revisions(after)[0].revised_at == out.plan.created_at


def test_a_plan_without_a_ledger_counts_as_published_as_it_is(out: Version) -> None:
    bare = Version(out.scenario, plan(out.scenario))
    after = changed(bare, room="r2")
    assert told(after, bare) == {name: [("update", 1)] for name in EVERYBODY}
    assert agenda_of(bare, "delegation/KOR") == agenda_of(out, "delegation/KOR")


@pytest.mark.parametrize("change", [{"secret": "new"}, {"id": "other"}, {"uid_domain": "elsewhere.example"}])
def test_names_that_uids_are_made_of_may_not_change(out: Version, change: dict[str, Any]) -> None:
    conference = out.scenario.conference.model_copy(update=change)
    with pytest.raises(InputError, match="was changed since calendars went out"):
        follow(out, {item.session: item for item in out.plan.placements}, conference=conference)


def test_a_new_address_of_the_organiser_is_told_to_everybody(out: Version) -> None:
    office = out.scenario.conference.organiser.model_copy(update={"name": "Another Office"})
    conference = out.scenario.conference.model_copy(update={"organiser": office})
    after = follow(out, {item.session: item for item in out.plan.placements}, conference=conference)
    assert {item.sequence for item in after.plan.revisions} == {1}


def test_a_version_that_does_not_follow_is_refused(out: Version) -> None:
    elsewhere = changed(changed(out, room="r2"), room="r1")
    with pytest.raises(InputError, match="was not made from the version that readers had"):
        by_reader(changed(out, room="hall", table=1), elsewhere)


def test_nobody_is_told_of_what_is_over(out: Version) -> None:
    """On the evening before everything is to come; two hours after half past ten on the first day, case-Alpha is over."""
    late = _at(out, "2026-02-05T10:30")
    renamed = tuple(
        item.model_copy(update={"name": "Renamed"}) if item.id == "KHM" else item for item in out.scenario.delegations
    )
    after = _at(late, "2026-02-05T10:30", delegations=renamed)
    assert [item.sequence for item in revisions(after)] == [1]
    assert ALPHA not in {item.uid for found in by_reader(after, late).values() for item in found}


def test_who_had_nothing_is_told_of_what_is_to_come_only(out: Version) -> None:
    late = _at(out, "2026-02-05T10:30")
    told_of = {item.uid for found in by_reader(late, None).values() for item in found}
    assert told_of == {item.uid for item in late.plan.revisions if item.shown.end > _clock("10:30")}
    assert ALPHA not in told_of


def test_what_is_over_but_stands_later_in_a_calendar_is_told(out: Version) -> None:
    """Half past three became ten; who skipped that version still waits for the afternoon."""
    late = changed(out, start=_clock("15:30"), end=_clock("16:00"))
    early = changed(late, start=_clock("10:00"), end=_clock("10:30"))
    after = _at(early, "2026-02-05T12:00")
    assert told(after, late)["delegation/KOR"] == [("update", 2)]
    assert told(after, early) == {}


def test_a_cancelled_session_stands_in_the_agenda_until_it_is_over(out: Version) -> None:
    gone = without(out)
    for clock, stands in (("10:29", True), ("10:30", False)):
        after = _at(gone, f"2026-02-05T{clock}")
        assert {reader for reader in readers(out) if b"CANCELLED" in agenda_of(after, reader)} == (
            set(EVERYBODY) if stands else set()
        )


def _entries(agenda: bytes) -> dict[bytes, list[bytes]]:
    """Return the unfolded lines of every entry that is not cancelled, by UID."""
    texts = agenda.replace(b"\r\n ", b"").split(b"BEGIN:VEVENT")[1:]
    parts = [text.partition(b"END:VEVENT")[0].split(b"\r\n") for text in texts]
    live = [lines for lines in parts if b"STATUS:CONFIRMED" in lines]
    return {line: lines for lines in live for line in lines if line.startswith(b"UID:")}


def _said(lines: list[bytes]) -> list[bytes]:
    return [line for line in lines if not line.startswith((b"SEQUENCE:", b"DTSTAMP:", b"LAST-MODIFIED:"))]


def _number(lines: list[bytes]) -> bytes:
    return next(line for line in lines if line.startswith(b"SEQUENCE:"))


def _clock(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-02-05T{text}:00+09:00")


def _at(before: Version, now: str, **of_scenario: Any) -> Version:
    """Return the version after one at a moment."""
    moment = datetime.fromisoformat(now)
    after = follow(before, {item.session: item for item in before.plan.placements}, **of_scenario)
    replanning = after.scenario.replanning
    assert replanning is not None
    at = after.scenario.model_copy(update={"replanning": replanning.model_copy(update={"now": moment})})
    return Version(at, revise(at, after.plan, before.pair))
