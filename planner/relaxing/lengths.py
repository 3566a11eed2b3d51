"""Shorter sessions: one of them, a case in all of its sessions, or all sessions of the conference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from planner.formation import Session, form_sessions
from planner.relaxing.change import Change, Giver, Ladder
from planner.relaxing.edits import edited
from planner.scenario import Case, Scenario

STEP = 5
"""Minutes by which lengths differ; starts stay on the grid."""

SHORTEST = 15
"""Minutes below which no session is cut."""

MOST_SESSIONS = 6
"""Sessions of an obstacle that are tried one by one, the longest ones."""


def shorter(scenario: Scenario, sessions: Sequence[Session]) -> Iterator[Ladder]:
    """Shorten a session, down to half of its length at most, or each session of its case; then all sessions alike.

    Only what leaves the same sessions is tried: cases of the same parties that fit into one session once they are shorter would
    be met together.
    """
    past = {record.session for record in scenario.replanning.past} if scenario.replanning else set()
    long = sorted((one for one in sessions if one.id not in past), key=lambda session: -session.length_minutes)
    formed = [one for one in form_sessions(scenario) if one.id not in past]
    for session in long[:MOST_SESSIONS]:
        for ladder in _of_session(scenario, session, formed):
            yield _same_sessions(scenario, ladder)
    if len(long) > 1:
        yield _same_sessions(scenario, _all_alike(scenario, long[0].length_minutes, formed))


def _less_than(minutes: int) -> range:
    """Whole steps below a length, down to half of it."""
    least = max(SHORTEST, minutes // 2 // STEP * STEP)
    return range((minutes - 1) // STEP * STEP, least - 1, -STEP)


def _same_sessions(scenario: Scenario, ladder: Ladder) -> Ladder:
    names = [session.id for session in form_sessions(scenario)]
    return tuple(
        change for change in ladder if [session.id for session in form_sessions(change.apply(scenario))] == names
    )


def _of_session(scenario: Scenario, session: Session, formed: Sequence[Session]) -> Iterator[Ladder]:
    if any(given.id == session.id for given in scenario.sessions):
        yield tuple(
            Change(
                Giver.length,
                f"Hold {session.id} in {fewer} minutes instead of {session.length_minutes}",
                partial(edited, collection="sessions", id=session.id, minutes=fewer),
            )
            for fewer in _less_than(session.length_minutes)
        )
        return
    for case in scenario.cases:
        if case.id in session.cases:
            yield _of_case(scenario, case, [one for one in formed if case.id in one.cases])


def _of_case(scenario: Scenario, case: Case, formed: Sequence[Session]) -> Ladder:
    """Fewer minutes for a case that gives its length, or for each of its leads."""
    minutes = case.minutes or case.minutes_per_lead or scenario.formation.minutes_per_lead
    return tuple(
        Change(
            Giver.length,
            f"{_what(case, formed).format(fewer)} instead of {minutes}",
            partial(edited, collection="cases", id=case.id, minutes=fewer)
            if case.minutes
            else partial(edited, collection="cases", id=case.id, minutes_per_lead=fewer),
        )
        for fewer in _less_than(minutes)
    )


def _what(case: Case, formed: Sequence[Session]) -> str:
    if case.minutes is None and len(case.leads) > 1:
        return f"Take {{}} minutes for each lead of {case.id}"
    if any(len(session.cases) > 1 for session in formed):
        return f"Take {{}} minutes for {case.id}"
    if len(formed) > 1:
        return f"Hold each session of {case.id} in {{}} minutes"
    return f"Hold {case.id} in {{}} minutes"


def _all_alike(scenario: Scenario, longest: int, formed: Sequence[Session]) -> Ladder:
    """No session longer than so many minutes, where all can be cut to that."""
    names = {session.id for session in formed}
    ladder = tuple(
        Change(Giver.length, f"Hold no session longer than {most} minutes", partial(_cut, most=most))
        for most in _less_than(longest)
    )
    return tuple(
        change
        for change, most in zip(ladder, _less_than(longest), strict=True)
        if all(one.length_minutes <= most for one in form_sessions(change.apply(scenario)) if one.id in names)
    )


def _cut(scenario: Scenario, most: int) -> Scenario:
    """The scenario with all lengths that are given cut to so many minutes."""

    def least(minutes: int | None) -> int | None:
        return None if minutes is None else min(minutes, most)

    cases = tuple(case.model_copy(update={"minutes": least(case.minutes)}) for case in scenario.cases)
    sessions = tuple(given.model_copy(update={"minutes": least(given.minutes)}) for given in scenario.sessions)
    return scenario.model_copy(update={"cases": cases, "sessions": sessions})
