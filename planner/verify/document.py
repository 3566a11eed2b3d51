"""A plan as a document: is it of this scenario, do its names exist, does it speak of every session once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from planner.formation import Session
from planner.plan import Placement, Plan, RuleCost
from planner.record import Form
from planner.verify.claims import priorities, statuses, sums
from planner.verify.ledger import ledger, uid
from planner.verify.reading import Reading, wall_clock


def faults_of(
    reading: Reading, plan: Plan, costs: tuple[RuleCost, ...], tiers: tuple[tuple[str, int], ...]
) -> tuple[str, ...]:
    """Return what is wrong with the plan besides broken rules.

    Args:
        costs: the rows that the plan ought to have.
        tiers: name and value of each step of the objective, as the plan ought to have them.
    """
    return (
        *_origin(reading, plan),
        *_listing(reading, plan),
        *(fault for placement in plan.placements for fault in _placement(reading, placement)),
        *priorities(reading, plan),
        *statuses(plan),
        *sums(plan, costs, tiers),
        *ledger(reading, plan),
    )


def _origin(reading: Reading, plan: Plan) -> Iterator[str]:
    conference = reading.scenario.conference.id
    if plan.conference != conference:
        yield f"the plan is of conference {plan.conference!r}, the scenario of {conference!r}"
    if plan.scenario_hash != reading.scenario.hash:
        yield f"the plan was made from another scenario: its scenario_hash is {plan.scenario_hash!r}"
    if plan.seed != plan.options.seed:
        yield f"the plan gives two seeds: {plan.seed} and, among its options, {plan.options.seed}"
    for name, number in Counter(placement.uid for placement in plan.placements).items():
        if number > 1:
            yield f"uid {name} occurs {number} times"


def _listing(reading: Reading, plan: Plan) -> Iterator[str]:
    """Find sessions that the plan does not speak of exactly once, and those of a form that was not chosen."""
    placed = Counter(placement.session for placement in plan.placements)
    left_out = Counter(unplaced.session for unplaced in plan.unplaced)
    for name in dict.fromkeys((*placed, *left_out)):
        if name not in reading.sessions:
            yield f"session {name!r} does not exist"
        if placed[name] > 1:
            yield f"session {name} is placed {placed[name]} times"
        if left_out[name] > 1:
            yield f"session {name} is listed as unplaced {left_out[name]} times"
        if placed[name] and left_out[name]:
            yield f"session {name} is both placed and listed as unplaced"
    forms = _chosen_forms(reading, placed, left_out)
    for session in reading.sessions.values():
        chosen = session.form is None or session.form is forms[session.chain]
        if chosen and not placed[session.id] and not left_out[session.id]:
            yield f"session {session.id} is neither placed nor listed as unplaced"
        if not chosen and left_out[session.id]:
            yield f"session {session.id} is listed as unplaced, and {session.chain} takes the other form"


def _chosen_forms(reading: Reading, placed: Counter[str], left_out: Counter[str]) -> dict[str, Form]:
    """Return the form of each chain that has two: the one that is placed, else the one that is listed as unplaced."""
    sessions = [session for session in reading.sessions.values() if session.form is not None]

    def listed(form: Form, where: Counter[str]) -> set[str]:
        return {session.chain for session in sessions if session.form is form and where[session.id]}

    together = listed(Form.together, placed) | (listed(Form.together, left_out) - listed(Form.apart, placed + left_out))
    return {session.chain: Form.together if session.chain in together else Form.apart for session in sessions}


def _placement(reading: Reading, placement: Placement) -> Iterator[str]:
    """Find what is wrong with one placement; an unknown session is told by ``_listing``."""
    where = f"session {placement.session}"
    rooms = {room.id: room for room in reading.scenario.rooms}
    if placement.room not in rooms:
        yield f"{where}: room {placement.room!r} does not exist"
    elif rooms[placement.room].count == 1 and placement.table is not None:
        yield f"{where}: room {placement.room} has no tables, and table {placement.table} is given"
    for name, number in Counter(placement.interpreters).items():
        if name not in reading.interpreters:
            yield f"{where}: interpreter {name!r} does not exist"
        if number > 1:
            yield f"{where}: interpreter {name} is listed {number} times"
    if placement.uid != uid(reading, placement.session, placement.generation):
        yield f"{where}: uid {placement.uid!r} is not that of the session"
    if placement.sequence < 0:
        yield f"{where}: sequence {placement.sequence} is negative"
    yield from _times(reading, placement, where)
    yield from _teams(reading, placement, where)
    yield from _delegates(reading, placement, where)


def _times(reading: Reading, placement: Placement, where: str) -> Iterator[str]:
    zone = ZoneInfo(reading.scenario.conference.time_zone)
    start, end = wall_clock(placement.start, zone), wall_clock(placement.end, zone)
    if start is None or end is None or start.year == datetime.max.year:
        yield f"{where}: {placement.start} to {placement.end} is no time that can be read"
        return
    for moment in (placement.start, placement.end):
        if moment.utcoffset() != moment.astimezone(zone).utcoffset():
            yield f"{where}: {moment.isoformat()} has not the offset of {zone.key}"
    session = reading.sessions.get(placement.session)
    minutes = (end - start) / timedelta(minutes=1)
    if session is not None and minutes != session.length_minutes:
        yield f"{where}: lasts {minutes:g} minutes instead of {session.length_minutes}"


def _teams(reading: Reading, placement: Placement, where: str) -> Iterator[str]:
    for name, team in placement.teams.items():
        delegation = reading.delegations.get(name)
        if delegation is None:
            yield f"{where}: delegation {name!r} does not exist"
        elif not 1 <= team <= delegation.teams:
            yield f"{where}: {name} has teams 1 to {delegation.teams}, and team {team} is sent"
    if set(placement.teams) != set(placement.delegates):
        teams, delegates = ", ".join(sorted(placement.teams)), ", ".join(sorted(placement.delegates))
        yield f"{where}: teams are of {teams or 'nobody'}, and delegates of {delegates or 'nobody'}"


def _delegates(reading: Reading, placement: Placement, where: str) -> Iterator[str]:
    session = reading.sessions.get(placement.session)
    for name, number in Counter(one for listed in placement.delegates.values() for one in listed).items():
        if number > 1:
            yield f"{where}: delegate {name} is listed {number} times"
    for delegation, listed in placement.delegates.items():
        for name in listed:
            if name not in reading.delegates:
                yield f"{where}: delegate {name!r} does not exist"
            elif reading.home[name] != delegation:
                yield f"{where}: delegate {name} is of {reading.home[name]} and listed under {delegation}"
            elif session is not None and name not in session.officers:
                team, sent = reading.delegates[name].team, placement.teams.get(delegation)
                if team is not None and sent is not None and team != sent:
                    yield f"{where}: delegate {name} is of team {delegation}/{team}, and {delegation}/{sent} is sent"
        if session is not None and delegation in reading.delegations:
            most = _most_delegates(reading, session, delegation)
            if len(listed) > most:
                yield f"{where}: {len(listed)} delegates of {delegation} are listed, and {most} have seats"


def _most_delegates(reading: Reading, session: Session, delegation: str) -> int:
    return max(reading.delegations[delegation].team_size, len(reading.officers(session, delegation)))
