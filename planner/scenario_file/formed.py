"""Checks that need the sessions that are formed from cases: pins, lengths, and officers of cases taken together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from planner.consistency import (
    Finding,
    Known,
    Path,
    all_known,
    did_you_mean,
    divided,
    officers,
    opening_minutes,
    two_teams,
)
from planner.formation import Session, form_sessions
from planner.scenario import Pin, Scenario


def formed_findings(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Yield what is wrong with the sessions of a scenario, whether or not the rest of it is sound."""
    sessions = _sessions(scenario)
    cases = {case.id for case in scenario.cases}
    complete = known.sure("cases", "sessions", "formation") and all(
        cases.issuperset(session.cases) for session in scenario.sessions
    )
    for index, pin in enumerate(scenario.pins):
        yield from _pin(("pins", index), pin, scenario, known, sessions, complete)
        if pin.session in [other.session for other in scenario.pins[:index]]:
            yield Finding(("pins", index, "session"), "this session is pinned twice", "Write one pin with all of it.")
    if scenario.replanning and known.sure("conference.days", "conference.grid_minutes"):
        for index, record in enumerate(scenario.replanning.past):
            yield from _start(("replanning", "past", index, "start"), record.start, scenario)
    if complete:
        yield from _cancelled(scenario)
        past = {record.session for record in scenario.replanning.past} if scenario.replanning else set()
        to_come = {name: session for name, session in sessions.items() if name not in past}
        yield from _too_long(scenario, to_come, known)
        yield from _divided(scenario, to_come)


def _sessions(scenario: Scenario) -> dict[str, Session]:
    """Form the sessions, leaving out what might be wrong and does not matter for their ids, parties and lengths."""
    ids = {case.id for case in scenario.cases}
    levels = scenario.conference.clearances
    cases = tuple(case.model_copy(update={"officers": (), "classification": levels[0]}) for case in scenario.cases)
    given = tuple(
        session.model_copy(
            update={
                "officers": (),
                "classification": levels[0],
                "cases": tuple(name for name in session.cases if name in ids),
                "leader": session.leader or (None if session.required or ids & set(session.cases) else "nobody"),
            }
        )
        for session in scenario.sessions
    )
    bare = scenario.model_copy(update={"cases": cases, "sessions": given, "delegations": ()})
    return {session.id: session for session in form_sessions(bare)}


def _cancelled(scenario: Scenario) -> Iterator[Finding]:
    past = {record.session for record in scenario.replanning.past} if scenario.replanning else set()
    formed = _sessions(scenario.model_copy(update={"cancelled": ()}))
    for index, name in enumerate(scenario.cancelled):
        path: Path = ("cancelled", index)
        if name not in formed:
            held = [session.id for session in formed.values() if name in session.cases]
            hint = f"The case is held in {' or '.join(held)}." if held else did_you_mean(name, formed)
            yield Finding(path, "no session of this name is formed", hint, name)
        elif name in past:
            yield Finding(path, "the session is past, and was held", "Take it out.", name)


def _pin(
    path: Path, pin: Pin, scenario: Scenario, known: Known, sessions: dict[str, Session], complete: bool
) -> Iterator[Finding]:
    session = sessions.get(pin.session) if complete else None
    heads = (*known.names["case"], *known.names["session"])
    if pin.session in scenario.cancelled:
        yield Finding((*path, "session"), "this session is cancelled", "Take the pin out, or hold the session.")
    elif (complete and session is None) or not (complete or pin.session.partition(".")[0] in (*heads, *known.strays)):
        held = [name for name, other in sessions.items() if pin.session in other.cases]
        hint = f"The case is held in {' or '.join(held)}." if held else did_you_mean(pin.session, sessions)
        yield Finding((*path, "session"), "no session of this name is formed", hint)
    team_counts = {delegation.id: delegation.teams for delegation in scenario.delegations}
    for name, team in pin.teams.items():
        here: Path = (*path, "teams", name)
        if team > team_counts.get(name, team):
            yield Finding(here, f"{name} has no team {team}", f"Write a number up to {team_counts[name]}.")
        if session and name in team_counts and name not in session.parties and all_known(session.parties, known):
            yield Finding(
                here,
                f"{name} is no party to the session {session.id}",
                f"The parties are {', '.join(session.parties)}.",
            )
    if pin.start and known.sure("conference.days", "conference.grid_minutes"):
        yield from _start((*path, "start"), pin.start, scenario)


