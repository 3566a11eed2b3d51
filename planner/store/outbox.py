"""The outbox: what readers still have to be told, in order for each reader.

A reader has what was handed over, entry by entry of the calendar: each entry is compared with the version of which the
reader's last message about it was. So messages that a newer plan finds unsent are replaced by what is true now, and nothing
at all is sent about a session whose invitation never left. A message in doubt counts as handed over and holds back those
behind it, until somebody says what became of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.agenda import ORGANISER
from planner.errors import InputError
from planner.messages import Message
from planner.render import mail, messages
from planner.store.history import contents, version_of
from planner.store.opening import Store
from planner.store.sole_sender import somebody_sends
from planner.store.submission import Submission
from planner.store.tables import HANDED_OVER, OPEN, UNSENT, Delivery, Mail, State, Version

ENDED = "a process ended while it was sending this"


def refill(session: Session, version: Version, submission: Submission, at: datetime) -> None:
    """Replace what was not sent by what readers have to be told of a version that is published now."""
    for stale in session.scalars(select(Mail).where(Mail.state.in_(UNSENT))):
        move(session, stale, State.replaced, at, said=f"replaced by version {version.number}")
    for message in _due(session, submission):
        session.add(_row(message, version, submission, at))
    session.flush()


@dataclass(frozen=True)
class Waiting:
    """A message that is not done with.

    Attributes:
        free: it has an address, and no message before it holds it back.
        said: what was said when its state last changed.
    """

    number: int
    version: int
    reader: str
    recipient: str | None
    kind: str
    uid: str
    sequence: int
    subject: str
    eml: bytes
    state: State
    said: str
    free: bool


def read_outbox(store: Store) -> list[Waiting]:
    """Return what is not done with, in the order in which it goes out."""
    with store.reading() as session:
        rows = session.scalars(select(Mail).where(Mail.state.in_(OPEN)).order_by(Mail.number)).all()
        stuck = {row.reader for row in rows if row.state != State.waiting or row.recipient is None}
        said = _last_said(session)
    ended = any(row.state == State.sending for row in rows) and not somebody_sends(store.path)
    return [_told(row, said.get(row.number, ""), free=row.reader not in stuck, ended=ended) for row in rows]


def _told(row: Mail, said: str, *, free: bool, ended: bool) -> Waiting:
    state = State(row.state)
    if state is State.sending and ended:
        state, said = State.in_doubt, ENDED
    return Waiting(
        row.number,
        row.version_number,
        row.reader,
        row.recipient,
        row.kind,
        row.uid,
        row.sequence,
        row.subject,
        row.eml,
        state,
        said,
        free,
    )


def _last_said(session: Session) -> dict[int, str]:
    query = (
        select(Delivery.message, Delivery.said)
        .join(Mail, Mail.number == Delivery.message)
        .where(Mail.state.in_(OPEN))
        .order_by(Delivery.number)
    )
    return {row.message: row.said for row in session.execute(query)}


def waiting(session: Session) -> tuple[int, int]:
    """Return how many messages are not done with: to be sent, and to be handed over to readers without an address."""
    recipients = session.scalars(select(Mail.recipient).where(Mail.state.in_(OPEN))).all()
    by_hand = sum(recipient is None for recipient in recipients)
    return len(recipients) - by_hand, by_hand


def move(session: Session, row: Mail, state: State, at: datetime, *, said: str = "", by: str | None = None) -> None:
    """Give a message another state, and write down when and why."""
    row.state = state.value
    session.add(Delivery(message=row.number, at=at, state=state.value, by=by, said=said))
    session.flush()


def _due(session: Session, submission: Submission) -> Sequence[Message]:
    had = _had(session)
    found = []
    for number in sorted(set(had.values())):
        old = contents(version_of(session, number))
        told = messages(submission.scenario, submission.plan, (old.scenario, old.plan))
        found += [message for message in told if had.get((message.reader, message.uid)) == number]
    told = messages(submission.scenario, submission.plan, None)
    found += [message for message in told if (message.reader, message.uid) not in had]
    found = [message for message in found if message.reader != ORGANISER]
    return sorted(found, key=lambda message: message.kind != "cancellation")


def _had(session: Session) -> dict[tuple[str, str], int]:
    """Return the version that each reader has of each entry of the calendar."""
    rows = session.execute(
        select(Mail.reader, Mail.uid, Mail.version_number).where(Mail.state.in_(HANDED_OVER)).order_by(Mail.number)
    )
    return {(reader, uid): version for reader, uid, version in rows}


def _row(message: Message, version: Version, submission: Submission, at: datetime) -> Mail:
    organiser = submission.scenario.conference.organiser
    return Mail(
        version_number=version.number,
        reader=message.reader,
        sender=organiser.mail,
        recipient=_address(message),
        kind=message.kind,
        uid=message.uid,
        sequence=message.sequence,
        subject=message.subject,
        eml=mail(message, organiser, at).as_bytes(),
        state=State.waiting.value,
    )


def _address(message: Message) -> str | None:
    """Return the address of a message, as the server is told it; nothing in it can be taken for another command."""
    if message.to is not None and not (message.to.isprintable() and " " not in message.to):
        raise InputError(f"{message.to!r}, the address of {message.reader}, is no mail address.")
    return message.to
