"""Single sessions: pinned, unpinned, moved, cancelled."""

from __future__ import annotations

from planner.changes import SessionCancelled, SessionMoved, SessionPinned, SessionUnpinned
from planner.formation import form_sessions
from planner.record import Form
from planner.scenario import Pin, Scenario


def session_pinned(scenario: Scenario, change: SessionPinned) -> Scenario:
    """Pin what the change gives, or all that people were told; an earlier pin of the session gives way."""
    given = {name: getattr(change, name) for name in Pin.model_fields}
    pin = Pin(**given)
    if pin == Pin(session=change.session):
        pin = _as_told(scenario, change.session)
    return _with_pin(scenario, pin)


def session_unpinned(scenario: Scenario, change: SessionUnpinned) -> Scenario:
    """Take out what is pinned of the session."""
    return scenario.model_copy(update={"pins": _pins_of_others(scenario, change.session)})


def session_moved(scenario: Scenario, change: SessionMoved) -> Scenario:
    """Pin the new start, and the room if one is given; what else was pinned of the session stays."""
    before = next((pin for pin in scenario.pins if pin.session == change.session), Pin(session=change.session))
    return _with_pin(scenario, before.model_copy(update={"start": change.start, "room": change.room or before.room}))


def _as_told(scenario: Scenario, session: str) -> Pin:
    assert scenario.replanning is not None
    told = next((told for told in scenario.replanning.told if told.session == session), None)
    if told is None:
        return Pin(session=session)
    return Pin(
        session=session,
        start=told.start,
        room=told.room,
        teams=told.teams,
        interpreters=told.interpreters,
        language=told.language,
    )


def _with_pin(scenario: Scenario, pin: Pin) -> Scenario:
    return scenario.model_copy(update={"pins": (*_pins_of_others(scenario, pin.session), pin)})


def _pins_of_others(scenario: Scenario, session: str) -> tuple[Pin, ...]:
    return tuple(pin for pin in scenario.pins if pin.session != session)


def session_cancelled(scenario: Scenario, change: SessionCancelled) -> Scenario:
    """Cancel the session; of a case of open format also what would be held in its place."""
    sessions = form_sessions(scenario)
    session = next(session for session in sessions if session.id == change.session)
    instead: list[str] = []
    if session.form is not None:
        instead = [
            other.id
            for other in sessions
            if other.chain == session.chain and (session.form is Form.together or other.form is Form.together)
        ]
    return cancel(scenario, session.id, *instead)


def cancel(scenario: Scenario, *sessions: str) -> Scenario:
    """Return the scenario in which sessions are not held; those that are past stay."""
    past = {past.session for past in scenario.replanning.past} if scenario.replanning else set()
    names = [name for name in sessions if name not in past]
    return scenario.model_copy(update={"cancelled": tuple(dict.fromkeys((*scenario.cancelled, *names)))})
