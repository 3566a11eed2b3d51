"""From a scenario to the problem in integers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta

from planner.errors import PlannerError
from planner.formation import Session, form_sessions
from planner.problem import (
    Before,
    Change,
    Fixed,
    Interpreter,
    Item,
    Officer,
    Order,
    Party,
    Place,
    Problem,
    Slot,
    Span,
    Stop,
)
from planner.record import Form, Past
from planner.scenario import Block, Case, Day, Delegation, ExplicitSession, Room, Scenario
from planner.settings import settings_of, tiers_of
from planner.solution import Assignment
from planner.values import Window

_LARGEST_COST = 2**52


def compile_problem(scenario: Scenario) -> Problem:
    """Compile a consistent scenario.

    Raises:
        PlannerError: when its priorities cannot be weighed against each other in 64-bit integers.
    """
    return _Compiler(scenario).problem()


class _Compiler:
    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.origin = datetime.combine(min(day.date for day in scenario.conference.days), time())
        self.ranks = {name: rank for rank, name in enumerate(scenario.conference.clearances)}
        self.sessions = form_sessions(scenario)
        self.party = {delegation.id: index for index, delegation in enumerate(scenario.delegations)}
        self.room = {room.id: index for index, room in enumerate(scenario.rooms)}
        self.interpreter = {interpreter.id: index for index, interpreter in enumerate(scenario.interpreters)}
        self.languages = tuple(dict.fromkeys(self._languages()))
        self.language = {tag: index for index, tag in enumerate(self.languages)}
        self.building = {
            name: index for index, name in enumerate(dict.fromkeys(room.building for room in scenario.rooms))
        }
        named = {officer for session in self.sessions for officer in session.officers}
        self.delegates = [
            (delegation.id, delegate)
            for delegation in scenario.delegations
            for delegate in delegation.delegates
            if delegate.id in named
        ]
        self.officer = {delegate.id: index for index, (_, delegate) in enumerate(self.delegates)}
        self.attended = {
            past.session: [name for names in past.delegates.values() for name in names]
            for past in (scenario.replanning.past if scenario.replanning else ())
        }

    def problem(self) -> Problem:
        scenario = self.scenario
        slots = self._slots()
        items = self._items()
        item = {session.id: index for index, session in enumerate(self.sessions)}
        return Problem(
            settings=settings_of(scenario),
            tiers=tiers_of(scenario),
            grid=scenario.conference.grid_minutes,
            days=tuple(day.date.isoformat() for day in self._days()),
            slots=slots,
            parties=self._parties(),
            officers=tuple(
                Officer(
                    id=delegate.id,
                    party=self.party[delegation],
                    team=None if delegate.team is None else delegate.team - 1,
                    languages=self._tags(delegate.languages),
                    windows=self._windows(delegate.windows),
                )
                for delegation, delegate in self.delegates
            ),
            interpreters=self._interpreters(),
            places=tuple(self._place(room) for room in scenario.rooms),
            walks={
                (self.building[one], self.building[other]): walk.minutes
                for walk in scenario.walks
                for one, other in (walk.between, walk.between[::-1])
                if one in self.building and other in self.building
            },
            stops=tuple(self._stop(block) for block in scenario.blocks),
            items=items,
            orders=self._orders(),
            pins=tuple(
                Fixed(
                    item=item[pin.session],
                    slot=None if pin.start is None else self._slot_at(slots, self._minute(pin.start)),
                    room=None if pin.room is None else self.room[pin.room],
                    teams={self.party[name]: team - 1 for name, team in pin.teams.items()},
                    interpreters=tuple(self.interpreter[name] for name in pin.interpreters),
                    language=None if pin.language is None else self.language[pin.language],
                )
                for pin in scenario.pins
            ),
            languages=self.languages,
            change=self._change(slots, item),
        )

    def _change(self, slots: tuple[Slot, ...], item: Mapping[str, int]) -> Change | None:
        record = self.scenario.replanning
        if record is None:
            return None
        return Change(
            now=self._minute(record.now),
            past={item[past.session]: self._assignment(slots, past) for past in record.past},
            told={
                item[told.session]: Before(
                    start=self._minute(told.start),
                    length=self._minute(told.end) - self._minute(told.start),
                    slot=self._slot_at(slots, self._minute(told.start)),
                    room=self.room.get(told.room, -1),
                    language=self.language.get(told.language, -1),
                    teams={self.party[name]: team - 1 for name, team in told.teams.items()},
                    interpreters=self._indices(told.interpreters),
                )
                for told in record.told
                if told.session in item
            },
            moved_parties=frozenset(self.party[name] for name in record.moved if name in self.party),
            moved_interpreters=self._indices(record.moved),
        )

    def _indices(self, names: Iterable[str]) -> frozenset[int]:
        return frozenset(self.interpreter[name] for name in names if name in self.interpreter)

    def _assignment(self, slots: tuple[Slot, ...], past: Past) -> Assignment:
        return Assignment(
            slot=self._slot_at(slots, self._minute(past.start)),
            room=self.room[past.room],
            language=self.language[past.language],
            teams={self.party[name]: team - 1 for name, team in past.teams.items()},
            seated=frozenset(self.officer[name] for name in self.attended[past.session] if name in self.officer),
            interpreters=self._indices(past.interpreters),
        )

    def _minute(self, local: datetime) -> int:
        return (local - self.origin) // timedelta(minutes=1)

    def _days(self) -> list[Day]:
        return sorted(self.scenario.conference.days, key=lambda day: day.date)

    def _slots(self) -> tuple[Slot, ...]:
        grid = self.scenario.conference.grid_minutes
        slots = []
        for index, day in enumerate(self._days()):
            opens = self._minute(datetime.combine(day.date, day.opens))
            closes = self._minute(datetime.combine(day.date, day.closes))
            slots += [Slot(index, start, closes, start + grid <= closes) for start in range(opens, closes, grid)]
        return tuple(slots)

    @staticmethod
    def _slot_at(slots: tuple[Slot, ...], minute: int) -> int:
        return next((index for index, slot in enumerate(slots) if slot.start == minute), -1)

    def _languages(self) -> Iterable[str]:
        scenario = self.scenario
        yield from scenario.conference.working_languages
        for delegation in scenario.delegations:
            yield from delegation.languages
            for delegate in delegation.delegates:
                yield from delegate.languages
        for interpreter in scenario.interpreters:
            for pair in interpreter.pairs:
                yield from pair
        yield from (session.language for session in self.sessions if session.language)
        yield from (pin.language for pin in scenario.pins if pin.language)
        if scenario.replanning is not None:
            yield from (past.language for past in scenario.replanning.past)

    def _tags(self, tags: Iterable[str]) -> frozenset[int]:
        return frozenset(self.language[tag] for tag in tags)

    def _windows(
        self, windows: tuple[Window, ...], arrival: datetime | None = None, departure: datetime | None = None
    ) -> tuple[Span, ...]:
        first = -(2**31) if arrival is None else self._minute(arrival)
        last = 2**31 if departure is None else self._minute(departure)
        if not windows:
            return (Span(first, last),)
        spans = (Span(max(first, self._minute(w.start)), min(last, self._minute(w.end))) for w in windows)
        return tuple(span for span in spans if span.start < span.end)

    def _rank(self, clearance: str | None) -> int:
        return 0 if clearance is None else self.ranks[clearance]

    def _parties(self) -> tuple[Party, ...]:
        most = settings_of(self.scenario)["most-changes"].parameters["sessions"]
        apart: dict[int, set[int]] = {index: set() for index in self.party.values()}
        for delegation in self.scenario.delegations:
            for other in delegation.not_with:
                apart[self.party[delegation.id]].add(self.party[other])
                apart[self.party[other]].add(self.party[delegation.id])
        return tuple(
            Party(
                id=delegation.id,
                teams=delegation.teams,
                team_size=delegation.team_size,
                languages=self._tags(delegation.languages),
                rank=self._rank(delegation.clearance),
                windows=self._windows(delegation.windows, delegation.arrival, delegation.departure),
                longest_run=delegation.longest_run,
                most_a_day=delegation.most_sessions_a_day,
                apart=frozenset(apart[self.party[delegation.id]]),
                absences=self._absences(delegation),
                most_changes=most if delegation.most_changes is None else delegation.most_changes,
            )
            for delegation in self.scenario.delegations
        )

    def _absences(self, delegation: Delegation) -> dict[int, tuple[Span, ...]]:
        spans: dict[int, tuple[Span, ...]] = {}
        for absence in delegation.absences:
            span = Span(self._minute(absence.start), self._minute(absence.end))
            spans[absence.team - 1] = (*spans.get(absence.team - 1, ()), span)
        return spans

    def _interpreters(self) -> tuple[Interpreter, ...]:
        return tuple(
            Interpreter(
                id=interpreter.id,
                pairs=frozenset(
                    (self.language[one], self.language[other])
                    for pair in interpreter.pairs
                    for one, other in (pair, pair[::-1])
                ),
                rank=self._rank(interpreter.clearance),
                windows=self._windows(interpreter.windows),
                longest_run_minutes=interpreter.longest_run_minutes,
                rest_minutes=interpreter.rest_minutes,
            )
            for interpreter in self.scenario.interpreters
        )

    def _place(self, room: Room) -> Place:
        return Place(
            id=room.id,
            building=self.building[room.building],
            seats=room.seats,
            features=frozenset(room.features),
            rank=self._rank(room.clearance),
            windows=self._windows(room.windows),
            outages=tuple(
                (frozenset(outage.features), Span(self._minute(outage.start), self._minute(outage.end)))
                for outage in room.outages
            ),
            count=room.count,
        )

    def _stop(self, block: Block) -> Stop:
        named = self.party if block.delegations is None else block.delegations
        return Stop(
            id=block.id,
            span=Span(self._minute(block.start), self._minute(block.end)),
            parties=frozenset(self.party[name] for name in named) if "delegations" in block.blocks else frozenset(),
            room=self.room[block.room] if block.room is not None and "room" in block.blocks else None,
            interpreters="interpreters" in block.blocks,
        )

    def _orders(self) -> tuple[Order, ...]:
        """Orders of cases and of explicit sessions; one that is named like a case holds that case."""
        named: dict[str, list[int]] = {}
        for index, session in enumerate(self.sessions):
            for name in dict.fromkeys((session.id, *session.cases)):
                named.setdefault(name, []).append(index)
        pairs: dict[tuple[str, str], None] = {}
        members: list[Case | ExplicitSession] = [*self.scenario.cases, *self.scenario.sessions]
        for one in members:
            pairs.update(dict.fromkeys((one.id, later) for later in one.before))
            pairs.update(dict.fromkeys((earlier, one.id) for earlier in one.after))
        return tuple(
            Order(f"{earlier} < {later}", tuple(named[earlier]), tuple(named[later]))
            for earlier, later in pairs
            if earlier in named and later in named
        )

    def _items(self) -> tuple[Item, ...]:
        weights = _priority_weights(self.sessions)
        index = {session.id: position for position, session in enumerate(self.sessions)}
        return tuple(self._item(session, weights[session.priority] * session.share, index) for session in self.sessions)

    def _seen(self, session: Session) -> list[str]:
        """Further delegates who were in a session that is past, and are officers of others."""
        listed = self.attended.get(session.id, ())
        return [name for name in listed if name in self.officer and name not in session.officers]

    def _item(self, session: Session, weight: int, index: Mapping[str, int]) -> Item:
        delegations = self.scenario.delegations
        parties = tuple(self.party[name] for name in session.parties)
        officers = tuple(self.officer[name] for name in (*session.officers, *self._seen(session)))
        spoken = [self._tags(delegations[party].languages) for party in parties]
        if session.language is not None:
            allowed = frozenset({self.language[session.language]})
        else:
            allowed = self._tags(self.scenario.conference.working_languages) | frozenset.intersection(*spoken)
        own = [self._tags(self.delegates[officer][1].languages) for officer in officers]
        listeners = [*spoken, *(tags for tags in own if tags)]
        quorum = session.quorum
        return Item(
            id=session.id,
            session=session,
            length=session.length_minutes,
            parties=parties,
            always=frozenset(self.party[name] for name in session.always),
            quorum=tuple(self.party[name] for name in quorum.of) if quorum else (),
            at_least=quorum.at_least if quorum else 0,
            officers=officers,
            seats_of={
                party: max(
                    delegations[party].team_size,
                    sum(self.delegates[officer][0] == delegations[party].id for officer in officers),
                )
                for party in parties
            },
            rank=self.ranks[session.classification],
            languages=tuple(sorted(allowed)),
            interpreters=tuple(
                position
                for position, interpreter in enumerate(self.scenario.interpreters)
                if any(
                    (working == self.language[one] and self.language[other] in listener)
                    or (working == self.language[other] and self.language[one] in listener)
                    for one, other in interpreter.pairs
                    for working in allowed
                    for listener in listeners
                    if working not in listener
                )
            ),
            windows=self._windows(session.windows),
            follows=None if session.follows is None else index[session.follows],
            held_weight=weight,
        )


def _priority_weights(sessions: tuple[Session, ...]) -> dict[int, int]:
    """Weigh each priority one more than everything below it together, see the rule ``held``."""
    weights: dict[int, int] = {}
    below = 0
    for priority in sorted({session.priority for session in sessions}, reverse=True):
        weights[priority] = below + 1
        shares = sum(s.share for s in sessions if s.priority == priority and s.form is not Form.together)
        below += weights[priority] * shares
    if below > _LARGEST_COST:
        raise PlannerError(
            f"{len(weights)} priorities over {len(sessions)} sessions cannot be weighed against each other.",
            "Use fewer different priorities; three are enough for most conferences.",
        )
    return weights
