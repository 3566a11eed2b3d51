"""Delegations, their teams and officers, and the interpreters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from planner.consistency.finding import Finding, Known, Path
from planner.scenario import Delegate, Delegation, Scenario

Officer = tuple[Delegation, Delegate]


def all_known(names: tuple[str, ...], known: Known) -> bool:
    """Tell whether these are delegations; if one is misspelt, nobody can be called a stranger for its sake."""
    return all(known.has("delegation", name) for name in names)


def officers(scenario: Scenario) -> dict[str, dict[str, Officer]]:
    """Return for each case its officers by delegate id, those the case names first."""
    people: dict[str, Officer] = {}
    for delegation in scenario.delegations:
        for delegate in delegation.delegates:
            people.setdefault(delegate.id, (delegation, delegate))
    found: dict[str, dict[str, Officer]] = defaultdict(dict)
    for case in scenario.cases:
        found[case.id].update({name: people[name] for name in case.officers if name in people})
    for delegation, delegate in people.values():
        for case_id in delegate.officer_of:
            found[case_id][delegate.id] = (delegation, delegate)
    return found


def divided(named: dict[str, Officer]) -> str:
    """Return which officers of one delegation belong to different teams, or an empty text."""
    teams: dict[str, dict[int, str]] = defaultdict(dict)
    for delegation, delegate in named.values():
        if delegate.team is not None:
            teams[delegation.id].setdefault(delegate.team, delegate.id)
    for by_team in teams.values():
        if len(by_team) > 1:
            return " and ".join(f"{name} of team {team}" for team, name in sorted(by_team.items()))
    return ""


def teams(scenario: Scenario) -> Iterator[Finding]:
    """Yield delegates of teams that their delegation does not have."""
    for i, delegation in enumerate(scenario.delegations):
        for k, delegate in enumerate(delegation.delegates):
            if delegate.team is not None and delegate.team > delegation.teams:
                yield Finding(
                    ("delegations", i, "delegates", k, "team"),
                    f"{delegation.id} has {_counted(delegation.teams, 'team')}",
                    f"Write a number up to {delegation.teams}, or give the delegation more teams.",
                )


def kept_apart(scenario: Scenario) -> Iterator[Finding]:
    """Yield delegations that must not sit with themselves."""
    for i, delegation in enumerate(scenario.delegations):
        for k, name in enumerate(delegation.not_with):
            if name == delegation.id:
                yield Finding(("delegations", i, "not_with", k), "a delegation always sits with itself", "Take it out.")


def case_officers(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Yield officers of cases that their delegation is no party to, and officers of one delegation in two teams."""
    inside = {case.id: case.parties for case in scenario.cases}
    people: dict[str, list[str]] = defaultdict(list)
    for i, delegation in enumerate(scenario.delegations):
        for k, delegate in enumerate(delegation.delegates):
            people[delegate.id].append(delegation.id)
            for j, name in enumerate(delegate.officer_of):
                if name in inside and delegation.id not in inside[name] and all_known(inside[name], known):
                    yield _stranger(("delegations", i, "delegates", k, "officer_of", j), delegation.id, f"case {name}")
    home = {name: homes[0] for name, homes in people.items() if len(homes) == 1}
    for i, case in enumerate(scenario.cases):
        for j, name in enumerate(case.officers):
            if name in home and home[name] not in inside[case.id] and all_known(inside[case.id], known):
                yield _stranger(("cases", i, "officers", j), home[name], f"case {case.id}")
    for i, session in enumerate(scenario.sessions):
        everyone = (*session.parties, *(party for name in session.cases for party in inside.get(name, ())))
        readable = all_known(everyone, known) and inside.keys() >= set(session.cases)
        for j, name in enumerate(session.officers):
            if readable and name in home and home[name] not in everyone:
                yield _stranger(("sessions", i, "officers", j), home[name], f"session {session.id}")
    named = officers(scenario)
    for i, case in enumerate(scenario.cases):
        if clash := divided(named[case.id]):
            yield two_teams(("cases", i), case.id, clash)


def two_teams(path: Path, sitting: str, clash: str, otherwise: str = "") -> Finding:
    """Return the finding that officers of one delegation would have to sit in two teams at once."""
    return Finding(
        path,
        f"officers of one delegation belong to different teams: {clash}",
        f"A delegation sends one team; give them the same team, or none.{otherwise}",
        sitting,
    )


def _stranger(path: Path, delegation: str, what: str) -> Finding:
    return Finding(
        path,
        f"{delegation} is no party to the {what}",
        f"Add {delegation} to its parties, or take the officer out.",
    )


def interpreters(scenario: Scenario) -> Iterator[Finding]:
    """Yield pairs of one language, and pairs given twice."""
    for i, interpreter in enumerate(scenario.interpreters):
        seen: set[frozenset[str]] = set()
        for k, pair in enumerate(interpreter.pairs):
            path: Path = ("interpreters", i, "pairs", k)
            if pair[0] == pair[1]:
                yield Finding(path, "a pair is of two languages", "Write for example [en, fr].")
            elif frozenset(pair) in seen:
                yield Finding(path, "this pair is given twice", "Keep one; a pair counts both ways.")
            seen.add(frozenset(pair))


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
