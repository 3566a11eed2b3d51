"""Looks at what a delegation's own side leaves open: its times, people, teams and sessions, and blocks that are for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from planner.agenda.delegation import DelegationAgenda, NotScheduled, SessionView
from planner.agenda.source import Source
from planner.errors import InputError
from planner.formation import Session
from planner.plan import Placement
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
    team_gone = "team-gone"
    team_away = "team-away"
    nothing = "nothing"


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
        source: scenario and plan; only what is the delegation's own is looked at.
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
        buffer = settings_of(source.scenario)["buffer"]
        minutes = buffer.parameters["minutes"] if buffer.level is Level.hard else 0
        self.change = timedelta(minutes=minutes)
        self.others = [item for item in source.of_delegation[own.id] if item.session != session.id]

    def starts(self) -> Iterator[datetime]:
        """Yield every start on the grid at which it would end within the hours, by the clock at the venue."""
        conference = self.source.scenario.conference
        step = timedelta(minutes=conference.grid_minutes)
        for day in sorted(conference.days, key=lambda day: day.date):
            moment = datetime.combine(day.date, day.opens)
            while moment + self.length <= datetime.combine(day.date, day.closes):
                yield moment
                moment += step

    def hindrance_of_team(self, start: datetime, team: int) -> tuple[Hindrance, tuple[str, ...]]:
        """Return what is in the way at a start by the clock at the venue if one team, by number from 1, is to sit in it."""
        hindrance, names = self.hindrance(start)
        if hindrance is not Hindrance.nothing:
            return hindrance, names
        end = start + self.length
        if team > self.own.teams:
            return Hindrance.team_gone, (str(team),)
        if any(one.team == team and one.start < end and start < one.end for one in self.own.absences):
            return Hindrance.team_away, (str(team),)
        codes = {
            self.source.codes[item.session] for item in self._meanwhile(start, end) if item.teams[self.own.id] == team
        }
        return (Hindrance.teams_busy, tuple(sorted(codes))) if codes else (Hindrance.nothing, ())

    def hindrance(self, start: datetime) -> tuple[Hindrance, tuple[str, ...]]:
        """Return what is in the way at a start by the clock at the venue, with the names that tell it."""
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
        meanwhile = self._meanwhile(start, end)
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

    def _meanwhile(self, start: datetime, end: datetime) -> list[Placement]:
        first, last = self.source.moment(start) - self.change, self.source.moment(end) + self.change
        return [item for item in self.others if item.start < last and first < item.end]

    def _is_there(self, start: datetime, end: datetime) -> bool:
        own = self.own
        return (
            (own.arrival is None or own.arrival <= start)
            and (own.departure is None or end <= own.departure)
            and _inside(own.windows, start, end)
        )


def _inside(windows: tuple[Window, ...], start: datetime, end: datetime) -> bool:
    return not windows or any(window.start <= start and end <= window.end for window in windows)
