"""The one fact that a delegation is told of what it shares with others: whether an interpreter whom it needs is free.

It is asked of a session that the delegation is a party to and at a time at which nothing on its own side is in the way, and
the answer is yes or no. Why it is no is never told apart: there may be no such interpreter, none who is cleared or there, or all
are in other sessions.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from planner.agenda.hindrance import is_inside
from planner.agenda.own_teams import time_to_change
from planner.agenda.source import Source
from planner.formation import Session
from planner.rules import Level
from planner.scenario import Delegation, Interpreter
from planner.settings import settings_of


def is_interpreted(source: Source, session: Session, own: Delegation, start: datetime, end: datetime) -> bool:
    """Return whether a delegation could follow a session from start to end, by the clock at the venue.

    It can in one of the languages in which the session may be held: its teams, and its officers with languages of their own,
    speak it or have an interpreter who is there, cleared, and in no other session. Always if the organiser does not tell this
    fact.
    """
    if not source.scenario.conference.interpreters_told or _level(source, "language") is not Level.hard:
        return True
    listeners = [own.languages]
    listeners += [one.languages for one in own.delegates if one.id in session.officers and one.languages]
    free = [one for one in source.scenario.interpreters if _is_free(source, session, one, start, end)]
    return any(
        all(spoken in languages or any(_covers(one, spoken, languages) for one in free) for languages in listeners)
        for spoken in _spoken(source, session)
    )


def _spoken(source: Source, session: Session) -> Collection[str]:
    if session.language is not None:
        return (session.language,)
    common = frozenset.intersection(*(frozenset(source.delegations[name].languages) for name in session.parties))
    return common.union(source.scenario.conference.working_languages)


def _covers(interpreter: Interpreter, spoken: str, languages: Collection[str]) -> bool:
    return any(
        (one == spoken and other in languages) or (other == spoken and one in languages)
        for one, other in interpreter.pairs
    )


def _is_free(source: Source, session: Session, interpreter: Interpreter, start: datetime, end: datetime) -> bool:
    scenario, change = source.scenario, time_to_change(source)
    order = scenario.conference.clearances
    cleared = order.index(interpreter.clearance or order[0]) >= order.index(session.classification)
    first, last = source.moment(start) - change, source.moment(end) + change
    return (
        (cleared or _level(source, "clearance") is not Level.hard)
        and is_inside(interpreter.windows, start, end)
        and not any("interpreters" in one.blocks and one.start < end and start < one.end for one in scenario.blocks)
        and not any(
            interpreter.id in item.interpreters and item.start < last and first < item.end
            for item in source.plan.placements
            if item.session != session.id
        )
    )


def _level(source: Source, rule: str) -> Level:
    return settings_of(source.scenario)[rule].level
