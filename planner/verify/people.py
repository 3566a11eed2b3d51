"""Demands about who sits in a session: availability, one place at a time, attendance, language, company."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from planner.values import Window
from planner.verify.reading import Held, Reading, span, team_name
from planner.verify.report import Finding, Subject


def windows(reading: Reading) -> Iterator[Finding]:
    """Sessions outside their windows; delegations, delegates, interpreters and rooms used while they are not available."""
    for held in reading.judged:
        yield from _outside(held, ("session", held.session.id), held.session.windows)
        for name in held.present:
            delegation = reading.delegations[name]
            if delegation.arrival is not None and held.start < delegation.arrival:
                yield ("delegation", name), f"{held} starts before {name} arrives ({_at(delegation.arrival)})"
            if delegation.departure is not None and held.end > delegation.departure:
                yield ("delegation", name), f"{held} ends after {name} departs ({_at(delegation.departure)})"
            yield from _outside(held, ("delegation", name), delegation.windows)
            for absence in delegation.absences:
                if absence.team == held.teams[name] and held.overlaps(absence.start, absence.end):
                    team = team_name((name, absence.team))
                    yield (
                        ("team", team),
                        f"{held} needs team {team}, which is away ({span(absence.start, absence.end)})",
                    )
        for listed in held.delegates.values():
            for name in listed:
                yield from _outside(held, ("delegate", name), reading.delegates[name].windows)
        for name in held.interpreters:
            yield from _outside(held, ("interpreter", name), reading.interpreters[name].windows)
        if held.room is not None:
            yield from _outside(held, ("room", held.room.id), held.room.windows)


def _outside(held: Held, subject: Subject, given: Sequence[Window]) -> Iterator[Finding]:
    if given and not any(window.start <= held.start and held.end <= window.end for window in given):
        kind, name = subject
        yield subject, f"{held} is not within a window of {kind} {name}"


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def team_one_place(reading: Reading) -> Iterator[Finding]:
    """Teams with two sessions at a time."""
    for team, sessions in reading.of_team.items():
        yield from _clashes(("team", team_name(team)), sessions)


def officer_one_place(reading: Reading) -> Iterator[Finding]:
    """Delegates who are listed in two sessions at a time."""
    for name, sessions in reading.of_delegate.items():
        yield from _clashes(("delegate", name), sessions)


def interpreter_one_place(reading: Reading) -> Iterator[Finding]:
    """Interpreters with two sessions at a time."""
    for name, sessions in reading.of_interpreter.items():
        yield from _clashes(("interpreter", name), sessions)


def _clashes(subject: Subject, sessions: list[Held]) -> Iterator[Finding]:
    """Find each session that starts while another one lasts; ``sessions`` are in order of their start."""
    lasting: Held | None = None
    for held in sessions:
        if lasting is not None and held.start < lasting.end:
            yield subject, f"{subject[0]} {subject[1]} is in {lasting} and in {held}"
        if lasting is None or held.end > lasting.end:
            lasting = held


def officer_present(reading: Reading) -> Iterator[Finding]:
    """Officers whose delegation is present without them, or with another team than theirs."""
    for held in reading.judged:
        for officer in held.session.officers:
            home = reading.home[officer]
            if home not in held.teams:
                continue
            if officer not in held.delegates.get(home, ()):
                yield ("delegate", officer), f"{officer} is an officer of {held} and is not sent with {home}"
            team = reading.delegates[officer].team
            if team is not None and team != held.teams[home]:
                yield (
                    ("delegate", officer),
                    f"{officer} is of team {home}/{team}, and {home}/{held.teams[home]} is sent to {held}",
                )


def attendance(reading: Reading) -> Iterator[Finding]:
    """Sessions without a party that they need, or with somebody who is no party."""
    for held in reading.judged:
        session = held.session
        wrong = [f"{name} is missing" for name in session.always if name not in held.teams]
        if session.quorum is not None:
            there = sum(name in held.teams for name in dict.fromkeys(session.quorum.of))
            if there < session.quorum.at_least:
                wrong.append(f"{there} of at least {session.quorum.at_least} of a quorum are present")
        wrong += [f"{name} is no party" for name in held.present if name not in session.parties]
        if wrong:
            yield ("session", session.id), f"{held}: {', '.join(wrong)}"


def language(reading: Reading) -> Iterator[Finding]:
    """Sessions in a language that they may not be held in, or that somebody present neither speaks nor hears."""
    for held in reading.judged:
        wrong: list[str] = []
        if not _allowed(held, reading):
            wrong.append("which is not its working language")
        pairs = [pair for name in held.interpreters for pair in reading.interpreters[name].pairs]
        for who, spoken in _voices(held, reading):
            bridged = any({held.language, own} == set(pair) for own in spoken for pair in pairs)
            if held.language not in spoken and not bridged:
                wrong.append(f"which {who} does not speak and nobody interprets for {who}")
        if wrong:
            yield ("session", held.session.id), f"{held} is held in {held.language}, {', and '.join(wrong)}"


def _allowed(held: Held, reading: Reading) -> bool:
    if held.session.language is not None:
        return held.language == held.session.language
    return held.language in reading.scenario.conference.working_languages or all(
        held.language in reading.delegations[party].languages for party in held.session.parties
    )


def _voices(held: Held, reading: Reading) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Who is present and what they speak: each delegation, and its officers with languages of their own."""
    for name in held.present:
        yield name, reading.delegations[name].languages
        for officer in reading.officers(held.session, name):
            if reading.delegates[officer].languages:
                yield officer, reading.delegates[officer].languages


def kept_apart(reading: Reading) -> Iterator[Finding]:
    """Sessions with two delegations of which one must not sit with the other."""
    for held in reading.judged:
        pairs = [
            f"{name} and {other}"
            for name in held.present
            for other in reading.delegations[name].not_with
            if other in held.teams and other != name
        ]
        if pairs:
            yield ("session", held.session.id), f"{held} brings together {', '.join(pairs)}, who are kept apart"
