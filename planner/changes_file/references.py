"""Names in changes: every delegation, person, room, case, lead, block and session exists."""

from __future__ import annotations

from collections.abc import Iterator

from planner.changes import (
    CaseAdded,
    Change,
    RoomLost,
    SessionCancelled,
    SessionMoved,
    SessionPinned,
    SessionUnpinned,
    TeamAway,
)
from planner.consistency import Finding, Known, did_you_mean
from planner.formation import form_sessions
from planner.scenario import Scenario

_KINDS = ("delegation", "delegate", "interpreter", "room", "case", "lead", "block")


def unknown_names(change: Change, scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Yield the names of a change that the scenario does not know."""
    for kind in _KINDS:
        name = None if isinstance(change, CaseAdded) else getattr(change, kind, None)
        if isinstance(name, str) and not known.has(kind, name):
            names = known.names[kind]
            yield Finding((kind,), f"there is no {kind} of this id", did_you_mean(name, names), name)
    if isinstance(change, SessionPinned | SessionMoved | SessionUnpinned | SessionCancelled):
        yield from _session(change.session, scenario, known)
    if isinstance(change, TeamAway):
        yield from _team(change, scenario)
    if isinstance(change, RoomLost):
        yield from _features(change, scenario)


def is_about_stray(change: Change, scenario: Scenario, known: Known) -> bool:
    """Tell whether a change names what only a change that could not be read may have brought."""
    if isinstance(change, CaseAdded):
        return False
    names = [(kind, getattr(change, kind, None)) for kind in _KINDS]
    if any(isinstance(name, str) and name not in known.names[kind] for kind, name in names):
        return True
    session = getattr(change, "session", None)
    return isinstance(session, str) and session not in [each.id for each in form_sessions(scenario)]


def _session(name: str, scenario: Scenario, known: Known) -> Iterator[Finding]:
    formed = {session.id: session for session in form_sessions(scenario)}
    if name in formed or name.partition(".")[0] in known.strays:
        return
    if name in scenario.cancelled:
        yield Finding(("session",), "this session is cancelled already", "Take the change out.", name)
        return
    held = [session.id for session in formed.values() if name in session.cases]
    withdrawn = [case.id for case in scenario.cases if case.id == name.partition(".")[0] and case.withdrawn]
    if held:
        hint = f"The case is held in {' or '.join(held)}."
    else:
        hint = f"The case {name} is withdrawn." if withdrawn else did_you_mean(name, formed)
    yield Finding(("session",), "no session of this name is formed", hint, name)


def _team(change: TeamAway, scenario: Scenario) -> Iterator[Finding]:
    teams = {delegation.id: delegation.teams for delegation in scenario.delegations}.get(change.delegation)
    if teams is not None and change.team > teams:
        hint = f"Write a number up to {teams}." if teams > 1 else "Write 1."
        yield Finding(("team",), f"{change.delegation} has no team {change.team}", hint, str(change.team))


def _features(change: RoomLost, scenario: Scenario) -> Iterator[Finding]:
    features = {room.id: room.features for room in scenario.rooms}.get(change.room)
    for index, feature in enumerate(change.features or ()):
        if features is not None and feature not in features:
            hint = did_you_mean(feature, features) if features else "Leave features out to lose the whole room."
            yield Finding(("features", index), f"the room {change.room} has no such feature", hint, feature)
