"""The tables of a store, and what the database itself sees to: history stays, one plan is published, mail moves on only.

Rows of ``version``, ``log`` and ``delivery`` are written once. The row of ``published`` may only move to another entry of
the log. Of a ``message`` nothing changes but its state, and a state that is final stays.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, event, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from planner.store.moments import UtcMoment

APPLICATION: Final = 0x504C4E52
"""SQLite's ``application_id`` of every store: the letters PLNR."""
SCHEMA: Final = 1
"""SQLite's ``user_version`` of a store that this program writes; raised with every change of the tables."""


class Deed(StrEnum):
    """What an entry of the log tells of."""

    drafted = "drafted"
    published = "published"


class State(StrEnum):
    """Where a message is.

    A message ``waiting`` is ``sending`` from the moment it is handed to the mail server. From there it is ``sent``, or back to
    ``waiting``, or ``refused`` for good, or, when nobody knows, ``in_doubt``. A person may make it ``settled``: it counts as
    received. A newer plan makes it ``replaced`` as long as it was not handed over.
    """

    waiting = "waiting"
    sending = "sending"
    in_doubt = "in doubt"
    refused = "refused"
    sent = "sent"
    settled = "settled"
    replaced = "replaced"


UNSENT: Final = (State.waiting, State.refused)
HANDED_OVER: Final = (State.sending, State.in_doubt, State.sent, State.settled)
OPEN: Final = (State.waiting, State.refused, State.sending, State.in_doubt)


def _among(column: str, values: type[StrEnum]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(value.value) for value in values)})")


class Base(DeclarativeBase):
    """Base of all tables."""

    type_annotation_map = {datetime: UtcMoment()}  # noqa: RUF012


class Version(Base):
    """A plan with everything that it was made from; numbers begin at 1.

    ``scenario`` is the file as it was written, ``content`` what was read from it, as JSON, which is read again much faster.
    """

    __tablename__ = "version"

    number: Mapped[int] = mapped_column(primary_key=True)
    base: Mapped[int | None] = mapped_column(ForeignKey("version.number"))
    hash: Mapped[str] = mapped_column(unique=True)
    given: Mapped[str] = mapped_column(index=True)
    scenario: Mapped[str]
    content: Mapped[str]
    plan: Mapped[str]
    changes: Mapped[str | None]


class Entry(Base):
    """One entry of the log: who did what, when, why, and which version was published before."""

    __tablename__ = "log"
    __table_args__ = (_among("deed", Deed), CheckConstraint("trim(by) <> ''"), CheckConstraint("trim(why) <> ''"))

    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    why: Mapped[str]
    deed: Mapped[str]
    version_number: Mapped[int] = mapped_column("version", ForeignKey("version.number"))
    before: Mapped[int | None] = mapped_column(ForeignKey("version.number"))

    version: Mapped[Version] = relationship(foreign_keys=[version_number])


class Published(Base):
    """The one row that says which entry of the log holds."""

    __tablename__ = "published"
    __table_args__ = (CheckConstraint("id = 1"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_number: Mapped[int] = mapped_column("entry", ForeignKey("log.number"))

    entry: Mapped[Entry] = relationship()


class Mail(Base):
    """One message of the outbox, as it is sent. Messages of one reader go out by number."""

    __tablename__ = "message"
    __table_args__ = (
        _among("state", State),
        Index("one_at_a_time", "reader", unique=True, sqlite_where=text("state = 'sending'")),
        Index("by_reader", "reader", "number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    version_number: Mapped[int] = mapped_column("version", ForeignKey("version.number"))
    reader: Mapped[str]
    sender: Mapped[str]
    recipient: Mapped[str | None]
    kind: Mapped[str]
    uid: Mapped[str]
    sequence: Mapped[int]
    subject: Mapped[str]
    eml: Mapped[bytes]
    state: Mapped[str]


class Delivery(Base):
    """One thing that happened to a message: what its state became, when, through whom, and what the server said."""

    __tablename__ = "delivery"
    __table_args__ = (_among("state", State),)

    number: Mapped[int] = mapped_column(primary_key=True)
    message: Mapped[int] = mapped_column(ForeignKey("message.number"), index=True)
    at: Mapped[datetime]
    state: Mapped[str]
    by: Mapped[str | None]
    said: Mapped[str]


def _refusal(name: str, when: str, message: str) -> DDL:
    return DDL(  # type: ignore[no-untyped-call]
        f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _refusals() -> list[DDL]:
    final = ", ".join(repr(state.value) for state in (State.sent, State.settled, State.replaced))
    found = [_refusal("message_goes_not", "DELETE ON message", "messages are kept")]
    found.append(
        _refusal(
            "message_stays",
            "UPDATE OF number, version, reader, sender, recipient, kind, uid, sequence, subject, eml ON message",
            "messages are not rewritten",
        )
    )
    found.append(
        _refusal(
            "final_stays", f"UPDATE OF state ON message WHEN OLD.state IN ({final})", "the message has left the outbox"
        )
    )
    found.append(_refusal("published_goes_not", "DELETE ON published", "one plan stays published"))
    for table in ("version", "log", "delivery"):
        found.append(_refusal(f"{table}_goes_not", f"DELETE ON {table}", "history is kept"))
        found.append(_refusal(f"{table}_stays", f"UPDATE ON {table}", "history is not rewritten"))
    return found


for _refused in _refusals():
    event.listen(Base.metadata, "after_create", _refused)
