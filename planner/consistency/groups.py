"""Cases that are written down as met together."""

from __future__ import annotations

from collections.abc import Iterator

from planner.consistency.finding import Finding, Known, Path, did_you_mean
from planner.scenario import Case, Scenario


def groups(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Yield groups of cases that do not exist, are in two groups or in a session of the list, or have other parties."""
    cases = {case.id: case for case in scenario.cases}
    holder = {name: session.id for session in scenario.sessions for name in session.cases}
    seen: dict[str, int] = {}
    for g, group in enumerate(scenario.formation.groups or ()):
        path: Path = ("formation", "groups", g)
        if not group:
            yield Finding(path, "the group is empty", "Name cases, or take it out.", "[]")
        for k, name in enumerate(group):
            here: Path = (*path, k)
            if not known.has("case", name):
                yield Finding(here, "there is no case of this id", did_you_mean(name, known.names["case"]), name)
            elif seen.setdefault(name, g) != g or name in group[:k]:
                hint = "A case is met with one group; take it out of the other."
                yield Finding(here, f"the case is in groups[{seen[name]}] already", hint, name)
            elif name in holder:
                hint = "Take it out of the group."
                yield Finding(here, f"the case is held in the session {holder[name]} of the list", hint, name)
        yield from _strangers(path, [(k, cases[name]) for k, name in enumerate(group) if name in cases])


def _strangers(path: Path, group: list[tuple[int, Case]]) -> Iterator[Finding]:
    """Yield cases that would be told to delegations which are no party to them."""
    met = [(k, case) for k, case in group if not case.withdrawn]
    for k, case in met[1:]:
        if company(case) != company(met[0][1]):
            yield Finding(
                (*path, k),
                f"{case.id} has other parties, or another language, than {met[0][1].id}",
                "Put it into a group of its own; who meets one case would hear of the other.",
                case.id,
            )


def company(case: Case) -> object:
    """Return what cases that are met together have in common: who takes part, and in which language."""
    return frozenset({case.leader, *case.required}), frozenset(case.optional), case.quorum, case.language
