"""Cases and explicit sessions: who takes part, and how long."""

from __future__ import annotations

from collections.abc import Iterator

from planner.consistency.finding import Finding, Known, Path
from planner.consistency.people import all_known
from planner.scenario import Case, ExplicitSession, Format, Role, Scenario


def case_parties(scenario: Scenario) -> Iterator[Finding]:
    """Yield parties that are named twice or alone, quorums that mean nothing, and cases led by an observer."""
    held = {name for session in scenario.sessions for name in session.cases}
    observers = {delegation.id for delegation in scenario.delegations if delegation.role is Role.observer}
    for i, case in enumerate(scenario.cases):
        path: Path = ("cases", i)
        yield from _twice(path, case)
        if case.leader in observers:
            yield Finding(
                (*path, "leader"),
                "an observer leads no case",
                "Name another delegation, or give this one the role taking-part or sharing.",
            )
        if case.parties == (case.leader,) and not case.withdrawn:
            yield Finding(
                path, "the case has no party but its leader", "Add required or optional delegations.", case.id
            )
        if case.quorum and case.format is Format.bilateral and len(case.parties) > 2 and case.id not in held:
            yield Finding(
                (*path, "quorum"),
                "the leader meets each party of a bilateral case alone, where a quorum means nothing",
                "Make the case multilateral, or name under required whom the leader must meet.",
                f"{case.quorum.at_least} of {', '.join(case.quorum.of)}",
            )
        if case.minutes is not None and case.minutes_per_lead is not None:
            yield Finding(
                (*path, "minutes_per_lead"), "the case gives both minutes and minutes_per_lead", "Keep one of them."
            )


def _twice(path: Path, item: Case | ExplicitSession) -> Iterator[Finding]:
    for k, name in enumerate(item.required):
        if isinstance(item, Case) and name == item.leader:
            yield Finding(
                (*path, "required", k), f"{name} leads and is named again", "Take it out; a leader is always there."
            )
    for k, name in enumerate(item.optional):
        if name == item.leader:
            yield Finding(
                (*path, "optional", k), f"{name} leads and is named again", "Take it out; a leader is always there."
            )
        elif name in item.required:
            yield Finding((*path, "optional", k), f"{name} is required as well", "Name it under required or optional.")
    if item.quorum and item.quorum.at_least > len(set(item.quorum.of)):
        yield Finding(
            (*path, "quorum", "at_least"),
            f"the quorum names only {len(set(item.quorum.of))}",
            "Ask for no more than the delegations named under of.",
        )


def leads(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Yield leads shared by or with somebody who is no party to the case, and leads for which no session could be."""
    for i, case in enumerate(scenario.cases):
        inside = case.parties
        for k, lead in enumerate(case.leads):
            path: Path = ("cases", i, "leads", k)
            sure = all_known(inside, known)
            if sure and lead.shared_by is not None and _outside(lead.shared_by, inside, known):
                yield _outsider((*path, "shared_by"), case)
            for j, name in enumerate(lead.shared_with or ()):
                if sure and _outside(name, inside, known):
                    yield _outsider((*path, "shared_with", j), case)
            audience = {lead.shared_by or case.leader, *(inside if lead.shared_with is None else lead.shared_with)}
            if lead.withdrawn or case.withdrawn:
                continue
            if len(inside) > 1 and audience <= {case.leader}:
                yield Finding(
                    (*path, "shared_with"),
                    "the lead is shared with nobody",
                    "Name a party, or leave the line out to share it with all.",
                )
            elif case.leader not in audience and len(inside) > 2 and case.format is not Format.multilateral:
                yield Finding(
                    (*path, "shared_with"),
                    f"{case.leader} meets each party apart and is not to know this lead",
                    f"Share the lead with {case.leader} too, or make the case multilateral.",
                )


def _outside(name: str, inside: tuple[str, ...], known: Known) -> bool:
    return known.has("delegation", name) and name not in inside


def _outsider(path: Path, case: Case) -> Finding:
    return Finding(
        path, f"this delegation is no party to the case {case.id}", f"The parties are {', '.join(case.parties)}."
    )


def explicit_sessions(scenario: Scenario) -> Iterator[Finding]:
    """Yield explicit sessions that lack what no case gives them, or that hold a case which is held elsewhere."""
    cases = {case.id: case for case in scenario.cases}
    holder: dict[str, str] = {}
    for i, session in enumerate(scenario.sessions):
        path: Path = ("sessions", i)
        yield from _twice(path, session)
        if not session.cases:
            yield from _incomplete(path, session)
        for k, name in enumerate(session.cases):
            if holder.setdefault(name, session.id) != session.id:
                yield Finding(
                    (*path, "cases", k),
                    f"the case {name} is held in the session {holder[name]} already",
                    "A case belongs to one session; take it out of the other.",
                )
            elif name in cases and cases[name].sittings > 1:
                yield Finding(
                    (*path, "cases", k),
                    f"the case {name} asks for {cases[name].sittings} sittings, and a session of this list is held once",
                    "Let the case form its own sessions, or set its sittings to 1.",
                )


def _incomplete(path: Path, session: ExplicitSession) -> Iterator[Finding]:
    if session.leader is None and not session.required:
        yield Finding(path, "nobody leads the session", "Add required delegations, a leader, or cases.", session.id)
    if len(session.parties) == 1:
        yield Finding(path, "the session has one party only", "Add further delegations, or cases.", session.id)
    if session.minutes is None:
        yield Finding(
            (*path, "minutes"), "a session without cases needs a length", "Add it, for example minutes: 30.", ""
        )
    if session.title is None:
        yield Finding(
            (*path, "title"), "a session without cases needs a title", "Add it, for example title: Next steps.", ""
        )
