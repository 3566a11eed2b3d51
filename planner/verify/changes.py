"""Rules about changing a plan: what is past stays, and what people are told that differs from what they knew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from planner.record import Past, Told
from planner.verify.reading import Held, Reading
from planner.verify.report import Finding


def past_kept(reading: Reading) -> Iterator[Finding]:
    """Past sessions that are not held as they were, and others that start by the moment of the change."""
    change = reading.scenario.replanning
    if change is None:
        return
    for record in change.past:
        subject = ("session", record.session)
        placed = reading.placed.get(record.session, [])
        if not placed:
            yield subject, f"{record.session} had started by {change.now:%Y-%m-%d %H:%M} and is not held"
        for held in placed:
            differs = [what for what, differs in _differences(record, held) if differs]
            if differs:
                yield subject, f"{held} had started by {change.now:%Y-%m-%d %H:%M} and differs in {', '.join(differs)}"
    for held in reading.judged:
        if held.start <= change.now:
            yield (
                ("session", held.session.id),
                f"{held} starts by {change.now:%Y-%m-%d %H:%M}, and had not been told so",
            )


def _differences(record: Past, held: Held) -> Iterator[tuple[str, bool]]:
    were = {name for listed in record.delegates.values() for name in listed}
    are = {name for listed in held.delegates.values() for name in listed}
    yield "start", held.start != record.start
    yield "room", held.room is None or held.room.id != record.room
    yield "teams", dict(held.teams) != record.teams
    yield "people", were != are
    yield "interpreters", set(held.interpreters) != set(record.interpreters)
    yield "language", held.language != record.language


@dataclass(frozen=True)
class News:
    """Something new about a session for one delegation or interpreter.

    Attributes:
        person: id of the delegation or interpreter.
        people: how many are told.
        moment: the earlier of the old and the new start.
        weight: see the rule ``disturbance``; None for a session that nobody knew of.
    """

    session: str
    person: str
    is_interpreter: bool
    people: int
    moment: datetime
    weight: int | None


def news(reading: Reading) -> Iterator[News]:
    """Return everything that differs from what people were told, and all of what is new to them altogether."""
    change = reading.scenario.replanning
    if change is None:
        return
    told = {record.session: record for record in change.told}
    for name, record in told.items():
        if name in reading.sessions:
            yield from _of_known(reading, record)
    chains = {reading.sessions[name].chain for name in told if name in reading.sessions}
    weights = reading.settings["disturbance"].parameters
    for held in reading.judged:
        session = held.session
        if session.id not in told:
            switched = session.form is not None and session.chain in chains
            for guest in held.present:
                people = _people(reading, session.id, guest)
                yield News(session.id, guest, False, people, held.start, weights["time"] if switched else None)
            for guest in held.interpreters:
                yield News(session.id, guest, True, 1, held.start, weights["team"] if switched else None)


def _of_known(reading: Reading, record: Told) -> Iterator[News]:
    held = next(iter(reading.placed.get(record.session, [])), None)
    weights = reading.settings["disturbance"].parameters
    moment = record.start if held is None else min(record.start, held.start)
    for guest in dict.fromkeys((*record.teams, *(held.present if held else ()))):
        was, comes = guest in record.teams, held is not None and guest in held.teams
        people = _people(reading, record.session, guest)
        if held is None or not (was and comes):
            yield News(record.session, guest, False, people, moment if comes else record.start, weights["time"])
        elif worst := _worst(record, held, other_team=held.teams[guest] != record.teams[guest]):
            yield News(record.session, guest, False, people, moment, weights[worst])
    for guest in dict.fromkeys((*record.interpreters, *(held.interpreters if held else ()))):
        was, comes = guest in record.interpreters, held is not None and guest in held.interpreters
        if held is None or not (was and comes):
            yield News(record.session, guest, True, 1, moment if comes else record.start, weights["team"])
        elif worst := _worst(record, held, other_team=False):
            yield News(record.session, guest, True, 1, moment, weights[worst])


def _worst(record: Told, held: Held, *, other_team: bool) -> str | None:
    """Return the weight of the worst that differs for somebody who comes as told."""
    if (held.start, held.end) != (record.start, record.end):
        return "time"
    if held.room is None or held.room.id != record.room:
        return "room"
    if other_team or set(held.teams) != set(record.teams) or held.language != record.language:
        return "team"
    return None


def _people(reading: Reading, session: str, delegation: str) -> int:
    officers = reading.officers(reading.sessions[session], delegation)
    is_party = delegation in reading.sessions[session].parties
    return max(reading.delegations[delegation].team_size, len(officers) if is_party else 0)


def most_changes(reading: Reading) -> Iterator[Finding]:
    """Delegations that are told something new about too many of their sessions."""
    default = reading.settings["most-changes"].parameters["sessions"]
    told: dict[str, set[str]] = {}
    for piece in news(reading):
        if piece.weight is not None and not piece.is_interpreter:
            told.setdefault(piece.person, set()).add(piece.session)
    for name, sessions in told.items():
        own = reading.delegations[name].most_changes
        most = default if own is None else own
        if len(sessions) > most:
            listed = ", ".join(sorted(sessions))
            yield (
                ("delegation", name),
                f"{name} is told something new about {len(sessions)} sessions ({listed}), not {most}",
            )


def notice(reading: Reading) -> int:
    """People told something new about the next minutes."""
    change = reading.scenario.replanning
    if change is None:
        return 0
    until = change.now + timedelta(minutes=reading.settings["notice"].parameters["minutes"])
    return sum(piece.people for piece in news(reading) if piece.moment < until)


def disturbance(reading: Reading) -> int:
    """People told something new, by what it is and how soon."""
    change = reading.scenario.replanning
    if change is None:
        return 0
    parameters = reading.settings["disturbance"].parameters
    total = 0
    for piece in news(reading):
        hours = (piece.moment - change.now) // timedelta(hours=1)
        urgency = 1 + max(0, parameters["near_hours"] - hours)
        urgency += parameters["again"] if piece.person in change.moved else 0
        total += piece.people * (piece.weight or 0) * urgency
    return total