def _start(path: Path, start: datetime, scenario: Scenario) -> Iterator[Finding]:
    grid = timedelta(minutes=scenario.conference.grid_minutes)
    hours = [
        (datetime.combine(day.date, day.opens), datetime.combine(day.date, day.closes))
        for day in scenario.conference.days
    ]
    for opens, closes in hours:
        if opens <= start < closes:
            late = (start - opens) % grid
            if late:
                near = " or ".join(
                    moment.isoformat(timespec="minutes")
                    for moment in (start - late, start - late + grid)
                    if moment < closes
                )
                yield Finding(
                    path,
                    f"no session starts at this time; the grid has {scenario.conference.grid_minutes} minutes",
                    f"Write {near}.",
                )
            return
    shown = ", ".join(f"{opens:%Y-%m-%d %H:%M}–{closes:%H:%M}" for opens, closes in hours[:4])
    yield Finding(path, "this is outside of all opening hours", f"Opening hours are {shown}.")


def _too_long(scenario: Scenario, sessions: dict[str, Session], known: Known) -> Iterator[Finding]:
    if not known.sure("conference.days"):
        return
    longest = max(opening_minutes(day) for day in scenario.conference.days)
    blamed: set[Path] = set()
    for session in sessions.values():
        path = _length_field(scenario, session)
        if 0 < longest < session.length_minutes and path not in blamed:
            blamed.add(path)
            yield Finding(
                path,
                f"the session {session.id} takes {session.length_minutes} minutes, longer than any day is open ({longest})",
                "Make it shorter." if path[0] == "sessions" else "Make it shorter, or hold it in several sittings.",
                str(session.length_minutes),
            )


def _length_field(scenario: Scenario, session: Session) -> Path:
    """Return the field that an organiser would change to make a session shorter."""
    for i, explicit in enumerate(scenario.sessions):
        if explicit.id == session.id:
            return ("sessions", i, "minutes") if explicit.minutes else ("sessions", i)
    if len(session.cases) > 1:
        return ("formation", "longest_minutes")
    for i, case in enumerate(scenario.cases):
        if case.id == session.cases[0]:
            field = "minutes" if case.minutes else "minutes_per_lead" if case.minutes_per_lead else ""
            return ("cases", i, field) if field else ("cases", i)
    raise AssertionError(session.id)


def _divided(scenario: Scenario, sessions: dict[str, Session]) -> Iterator[Finding]:
    named = officers(scenario)
    people = {name: officer for case in named.values() for name, officer in case.items()}
    explicit = {session.id: (index, session.officers) for index, session in enumerate(scenario.sessions)}
    places = {case.id: index for index, case in reversed([*enumerate(scenario.cases)])}
    for session in sessions.values():
        index, own = explicit.get(session.id, (None, ()))
        if (index is None and len(session.cases) == 1) or any(divided(named[name]) for name in session.cases):
            continue
        everyone = {name: people[name] for name in own if name in people}
        for case in session.cases:
            everyone.update(named[case])
        clash = divided({name: officer for name, officer in everyone.items() if officer[0].id in session.parties})
        if clash and index is not None:
            yield two_teams(("sessions", index), session.id, clash)
        elif clash:
            apart = " Or keep the cases apart with formation: {together: false}."
            yield two_teams(("cases", places[session.cases[0]]), session.id, clash, apart)
