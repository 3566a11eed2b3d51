"""What is asked of those who come: other times, one more team, somebody else, to stay away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from functools import partial

from planner.formation import Session, form_sessions
from planner.problem import Problem
from planner.relaxing.change import Change, Giver, Ladder
from planner.relaxing.edits import edited, of_session, person_changed, without_officer
from planner.scenario import Case, Delegation, ExplicitSession, Scenario
from planner.settings import settings_of
from planner.values import Quorum, Window


def windows(
    scenario: Scenario, problem: Problem, kind: str, name: str, sessions: Sequence[Session]
) -> Iterator[Ladder]:
    """Be there earlier, later, or all the time."""
    if kind == "delegation":
        yield from _presence(scenario, problem, next(one for one in scenario.delegations if one.id == name))
    elif kind == "delegate":
        person = next(person for one in scenario.delegations for person in one.delegates if person.id == name)
        yield (
            Change(
                Giver.guests,
                f"Have {person.name} there all the time",
                partial(person_changed, delegate=name, windows=()),
            ),
        )
        yield from stand_ins(scenario, name, sessions)
    elif kind == "interpreter":
        voice = next(one for one in scenario.interpreters if one.id == name)
        yield _always(Giver.interpreters, "interpreters", name, f"Have {voice.name} there all the time")
    elif kind == "room":
        room = next(one for one in scenario.rooms if one.id == name)
        yield _always(Giver.rooms, "rooms", name, f"Have {room.name} free all the time")
    else:
        yield _always(Giver.wish, "sessions", name, f"Let {name} be held at any time")


def _always(giver: Giver, collection: str, name: str, text: str) -> Ladder:
    return (Change(giver, text, partial(edited, collection=collection, id=name, windows=())),)


def _presence(scenario: Scenario, problem: Problem, delegation: Delegation) -> Iterator[Ladder]:
    """Arrive just in time for an earlier slot, leave after a later one; the least that helps comes first."""
    origin = datetime.combine(min(day.date for day in scenario.conference.days), time())
    starts = [origin + timedelta(minutes=slot.start) for slot in problem.slots]
    cell = timedelta(minutes=problem.grid)
    if delegation.arrival is not None:
        yield tuple(
            Change(
                Giver.guests,
                f"Have {delegation.name} arrive by {_said(moment)} instead of {_said(delegation.arrival)}",
                partial(edited, collection="delegations", id=delegation.id, arrival=moment),
            )
            for moment in reversed(starts)
            if moment < delegation.arrival
        )
    if delegation.departure is not None:
        yield tuple(
            Change(
                Giver.guests,
                f"Have {delegation.name} leave at {_said(start + cell)} instead of {_said(delegation.departure)}",
                partial(edited, collection="delegations", id=delegation.id, departure=start + cell),
            )
            for start in starts
            if start + cell > delegation.departure
        )
    for window in sorted(delegation.windows, key=lambda window: window.start):
        yield from _wider(delegation, window, starts, cell)
    if delegation.windows:
        yield _always(Giver.guests, "delegations", delegation.id, f"Have {delegation.name} there all the time")


def _wider(delegation: Delegation, window: Window, starts: Sequence[datetime], cell: timedelta) -> Iterator[Ladder]:
    """Come earlier on the same day into one of the windows, or stay in it for longer; other windows are left as they are."""
    others = [one for one in delegation.windows if one != window]
    earliest = max((one.end for one in others if one.end <= window.start), default=datetime.min)
    latest = min((one.start for one in others if window.end <= one.start), default=datetime.max)

    def changed(what: str, moment: datetime, was: datetime, **limits: datetime) -> Change:
        wider = tuple(one.model_copy(update=limits) if one == window else one for one in delegation.windows)
        return Change(
            Giver.guests,
            f"Have {delegation.name} there {what} {_said(moment)} instead of {_said(was)}",
            partial(edited, collection="delegations", id=delegation.id, windows=wider),
        )

    yield tuple(
        changed("from", start, window.start, start=start)
        for start in reversed(starts)
        if earliest <= start < window.start and start.date() == window.start.date()
    )
    yield tuple(
        changed("until", start + cell, window.end, end=start + cell)
        for start in starts
        if window.end < start + cell <= latest and start.date() == window.end.date()
    )


def one_more_team(scenario: Scenario, name: str) -> Ladder:
    """One more team of a delegation."""
    delegation = next(one for one in scenario.delegations if one.id == name.partition("/")[0])
    more = delegation.teams + 1
    return (
        Change(
            Giver.guests,
            f"Have {delegation.name} send {more} teams instead of {delegation.teams}",
            partial(edited, collection="delegations", id=delegation.id, teams=more),
        ),
    )


def stand_ins(scenario: Scenario, name: str, sessions: Sequence[Session]) -> Iterator[Ladder]:
    """Somebody else sits in a session for an officer, or the officer sits with whichever team is free."""
    person = next(person for one in scenario.delegations for person in one.delegates if person.id == name)
    for session in sessions:
        if name in session.officers:
            yield (
                Change(
                    Giver.guests,
                    f"Let somebody else sit in {session.id} for {person.name}",
                    partial(without_officer, session=session, officer=name),
                ),
            )
    if person.team is not None:
        yield (
            Change(
                Giver.guests,
                f"Let {person.name} sit with any team",
                partial(person_changed, delegate=name, team=None),
            ),
        )


def absences(scenario: Scenario, name: str) -> Iterator[Ladder]:
    """Hold a session without a required delegation, or with a smaller quorum."""
    session = next(session for session in form_sessions(scenario) if session.id == name)
    names = {one.id: one.name for one in scenario.delegations}
    if len(session.always) > 2 or session.quorum:
        for party in session.always:
            if party != session.leader:
                yield (
                    Change(
                        Giver.absence,
                        f"Let {names[party]} come to {name} only if it can",
                        partial(of_session, session=session, change=partial(_optional, party)),
                    ),
                )
    if session.quorum and session.quorum.at_least > 1:
        fewer = Quorum(of=session.quorum.of, at_least=session.quorum.at_least - 1)
        yield (
            Change(
                Giver.absence,
                f"Hold {name} with {fewer.at_least} of its quorum instead of {session.quorum.at_least}",
                partial(of_session, session=session, change=partial(_quorum, fewer)),
            ),
        )


def _optional(party: str, item: Case | ExplicitSession) -> dict[str, object]:
    if party not in item.required:
        return {}
    required = tuple(name for name in item.required if name != party)
    return {"required": required, "optional": tuple(dict.fromkeys((*item.optional, party)))}


def _quorum(fewer: Quorum, item: Case | ExplicitSession) -> dict[str, object]:
    return {"quorum": fewer} if item.quorum else {}


def longer_runs(scenario: Scenario, name: str) -> Ladder:
    """More sessions of a team, or more minutes of an interpreter, in a row."""
    voice = next((one for one in scenario.interpreters if one.id == name), None)
    if voice is not None and voice.longest_run_minutes is not None:
        return tuple(
            Change(
                Giver.interpreters,
                f"Let {voice.name} work {more} minutes in a row instead of {voice.longest_run_minutes}",
                partial(edited, collection="interpreters", id=name, longest_run_minutes=more),
            )
            for more in (voice.longest_run_minutes + extra for extra in (30, 60, 120))
        )
    delegation = next(one for one in scenario.delegations if one.id == name.partition("/")[0])
    limit = delegation.longest_run or 0
    return tuple(
        Change(
            Giver.guests,
            f"Let teams of {delegation.name} sit in {more} sessions in a row instead of {limit}",
            partial(edited, collection="delegations", id=delegation.id, longest_run=more),
        )
        for more in (limit + 1, limit + 2)
    )


def more_a_day(scenario: Scenario, name: str) -> Ladder:
    """More sessions of a team a day."""
    delegation = next(one for one in scenario.delegations if one.id == name.partition("/")[0])
    limit = delegation.most_sessions_a_day or 0
    return tuple(
        Change(
            Giver.guests,
            f"Let teams of {delegation.name} sit in {more} sessions a day instead of {limit}",
            partial(edited, collection="delegations", id=delegation.id, most_sessions_a_day=more),
        )
        for more in (limit + 1, limit + 2)
    )


def more_changes(scenario: Scenario, name: str) -> Ladder:
    """More sessions of a delegation that a new plan may change."""
    delegation = next(one for one in scenario.delegations if one.id == name)
    default = settings_of(scenario)["most-changes"].parameters["sessions"]
    limit = default if delegation.most_changes is None else delegation.most_changes
    return tuple(
        Change(
            Giver.guests,
            f"Tell {delegation.name} of {more} changed sessions instead of {limit}",
            partial(edited, collection="delegations", id=name, most_changes=more),
        )
        for more in range(limit + 1, limit + 4)
    )


def together(scenario: Scenario, name: str) -> Iterator[Ladder]:
    """Let two delegations of a session that are kept apart sit together."""
    parties = next(session for session in form_sessions(scenario) if session.id == name).parties
    named = {one.id: one for one in scenario.delegations}
    for one in parties:
        for other in parties:
            if one < other and (other in named[one].not_with or one in named[other].not_with):

                def joined(given: Scenario, one: str = one, other: str = other) -> Scenario:
                    for party, foe in ((one, other), (other, one)):
                        kept = tuple(name for name in named[party].not_with if name != foe)
                        given = edited(given, "delegations", party, not_with=kept)
                    return given

                yield (Change(Giver.guests, f"Let {named[one].name} and {named[other].name} sit together", joined),)


def _said(moment: datetime) -> str:
    return f"{moment:%a} {moment.day} {moment:%b} {moment:%H:%M}"
