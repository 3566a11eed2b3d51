"""Sending to a real server: in order for each reader, nothing twice, and everything that goes wrong told and kept apart."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.errors import InputError, OutputError
from planner.store import Store, publish_again, read_outbox
from planner.store.sending import Run, resend, send, settle
from planner.store.smtp import Post, Server, UnusableServerError
from planner.store.sole_sender import sole_sender
from planner.store.tables import Mail, State
from tests.cli.running import command
from tests.store.conference import JO, KIM, MOMENT, RITH, publish_first, publish_second, publish_third, signed
from tests.store.post_office import CLOSE, Office, opened

KIMS, JOS = "kim@kor.example", "jo@jpn.example"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store in which the first plan is published and nobody has heard of it."""
    return publish_first(tmp_path / "x.store")


@pytest.fixture
def office() -> Iterator[Office]:
    """A mail server that does as it is told."""
    with opened(Office()) as at_work:
        yield at_work


def sent(store: Store, office: Office) -> Run:
    """Send once."""
    with Post(Server("127.0.0.1", office.port, timeout_seconds=20)) as post:
        return send(store, post, lambda: MOMENT, lambda step: None)


def to(office: Office, address: str) -> list[str]:
    """Return the kinds of calendar files that an address got, in order: invitations and updates are requests."""
    mails = [mail for recipient, mail in office.taken if recipient == address]
    return [
        str(part.get_param("method"))
        for mail in mails
        for part in mail.walk()
        if part.get_content_subtype() == "calendar"
    ]


def states(store: Store, reader: str) -> list[str]:
    return [each.state.value for each in read_outbox(store) if each.reader == reader]


def last(store: Store, reader: str) -> tuple[int, str]:
    """Return number and story of the first message of a reader that is not done with."""
    first = next(each for each in read_outbox(store) if each.reader == reader)
    return first.number, first.said


def test_everybody_gets_each_message_once_and_in_order(store: Store, office: Office) -> None:
    wanted = {
        address: [each.uid for each in read_outbox(store) if each.recipient == address] for address in (KIMS, JOS)
    }
    run = sent(store, office)
    assert (len(run.steps), run.error) == (5, None)
    got = {address: [uid for name, uid in _uids(office) if name == address] for address in (KIMS, JOS)}
    assert got == wanted
    assert len(set(office.ids)) == 5
    assert sent(store, office).steps == []


def _uids(office: Office) -> list[tuple[str, str]]:
    found = []
    for recipient, mail in office.taken:
        (part,) = [part for part in mail.walk() if part.get_content_subtype() == "calendar"]
        lines = part.get_content().replace("\r\n ", "").splitlines()
        found.append((recipient, next(line for line in lines if line.startswith("UID:")).removeprefix("UID:")))
    return found


def test_who_has_no_address_is_sent_nothing_and_holds_nobody_back(store: Store, office: Office) -> None:
    sent(store, office)
    assert {address for address, _ in office.taken} == {KIMS, JOS}
    assert states(store, RITH) == ["waiting"]


def test_names_that_are_not_ascii_arrive(store: Store, office: Office) -> None:
    sent(store, office)
    assert {str(mail["From"]) for _, mail in office.taken} == {"Büro <office@example.org>"}


def test_a_cancellation_cannot_overtake_an_invitation(store: Store, office: Office) -> None:
    """The invitation to m-1 is refused for now; what a newer plan says waits behind, and the others are not held back."""
    office.on_recipient = {JOS: "451 4.7.1 Later!"}
    sent(store, office)
    assert (to(office, JOS), to(office, KIMS)) == ([], ["REQUEST"] * 3)
    sent(store, office)
    assert to(office, JOS) == ["REQUEST"] * 2
    publish_second(store)
    sent(store, office)
    assert to(office, JOS)[2:] == ["CANCEL", "REQUEST", "REQUEST"]


