"""Scenario, formed sessions and plan by id: where views are taken from, never what a renderer sees."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from planner import codes
from planner.agenda.entries import Entries, entry_uid
from planner.agenda.parts import Basics, BlockView, Calendar, CaseView, Event, LeadView, Masthead, Place
from planner.agenda.session_code import session_codes
from planner.errors import InputError
from planner.formation import Session, form_sessions, lead_parties
from planner.plan import Placement, Plan
from planner.scenario import Block, Case, Delegate, Delegation, Interpreter, Lead, Scenario


class Source:
    """Everything that views are taken from, indexed.

    Args:
        scenario: a consistent scenario.
        plan: a plan of that scenario.

    Raises:
        InputError: when the plan names something that the scenario does not have.
    """

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        self.scenario = scenario
        self.plan = plan
        self.zone = ZoneInfo(scenario.conference.time_zone)
        self.sessions: dict[str, Session] = {session.id: session for session in form_sessions(scenario)}
        self.placements: dict[str, Placement] = {item.session: item for item in plan.placements}
        self.delegations: dict[str, Delegation] = {item.id: item for item in scenario.delegations}
        self.delegates: dict[str, tuple[Delegate, Delegation]] = {
            person.id: (person, delegation) for delegation in scenario.delegations for person in delegation.delegates
        }
        self.interpreters: dict[str, Interpreter] = {item.id: item for item in scenario.interpreters}
        self.rooms = {room.id: room for room in scenario.rooms}
        self.cases: dict[str, Case] = {case.id: case for case in scenario.cases}
        self.leads: dict[str, tuple[Lead, Case]] = {
            lead.id: (lead, case) for case in scenario.cases for lead in case.leads
        }
        self.given_titles = {item.id: item.title for item in scenario.sessions if item.title}
        self._position = {name: position for position, name in enumerate(self.delegations)}
        self._basics: dict[str, Basics] = {}
        self._require_same_names()
        self.entries = Entries(scenario, plan)
        self.codes = session_codes({name: entry_uid(scenario.conference, name) for name in self.sessions})

    def _require_same_names(self) -> None:
        named: list[tuple[str, str, Collection[str]]]
        named = [("session", item.session, self.sessions) for item in self.plan.unplaced]
        for item in self.plan.placements:
            named.append(("session", item.session, self.sessions))
            named.append(("room", item.room, self.rooms))
            named += [("delegation", name, self.delegations) for name in (*item.teams, *item.delegates)]
            named += [("delegate", name, self.delegates) for group in item.delegates.values() for name in group]
            named += [("interpreter", name, self.interpreters) for name in item.interpreters]
        unknown = [f"{kind} {name}" for kind, name, known in named if name not in known]
        if unknown:
            raise InputError(
                f"The plan names what the scenario does not have: {', '.join(dict.fromkeys(unknown))}.",
                hint="Give the scenario that the plan was made from, or solve again.",
            )

    @property
    def masthead(self) -> Masthead:
        """What stands at the top of everything that is handed out."""
        conference = self.scenario.conference
        return Masthead(
            title=conference.title,
            venue=conference.venue,
            days=tuple(sorted(day.date for day in conference.days)),
            zone=conference.time_zone,
            organiser=conference.organiser.name,
            mail=conference.organiser.mail,
            revised=self.plan.created_at.astimezone(self.zone),
        )

    @cached_property
    def of_delegation(self) -> dict[str, list[Placement]]:
        """Sessions held that each delegation is present in, in the plan's order."""
        found: dict[str, list[Placement]] = {name: [] for name in self.delegations}
        for item in self.plan.placements:
            for name in item.teams:
                found[name].append(item)
        return found

    @cached_property
    def of_delegate(self) -> dict[str, list[Placement]]:
        """Sessions held that list each delegate under the own delegation, in the plan's order."""
        found: dict[str, list[Placement]] = {name: [] for name in self.delegates}
        for item in self.plan.placements:
            for name in dict.fromkeys(name for listed in item.delegates.values() for name in listed):
                if name in item.delegates.get(self.delegates[name][1].id, ()):
                    found[name].append(item)
        return found

    @cached_property
    def left_out_of(self) -> dict[str, list[Session]]:
        """Sessions left out that each delegation is a party to, in the plan's order."""
        found: dict[str, list[Session]] = {name: [] for name in self.delegations}
        for item in self.plan.unplaced:
            for name in self.sessions[item.session].parties:
                found[name].append(self.sessions[item.session])
        return found

    def calendar(self, reader: str, name: str, events: Iterable[Event]) -> Calendar:
        """Return the calendar of a reader by id, named after the conference and ``name``: these events and what is cancelled."""
        own = (*(self.entries.copy(reader, event) for event in events), *self.entries.cancelled(reader))
        return self.bare_calendar(name, own)

    def bare_calendar(self, name: str, events: Iterable[Event]) -> Calendar:
        """Return a calendar of these events as they are, named after the conference and ``name``."""
        conference = self.scenario.conference
        return Calendar(
            name=f"{conference.title} – {name}",
            zone=conference.time_zone,
            organiser=conference.organiser.name,
            mail=conference.organiser.mail,
            since=self.entries.since,
            events=tuple(sorted(events, key=lambda event: (event.start, event.uid))),
        )

    def events(self) -> dict[str, Event]:
        """Return the calendar entry of every session held and every block, by id of the session or ``block/`` and the block's."""
        held = {item.session: self.basics(item).event for item in self.plan.placements}
        return held | {f"block/{item.id}": self.block(item).event for item in self.scenario.blocks}

    def place(self, room: str, table: int | None = None) -> Place:
        """Return a room's name, with the building where there are several."""
        return Place(self.rooms[room].name, table, self.rooms[room].building if self._has_buildings else None)

    @cached_property
    def _has_buildings(self) -> bool:
        return len({item.building for item in self.scenario.rooms}) > 1

    def present(self, placement: Placement) -> tuple[str, ...]:
        """Return the ids of the delegations present, the leader first, then in the scenario's order."""
        leader = self.sessions[placement.session].leader
        return tuple(sorted(placement.teams, key=lambda name: (name != leader, self._position[name])))

    def languages_interpreted(self, placement: Placement) -> tuple[str, ...]:
        """Return the tags that somebody present needs and an assigned interpreter covers, each once."""
        working = placement.working_language
        officers = set(self.sessions[placement.session].officers)
        voices = []
        for name in self.present(placement):
            delegation = self.delegations[name]
            voices.append(delegation.languages)
            voices += [
                person.languages for person in delegation.delegates if person.id in officers and person.languages
            ]
        pairs = [pair for name in placement.interpreters for pair in self.interpreters[name].pairs]
        covered = {tag for pair in pairs if working in pair for tag in pair if tag != working}
        heard = (next((tag for tag in voice if tag in covered), None) for voice in voices if working not in voice)
        return tuple(dict.fromkeys(tag for tag in heard if tag is not None))

    def basics(self, placement: Placement) -> Basics:
        """Return what everybody in the room of a session knows of it; gathered once for each session."""
        if placement.session not in self._basics:
            self._basics[placement.session] = self._gather(placement)
        return self._basics[placement.session]

    def _gather(self, placement: Placement) -> Basics:
        start, end = placement.start.astimezone(self.zone), placement.end.astimezone(self.zone)
        parties = tuple(self.delegations[name].name for name in self.present(placement))
        form = {1: "Session", 2: "Bilateral"}.get(len(parties), "Multilateral")
        place = self.place(placement.room, placement.table)
        working = codes.language_name(placement.working_language)
        interpretation = tuple(codes.language_name(tag) for tag in self.languages_interpreted(placement))
        code = self.codes[placement.session]
        mark = self.entries.mark(placement.session, placement)
        event = Event(
            uid=mark.uid,
            sequence=mark.sequence,
            created=mark.created,
            revised=mark.revised,
            start=start,
            end=end,
            summary=f"{form}: {' – '.join(parties)}",
            location=self._location(place),
            description="\n".join(
                [
                    f"Session {code}",
                    f"Working language: {working}",
                    *([f"Interpretation: {', '.join(interpretation)}"] if interpretation else []),
                ]
            ),
            category=form,
        )
        return Basics(
            event=event,
            code=code,
            start=start,
            end=end,
            form=form,
            place=place,
            parties=parties,
            working_language=working,
            interpretation=interpretation,
            classification=self.sessions[placement.session].classification,
        )

    def block(self, block: Block) -> BlockView:
        """Return a block with the calendar entry that every reader of it gets."""
        start, end = self.moment(block.start), self.moment(block.end)
        place = self.place(block.room) if block.room else None
        mark = self.entries.mark(f"block/{block.id}")
        event = Event(
            uid=mark.uid,
            sequence=mark.sequence,
            created=mark.created,
            revised=mark.revised,
            start=start,
            end=end,
            summary=block.title,
            location=self._location(place) if place else None,
            description=None,
            category=block.kind.value.capitalize(),
        )
        return BlockView(event, block.kind.value, block.title, start, end, place)

    def blocks(self, delegation: str | None = None) -> tuple[BlockView, ...]:
        """Return the blocks for everybody and, with a delegation, those that name it."""
        return tuple(view for whom, view in self._views_of_blocks if whom is None or delegation in whom)

    @cached_property
    def _views_of_blocks(self) -> list[tuple[frozenset[str] | None, BlockView]]:
        return [
            (None if block.delegations is None else frozenset(block.delegations), self.block(block))
            for block in self.scenario.blocks
        ]

    def moment(self, local: datetime) -> datetime:
        """Return a wall-clock time of the scenario as an aware one."""
        return local.replace(tzinfo=self.zone)

    def case(self, name: str, session: Session, delegation: str | None) -> CaseView:
        """Return a case of a session, with all of its leads or with those that a delegation may know of."""
        case = self.cases[name]
        leads = (
            LeadView(lead.id, lead.title, self.delegations[lead.shared_by or case.leader].name)
            for lead in case.leads
            if lead.id in session.leads and (delegation is None or self.knows_lead(delegation, lead.id))
        )
        lowest = self.scenario.conference.clearances[0]
        leader = self.delegations[case.leader].name
        return CaseView(name, case.title, leader, case.classification or lowest, session.form, tuple(leads))

    def sittings(self, session: Session) -> int:
        """Return how many sittings the session is one of."""
        last = session
        while last.id in self._after:
            last = self._after[last.id]
        return last.sitting

    @cached_property
    def _after(self) -> dict[str, Session]:
        return {item.follows: item for item in self.sessions.values() if item.follows}

    def knows_case(self, delegation: str, case: str) -> bool:
        """Whether a delegation is a party to a case."""
        return delegation in self.case_parties(case)

    def case_parties(self, case: str) -> frozenset[str]:
        """Return the ids of all parties of a case, whether or not they are present anywhere."""
        return frozenset(self.cases[case].parties)

    def knows_lead(self, delegation: str, lead: str) -> bool:
        """Whether a delegation is a party to the lead's case and shares the lead."""
        item, case = self.leads[lead]
        return self.knows_case(delegation, case.id) and delegation in lead_parties(case, item)

    def _location(self, place: Place) -> str:
        table = f"table {place.table}" if place.table else None
        parts = (place.room, table, place.building, self.scenario.conference.venue)
        return ", ".join(part for part in parts if part)
