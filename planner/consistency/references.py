"""Every name that is referred to exists."""

from __future__ import annotations

from collections.abc import Iterator

from planner.consistency.finding import Finding, Known, Path, did_you_mean
from planner.scenario import Scenario
from planner.values import Quorum

_Reference = tuple[Path, str, str]


def dangling(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Yield references to rooms, delegations, delegates, interpreters, cases and sessions that do not exist."""
    for path, kind, name in _references(scenario):
        if not known.has(kind, name):
            hint = did_you_mean(name, known.names[kind], _none(kind))
            yield Finding(path, f"there is no {kind} of this id", hint, name)


def unknown_clearances(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Yield clearances and classifications that are not among the levels of the conference."""
    if not known.sure("conference.clearances"):
        return
    levels = scenario.conference.clearances
    for section in ("rooms", "delegations", "interpreters"):
        for index, item in enumerate(getattr(scenario, section)):
            if item.clearance is not None and item.clearance not in levels:
                yield _clearance((section, index, "clearance"), item.clearance, levels)
    for section in ("cases", "sessions"):
        for index, item in enumerate(getattr(scenario, section)):
            if item.classification is not None and item.classification not in levels:
                yield _clearance((section, index, "classification"), item.classification, levels)


def _clearance(path: Path, name: str, levels: tuple[str, ...]) -> Finding:
    return Finding(path, "this level is not among conference.clearances", did_you_mean(name, levels))


def _none(kind: str) -> str:
    return "" if kind in ("room", "delegation") else f"Add the {kind}, or take the name out."


def _each(path: Path, kind: str, names: tuple[str, ...] | None) -> Iterator[_Reference]:
    for index, name in enumerate(names or ()):
        yield (*path, index), kind, name


def _one(path: Path, kind: str, name: str | None) -> Iterator[_Reference]:
    if name is not None:
        yield path, kind, name


def _parties(
    path: Path, required: tuple[str, ...], optional: tuple[str, ...], quorum: Quorum | None
) -> Iterator[_Reference]:
    yield from _each((*path, "required"), "delegation", required)
    yield from _each((*path, "optional"), "delegation", optional)
    if quorum:
        yield from _each((*path, "quorum", "of"), "delegation", quorum.of)


def _references(scenario: Scenario) -> Iterator[_Reference]:
    for i, block in enumerate(scenario.blocks):
        yield from _one(("blocks", i, "room"), "room", block.room)
        yield from _each(("blocks", i, "delegations"), "delegation", block.delegations)
    for i, delegation in enumerate(scenario.delegations):
        yield from _each(("delegations", i, "not_with"), "delegation", delegation.not_with)
        for k, delegate in enumerate(delegation.delegates):
            yield from _each(("delegations", i, "delegates", k, "officer_of"), "case", delegate.officer_of)
    for i, case in enumerate(scenario.cases):
        here: Path = ("cases", i)
        yield from _one((*here, "leader"), "delegation", case.leader)
        yield from _parties(here, case.required, case.optional, case.quorum)
        yield from _each((*here, "officers"), "delegate", case.officers)
        for k, lead in enumerate(case.leads):
            yield from _one((*here, "leads", k, "shared_by"), "delegation", lead.shared_by)
            yield from _each((*here, "leads", k, "shared_with"), "delegation", lead.shared_with)
        yield from _each((*here, "before"), "case", case.before)
        yield from _each((*here, "after"), "case", case.after)
    for i, session in enumerate(scenario.sessions):
        here = ("sessions", i)
        yield from _each((*here, "cases"), "case", session.cases)
        yield from _one((*here, "leader"), "delegation", session.leader)
        yield from _parties(here, session.required, session.optional, session.quorum)
        yield from _each((*here, "officers"), "delegate", session.officers)
        yield from _each((*here, "before"), "session", session.before)
        yield from _each((*here, "after"), "session", session.after)
    for i, pin in enumerate(scenario.pins):
        here = ("pins", i)
        yield from _one((*here, "room"), "room", pin.room)
        for name in pin.teams:
            yield (*here, "teams", name), "delegation", name
        yield from _each((*here, "interpreters"), "interpreter", pin.interpreters)