def test_what_is_refused_for_now_is_tried_again_by_the_next_run_only(store: Store, office: Office) -> None:
    office.on_recipient = {JOS: "451 4.7.1 Greylisted"}
    run = sent(store, office)
    assert [(step.state, step.said) for step in run.steps if step.reader == JO] == [
        (State.waiting, "451 4.7.1 Greylisted")
    ]
    assert office.commands.count(JOS) == 1
    office.on_recipient = {}
    assert [step.state for step in sent(store, office).steps] == [State.sent] * 2


@pytest.mark.parametrize("moment", ["on_recipient", "on_text"])
def test_what_is_refused_for_good_waits_for_a_person(store: Store, office: Office, moment: str) -> None:
    setattr(office, moment, {JOS: "550 5.1.1 No such user"})
    sent(store, office)
    assert (states(store, JO), last(store, JO)[1]) == (["refused", "waiting"], "550 5.1.1 No such user")
    setattr(office, moment, {})
    assert sent(store, office).steps == []
    assert to(office, KIMS) == ["REQUEST"] * 3
    resend(store, [last(store, JO)[0]], signed("Eva", "They mended it"))
    sent(store, office)
    assert (to(office, JOS), states(store, JO)) == (["REQUEST"] * 2, [])


def test_a_new_plan_tries_again_what_was_refused_for_good(store: Store, office: Office) -> None:
    office.on_recipient = {JOS: "550 5.1.1 No such user!"}
    sent(store, office)
    publish_second(store)
    sent(store, office)
    assert (to(office, JOS), states(store, JO)) == (["REQUEST"] * 2, [])


def test_a_server_that_closes_before_the_text_has_taken_nothing(store: Store, office: Office) -> None:
    office.on_recipient = {KIMS: CLOSE}
    sent(store, office)
    assert (states(store, KIM), to(office, JOS)) == (["waiting"] * 3, ["REQUEST"] * 2)
    office.on_recipient = {}
    sent(store, office)
    assert (to(office, KIMS), len(set(office.ids))) == (["REQUEST"] * 3, 5)


@pytest.mark.parametrize("kept", [True, False])
def test_a_server_that_closes_instead_of_answering_leaves_a_message_in_doubt(
    store: Store, office: Office, kept: bool
) -> None:
    """Whether the server kept the mail cannot be seen from here, so both look the same."""
    office.on_text, office.keeps_closed = {KIMS: CLOSE + "!"}, kept
    sent(store, office)
    assert states(store, KIM) == ["in doubt", "waiting", "waiting"]
    assert to(office, JOS) == ["REQUEST"] * 2
    assert sent(store, office).steps == []
    number, said = last(store, KIM)
    assert said.startswith("the connection broke while the mail was being sent: ")
    (settle if kept else resend)(store, [number], signed("Eva", "Asked Kim"))
    sent(store, office)
    assert (to(office, KIMS), len(set(office.ids)), len(office.ids)) == (["REQUEST"] * 3, 5, 5)


def test_a_server_that_shuts_down_is_told_and_the_rest_waits(store: Store) -> None:
    with opened(Office()) as office:
        office.on_text = {KIMS: "421 4.3.0 Closing"}
        run = sent(store, office)
        assert (run.error, states(store, KIM)) == (None, ["waiting"] * 3)
        assert to(office, JOS) == ["REQUEST"] * 2
    gone = sent(store, office)
    assert isinstance(gone.error, UnusableServerError)
    assert gone.error.message == f"The mail server 127.0.0.1:{office.port} cannot be used: Connection refused."
    assert states(store, KIM) == ["waiting"] * 3


def test_what_came_back_and_is_out_of_date_gives_way_to_what_is_true_now(store: Store, office: Office) -> None:
    """A new plan is published while the server refuses the invitation to m-2, which the plan cancels."""
    sent_once: list[bool] = []

    def publish_meanwhile() -> None:
        if not sent_once:
            sent_once.append(True)
            publish_second(store)

    office.on_recipient = {KIMS: "451 4.7.1 Later!", JOS: "451 4.7.1 Later!"}
    with Post(Server("127.0.0.1", office.port)) as post:
        send(store, post, lambda: MOMENT, lambda step: publish_meanwhile())
    sent(store, office)
    assert to(office, JOS) == ["REQUEST"] * 2
    assert to(office, KIMS) == ["REQUEST"] * 3


