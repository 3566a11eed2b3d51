"""What a delegation may know of why its session is not held, or not earlier: what its own side leaves open.

Only the reader's own windows, people, teams and sessions are looked at, with the hours, the grid, the time to change, and the
blocks that are for the reader. Everything else, other delegations, rooms and interpreters, is one thing that is not told apart:
if it were, the reader could find out by elimination where others are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from planner.agenda.delegation import DelegationAgenda, NotScheduled, SessionView, delegation_agenda
from planner.agenda.source import Source
from planner.errors import InputError
from planner.formation import Session
from planner.rules import Level
from planner.scenario import Delegation
from planner.settings import settings_of
from planner.values import Window


class Hindrance(StrEnum):
    """What of the reader's own side is in the way at a start."""

    away = "away"
    block = "block"
    person_away = "person-away"
    person_busy = "person-busy"
    teams_busy = "teams-busy"
    nothing = "nothing"


@dataclass(frozen=True)
class Start:
    """A start at which the session could not be on the reader's side, or could.

    Attributes:
        names: titles of blocks, names of own people, or codes of own sessions.
    """

    moment: datetime
    hindrance: Hindrance
    names: tuple[str, ...]


@dataclass(frozen=True)
class Why:
    """What a delegation may know.

    Attributes:
        session: the session as it stands in the reader's agenda.
        minutes: how long it takes; None when it is not held and also about what the reader may not know of, as its length
            would tell that there is something else. Then only the first cell of the grid is looked at.
        starts: every start at which the session would end within the hours; of a session that is held those before it.
    """

    reader: str
    session: SessionView | NotScheduled
    minutes: int | None
    starts: tuple[Start, ...]


def why(source: Source, delegation: str, session: str) -> Why:
    """Return what a delegation may know of why one of its sessions is not held, or not earlier.

    Raises:
        InputError: when there is no such delegation or session, or the session is not in the delegation's agenda.
    """
    if delegation not in source.delegations:
        raise InputError(f"There is no delegation {delegation!r}.", hint="Give the id of a delegation of the scenario.")
    if session not in source.sessions:
        raise InputError(f"There is no session {session!r}.", hint="planner sessions prints them with their ids.")
    view = _in_agenda(delegation_agenda(source, delegation), source.codes[session])
    if view is None:
        raise InputError(
            f"{session} does not stand in the agenda of {delegation}.", hint="Give a session that the delegation is in."
        )
    before = view.start if isinstance(view, SessionView) else None
    formed = source.sessions[session]
    known = all(source.knows_case(delegation, case) for case in formed.cases) and all(
        source.knows_lead(delegation, lead) for lead in formed.leads
    )
    minutes = formed.length_minutes if known or before is not None else None
    looker = _Looker(source, source.delegations[delegation], formed, minutes)
    return Why(
        reader=source.delegations[delegation].name,
        session=view,
        minutes=minutes,
        starts=tuple(start for start in looker.starts() if before is None or start.moment < before),
    )


def _in_agenda(agenda: DelegationAgenda, code: str) -> SessionView | NotScheduled | None:
    held = (entry for day in agenda.days for entry in day.entries if isinstance(entry, SessionView))
    return next(
        (entry for entry in held if entry.basics.code == code),
        next((entry for entry in agenda.not_scheduled if entry.code == code), None),
    )


class _Looker:
    """Looks at one delegation's own side."""

    def __init__(self, source: Source, own: Delegation, session: Session, minutes: int | None) -> None:
        self.source = source
        self.own = own
        self.session = session
        self.length = timedelta(minutes=minutes or source.scenario.conference.grid_minutes)
        self.officers = [person for person in own.delegates if person.id in session.officers]
        buffer = settings_of(source.scenario)["buffer"]
        minutes = buffer.parameters["minutes"] if buffer.level is Level.hard else 0
        self.change = timedelta(minutes=minutes)
        self.others = [item for item in source.of_delegation[own.id] if item.session != session.id]

    def starts(self) -> Iterator[Start]:
        conference = self.source.scenario.conference
        step = timedelta(minutes=conference.grid_minutes)
        for day in sorted(conference.days, key=lambda day: day.date):
            moment = datetime.combine(day.date, day.opens)
            while moment + self.length <= datetime.combine(day.date, day.closes):
                hindrance, names = self._hindrance(moment)
                yield Start(self.source.moment(moment), hindrance, names)
                moment += step

    def _hindrance(self, start: datetime) -> tuple[Hindrance, tuple[str, ...]]:
        end = start + self.length
        if not self._is_there(start, end):
            return Hindrance.away, ()
        blocks = tuple(
            block.title
            for block in self.source.scenario.blocks
            if "delegations" in block.blocks
            and (block.delegations is None or self.own.id in block.delegations)
            and block.start < end
            and start < block.end
        )
        if blocks:
            return Hindrance.block, blocks
        away = tuple(person.name for person in self.officers if not _inside(person.windows, start, end))
        if away:
            return Hindrance.person_away, away
        meanwhile = [
            item
            for item in self.others
            if item.start < self.source.moment(end) + self.change and self.source.moment(start) < item.end + self.change
        ]
        busy = tuple(
            person.name
            for person in self.officers
            if any(person.id in item.delegates.get(self.own.id, ()) for item in meanwhile)
        )
        if busy:
            return Hindrance.person_busy, busy
        teams = {item.teams[self.own.id] for item in meanwhile}
        bound = {person.team for person in self.officers if person.team is not None}
        if (bound and bound & teams) or len(teams) == self.own.teams:
            codes = {
                self.source.codes[item.session] for item in meanwhile if not bound or item.teams[self.own.id] in bound
            }
            return Hindrance.teams_busy, tuple(sorted(codes))
        return Hindrance.nothing, ()

    def _is_there(self, start: datetime, end: datetime) -> bool:
        own = self.own
        return (
            (own.arrival is None or own.arrival <= start)
            and (own.departure is None or end <= own.departure)
            and _inside(own.windows, start, end)
        )


def _inside(windows: tuple[Window, ...], start: datetime, end: datetime) -> bool:
    return not windows or any(window.start <= start and end <= window.end for window in windows)
