"""What a plan was when it is changed: which sessions had started, and what people were told of the others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from planner.formation import Session, form_sessions
from planner.plan import Placement, Plan
from planner.record import Formed, Past, Replanning, Told
from planner.scenario import Scenario


def record_of(scenario: Scenario, plan: Plan, now: datetime) -> Replanning:
    """Return the record of a plan of a scenario at a moment of the clock at the venue.

    Who was moved is added up over all changes: those of the scenario's own record, and whoever the plan told something new
    against that record.
    """
    zone = ZoneInfo(scenario.conference.time_zone)
    sessions = {session.id: session for session in form_sessions(scenario)}
    told = [(sessions[placement.session], told_of(placement, zone)) for placement in plan.placements]
    return Replanning(
        now=now,
        past=tuple(Past(**dict(one), formed=_formed(session)) for session, one in told if one.start <= now),
        told=tuple(one for _, one in told if one.start > now),
        moved=tuple(dict.fromkeys(_moved(scenario, [one for _, one in told]))),
    )


def told_of(placement: Placement, zone: ZoneInfo) -> Told:
    """Return a placement as people are told of it, by the clock of a zone."""
    return Told(
        session=placement.session,
        start=placement.start.astimezone(zone).replace(tzinfo=None),
        end=placement.end.astimezone(zone).replace(tzinfo=None),
        room=placement.room,
        table=placement.table,
        teams=placement.teams,
        delegates=placement.delegates,
        interpreters=placement.interpreters,
        language=placement.working_language,
    )


def _formed(session: Session) -> Formed:
    return Formed(
        chain=session.chain,
        title=session.title or None,
        cases=session.cases,
        leads=session.leads,
        leader=session.leader,
        required=session.required,
        optional=session.optional,
        quorum=session.quorum,
        officers=session.officers,
        minutes=session.length_minutes,
        priority=session.priority,
        classification=session.classification,
        features=session.features,
        language=session.language,
        form=session.form,
        share=session.share,
        sitting=session.sitting,
        follows=session.follows,
        gap_minutes=session.gap_minutes,
        windows=session.windows,
    )


def _moved(scenario: Scenario, told: Iterable[Told]) -> Iterable[str]:
    """Delegations and interpreters whom this change or an earlier one told something new."""
    before = scenario.replanning
    if before is None:
        return
    yield from before.moved
    now = {one.session: one for one in told}
    for was in before.told:
        new = now.get(was.session)
        for name in dict.fromkeys(
            (*was.teams, *was.interpreters, *(new.teams if new else ()), *(new.interpreters if new else ()))
        ):
            if new is None or _seen_by(name, was) != _seen_by(name, new):
                yield name


def _seen_by(name: str, told: Told) -> tuple[object, ...]:
    """What a delegation or an interpreter is told of a session; table and people are told, but move nobody."""
    comes = name in told.teams or name in told.interpreters
    return comes, told.start, told.end, told.room, told.teams.get(name), frozenset(told.teams), told.language
