"""What the views of several readers are made of.

All moments are aware and in the conference's zone, unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from planner.record import Form


@dataclass(frozen=True)
class Masthead:
    """What stands at the top of everything that is handed out.

    Attributes:
        days: the days of the conference, in order.
        zone: IANA name of the conference's time zone.
        revised: when the plan was made.
    """

    title: str
    venue: str
    days: tuple[date, ...]
    zone: str
    organiser: str
    mail: str
    revised: datetime


@dataclass(frozen=True)
class Place:
    """Where something is; the building is None when the conference has only one, the table in rooms with only one."""

    room: str
    table: int | None
    building: str | None


@dataclass(frozen=True)
class Event:
    """One entry of a calendar, the same for every reader who has it.

    Calendars are forwarded, and synced to servers of others: no entry names a case, a lead or a person.

    Attributes:
        sequence: how often it was changed; in the copy of a reader who left and came back it may be higher.
        created: when it was first published, UTC.
        revised: when it was last changed, UTC.
        cancelled: whether it is held no more, or no more for this reader.
    """

    uid: str
    sequence: int
    created: datetime
    revised: datetime
    start: datetime
    end: datetime
    summary: str
    location: str | None
    description: str | None
    category: str | None
    cancelled: bool = False


@dataclass(frozen=True)
class Calendar:
    """The calendar of one reader; ``since`` is when the first entry of the plan was published, UTC."""

    name: str
    zone: str
    organiser: str
    mail: str
    since: datetime
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Basics:
    """What everybody who is in the room of a session knows of it.

    Attributes:
        code: neutral name of the session, the same on agendas and on doors.
        form: Bilateral or Multilateral, by the delegations present; Session when there is only one.
        parties: names of the delegations present, the leader first.
        interpretation: names of the languages that are interpreted to and from the working language.
    """

    event: Event
    code: str
    start: datetime
    end: datetime
    form: str
    place: Place
    parties: tuple[str, ...]
    working_language: str
    interpretation: tuple[str, ...]
    classification: str


@dataclass(frozen=True)
class LeadView:
    """A lead that the reader may know of; ``shared_by`` is the name of a delegation."""

    id: str
    title: str
    shared_by: str


@dataclass(frozen=True)
class CaseView:
    """A case that the reader may know of, with the leads of it that the reader may know of.

    Attributes:
        form: which form a case of open format is held in; None when there was nothing to choose.
    """

    id: str
    title: str
    leader: str
    classification: str
    form: Form | None
    leads: tuple[LeadView, ...]


@dataclass(frozen=True)
class OfSession:
    """A session in a reader's agenda; readers differ in what they see besides the basics."""

    basics: Basics

    @property
    def start(self) -> datetime:
        """First moment."""
        return self.basics.start

    @property
    def end(self) -> datetime:
        """Moment after the last."""
        return self.basics.end

    @property
    def is_block(self) -> bool:
        """Tells sessions and blocks of a day apart."""
        return False


@dataclass(frozen=True)
class BlockView:
    """A fixed part of the programme."""

    event: Event
    kind: str
    title: str
    start: datetime
    end: datetime
    place: Place | None

    @property
    def is_block(self) -> bool:
        """Tells sessions and blocks of a day apart."""
        return True


class Timed(Protocol):
    """Anything that stands in a day."""

    @property
    def start(self) -> datetime:
        """First moment."""

    @property
    def end(self) -> datetime:
        """Moment after the last."""


Entry = TypeVar("Entry", bound=Timed)


@dataclass(frozen=True)
class DayView(Generic[Entry]):
    """One day with its entries by start, end and as given."""

    date: date
    entries: tuple[Entry, ...]


def by_day(days: Iterable[date], entries: Sequence[Entry]) -> tuple[DayView[Entry], ...]:
    """Return one view for each of ``days`` and for every further day on which an entry starts, in order."""
    every = sorted({*days, *(entry.start.date() for entry in entries)})
    ordered = sorted(entries, key=_span)
    return tuple(DayView(day, tuple(entry for entry in ordered if entry.start.date() == day)) for day in every)


def _span(entry: Timed) -> tuple[datetime, datetime]:
    return entry.start, entry.end
