"""The agendas of a delegation and of one of its delegates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planner.agenda.parts import (
    BlockView,
    Calendar,
    CaseView,
    DayView,
    Event,
    Masthead,
    OfSession,
    by_day,
)
from planner.agenda.source import Source
from planner.formation import Session
from planner.plan import Placement


@dataclass(frozen=True)
class Person:
    """A delegate of the reader's own delegation."""

    name: str
    function: str | None


@dataclass(frozen=True)
class SessionView(OfSession):
    """A session as one delegation knows it.

    Attributes:
        others: names of the other delegations present, the leader first.
        team: number of the own team; None for a delegation with one team.
        people: who of the own delegation attends.
        interpreters: names of the interpreters in the room.
        title: the organiser's own title of the session; None when there is none that the delegation may know.
        sitting: which of so many ``sittings``.
    """

    others: tuple[str, ...]
    team: int | None
    people: tuple[Person, ...]
    interpreters: tuple[str, ...]
    title: str | None
    cases: tuple[CaseView, ...]
    sitting: int
    sittings: int


@dataclass(frozen=True)
class NotScheduled:
    """A session of the delegation's own that the plan could not hold.

    It comes without a reason: reasons name others.
    """

    code: str
    others: tuple[str, ...]
    title: str | None
    cases: tuple[CaseView, ...]


@dataclass(frozen=True)
class DelegationAgenda:
    """What a delegation may know."""

    masthead: Masthead
    reader: str
    days: tuple[DayView[SessionView | BlockView], ...]
    not_scheduled: tuple[NotScheduled, ...]
    calendar: Calendar


@dataclass(frozen=True)
class DelegateAgenda:
    """What a delegate may know: the delegation's view of the sessions that list this person."""

    masthead: Masthead
    reader: str
    function: str | None
    delegation: str
    days: tuple[DayView[SessionView | BlockView], ...]
    calendar: Calendar


def delegation_agenda(source: Source, delegation: str) -> DelegationAgenda:
    """Return the agenda of a delegation, by its id."""
    reader = _Reader(source, delegation)
    held = source.of_delegation[delegation]
    name = source.delegations[delegation].name
    return DelegationAgenda(
        masthead=source.masthead,
        reader=name,
        days=reader.days(held),
        not_scheduled=tuple(reader.left_out(session) for session in source.left_out_of[delegation]),
        calendar=reader.calendar(f"delegation/{delegation}", name, held),
    )


def delegate_agenda(source: Source, delegate: str) -> DelegateAgenda:
    """Return the agenda of a delegate, by id."""
    person, delegation = source.delegates[delegate]
    reader = _Reader(source, delegation.id)
    held = source.of_delegate[delegate]
    return DelegateAgenda(
        masthead=source.masthead,
        reader=person.name,
        function=person.function,
        delegation=delegation.name,
        days=reader.days(held),
        calendar=reader.calendar(f"delegate/{delegate}", person.name, held),
    )


def session_view(source: Source, delegation: str, session: str) -> SessionView:
    """Return a session that is held as a delegation that is present in it knows it, by their ids."""
    return _Reader(source, delegation).session(source.placements[session])


def not_scheduled_view(source: Source, delegation: str, session: str) -> NotScheduled:
    """Return a session that is left out as a party to it knows it, by their ids."""
    return _Reader(source, delegation).left_out(source.sessions[session])


class _Reader:
    """Builds what one delegation may know."""

    def __init__(self, source: Source, delegation: str) -> None:
        self.source = source
        self.delegation = source.delegations[delegation]

    def days(self, held: Iterable[Placement]) -> tuple[DayView[SessionView | BlockView], ...]:
        sessions = sorted((self.session(item) for item in held), key=lambda view: (view.team or 0, view.basics.code))
        entries: list[SessionView | BlockView] = [*self.source.blocks(self.delegation.id), *sessions]
        return by_day(self.source.masthead.days, entries)

    def calendar(self, reader: str, name: str, held: Iterable[Placement]) -> Calendar:
        events: list[Event] = [self.source.basics(item).event for item in held]
        events += [block.event for block in self.source.blocks(self.delegation.id)]
        return self.source.calendar(reader, name, events)

    def session(self, placement: Placement) -> SessionView:
        source, own = self.source, self.delegation
        session = source.sessions[placement.session]
        people = {person.id: person for person in own.delegates}
        return SessionView(
            basics=source.basics(placement),
            others=tuple(source.delegations[name].name for name in source.present(placement) if name != own.id),
            team=placement.teams[own.id] if own.teams > 1 else None,
            people=tuple(
                Person(people[name].name, people[name].function)
                for name in placement.delegates.get(own.id, ())
                if name in people
            ),
            interpreters=tuple(source.interpreters[name].name for name in placement.interpreters),
            title=self._title(session),
            cases=self._cases(session),
            sitting=session.sitting,
            sittings=source.sittings(session),
        )

    def left_out(self, session: Session) -> NotScheduled:
        source = self.source
        known = {name for case in session.cases if self._knows(case) for name in source.case_parties(case)}
        others = [
            name for name in session.parties if name != self.delegation.id and (name in known or not session.cases)
        ]
        return NotScheduled(
            code=source.codes[session.id],
            others=tuple(source.delegations[name].name for name in others),
            title=self._title(session),
            cases=self._cases(session),
        )

    def _knows(self, case: str) -> bool:
        return self.source.knows_case(self.delegation.id, case)

    def _title(self, session: Session) -> str | None:
        return self.source.given_titles.get(session.id) if all(map(self._knows, session.cases)) else None

    def _cases(self, session: Session) -> tuple[CaseView, ...]:
        return tuple(self.source.case(case, session, self.delegation.id) for case in session.cases if self._knows(case))
