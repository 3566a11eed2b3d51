"""Rules about changing a plan: what is past stays, and what people are told that differs from what they knew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
        was: the start that they knew of; that of a session that they knew nothing of is its own.
        nearest: the earlier of that and the new start.
        differs: whether they knew something else before.
        time, other: weights of a change of time, and of all other changes; see the rule ``disturbance``.
    """

    session: str
    person: str
    is_interpreter: bool
    people: int
    was: datetime
    nearest: datetime
    differs: bool = False
    time: int = 0
    other: int = 0


def news(reading: Reading) -> Iterator[News]:
    """Return everything that differs from what people were told, and all of what is new to them altogether."""
    change = reading.scenario.replanning
    if change is None:
        return
    told = {record.session: record for record in change.told if record.session in reading.sessions}
    chains = {reading.sessions[name].chain for name in told}
    weights = reading.settings["disturbance"].parameters
    for record in told.values():
        yield from _of_known(reading, record, weights)
    for held in reading.judged:
        session = held.session
        if session.id in told:
            continue
        switches = session.form is not None and session.chain in chains
        for guest in held.present:
            time, other = (weights["time"], weights["room"] + weights["team"]) if switches else (0, 0)
            people = _people(reading, session.id, guest)
            yield News(session.id, guest, False, people, held.start, held.start, switches, time, other)
        for guest in held.interpreters:
            other = weights["team"] if switches else 0
            yield News(session.id, guest, True, 1, held.start, held.start, switches, 0, other)


def _of_known(reading: Reading, record: Told, weights: Mapping[str, int]) -> Iterator[News]:
    held = next(iter(reading.placed.get(record.session, [])), None)
    for guest in dict.fromkeys((*record.teams, *(held.present if held else ()))):
        here = held if held is not None and guest in held.teams else None
        time = room = rest = True
        if here is not None and guest in record.teams:
            time, room, rest = _differences_of_session(record, here)
            rest = rest or here.teams[guest] != record.teams[guest]
        yield from _told(reading, record, guest, here, False, (time, room, rest), weights)
    for guest in dict.fromkeys((*record.interpreters, *(held.interpreters if held else ()))):
        here = held if held is not None and guest in held.interpreters else None
        if guest not in record.interpreters:
            yield from _told(reading, record, guest, None, True, (False, False, True), weights, starts=held)
            continue
        time, room, rest = (True, True, True) if held is None else _differences_of_session(record, held)
        yield from _told(reading, record, guest, here, True, (time, room, rest or here is None), weights)


def _differences_of_session(record: Told, held: Held) -> tuple[bool, bool, bool]:
    """Whether time, room, and parties or language are not as told."""
    return (
        (held.start, held.end) != (record.start, record.end),
        held.room is None or held.room.id != record.room,
        set(held.teams) != set(record.teams) or held.language != record.language,
    )


def _told(
    reading: Reading,
    record: Told,
    guest: str,
    here: Held | None,
    is_interpreter: bool,
    differs: tuple[bool, bool, bool],
    weights: Mapping[str, int],
    starts: Held | None = None,
) -> Iterator[News]:
    """Return the news of a guest, if there is any; ``starts`` is where an interpreter joins, at no dearer price."""
    if not any(differs):
        return
    time, room, rest = (
        weights[name] if differs_in else 0 for name, differs_in in zip(("time", "room", "team"), differs, strict=True)
    )
    there = here or starts
    yield News(
        session=record.session,
        person=guest,
        is_interpreter=is_interpreter,
        people=1 if is_interpreter else _people(reading, record.session, guest),
        was=record.start,
        nearest=record.start if there is None else min(record.start, there.start),
        differs=True,
        time=time,
        other=room + rest,
    )


def _people(reading: Reading, session: str, delegation: str) -> int:
    officers = reading.officers(reading.sessions[session], delegation)
    is_party = delegation in reading.sessions[session].parties
    return max(reading.delegations[delegation].team_size, len(officers) if is_party else 0)


def most_changes(reading: Reading) -> Iterator[Finding]:
    """Delegations that are told something new about too many of their sessions."""
    default = reading.settings["most-changes"].parameters["sessions"]
    told: dict[str, set[str]] = {}
    for piece in news(reading):
        if piece.differs and not piece.is_interpreter:
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
    return sum(piece.people for piece in news(reading) if piece.nearest < until)


def disturbance(reading: Reading) -> int:
    """People told something new, by what it is and how soon."""
    change = reading.scenario.replanning
    if change is None:
        return 0
    parameters = reading.settings["disturbance"].parameters

    def urgency(piece: News, start: datetime) -> int:
        hours = (start - change.now) // timedelta(hours=1)
        again = parameters["again"] if piece.person in change.moved else 0
        return 1 + max(0, parameters["near_hours"] - hours) + again

    return sum(
        piece.people * (piece.time * urgency(piece, piece.nearest) + piece.other * urgency(piece, piece.was))
        for piece in news(reading)
    )
