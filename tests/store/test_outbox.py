"""The outbox: what each reader must hear since what this reader last had, in order, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from planner.errors import InputError, OutputError
from planner.plan import session_uid
from planner.store import Store, publish, publish_again, read_outbox
from planner.store.drafts import write_drafts
from planner.store.sending import resend, settle
from tests.store.conference import JO, KIM, RITH, publish_first, publish_second, publish_third, second, signed

SESSIONS = {session_uid("test", "example.org", name): name for name in ("m-1", "m-2", "m-3", "m-4")}
Told = list[tuple[str, str]]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store in which the first plan is published and nobody has heard of it."""
    return publish_first(tmp_path / "x.store")


def told(store: Store, reader: str) -> Told:
    """Return what waits for a reader, in order, with the SEQUENCE where it is not 0."""
    return [
        (each.kind, SESSIONS.get(each.uid, "new entry") + (f" #{each.sequence}" if each.sequence else ""))
        for each in read_outbox(store)
        if each.reader == reader
    ]


def receive(store: Store, *sessions: str, reader: str | None = None) -> None:
    """Let what waits about these sessions, or all of it, be received."""
    there = read_outbox(store)
    asked = [each for each in there if not sessions or SESSIONS[each.uid] in sessions]
    settle(store, [each.number for each in asked if reader in (None, each.reader)], signed("Eva", "Told by phone"))


def invited(*sessions: str) -> Told:
    return [("invitation", name) for name in sessions]


def test_everybody_is_invited_to_their_own_sessions_in_order(store: Store) -> None:
    assert [told(store, each) for each in (KIM, JO, RITH)] == [
        invited("m-1", "m-2", "m-3"),
        invited("m-1", "m-2"),
        invited("m-3"),
    ]


def test_who_has_the_first_plan_hears_of_what_changed_alone_and_of_ends_first(store: Store) -> None:
    receive(store)
    publish_second(store)
    changes = [("cancellation", "m-2 #1"), ("update", "m-1 #1"), ("invitation", "m-4")]
    assert [told(store, each) for each in (KIM, JO, RITH)] == [changes, changes, []]


def test_nothing_is_said_of_a_session_whose_invitation_was_never_sent(store: Store) -> None:
    publish_second(store)
    assert told(store, KIM) == [("invitation", "m-3"), ("invitation", "m-1 #1"), ("invitation", "m-4")]


def test_each_entry_is_compared_with_the_version_that_the_reader_has_of_it(store: Store) -> None:
    """Kim has the invitation to m-1 only, so there is nothing to cancel of m-2, and m-3 is still news."""
    receive(store, "m-1", reader=KIM)
    publish_second(store)
    assert told(store, KIM) == [("update", "m-1 #1"), ("invitation", "m-3"), ("invitation", "m-4")]
    assert told(store, JO) == [("invitation", "m-1 #1"), ("invitation", "m-4")]


def test_an_update_that_was_not_sent_gives_way_to_the_next(store: Store) -> None:
    receive(store)
    publish_second(store)
    publish_third(store)
    assert told(store, KIM) == [("cancellation", "m-2 #1"), ("update", "m-1 #2"), ("invitation", "m-4")]


def test_what_is_published_again_after_a_cancellation_was_received_is_a_new_entry(store: Store) -> None:
    receive(store)
    publish_second(store)
    receive(store)
    publish_again(store, 1, signed("Eva", "Back", 2), base=2)
    assert told(store, JO) == [("cancellation", "m-4 #1"), ("update", "m-1 #2"), ("invitation", "new entry")]


def test_a_plan_taken_back_before_anybody_heard_of_it_is_told_as_if_it_had_not_been(store: Store) -> None:
    """The numbers have risen; for readers m-2 ended and is held again, which only a new entry tells every program."""
    receive(store)
    publish_second(store)
    publish_again(store, 1, signed("Eva", "Back", 2), base=2)
    assert told(store, RITH) == []
    assert told(store, JO) == [("cancellation", "m-2 #1"), ("update", "m-1 #2"), ("invitation", "new entry")]


def test_a_draft_tells_nobody(store: Store) -> None:
    before = read_outbox(store)
    publish(store, second(), signed(), draft=True)
    assert read_outbox(store) == before


def test_who_has_no_address_is_free_of_mail_and_waits_for_handing_over(store: Store) -> None:
    there = read_outbox(store)
    assert {each.reader: (each.recipient, each.free) for each in there if each.reader.startswith("delegate/")} == {
        KIM: ("kim@kor.example", True),
        JO: ("jo@jpn.example", True),
        RITH: (None, False),
    }


def test_what_was_received_is_received_for_good(store: Store) -> None:
    receive(store, "m-1")
    (number, *_) = sorted(set(range(1, 9)) - {each.number for each in read_outbox(store)})
    for decide in (settle, resend):
        with pytest.raises(InputError) as said:
            decide(store, [number], signed())
        assert said.value.message.startswith(f"Message {number} is settled, not ")


@pytest.mark.parametrize("decide", [settle, resend])
def test_a_message_that_is_not_there_is_told_and_nothing_is_done(store: Store, decide: Callable[..., object]) -> None:
    before = read_outbox(store)
    with pytest.raises(InputError) as said:
        decide(store, [99, 1], signed())
    assert (said.value.message, read_outbox(store)) == ("There is no message 99.", before)


def test_mails_are_written_in_order_below_a_folder_for_each_reader(store: Store, tmp_path: Path) -> None:
    files = write_drafts(read_outbox(store), tmp_path / "mails")
    assert sorted(files) == sorted(path for path in (tmp_path / "mails").rglob("*") if path.is_file())
    assert kinds(tmp_path / "mails" / "delegate" / "kim") == ["invitation"] * 3
    assert b"To: kim@kor.example" in next((tmp_path / "mails" / "delegate" / "kim").iterdir()).read_bytes()


def kinds(folder: Path) -> Iterable[str]:
    return [path.stem.partition("-")[2] for path in sorted(folder.iterdir())]


def test_a_folder_that_holds_something_is_left_alone(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "mails"
    target.mkdir()
    (target / "mine.txt").write_text("mine")
    with pytest.raises(OutputError):
        write_drafts(read_outbox(store), target)
    assert [path.name for path in target.rglob("*")] == ["mine.txt"]
