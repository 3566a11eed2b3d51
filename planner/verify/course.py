"""Demands about what comes after what: buffers, runs, sessions a day, sittings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from planner.verify.reading import Held, Reading, team_name
from planner.verify.report import Finding, Subject


def _carriers(reading: Reading) -> Iterator[tuple[Subject, list[Held]]]:
    """Teams and interpreters with their sessions, by start."""
    for team, sessions in reading.of_team.items():
        yield ("team", team_name(team)), sessions
    for name, sessions in reading.of_interpreter.items():
        yield ("interpreter", name), sessions


def buffer(reading: Reading) -> Iterator[Finding]:
    """Teams and interpreters who have too little time between two sessions."""
    change = timedelta(minutes=reading.settings["buffer"].parameters["minutes"])
    longest = change + timedelta(minutes=max(reading.walks.values(), default=0))
    for subject, sessions in _carriers(reading):
        recent: list[Held] = []
        for held in sessions:
            recent = [other for other in recent if held.start - other.end < longest]
            for other in recent:
                needed = change + reading.walk(other, held)
                if held.start - other.end < needed:
                    yield (
                        subject,
                        f"{subject[0]} {subject[1]} needs {needed // timedelta(minutes=1)} minutes between {other} and {held}",
                    )
            recent.append(held)


def longest_run(reading: Reading) -> Iterator[Finding]:
    """Teams with too many sessions in a row, and interpreters with too many minutes."""
    pause = timedelta(minutes=reading.settings["longest-run"].parameters["pause_minutes"])
    for team, sessions in reading.of_team.items():
        limit = reading.delegations[team[0]].longest_run
        for run in _runs(sessions, pause):
            if limit is not None and len(run) > limit:
                yield (
                    ("team", team_name(team)),
                    f"team {team_name(team)} sits in {len(run)} sessions from {run[0]} to {run[-1]} without a pause; "
                    f"the limit is {limit}",
                )
    for name, sessions in reading.of_interpreter.items():
        interpreter = reading.interpreters[name]
        for run in _runs(sessions, timedelta(minutes=interpreter.rest_minutes)):
            minutes = sum(held.session.length_minutes for held in run)
            if interpreter.longest_run_minutes is not None and minutes > interpreter.longest_run_minutes:
                yield (
                    ("interpreter", name),
                    f"interpreter {name} works {minutes} minutes from {run[0]} to {run[-1]} without a rest; "
                    f"the limit is {interpreter.longest_run_minutes}",
                )


def _runs(sessions: list[Held], pause: timedelta) -> Iterator[list[Held]]:
    """Cut sessions, by start, where at least ``pause`` lies after everything before."""
    run: list[Held] = []
    latest = datetime.min
    for held in sessions:
        if run and held.start - latest >= pause:
            yield run
            run = []
        latest = max(latest, held.end)
        run.append(held)
    if run:
        yield run


def most_a_day(reading: Reading) -> Iterator[Finding]:
    """Teams with too many sessions on a day."""
    for team, sessions in reading.of_team.items():
        limit = reading.delegations[team[0]].most_sessions_a_day
        for day, number in Counter(held.start.date() for held in sessions).items():
            if limit is not None and number > limit:
                yield (
                    ("team-day", f"{team_name(team)} {day}"),
                    f"team {team_name(team)} sits in {number} sessions on {day}; the limit is {limit}",
                )


def sittings(reading: Reading) -> Iterator[Finding]:
    """Later sittings that are held without, before, or too soon after the one before."""
    for held in reading.held:
        before = held.session.follows
        if before is None:
            continue
        subject = ("session", held.session.id)
        earlier = reading.placed.get(before, [])
        if not earlier:
            yield subject, f"{held} is held and {before}, which it follows, is not"
        for other in earlier:
            if held.start - other.end < timedelta(minutes=held.session.gap_minutes):
                yield (
                    subject,
                    f"{held} is to start at least {held.session.gap_minutes} minutes after the end of {other}",
                )
