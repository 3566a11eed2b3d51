"""Tiny scenarios and plans for the verifier's tests: two days in Seoul from nine to five, two rooms, three delegations.

Moments are written ``"5 09:00"`` for nine o'clock on 5 February 2026.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from planner.formation import Session, form_sessions
from planner.plan import Options, Placement, Plan, Status, TierReport, Unplaced, Versions, session_uid
from planner.record import Form
from planner.recording import record_of
from planner.rules import RULES, Kind
from planner.scenario import Scenario
from planner.verify import broken_subjects, verify

Data = dict[str, Any]
Broken = dict[str, set[tuple[str, str]]]


def moment(text: str) -> str:
    """Return a moment as a scenario gives it."""
    day, clock = text.split()
    return f"2026-02-{int(day):02}T{clock}"


def window(start: str, end: str) -> Data:
    return {"start": moment(start), "end": moment(end)}


def room(id: str, **more: Any) -> Data:
    return {"id": id, "name": f"Room {id}", "seats": 20, **more}


def delegation(id: str, **more: Any) -> Data:
    return {"id": id, "kind": "country", "name": id.title(), "languages": ["en"], **more}


def delegate(id: str, **more: Any) -> Data:
    return {"id": id, "name": id.title(), **more}


def interpreter(id: str, *pairs: tuple[str, str], **more: Any) -> Data:
    return {"id": id, "name": id.title(), "pairs": pairs or [("en", "km")], **more}


def block(id: str, start: str, end: str, **more: Any) -> Data:
    return {"id": id, "title": id.title(), "kind": "plenary", **window(start, end), **more}


def meeting(id: str, *parties: str, **more: Any) -> Data:
    """Return an explicit session of an hour; its first party leads."""
    return {"id": id, "required": parties or ("KOR", "JPN"), "minutes": 60, **more}


def case(id: str, leader: str = "KOR", **more: Any) -> Data:
    return {"id": id, "title": f"Title of {id}", "leader": leader, "required": ["JPN"], "minutes": 60, **more}


def conference(**more: Any) -> Data:
    return {
        "id": "test",
        "title": "Test",
        "venue": "Hall",
        "time_zone": "Asia/Seoul",
        "organiser": {"name": "Office", "mail": "office@example.org"},
        "days": [day("2026-02-05"), day("2026-02-06")],
        "working_languages": ["en"],
        **more,
    }


def day(date: str, opens: str = "09:00", closes: str = "17:00") -> Data:
    return {"date": date, "opens": opens, "closes": closes}


def scenario(**parts: Any) -> Scenario:
    """Return a scenario; ``parts`` replace the default conference, rooms and delegations, and add everything else."""
    data = {
        "conference": conference(),
        "rooms": [room("A"), room("B")],
        "delegations": [delegation("KOR"), delegation("JPN"), delegation("KHM")],
        **parts,
    }
    return Scenario.model_validate(data)


@dataclass(frozen=True)
class Spot:
    """Where and when a session is held; by default with team 1 of every party and its officers, in English."""

    session: str
    start: str
    room: str = "A"
    teams: Mapping[str, int] | None = None
    interpreters: tuple[str, ...] = ()
    language: str = "en"
    table: int | None = None
    delegates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def plan(scenario: Scenario, *spots: Spot, **changes: Any) -> Plan:
    """Return a plan whose document is in order: uids, ends, lists and sums are right; ``changes`` replace fields."""
    sessions = {session.id: session for session in form_sessions(scenario)}
    placements = tuple(_placement(scenario, sessions[spot.session], spot) for spot in spots)
    bare = Plan(
        conference=scenario.conference.id,
        scenario_hash=scenario.hash,
        versions=Versions(planner="0", ortools="0", python="3"),
        seed=1,
        options=Options(seed=1, workers=1),
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        status=Status.optimal,
        tiers=(),
        placements=placements,
        unplaced=tuple(_left_out(sessions.values(), {spot.session for spot in spots})),
        costs=(),
    )
    return with_sums(scenario, bare).model_copy(update=changes)


def with_sums(scenario: Scenario, bare: Plan) -> Plan:
    """Return the plan with costs and tiers as its placements add up."""
    report = verify(scenario, bare)
    tiers = tuple(
        TierReport(name=name, status=Status.optimal, value=value, bound=value, seconds=0.5)
        for name, value in report.tiers
    )
    return bare.model_copy(update={"tiers": tiers, "costs": report.costs})


def changed(before: Scenario, now: str, *spots: Spot, moved: tuple[str, ...] = (), **more: Any) -> Scenario:
    """Return a scenario whose plan of these spots is being changed; ``more`` replaces other parts of it."""
    record = record_of(before, plan(before, *spots), datetime.fromisoformat(moment(now)))
    data = before.model_dump(exclude_defaults=True)
    return Scenario.model_validate({**data, "replanning": {**record.model_dump(), "moved": moved}, **more})


def replace_placement(given: Plan, position: int = 0, **changes: Any) -> Plan:
    """Return the plan with fields of one placement replaced and nothing put in order after."""
    placements = list(given.placements)
    placements[position] = placements[position].model_copy(update=changes)
    return given.model_copy(update={"placements": tuple(placements)})


def assert_broken(scenario: Scenario, plan: Plan, expected: Broken) -> None:
    """Show that exactly these demands are broken for exactly these subjects, and that the document is in order.

    No demand of the scenario may be set to another level than hard.
    """
    assert {rule: set(found) for rule, found in broken_subjects(scenario, plan).items() if found} == expected
    report = verify(scenario, plan)
    assert report.faults == ()
    violated: Broken = {}
    for violation in report.violations:
        violated.setdefault(violation.rule, set()).add(violation.subject)
    demands = {rule: found for rule, found in violated.items() if RULES[rule].kind is Kind.demand}
    assert demands == expected
    assert report.sound == (not expected)


def assert_sound(scenario: Scenario, *spots: Spot) -> None:
    """Show that nothing is found in the plan of these spots."""
    assert_broken(scenario, plan(scenario, *spots), {})


def _placement(scenario: Scenario, session: Session, spot: Spot) -> Placement:
    day, clock = spot.start.split()
    hour, minute = map(int, clock.split(":"))
    start = datetime(2026, 2, int(day), hour, minute, tzinfo=ZoneInfo(scenario.conference.time_zone))
    teams = dict.fromkeys(session.parties, 1) if spot.teams is None else dict(spot.teams)
    home = {delegate.id: owner.id for owner in scenario.delegations for delegate in owner.delegates}
    officers = {name: tuple(one for one in session.officers if home[one] == name) for name in teams}
    return Placement(
        session=session.id,
        uid=session_uid(scenario.conference.id, scenario.conference.domain, session.id),
        start=start,
        end=start + timedelta(minutes=session.length_minutes),
        room=spot.room,
        table=spot.table,
        teams=teams,
        delegates=officers | dict(spot.delegates),
        interpreters=spot.interpreters,
        working_language=spot.language,
        cases=session.cases,
        leads=session.leads,
    )


def _left_out(sessions: Iterable[Session], placed: set[str]) -> Iterable[Unplaced]:
    sessions = list(sessions)
    together = {session.chain for session in sessions if session.form is Form.together and session.id in placed}
    for session in sessions:
        chosen = session.form is None or (session.form is Form.together) == (session.chain in together)
        if chosen and session.id not in placed:
            yield Unplaced(session=session.id, priority=session.priority, reason="no room")
