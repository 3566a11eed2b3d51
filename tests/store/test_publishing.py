"""Publishing: numbered versions, exactly one published, and a log that only grows."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from planner.errors import InputError, OutputError
from planner.store import (
    Counts,
    OvertakenError,
    Publication,
    Signature,
    Store,
    UnsoundSubmissionError,
    contents,
    log_of,
    publish,
    publish_again,
    published,
    version_of,
)
from tests.store.conference import afresh, first, publish_first, publish_second, publish_third, second, signed, third
from tests.verify.build import replace_placement


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store in which the first plan is published."""
    return publish_first(tmp_path / "x.store")


def log(store: Store) -> list[tuple[int, str, str, str, int | None]]:
    with store.reading() as session:
        return [(each.version.number, each.deed, each.by, each.why, each.before) for each in log_of(session)]


def holds(store: Store) -> int | None:
    with store.reading() as session:
        entry = published(session)
        return entry.version.number if entry else None


def brief(done: Publication) -> tuple[int, int | None, Counts, bool]:
    return done.entry.version.number, done.before, done.counts, done.already


def test_versions_are_numbered_and_the_last_is_published(tmp_path: Path) -> None:
    store = Store(tmp_path / "x.store", make=True)
    done = [publish(store, first(), signed()), publish_second(store), publish_third(store)]
    assert [brief(each) for each in done] == [
        (1, None, Counts(3, 0, 0, 0), False),
        (2, 1, Counts(1, 1, 1, 1), False),
        (3, 2, Counts(0, 1, 0, 2), False),
    ]
    assert holds(store) == 3


def test_the_log_says_who_published_what_when_and_why(store: Store) -> None:
    publish_second(store)
    with store.reading() as session:
        told = [(each.at, each.by, each.why, each.version.number, each.before) for each in log_of(session)]
    assert told == [
        (datetime(2026, 1, 20, 9, tzinfo=UTC), "Ana", "First plan", 1, None),
        (datetime(2026, 1, 21, 9, tzinfo=UTC), "Ben", "Moved", 2, 1),
    ]


def test_moments_come_back_as_utc_whatever_zone_they_were_given_in(tmp_path: Path) -> None:
    store = Store(tmp_path / "x.store", make=True)
    seoul = datetime(2026, 1, 20, 18, 30, tzinfo=timezone(timedelta(hours=9)))
    publish(store, first(), Signature("Ana", "First plan", seoul))
    with store.reading() as session:
        (entry,) = log_of(session)
    assert entry.at.isoformat() == "2026-01-20T09:30:00+00:00"


def test_a_version_holds_scenario_and_changes_as_they_were_written(tmp_path: Path) -> None:
    store = Store(tmp_path / "x.store", make=True)
    given = replace(first(), scenario_text=first().scenario_text + "# ours\n", changes_text="late: KHM\n")
    publish(store, given, signed())
    with store.reading() as session:
        version = version_of(session, 1)
    assert (version.scenario, version.changes) == (given.scenario_text, "late: KHM\n")
    assert [each.session for each in contents(version).plan.placements] == ["m-1", "m-2", "m-3"]


def test_the_same_plan_twice_is_published_once(store: Store) -> None:
    done = publish(store, first(), signed("Ben", "Once more", 1))
    assert (done.already, done.entry.by) == (True, "Ana")
    assert log(store) == [(1, "published", "Ana", "First plan", None)]


def test_a_draft_stands_beside_what_is_published(store: Store) -> None:
    done = publish(store, second(), signed("Ben", "Perhaps"), draft=True)
    assert brief(done) == (2, 1, Counts(1, 1, 1, 1), False)
    assert (holds(store), done.waiting) == (1, 5)
    assert log(store)[1:] == [(2, "drafted", "Ben", "Perhaps", 1)]


def test_a_draft_that_was_made_from_what_is_published_can_be_published(store: Store) -> None:
    publish(store, second(), signed("Ben", "Perhaps"), draft=True)
    done = publish_again(store, 2, signed("Ana", "Yes", 1))
    assert (holds(store), done.before, log(store)[2:]) == (
        done.entry.version.number,
        1,
        [(done.entry.version.number, "published", "Ana", "Yes", 1)],
    )
    with store.reading() as session:
        held = contents(version_of(session, done.entry.version.number))
    assert [(each.session, each.sequence) for each in held.plan.placements] == [("m-1", 1), ("m-3", 0), ("m-4", 0)]


