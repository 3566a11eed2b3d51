"""Sending the outbox: each message once, in order for each reader, whatever happens to this process or to the server.

That a message is being sent is written down, in a transaction of its own, before the server hears of it, and what became of
it after. A message that was being sent when a process ended is in doubt. It is not sent again by itself: a person looks, and
says ``resend`` or ``settle``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.errors import InputError, OutputError
from planner.store.history import contents, published
from planner.store.opening import Store
from planner.store.outbox import ENDED, move, refill
from planner.store.publishing import Signature
from planner.store.smtp import Answer, Fate, Post, UnusableServerError
from planner.store.sole_sender import sole_sender
from planner.store.tables import OPEN, Mail, State

_BECOMES = {
    Fate.taken: State.sent,
    Fate.later: State.waiting,
    Fate.never: State.refused,
    Fate.unknown: State.in_doubt,
}


@dataclass(frozen=True)
class Step:
    """What became of one message in one run."""

    number: int
    reader: str
    recipient: str | None
    kind: str
    subject: str
    state: State
    said: str = ""


@dataclass(frozen=True)
class Run:
    """What one run of sending did.

    Attributes:
        steps: the messages that were handed to the server, in order.
        error: why the run ended early; None when it came to the end.
    """

    steps: Sequence[Step] = field(default_factory=list)
    error: OutputError | None = None


def send(store: Store, post: Post, now: Callable[[], datetime], report: Callable[[Step], None]) -> Run:
    """Send what waits and is held back by nothing.

    A reader whose message is refused is passed over for the rest of the run; all others get theirs.

    Args:
        store: whose outbox.
        post: the mail server.
        now: gives the moment, for the record.
        report: called after each message.

    Raises:
        OutputError: when another process is sending from this store.
    """
    with sole_sender(store.path):
        settle_past(store, now())
        steps: list[Step] = []
        passed_over: set[str] = set()
        while (mail := _claim(store, passed_over, now)) is not None:
            try:
                answer = post.hand_over(mail.sender, mail.recipient or "", mail.eml)
            except KeyboardInterrupt:
                steps.append(
                    _conclude(store, mail.number, Answer(Fate.unknown, "stopped while it was being sent"), now)
                )
                return Run(steps, OutputError("Stopped.", "Send again to go on."))
            except UnusableServerError as error:
                _conclude(store, mail.number, Answer(Fate.later, error.message), now)
                return Run(steps, error)
            step = _conclude(store, mail.number, answer, now)
            steps.append(step)
            report(step)
            if step.state is not State.sent:
                passed_over.add(step.reader)
    return Run(steps)


def resend(store: Store, numbers: Sequence[int], signed: Signature) -> list[Step]:
    """Let messages that are in doubt or were refused be sent again, in their old places.

    Raises:
        InputError: when one of them is neither; nothing is done then.
        OutputError: when another process is sending from this store.
    """
    return _decide(store, numbers, signed, State.waiting, (State.in_doubt, State.refused))


def settle(store: Store, numbers: Sequence[int], signed: Signature) -> list[Step]:
    """Take messages as received: the reader has them, by whatever way.

    Raises:
        InputError: when one of them is done with already; nothing is done then.
        OutputError: when another process is sending from this store.
    """
    return _decide(store, numbers, signed, State.settled, (State.in_doubt, State.refused, State.waiting))


def settle_past(store: Store, at: datetime) -> None:
    """Put in doubt what a process that has ended was sending; only the sole sender may call this."""
    with store.writing() as session:
        for row in session.scalars(select(Mail).where(Mail.state == State.sending)).all():
            move(session, row, State.in_doubt, at, said=ENDED)


def _claim(store: Store, passed_over: set[str], now: Callable[[], datetime]) -> Mail | None:
    """Write down which message is sent next, and return it; none when all that is left is held back."""
    with store.writing() as session:
        first = select(func.min(Mail.number)).where(Mail.state.in_(OPEN)).group_by(Mail.reader)
        free = (Mail.state == State.waiting, Mail.recipient.is_not(None), Mail.reader.not_in(passed_over))
        row = session.scalars(select(Mail).where(Mail.number.in_(first), *free).order_by(Mail.number).limit(1)).first()
        if row is not None:
            move(session, row, State.sending, now())
        return row


def _conclude(store: Store, number: int, answer: Answer, now: Callable[[], datetime]) -> Step:
    """Write down what became of a message; one that never left and is out of date gives way to what is true now."""
    with store.writing() as session:
        row = session.get_one(Mail, number)
        state = _BECOMES[answer.fate]
        move(session, row, state, now(), said=answer.said)
        step = _step(row, answer.said)
        entry = published(session)
        if state in (State.waiting, State.refused) and entry is not None and entry.version.number != row.version_number:
            refill(session, entry.version, contents(entry.version), now())
        return step


def _decide(
    store: Store, numbers: Sequence[int], signed: Signature, state: State, allowed: tuple[State, ...]
) -> list[Step]:
    with sole_sender(store.path):
        settle_past(store, signed.at)
        with store.writing() as session:
            rows = [_required(session, number, allowed) for number in dict.fromkeys(numbers)]
            for row in rows:
                move(session, row, state, signed.at, said=signed.why, by=signed.by)
            return [_step(row, signed.why) for row in rows]


def _required(session: Session, number: int, allowed: tuple[State, ...]) -> Mail:
    row = session.get(Mail, number)
    if row is None:
        raise InputError(f"There is no message {number}.", hint="planner outbox lists what waits.")
    if row.state not in allowed:
        wanted = " or ".join(allowed)
        raise InputError(f"Message {number} is {row.state}, not {wanted}.", hint="planner outbox lists what waits.")
    return row


def _step(row: Mail, said: str) -> Step:
    return Step(row.number, row.reader, row.recipient, row.kind, row.subject, State(row.state), said)
