"""Which teams of a delegation could sit in one of its sessions, and what keeps the others from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from planner.agenda.hindrance import Hindrance, InTheWay
from planner.agenda.source import Source
from planner.formation import Session
from planner.plan import Placement
from planner.rules import Level
from planner.scenario import Delegate, Delegation
from planner.settings import settings_of

_ORDER = (Hindrance.team_away, Hindrance.teams_busy, Hindrance.run_full, Hindrance.day_full)


def time_to_change(source: Source) -> timedelta:
    """Return the least time between two sessions of a team or an interpreter, if it must be kept."""
    buffer = settings_of(source.scenario)["buffer"]
    return timedelta(minutes=buffer.parameters["minutes"] if buffer.level is Level.hard else 0)


class OwnTeams:
    """The teams of one delegation and the sessions of its agenda.

    Args:
        source: scenario and plan; only what is the delegation's own is looked at.
        own: the delegation.
        session: one of its sessions; it itself is in nobody's way.
        officers: its people who must sit in the session.
    """

    def __init__(self, source: Source, own: Delegation, session: Session, officers: Sequence[Delegate]) -> None:
        self.source = source
        self.own = own
        self.change = time_to_change(source)
        self.others = [item for item in source.of_delegation[own.id] if item.session != session.id]
        self.bound = {person.team for person in officers if person.team is not None}
        self.settings = settings_of(source.scenario)

    def meanwhile(self, start: datetime, end: datetime) -> list[Placement]:
        """Return its other sessions in a span by the clock at the venue, with the time to change."""
        first, last = self.source.moment(start) - self.change, self.source.moment(end) + self.change
        return [item for item in self.others if item.start < last and first < item.end]

    def in_the_way(self, start: datetime, end: datetime, team: int | None = None) -> tuple[InTheWay, ...]:
        """Return what keeps all teams that could sit there from it; nothing when one can.

        Of officers who belong to teams, each of these teams must. Team ``team``, if it is given, is the only one that could.
        """
        if team is not None and team > self.own.teams:
            return (InTheWay(Hindrance.team_gone, (str(team),)),)
        teams = [team] if team else sorted(self.bound) or [*range(1, self.own.teams + 1)]
        found = {number: self._of_team(number, start, end) for number in teams}
        hindered = {number: kind for number, kind in found.items() if kind}
        if len(hindered) < (1 if self.bound else len(teams)):
            return ()
        return tuple(
            InTheWay(kind, self._names(kind, [number for number in hindered if hindered[number] is kind], start, end))
            for kind in _ORDER
            if kind in hindered.values()
        )

    def _of_team(self, team: int, start: datetime, end: datetime) -> Hindrance | None:
        if any(one.team == team and one.start < end and start < one.end for one in self.own.absences):
            return Hindrance.team_away
        if any(item.teams[self.own.id] == team for item in self.meanwhile(start, end)):
            return Hindrance.teams_busy
        own = [item for item in self.others if item.teams[self.own.id] == team]
        if self._run(own, start, end):
            return Hindrance.run_full
        limit = self.own.most_sessions_a_day
        same_day = [item for item in own if item.start.astimezone(self.source.zone).date() == start.date()]
        if self._binds("most-a-day") and limit is not None and len(same_day) >= limit:
            return Hindrance.day_full
        return None

    def _run(self, own: Sequence[Placement], start: datetime, end: datetime) -> bool:
        """Whether a team with these sessions would sit in too many in a row if it sat in one more."""
        limit = self.own.longest_run
        if limit is None or not self._binds("longest-run"):
            return False
        pause = timedelta(minutes=self.settings["longest-run"].parameters["pause_minutes"])
        first, last, length = self.source.moment(start), self.source.moment(end), 1
        for item in sorted((item for item in own if item.end <= first), key=lambda item: item.end, reverse=True):
            if first - item.end >= pause:
                break
            first, length = item.start, length + 1
        for item in sorted((item for item in own if item.start >= last), key=lambda item: item.start):
            if item.start - last >= pause:
                break
            last, length = item.end, length + 1
        return length > limit

    def _binds(self, rule: str) -> bool:
        return self.settings[rule].level is Level.hard

    def _names(self, kind: Hindrance, teams: Sequence[int], start: datetime, end: datetime) -> tuple[str, ...]:
        if kind is not Hindrance.teams_busy:
            return tuple(map(str, teams)) if self.own.teams > 1 else ()
        meanwhile = self.meanwhile(start, end)
        return tuple(
            sorted({self.source.codes[item.session] for item in meanwhile if item.teams[self.own.id] in teams})
        )
