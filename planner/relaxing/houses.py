"""What the house can give: hours, rooms, interpreters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from planner import codes
from planner.formation import Session, form_sessions
from planner.problem import Problem
from planner.relaxing.change import Change, Giver, Ladder
from planner.relaxing.edits import added, edited, later, longer_day, of_session
from planner.scenario import Case, ExplicitSession, Interpreter, Room, Scenario

_LAST, _FIRST = 23 * 60, 6 * 60


def longer_days(scenario: Scenario) -> Iterator[Ladder]:
    """Close half an hour or an hour later, or open earlier, in whole cells of the grid."""
    grid = scenario.conference.grid_minutes
    steps = [grid * cells for cells in dict.fromkeys((max(1, -(-30 // grid)), max(1, -(-60 // grid)), -(-90 // grid)))]
    for number, day in enumerate(scenario.conference.days):
        when = f"{day.date:%a} {day.date.day} {day.date:%b}"
        yield tuple(
            Change(
                Giver.hours,
                f"Close at {later(day.closes, more):%H:%M} instead of {day.closes:%H:%M} on {when}",
                partial(longer_day, day=number, minutes=more, before=False),
            )
            for more in steps
            if day.closes.hour * 60 + day.closes.minute + more <= _LAST
        )
        yield tuple(
            Change(
                Giver.hours,
                f"Open at {later(day.opens, -more):%H:%M} instead of {day.opens:%H:%M} on {when}",
                partial(longer_day, day=number, minutes=more, before=True),
            )
            for more in steps
            if day.opens.hour * 60 + day.opens.minute - more >= _FIRST
        )


def one_more_room(scenario: Scenario, name: str) -> Ladder:
    """One more room like this one, free all day."""
    room = next(room for room in scenario.rooms if room.id == name)
    more = room.model_copy(update={"id": f"{name[:50]}-more", "count": 1, "windows": ()})
    return (
        Change(
            Giver.rooms,
            f"Find one more room like {room.name}, free at all hours",
            partial(added, collection="rooms", item=more),
        ),
    )


def seats(scenario: Scenario, problem: Problem, name: str) -> Iterator[Ladder]:
    """Put more seats into a room; the largest rooms first."""
    session = _session(scenario, name)
    item = next(item for item in problem.items if item.id == name)
    people = sum(item.seats_of[party] for party in item.always)
    for room in sorted(scenario.rooms, key=lambda room: -room.seats)[:3]:
        needs = [people, *(people + voices for voices in range(1, 1 + min(2, len(scenario.interpreters))))]
        yield tuple(
            Change(
                Giver.rooms,
                f"Give {room.name} {needed} seats instead of {room.seats}, for {session.id}",
                partial(edited, collection="rooms", id=room.id, seats=needed),
            )
            for needed in needs
            if needed > room.seats
        )


def features(scenario: Scenario, name: str) -> Iterator[Ladder]:
    """Equip a room with what it lacks, or do without."""
    session = _session(scenario, name)
    needed = set(session.features)
    for room in _by_fit(scenario, session):
        lacking = [feature for feature in session.features if feature not in room.features]
        if lacking:
            yield (
                Change(
                    Giver.rooms,
                    f"Equip {room.name} with {' and '.join(lacking)}",
                    partial(edited, collection="rooms", id=room.id, features=(*room.features, *lacking)),
                ),
            )

    def without(item: Case | ExplicitSession) -> dict[str, object]:
        return {"features": tuple(feature for feature in item.features if feature not in needed)}

    yield (
        Change(
            Giver.guests,
            f"Hold {name} without {' and '.join(session.features)}",
            partial(of_session, session=session, change=without),
        ),
    )


def clearance(scenario: Scenario, name: str) -> Iterator[Ladder]:
    """Clear a room, a delegation or an interpreter for what a session is about."""
    session = _session(scenario, name)
    level = session.classification
    order = scenario.conference.clearances

    def short(clearance: str | None) -> bool:
        return (order.index(clearance) if clearance else 0) < order.index(level)

    for room in _by_fit(scenario, session):
        if short(room.clearance):
            yield _cleared(Giver.rooms, "rooms", room.id, room.name, level)
    for interpreter in scenario.interpreters:
        if short(interpreter.clearance):
            yield _cleared(Giver.interpreters, "interpreters", interpreter.id, interpreter.name, level)
    for delegation in scenario.delegations:
        if delegation.id in session.parties and short(delegation.clearance):
            yield _cleared(Giver.guests, "delegations", delegation.id, delegation.name, level)


def _cleared(giver: Giver, collection: str, id: str, name: str, level: str) -> Ladder:
    return (Change(giver, f"Clear {name} for {level}", partial(edited, collection=collection, id=id, clearance=level)),)


def one_more_interpreter(scenario: Scenario, name: str) -> Ladder:
    """One more interpreter for the same languages, there all the time."""
    known = next(one for one in scenario.interpreters if one.id == name)
    pairs = " and ".join(f"{codes.language_name(a)}–{codes.language_name(b)}" for a, b in known.pairs)
    more = known.model_copy(
        update={"id": f"{name[:50]}-more", "name": f"N.N. ({pairs})", "windows": (), "longest_run_minutes": None}
    )
    return (
        Change(
            Giver.interpreters,
            f"Find one more interpreter for {pairs}, there all the time",
            partial(added, collection="interpreters", item=more),
        ),
    )


def voices(scenario: Scenario, problem: Problem, name: str) -> Iterator[Ladder]:
    """For each language that may be spoken, interpreters for all who must be there and do not speak it."""
    item = next(item for item in problem.items if item.id == name)
    listeners = [problem.parties[party].languages for party in sorted(item.always)]
    listeners += [problem.officers[one].languages for one in item.officers if problem.officers[one].languages]
    for spoken in item.languages:
        lacking = dict.fromkeys(min(own) for own in listeners if spoken not in own)
        pairs = tuple((problem.languages[own], problem.languages[spoken]) for own in lacking)
        if not pairs:
            continue
        said = " and ".join(f"{codes.language_name(a)}–{codes.language_name(b)}" for a, b in pairs)
        people = [
            Interpreter(
                id=f"more-{one}-{other}",
                name=f"N.N. ({one}–{other})",
                pairs=((one, other),),
                clearance=item.session.classification,
            )
            for one, other in pairs
        ]

        def found(given: Scenario, people: Sequence[Interpreter] = tuple(people)) -> Scenario:
            known = {one.id for one in given.interpreters}
            for person in people:
                given = given if person.id in known else added(given, "interpreters", person)
            return given

        word = "an interpreter" if len(pairs) == 1 else "interpreters"
        cleared = "" if item.rank == 0 else f", cleared for {item.session.classification}"
        yield (Change(Giver.interpreters, f"Find {word} for {said}{cleared}", found),)


def _session(scenario: Scenario, name: str) -> Session:
    return next(session for session in form_sessions(scenario) if session.id == name)


def _by_fit(scenario: Scenario, session: Session) -> list[Room]:
    """Rooms that lack least for a session first."""
    order = scenario.conference.clearances

    def lacks(room: Room) -> tuple[int, int]:
        low = (order.index(room.clearance) if room.clearance else 0) < order.index(session.classification)
        return low + sum(feature not in room.features for feature in session.features), -room.seats

    return sorted(scenario.rooms, key=lacks)[:4]
