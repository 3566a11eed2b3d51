"""The scenario at the moment of a change: what is past, what people were told, which cases are met together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from zoneinfo import ZoneInfo

from planner.formation import Session, form_sessions
from planner.plan import Placement, Plan
from planner.record import Formed, Past, Replanning, Told
from planner.scenario import Scenario


def begin(scenario: Scenario, plan: Plan, now: datetime) -> Scenario:
    """Return the scenario with the record of its plan, and nothing else changed.

    Args:
        scenario: the one that the plan was made from.
        plan: what people were told.
        now: the moment, as the clock at the venue shows it.
    """
    zone = ZoneInfo(scenario.conference.time_zone)
    sessions = {session.id: session for session in form_sessions(scenario)}
    told = [_told(placement, zone) for placement in plan.placements]
    record = Replanning(
        now=now,
        past=tuple(Past(**dict(one), formed=formed_of(sessions[one.session])) for one in told if one.start <= now),
        told=tuple(one for one in told if one.start > now),
        moved=_moved(scenario.replanning, told),
    )
    formation = scenario.formation.model_copy(update={"groups": _groups(scenario, sessions)})
    return scenario.model_copy(update={"replanning": record, "formation": formation})


def formed_of(session: Session) -> Formed:
    """Return what a session was formed from, as it is written down."""
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


def _told(placement: Placement, zone: ZoneInfo) -> Told:
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


def _groups(scenario: Scenario, sessions: dict[str, Session]) -> tuple[tuple[str, ...], ...]:
    """Return the cases that are met together; those of the list of sessions are not formed."""
    if scenario.formation.groups is not None:
        return scenario.formation.groups
    explicit = {session.id for session in scenario.sessions}
    together = {session.chain: session.cases for session in sessions.values() if session.id not in explicit}
    return tuple(cases for cases in together.values() if len(cases) > 1)


def _moved(before: Replanning | None, now: list[Told]) -> tuple[str, ...]:
    """Return who was told of a change in this plan or in one before it."""
    if before is None:
        return ()
    placed = {one.session: one for one in now}
    told = (name for was in before.told for name in _who(was, placed.get(was.session)))
    return tuple(dict.fromkeys(chain(before.moved, told)))


def _who(was: Told, comes: Told | None) -> Iterator[str]:
    """Return whom a session differs for."""
    if comes is None:
        yield from (*was.teams, *was.interpreters)
    elif (was.start, was.end, was.room) != (comes.start, comes.end, comes.room):
        yield from (*was.teams, *comes.teams, *was.interpreters, *comes.interpreters)
    else:
        company = set(was.teams) != set(comes.teams) or was.language != comes.language
        for name in dict.fromkeys((*was.teams, *comes.teams)):
            if company or was.teams.get(name) != comes.teams.get(name):
                yield name
        yield from sorted(set(was.interpreters) ^ set(comes.interpreters))
        if company:
            yield from comes.interpreters
