"""What comes before what: cases and explicit sessions, never in a circle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from planner.consistency.finding import Finding
from planner.scenario import Case, ExplicitSession, Scenario


def order(scenario: Scenario) -> Iterator[Finding]:
    """Yield cases and sessions that have to come before themselves, each circle once, at the first of them that says so.

    What is put in order are sessions of the list and cases that form their own; a case of the list stands for its session.
    """
    holder = {name: session.id for session in scenario.sessions for name in session.cases}
    nodes = {
        "cases": {case.id: f"session {holder[case.id]}" if case.id in holder else case.id for case in scenario.cases},
        "sessions": {session.id: f"session {session.id}" for session in scenario.sessions},
    }
    members: list[tuple[str, int, Case | ExplicitSession]] = [
        *(("cases", index, case) for index, case in enumerate(scenario.cases)),
        *(("sessions", index, session) for index, session in enumerate(scenario.sessions)),
    ]
    later: dict[str, set[str]] = defaultdict(set)
    for section, _, one in members:
        node = nodes[section]
        later[node[one.id]].update(node[name] for name in one.before if name in node)
        for name in one.after:
            if name in node:
                later[node[name]].add(node[one.id])
    reported: set[str] = set()
    for section, index, one in members:
        start = nodes[section][one.id]
        circle = _circle(start, later) if (one.before or one.after) and start not in reported else []
        if circle:
            reported.update(circle)
            yield Finding(
                (section, index, "before" if one.before else "after"),
                f"the order goes round in a circle: {' < '.join((*circle, circle[0]))}",
                "Take out one before or after of these.",
                one.id,
            )


def _circle(start: str, later: dict[str, set[str]]) -> list[str]:
    """Return a shortest circle through ``start``, or an empty list (breadth-first search)."""
    paths = [[start]]
    seen: set[str] = set()
    while paths:
        path = paths.pop(0)
        for name in sorted(later[path[-1]]):
            if name == start:
                return path
            if name not in seen:
                seen.add(name)
                paths.append([*path, name])
    return []
