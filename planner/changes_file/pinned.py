"""Sessions that are moved or pinned: whether a hard rule forbids it whatever else is planned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from planner.changes import SessionMoved, SessionPinned
from planner.consistency import Finding
from planner.formation import Session, form_sessions
from planner.plan import Placement, Plan, session_uid
from planner.scenario import Delegation, Pin, Scenario
from planner.verify import Violation, verify

_RULES_OF_TIME = ("hours", "windows", "blocks", "sittings", "case-order")
_RULES_OF_ROOM = ("seats", "features", "clearance", "room-one-session")
_NOWHERE = "-"


def pin_clashes(change: SessionMoved | SessionPinned, scenario: Scenario, plan: Plan) -> Iterator[Finding]:
    """Yield what forbids the new place of a session, beside what is past and what is pinned.

    The verifier reads the rules; teams, people and interpreters that the pin leaves open are chosen so that they do no harm.

    Args:
        scenario: the changed one, in which the session is pinned.
        plan: what people were told; its past sessions are taken from it.
    """
    pin = next(pin for pin in scenario.pins if pin.session == change.session)
    if pin.start is None:
        return
    sessions = {session.id: session for session in form_sessions(scenario)}
    past = {past.session for past in scenario.replanning.past} if scenario.replanning else set()
    given = [pin for pin in scenario.pins if pin.session not in past and pin.start is not None]
    placements = (
        *(placement for placement in plan.placements if placement.session in past),
        *(_placement(scenario, sessions[pin.session], pin, pin.start) for pin in given if pin.start is not None),
    )
    report = verify(scenario, plan.model_copy(update={"placements": placements, "unplaced": ()}))
    named = re.compile(rf"(?<![\w.-]){re.escape(change.session)} \(")
    for violation in report.violations:
        if violation.rule in (*_RULES_OF_TIME, *_RULES_OF_ROOM) and named.search(violation.message):
            of_room = violation.rule in _RULES_OF_ROOM or violation.subject[0] == "room"
            field = "room" if of_room and change.room is not None else "start" if change.start else "session"
            yield Finding((field,), violation.message, _advice(violation, of_room))


def _advice(violation: Violation, of_room: bool) -> str:
    what = "room or another time" if of_room else "time"
    return f"Give another {what}, or make the rule {violation.rule} soft."


def _placement(scenario: Scenario, session: Session, pin: Pin, start: datetime) -> Placement:
    """Return a placement that respects a pin, with the parties without whom the session is not held and nobody else."""
    conference = scenario.conference
    begins = start.replace(tzinfo=ZoneInfo(conference.time_zone))
    end = start + timedelta(minutes=session.length_minutes)
    rooms = {room.id: room for room in scenario.rooms}
    present = [delegation for delegation in scenario.delegations if delegation.id in (*session.always, *pin.teams)]
    return Placement(
        session=session.id,
        uid=session_uid(conference.id, conference.domain, session.id, conference.secret or ""),
        start=begins,
        end=end.replace(tzinfo=ZoneInfo(conference.time_zone)),
        room=pin.room or _NOWHERE,
        table=1 if pin.room in rooms and rooms[pin.room].count > 1 else None,
        teams={each.id: pin.teams.get(each.id) or _free_team(each, start, end) for each in present},
        delegates={each.id: _officers(each, session) for each in present},
        interpreters=pin.interpreters,
        working_language=pin.language or session.language or conference.working_languages[0],
        cases=session.cases,
        leads=session.leads,
    )


def _officers(delegation: Delegation, session: Session) -> tuple[str, ...]:
    return tuple(delegate.id for delegate in delegation.delegates if delegate.id in session.officers)


def _free_team(delegation: Delegation, start: datetime, end: datetime) -> int:
    away = {absence.team for absence in delegation.absences if absence.start < end and start < absence.end}
    return next((team for team in range(1, delegation.teams + 1) if team not in away), 1)