@pytest.mark.parametrize("on_recipient", [True, False], ids=["before the text", "after the text"])
@pytest.mark.parametrize("kill_at", [1, 3, 5])
def test_a_sender_that_is_killed_sends_nothing_twice(
    store: Store, office: Office, kill_at: int, on_recipient: bool
) -> None:
    """The server kills the sender in the middle of a message, once before and once after it has taken it."""
    office.kill_at, office.kill_on_recipient = kill_at, on_recipient
    line = command("send", store.path, "--smtp", f"127.0.0.1:{office.port}", "--really")
    with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        office.victim.put(running.pid)
        assert running.wait() == -9
    (doubt,) = [each for each in read_outbox(store) if each.state is State.in_doubt]
    assert doubt.said == "a process ended while it was sending this"
    before = len(office.taken)
    assert before == (kill_at - 1 if on_recipient else kill_at)
    office.kill_at = None

    sent(store, office)
    left = [each for each in read_outbox(store) if each.recipient is not None]
    assert {each.reader for each in left} == {doubt.reader}
    assert left[0].number == doubt.number
    with store.reading() as session:
        assert session.get_one(Mail, doubt.number).state == State.in_doubt
    (resend if on_recipient else settle)(store, [doubt.number], signed("Eva", "Looked at the server"))
    sent(store, office)
    assert [each for each in read_outbox(store) if each.recipient is not None] == []
    assert Counter(office.ids).most_common(1)[0][1] == 1
    assert {address: len(to(office, address)) for address in (KIMS, JOS)} == {KIMS: 3, JOS: 2}


def test_what_is_in_doubt_holds_back_a_newer_plan_for_its_reader_alone(store: Store, office: Office) -> None:
    office.on_text = {JOS: CLOSE + "!"}
    sent(store, office)
    publish_second(store)
    publish_third(store)
    sent(store, office)
    assert (len(to(office, JOS)), to(office, KIMS)[3:]) == (1, ["CANCEL", "REQUEST", "REQUEST"])
    resend(store, [last(store, JO)[0]], signed("Eva", "Not there"))
    sent(store, office)
    assert to(office, JOS) == ["REQUEST", "REQUEST", "REQUEST", "REQUEST"]


def test_an_order_of_plans_reaches_everybody_in_order(store: Store, office: Office) -> None:
    sent(store, office)
    publish_second(store)
    sent(store, office)
    publish_again(store, 1, signed("Eva", "Back", 3), base=2)
    sent(store, office)
    changes = ["CANCEL", "REQUEST", "REQUEST"]
    assert (to(office, KIMS), to(office, JOS)) == (["REQUEST"] * 3 + changes * 2, ["REQUEST"] * 2 + changes * 2)


def test_only_one_process_sends_from_a_store(store: Store, office: Office) -> None:
    with sole_sender(store.path), pytest.raises(OutputError) as told:
        sent(store, office)
    assert told.value.message == f"Another process is sending from {store.path}."
    assert office.commands == []


def test_what_another_process_is_sending_now_is_not_in_doubt(store: Store) -> None:
    number, _ = last(store, KIM)
    with store.writing() as session:
        session.get_one(Mail, number).state = State.sending.value
    with sole_sender(store.path):
        assert states(store, KIM)[0] == "sending"
    assert states(store, KIM)[0] == "in doubt"


@pytest.mark.parametrize(
    "address", ["jo@jpn.example\r\nRCPT TO:<eve@evil.example>", "jo @jpn.example", "jo@jpn.example\0"]
)
def test_no_address_can_smuggle_a_command(address: str) -> None:
    from planner.messages import Message
    from planner.store.outbox import _address

    with pytest.raises(InputError):
        _address(Message(JO, address, "invitation", "u@x", 0, "Subject", "Text\n", b""))
