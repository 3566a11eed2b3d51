"""A plan as the rules look at it: each placement with its session, its room and its times on the clock of the venue.

Whatever the scenario does not know (a session, a room, a delegation, a person) is left out here and told as a fault by
``planner.verify.document``, so that the rules can still be read for everything else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from planner.formation import Session, form_sessions
from planner.plan import Placement, Plan
from planner.scenario import Day, Delegate, Delegation, Interpreter, Room, Scenario
from planner.settings import Setting, settings_of

K = TypeVar("K")

Team = tuple[str, int]
"""A delegation's id and the number of one of its teams."""


@dataclass(frozen=True)
class Held:
    """A session that is held.

    Attributes:
        start: when it starts, by the clock of the venue, without offset.
        end: its start plus the session's length.
        room: None when the scenario does not know it.
        teams: number of the team sent, by delegation present.
        delegates: known delegates listed, by the delegation that they are listed under.
        interpreters: known interpreters, each once.
    """

    session: Session
    start: datetime
    end: datetime
    room: Room | None
    table: int | None
    teams: Mapping[str, int]
    delegates: Mapping[str, tuple[str, ...]]
    interpreters: tuple[str, ...]
    language: str
    cases: tuple[str, ...]
    leads: tuple[str, ...]

    @property
    def present(self) -> tuple[str, ...]:
        """Ids of the delegations present."""
        return tuple(self.teams)

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Tell whether it shares time with a span; touching is not sharing."""
        return self.start < end and start < self.end

    def __str__(self) -> str:
        return f"{self.session.id} ({span(self.start, self.end)})"


@dataclass(frozen=True)
class Reading:
    """A scenario and a plan of it, side by side.

    Attributes:
        sessions: every formed session by id.
        held: the sessions held whose times can be read, by start.
    """

    scenario: Scenario
    sessions: Mapping[str, Session]
    held: tuple[Held, ...]

    @cached_property
    def judged(self) -> tuple[Held, ...]:
        """The sessions held that are still to come; of what is past, nothing can be done any more."""
        return tuple(held for held in self.held if held.session.id not in self.past)

    @cached_property
    def past(self) -> frozenset[str]:
        """Ids of the sessions that had started when the plan was changed."""
        change = self.scenario.replanning
        return frozenset(record.session for record in change.past) if change else frozenset()

    @cached_property
    def settings(self) -> dict[str, Setting]:
        """The rules as this scenario sets them, by id."""
        return settings_of(self.scenario)

    @cached_property
    def delegations(self) -> dict[str, Delegation]:
        """Delegations by id."""
        return {delegation.id: delegation for delegation in self.scenario.delegations}

    @cached_property
    def delegates(self) -> dict[str, Delegate]:
        """Delegates of all delegations by id."""
        return {delegate.id: delegate for delegation in self.scenario.delegations for delegate in delegation.delegates}

    @cached_property
    def home(self) -> dict[str, str]:
        """Delegation of each delegate."""
        return {delegate.id: owner.id for owner in self.scenario.delegations for delegate in owner.delegates}

    @cached_property
    def interpreters(self) -> dict[str, Interpreter]:
        """Interpreters by id."""
        return {interpreter.id: interpreter for interpreter in self.scenario.interpreters}

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """Days of the conference, first one first."""
        return tuple(sorted(self.scenario.conference.days, key=lambda day: day.date))

    @cached_property
    def placed(self) -> dict[str, list[Held]]:
        """Placements by session; one each, unless the plan is faulty."""
        return _gather((held.session.id, held) for held in self.held)

    @cached_property
    def of_team(self) -> dict[Team, list[Held]]:
        """Sessions of each team that sits in one, by start."""
        return _gather((team, held) for held in self.held for team in held.teams.items())

    @cached_property
    def of_delegate(self) -> dict[str, list[Held]]:
        """Sessions that list a delegate, by start."""
        return _gather(
            (name, held)
            for held in self.held
            for name in dict.fromkeys(name for listed in held.delegates.values() for name in listed)
        )

    @cached_property
    def of_interpreter(self) -> dict[str, list[Held]]:
        """Sessions of each interpreter who works in one, by start."""
        return _gather((name, held) for held in self.held for name in held.interpreters)

    @cached_property
    def of_room(self) -> dict[str, list[Held]]:
        """Sessions in each room that is used, by start."""
        return _gather((held.room.id, held) for held in self.held if held.room is not None)

    @cached_property
    def walks(self) -> dict[frozenset[str], int]:
        """Walking minutes between two buildings."""
        return {frozenset(walk.between): walk.minutes for walk in self.scenario.walks}

    def walk(self, one: Held, other: Held) -> timedelta:
        """Return the time it takes to walk from one session to the other; none within a building."""
        if one.room is None or other.room is None or one.room.building == other.room.building:
            return timedelta(0)
        return timedelta(minutes=self.walks.get(frozenset((one.room.building, other.room.building)), 0))

    def officers(self, session: Session, delegation: str) -> list[str]:
        """Return the officers of a session who belong to a delegation."""
        return [officer for officer in session.officers if self.home[officer] == delegation]

    def rank(self, level: str | None) -> int:
        """Return how high a clearance or classification is; the lowest is 0."""
        return 0 if level is None else self.scenario.conference.clearances.index(level)


def read(scenario: Scenario, plan: Plan) -> Reading:
    """Return the reading of a plan; the scenario must be consistent, the plan may be anything."""
    empty = Reading(scenario, {session.id: session for session in form_sessions(scenario)}, ())
    rooms = {room.id: room for room in scenario.rooms}
    zone = ZoneInfo(scenario.conference.time_zone)
    held = [one for placement in plan.placements if (one := _held(placement, empty, rooms, zone)) is not None]
    return Reading(scenario, empty.sessions, tuple(sorted(held, key=lambda one: (one.start, one.end, one.session.id))))


def wall_clock(moment: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the time that a clock in the zone shows; None at the edges of the calendar, where there is none."""
    try:
        return moment.astimezone(zone).replace(tzinfo=None)
    except OverflowError:
        return None


def span(start: datetime, end: datetime) -> str:
    """Return two times as people read them, the date of the end only if it is another day."""
    last = f"{end:%H:%M}" if start.date() == end.date() else f"{end:%Y-%m-%d %H:%M}"
    return f"{start:%Y-%m-%d %H:%M}–{last}"


def team_name(team: Team) -> str:
    """Return the name of a team, such as ``KOR/1``."""
    return f"{team[0]}/{team[1]}"


def _held(placement: Placement, known: Reading, rooms: Mapping[str, Room], zone: ZoneInfo) -> Held | None:
    session = known.sessions.get(placement.session)
    start = wall_clock(placement.start, zone)
    if session is None or start is None or start.year == datetime.max.year:
        return None
    return Held(
        session=session,
        start=start,
        end=start + timedelta(minutes=session.length_minutes),
        room=rooms.get(placement.room),
        table=placement.table,
        teams={name: team for name, team in placement.teams.items() if name in known.delegations},
        delegates={
            name: tuple(delegate for delegate in listed if delegate in known.delegates)
            for name, listed in placement.delegates.items()
        },
        interpreters=tuple(dict.fromkeys(name for name in placement.interpreters if name in known.interpreters)),
        language=placement.working_language,
        cases=placement.cases,
        leads=placement.leads,
    )


def _gather(pairs: Iterable[tuple[K, Held]]) -> dict[K, list[Held]]:
    gathered: dict[K, list[Held]] = defaultdict(list)
    for key, held in pairs:
        gathered[key].append(held)
    return dict(gathered)