def test_who_was_overtaken_is_told_by_whom_and_what_to_do(store: Store) -> None:
    publish_second(store)
    with pytest.raises(OvertakenError) as told:
        publish(store, replace(second(), changes_text="other: changes\n"), signed("Eva", "Other", 1))
    assert told.value.message == (
        "The plan was not made from version 2, which Ben published on 2026-01-21 at 09:00 UTC: Moved"
    )
    assert told.value.hint == (
        "Look at it by planner show, and change that plan by planner replan; or publish yours in its place by --base 2."
    )
    assert (holds(store), len(log(store))) == (2, 2)


def test_a_plan_made_from_scratch_follows_only_the_version_that_is_named(store: Store) -> None:
    with pytest.raises(OvertakenError):
        publish(store, afresh(), signed())
    assert brief(publish(store, afresh(), signed(), base=1)) == (2, 1, Counts(0, 2, 1, 0), False)
    with pytest.raises(OvertakenError):
        publish(store, third(), signed(), base=1)
    assert holds(store) == 2


def test_a_base_that_is_not_there_is_told(store: Store) -> None:
    with pytest.raises(InputError) as told:
        publish(store, afresh(), signed(), base=7)
    assert (told.value.message, told.value.hint) == (
        "The store has no version 7.",
        "Its versions are 1 to 1. planner log lists them.",
    )


def test_an_older_plan_that_holds_again_is_a_new_entry_with_higher_numbers_for_calendars(store: Store) -> None:
    publish_second(store)
    with pytest.raises(OvertakenError):
        publish_again(store, 1, signed("Eva", "Back", 2))
    done = publish_again(store, 1, signed("Eva", "Back", 2), base=2)
    assert (brief(done), done.revised) == ((3, 2, Counts(1, 1, 1, 1), False), True)
    assert [entry[:2] for entry in log(store)] == [(1, "published"), (2, "published"), (3, "published")]
    with store.reading() as session:
        held = contents(version_of(session, 3)).plan
    numbers = [(each.session, each.sequence, each.generation) for each in held.placements]
    assert numbers == [("m-1", 2, 1), ("m-2", 0, 2), ("m-3", 0, 1)]


def test_publishing_again_what_is_published_does_nothing(store: Store) -> None:
    assert publish_again(store, 1, signed("Eva", "Again")).already
    assert len(log(store)) == 1


def test_a_plan_that_the_verifier_refuses_is_not_stored(tmp_path: Path) -> None:
    given = first()
    wrong = replace(given, plan=replace_placement(given.plan, room="B", start=given.plan.placements[1].start))
    path = tmp_path / "x.store"
    with pytest.raises(UnsoundSubmissionError) as told:
        publish(Store(path, make=True), wrong, signed())
    assert not told.value.report.sound
    assert not path.exists()


@pytest.mark.parametrize(
    ("by", "why", "option"), [("", "why", "--by"), ("Ana", " ", "--why"), ("A\nna", "why", "--by")]
)
def test_a_publisher_has_a_name_and_a_reason(by: str, why: str, option: str) -> None:
    with pytest.raises(InputError) as told:
        Signature(by, why, datetime(2026, 1, 20, tzinfo=UTC))
    assert told.value.message.startswith(option)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE version SET plan = ''",
        "DELETE FROM version",
        "UPDATE log SET why = 'other'",
        "DELETE FROM log",
        "DELETE FROM published",
        "INSERT INTO published VALUES (2, 1)",
        "INSERT INTO log VALUES (9, '2026-01-01', 'Eva', 'why', 'published', 77, NULL)",
        "INSERT INTO log VALUES (9, '2026-01-01', '', 'why', 'published', 1, NULL)",
        "UPDATE published SET entry = 77",
        "UPDATE message SET eml = ''",
        "DELETE FROM message",
        "UPDATE message SET state = 'lost'",
        "UPDATE delivery SET said = 'other'",
        "DELETE FROM delivery",
    ],
)
def test_the_database_itself_refuses_to_rewrite_history(store: Store, statement: str) -> None:
    publish_second(store)
    before = log(store)
    with pytest.raises(OutputError), store.writing() as session:
        session.connection().exec_driver_sql(statement)
    assert (log(store), holds(store)) == (before, 2)


def test_the_tables_can_be_written_where_history_is_not_at_stake(store: Store) -> None:
    """So that the refusals of the test above are not those of a file that refuses everything."""
    with store.writing() as session:
        session.connection().exec_driver_sql("UPDATE message SET state = 'sending' WHERE number = 1")
    (count,) = sqlite3.connect(store.path).execute("SELECT count(*) FROM message WHERE state = 'sending'").fetchone()
    assert count == 1
