"""What keeps the sessions of a proof from other times: hours, windows, blocks and pins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from planner.conflict import Member
from planner.problem import Problem, Span, available
from planner.proofs.counting import Proof
from planner.rules import Level


def narrowing(problem: Problem, proof: Proof) -> tuple[Member, ...]:
    """Return every demand that takes a start from at least half of the sessions, each once.

    Looked at are the demands on when a single session can be. Of rooms and interpreters those count that the proof is about.
    """
    found = Counter(
        member for number in proof.sessions for member in dict.fromkeys(_of_session(problem, proof, number))
    )
    return tuple(
        member
        for member, count in found.items()
        if 2 * count >= len(proof.sessions) or member.rule in ("pins", "hours")
    )


def _of_session(problem: Problem, proof: Proof, number: int) -> Iterator[Member]:
    item = problem.items[number]

    def hard(rule: str) -> bool:
        return problem.settings[rule].level is Level.hard

    for slot in problem.slots:
        start, end = slot.start, slot.start + item.length
        if hard("hours") and end > slot.closes:
            yield Member("hours", ("session", item.id))
            continue
        if hard("windows"):
            for subject, spans in _windows(problem, proof, number):
                if not available(spans, start, end):
                    yield Member("windows", subject)
        if hard("blocks"):
            for stop in problem.stops:
                held = stop.parties & item.always or stop.room in proof.units
                if stop.span.overlaps(start, end) and held:
                    yield Member("blocks", ("block", stop.id))
    if hard("pins"):
        for pin in problem.pins:
            if pin.item == number and (pin.slot is not None or pin.room is not None):
                yield Member("pins", ("pin", item.id))


def _windows(problem: Problem, proof: Proof, number: int) -> Iterator[tuple[tuple[str, str], tuple[Span, ...]]]:
    item = problem.items[number]
    yield ("session", item.id), item.windows
    for party in sorted(item.always):
        yield ("delegation", problem.parties[party].id), problem.parties[party].windows
    for index in item.officers:
        officer = problem.officers[index]
        if officer.party in item.always:
            yield ("delegate", officer.id), officer.windows
    if "room-one-session" in proof.rules:
        yield from ((("room", problem.places[unit].id), problem.places[unit].windows) for unit in proof.units)
    if "interpreter-one-place" in proof.rules:
        for unit in proof.units:
            yield ("interpreter", problem.interpreters[unit].id), problem.interpreters[unit].windows
