"""What people were told of the sessions of a changed plan, as the record in its scenario has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from planner.compare import Aspect, Comparison, compare
from planner.formation import Session, form_sessions
from planner.plan import Placement, Plan
from planner.problem import Fixed, Problem
from planner.record import Replanning, Told
from planner.scenario import Scenario


@dataclass(frozen=True)
class AsTold:
    """How a session would be kept as people were told.

    Attributes:
        pin: all of it that can still be said.
        gone: what cannot be kept by anything that the plan decides, each with the id of the delegation that it is about or with
            an empty text: another length or a start off the grid, a language that it cannot have, a delegation that is no party
            any more or has come in, a team that there is no more.
    """

    pin: Fixed
    gone: tuple[tuple[Aspect, str], ...]

    @property
    def spot(self) -> Fixed:
        """When and where, with whoever can come."""
        return replace(self.pin, teams={}, interpreters=(), language=None)


def as_told(problem: Problem, number: int) -> AsTold:
    """Return how a session that people were told of would be kept."""
    assert problem.change is not None
    item, before = problem.items[number], problem.change.told[number]
    parties = problem.parties
    gone: list[tuple[Aspect, str]] = []
    if before.slot < 0 or before.length != item.length:
        gone.append((Aspect.time, ""))
    gone += [(Aspect.parties, parties[one].id) for one in before.teams if one not in item.parties]
    gone += [(Aspect.parties, parties[one].id) for one in item.parties if one in item.always - before.teams.keys()]
    comes = {one: team for one, team in before.teams.items() if one in item.parties}
    gone += [(Aspect.team, parties[one].id) for one, team in comes.items() if team >= parties[one].teams]
    if before.language not in item.languages:
        gone.append((Aspect.language, ""))
    pin = Fixed(
        item=number,
        slot=None if before.slot < 0 else before.slot,
        room=before.room,
        teams={one: team for one, team in comes.items() if team < parties[one].teams},
        interpreters=tuple(sorted(before.interpreters)),
        language=before.language if before.language in item.languages else None,
    )
    return AsTold(pin, tuple(gone))


def differences(told: Told, now: Placement, scenario: Scenario) -> tuple[Aspect, ...]:
    """Return what of when, where and with whom is not as told; tables and people follow from that and are left aside."""
    start, end = clock_of(now, scenario)
    stay = told.teams.keys() & now.teams.keys()
    differs = {
        Aspect.time: (told.start, told.end) != (start, end),
        Aspect.room: told.room != now.room,
        Aspect.parties: told.teams.keys() != now.teams.keys(),
        Aspect.team: any(told.teams[name] != now.teams[name] for name in stay),
        Aspect.interpreters: {*told.interpreters} != {*now.interpreters},
        Aspect.language: told.language != now.working_language,
    }
    return tuple(aspect for aspect, is_different in differs.items() if is_different)


def is_kept(problem: Problem, kept: AsTold, told: Told, now: Placement, scenario: Scenario) -> bool:
    """Whether everything of a session that could be kept as told is so."""
    pin, differs = kept.pin, differences(told, now, scenario)
    return (
        (pin.slot is None or told.start == clock_of(now, scenario)[0])
        and Aspect.room not in differs
        and all(now.teams.get(problem.parties[party].id) == team + 1 for party, team in pin.teams.items())
        and {*told.interpreters} <= {*now.interpreters}
        and (pin.language is None or Aspect.language not in differs)
    )


def since_told(scenario: Scenario, plan: Plan) -> Comparison:
    """Return what is new in a plan against what the record of its scenario says that people were told."""
    assert scenario.replanning is not None
    sessions = {session.id: session for session in form_sessions(scenario)}
    placed = {item.session: item for item in plan.placements}
    zone = ZoneInfo(scenario.conference.time_zone)
    known = tuple(_known(told, placed, sessions, zone) for told in _records(scenario.replanning))
    left_out = tuple(item for item in plan.unplaced if item.session not in {one.session for one in known})
    return compare(scenario, plan.model_copy(update={"placements": known, "unplaced": left_out}), scenario, plan)


def clock_of(now: Placement, scenario: Scenario) -> tuple[datetime, datetime]:
    """Return start and end of a session by the clock at the venue."""
    zone = ZoneInfo(scenario.conference.time_zone)
    return now.start.astimezone(zone).replace(tzinfo=None), now.end.astimezone(zone).replace(tzinfo=None)


def _records(record: Replanning) -> Iterator[Told]:
    yield from record.past
    yield from record.told


def _known(told: Told, placed: Mapping[str, Placement], sessions: Mapping[str, Session], zone: ZoneInfo) -> Placement:
    """A placement as told; cases and leads are told by other notices, and are those of now."""
    now, session = placed.get(told.session), sessions.get(told.session)
    return Placement(
        session=told.session,
        uid=now.uid if now else told.session,
        start=told.start.replace(tzinfo=zone),
        end=told.end.replace(tzinfo=zone),
        room=told.room,
        table=told.table,
        teams=told.teams,
        delegates=told.delegates,
        interpreters=told.interpreters,
        working_language=told.language,
        cases=session.cases if session else (),
        leads=session.leads if session else (),
    )
