"""Wishes: one function each, which counts the cost of a plan before its weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from planner.formation import Session
from planner.record import Form
from planner.verify.reading import Held, Reading, Team
from planner.verify.waits import waits


def held(reading: Reading) -> int:
    """Shares of the sessions left out, each times the weight of its priority."""
    weights = _priority_weights(reading.sessions.values())
    together = {one.session.chain for one in reading.held if one.session.form is Form.together}
    return sum(
        session.share * weights[session.priority]
        for session in reading.sessions.values()
        if session.id not in reading.placed and _is_owed(session, together)
    )


def _is_owed(session: Session, together: set[str]) -> bool:
    """Tell whether a session is of the form that its chain is held in; ``together`` are the chains held together.

    A session without a form is owed in any case; its chain may have been held in one before a party left.
    """
    return session.form is None or (session.form is Form.together) == (session.chain in together)


def _priority_weights(sessions: Iterable[Session]) -> dict[int, int]:
    """Weigh each priority in use one more than all that lower ones could cost together."""
    shares: Counter[int] = Counter()
    for session in sessions:
        shares[session.priority] += 0 if session.form is Form.together else session.share
    weights: dict[int, int] = {}
    lower = 0
    for priority in sorted(shares, reverse=True):
        weights[priority] = 1 + lower
        lower += weights[priority] * shares[priority]
    return weights


def optional_present(reading: Reading) -> int:
    """Optional and quorum parties missing from the sessions held."""
    return sum(
        party not in one.session.always and party not in one.teams
        for one in reading.held
        for party in one.session.parties
    )


def early(reading: Reading) -> int:
    """Days after the first, over the sessions held whose priority counts as high."""
    lowest = reading.settings["early"].parameters["priority"]
    return sum(
        sum(day.date < one.start.date() for day in reading.days)
        for one in reading.held
        if one.session.priority <= lowest
    )


def breaks(reading: Reading) -> int:
    """Unbroken runs of idle slots of all teams."""
    return sum(row.breaks for row in waits(reading))


def idle(reading: Reading) -> int:
    """Idle slots of all teams."""
    return sum(row.idle for row in waits(reading))


def fair_idle(reading: Reading) -> int:
    """Largest difference of idle slots between two teams of delegations that are party to a session."""
    parties = {party for session in reading.sessions.values() for party in session.parties}
    slots: Counter[Team] = Counter()
    for row in waits(reading):
        slots[row.team] += row.idle
    shares = [
        slots[delegation.id, team]
        for delegation in reading.scenario.delegations
        if delegation.id in parties
        for team in range(1, delegation.teams + 1)
    ]
    return max(shares, default=0) - min(shares, default=0)


def fair_breaks(reading: Reading) -> int:
    """Largest difference of breaks between two delegations, in sessions or not."""
    runs: Counter[str] = Counter()
    for row in waits(reading):
        runs[row.team[0]] += row.breaks
    shares = [runs[name] for name in reading.delegations]
    return max(shares) - min(shares)


def room_changes(reading: Reading) -> int:
    """Rooms that each team uses on a day, less one."""
    changes = 0
    for sessions in reading.of_team.values():
        by_day: dict[object, set[str]] = {}
        for one in sessions:
            if one.room is not None:
                by_day.setdefault(one.start.date(), set()).add(one.room.id)
        changes += sum(len(rooms) - 1 for rooms in by_day.values())
    return changes


def continuity(reading: Reading) -> int:
    """What differs between successive sittings: room, teams, interpreters."""
    return sum(
        _differences(earlier, later)
        for later in reading.held
        if later.session.follows is not None
        for earlier in reading.placed.get(later.session.follows, [])
    )


def _differences(earlier: Held, later: Held) -> int:
    teams = sum(name in earlier.teams and earlier.teams[name] != team for name, team in later.teams.items())
    return (earlier.room != later.room) + teams + (set(earlier.interpreters) != set(later.interpreters))


def balance(reading: Reading) -> int:
    """Sessions of each delegation on its fullest day less those on its emptiest, less one."""
    sessions = Counter((name, one.start.date()) for one in reading.held for name in one.present)
    total = 0
    for name in reading.delegations:
        days = [sessions[name, day.date] for day in reading.days]
        total += max(0, max(days) - min(days) - 1)
    return total


def few_interpreters(reading: Reading) -> int:
    """Interpreters assigned, over all sessions."""
    return sum(len(one.interpreters) for one in reading.held)
