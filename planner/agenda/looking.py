"""Looks at what a delegation's own side leaves open: its times, people, teams and sessions, and blocks that are for it.

Of what is not its own one fact is looked at, see ``planner.agenda.own_voice``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from planner.agenda.delegation import DelegationAgenda, NotScheduled, SessionView
from planner.agenda.hindrance import Hindrance, InTheWay, is_inside
from planner.agenda.own_changes import is_one_change_too_many
from planner.agenda.own_teams import OwnTeams
from planner.agenda.own_voice import is_interpreted
from planner.agenda.source import Source
from planner.errors import InputError
from planner.formation import Session
from planner.scenario import Delegation


def require_known(source: Source, delegation: str, session: str) -> None:
    """Refuse ids that the scenario does not have.

    Raises:
        InputError: when there is no such delegation or session.
    """
    if delegation not in source.delegations:
        raise InputError(f"There is no delegation {delegation!r}.", hint="Give the id of a delegation of the scenario.")
    if session not in source.sessions:
        raise InputError(f"There is no session {session!r}.", hint="planner sessions prints them with their ids.")


def in_agenda(agenda: DelegationAgenda, code: str) -> SessionView | NotScheduled | None:
    """Return a session as it stands in an agenda, by its code; None when it does not."""
    held = (entry for day in agenda.days for entry in day.entries if isinstance(entry, SessionView))
    return next(
        (entry for entry in held if entry.basics.code == code),
        next((entry for entry in agenda.not_scheduled if entry.code == code), None),
    )


class Looker:
    """Looks at one delegation's own side of a session.

    Args:
        source: scenario and plan; what is the delegation's own is looked at, and that one fact.
        own: the delegation.
        session: one of its sessions; it itself is in nobody's way.
        minutes: how long it takes; one cell of the grid if that is not to be told.
    """

    def __init__(self, source: Source, own: Delegation, session: Session, minutes: int | None) -> None:
        self.source = source
        self.own = own
        self.session = session
        self.length = timedelta(minutes=minutes or source.scenario.conference.grid_minutes)
        self.officers = [person for person in own.delegates if person.id in session.officers]
        self.is_known = minutes is not None
        self._teams = OwnTeams(source, own, session, self.officers)

    def starts(self) -> Iterator[datetime]:
        """Yield every start on the grid at which it would end within the hours, by the clock at the venue."""
        conference = self.source.scenario.conference
        step = timedelta(minutes=conference.grid_minutes)
        for day in sorted(conference.days, key=lambda day: day.date):
            moment = datetime.combine(day.date, day.opens)
            while moment + self.length <= datetime.combine(day.date, day.closes):
                yield moment
                moment += step

    def in_the_way(self, start: datetime, team: int | None = None) -> tuple[InTheWay, ...]:
        """Return what is in the way at a start by the clock at the venue; several things only when teams differ in it.

        Args:
            team: that is to sit in it, by number from 1; any if not given.
        """
        return next((found for found in self._looks(start, start + self.length, team) if found), ())

    def _looks(self, start: datetime, end: datetime, team: int | None) -> Iterator[tuple[InTheWay, ...]]:
        yield self._times(start, end)
        yield self._people(start, end)
        yield self._teams.in_the_way(start, end)
        if team is not None:
            yield self._teams.in_the_way(start, end, team)
        yield self._changes(start)
        yield self._interpreters(start, end)

    def _times(self, start: datetime, end: datetime) -> tuple[InTheWay, ...]:
        if not self._is_there(start, end):
            return (InTheWay(Hindrance.away),)
        blocks = tuple(
            block.title
            for block in self.source.scenario.blocks
            if "delegations" in block.blocks
            and (block.delegations is None or self.own.id in block.delegations)
            and block.start < end
            and start < block.end
        )
        return (InTheWay(Hindrance.block, blocks),) if blocks else ()

    def _people(self, start: datetime, end: datetime) -> tuple[InTheWay, ...]:
        away = tuple(person.name for person in self.officers if not is_inside(person.windows, start, end))
        if away:
            return (InTheWay(Hindrance.person_away, away),)
        meanwhile = self._teams.meanwhile(start, end)
        busy = tuple(
            person.name
            for person in self.officers
            if any(person.id in item.delegates.get(self.own.id, ()) for item in meanwhile)
        )
        return (InTheWay(Hindrance.person_busy, busy),) if busy else ()

    def _changes(self, start: datetime) -> tuple[InTheWay, ...]:
        too_many = is_one_change_too_many(self.source, self.own, self.session.id, start)
        return (InTheWay(Hindrance.changes_full),) if too_many else ()

    def _interpreters(self, start: datetime, end: datetime) -> tuple[InTheWay, ...]:
        if is_interpreted(self.source, self.session, self.own, start, end):
            return ()
        is_open = self.session.classification == self.source.scenario.conference.clearances[0]
        told = () if is_open or not self.is_known else (self.session.classification,)
        return (InTheWay(Hindrance.no_interpreter, told),)

    def _is_there(self, start: datetime, end: datetime) -> bool:
        own = self.own
        return (
            (own.arrival is None or own.arrival <= start)
            and (own.departure is None or end <= own.departure)
            and is_inside(own.windows, start, end)
        )
