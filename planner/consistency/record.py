"""The record of a plan that is being changed: what it names exists, and its times are in order."""

from __future__ import annotations

from collections.abc import Iterator

from planner.consistency.finding import Finding, Known, Path, did_you_mean
from planner.record import Formed, Past, Replanning, Told
from planner.scenario import Scenario

_BY_PLANNER = "The planner writes this section; take it as it was written."


def record(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Yield what cannot be in the record of a plan."""
    if scenario.replanning is None:
        return
    seen: set[str] = set()
    for section, path, told in _records(scenario.replanning):
        if told.session in seen:
            yield Finding((*path, "session"), "this session is recorded twice", "Keep one of them.", told.session)
        seen.add(told.session)
        if told.end <= told.start:
            message = f"the session does not end after its start at {told.start:%Y-%m-%dT%H:%M}"
            yield Finding((*path, "end"), message, _BY_PLANNER)
        if (section == "past") != (told.start <= scenario.replanning.now):
            now = f"{scenario.replanning.now:%Y-%m-%dT%H:%M}"
            message = (
                f"the session starts after now, {now}" if section == "past" else f"the session has started by {now}"
            )
            other = "told" if section == "past" else "past"
            yield Finding((*path, "start"), message, f"Record it under {other}.")
        yield from _told(path, told, scenario, known)
    for index, name in enumerate(scenario.replanning.moved):
        if not known.has("delegation", name) and not known.has("interpreter", name):
            names = (*known.names["delegation"], *known.names["interpreter"])
            message = "there is no delegation or interpreter of this id"
            yield Finding(("replanning", "moved", index), message, did_you_mean(name, names), name)


def _records(replanning: Replanning) -> Iterator[tuple[str, Path, Told]]:
    for section, records in (("past", replanning.past), ("told", replanning.told)):
        for index, told in enumerate(records):
            yield section, ("replanning", section, index), told


def _told(path: Path, told: Told, scenario: Scenario, known: Known) -> Iterator[Finding]:
    home = {delegate.id: owner.id for owner in scenario.delegations for delegate in owner.delegates}
    teams = {delegation.id: delegation.teams for delegation in scenario.delegations}
    for kind, where, name in (
        ("room", (*path, "room"), told.room),
        *(("delegation", (*path, "teams", name), name) for name in told.teams),
        *(("delegation", (*path, "delegates", name), name) for name in told.delegates),
        *(
            ("delegate", (*path, "delegates", delegation, k), name)
            for delegation, names in told.delegates.items()
            for k, name in enumerate(names)
        ),
        *(("interpreter", (*path, "interpreters", k), name) for k, name in enumerate(told.interpreters)),
        *(_formed((*path, "formed"), told.formed) if isinstance(told, Past) else ()),
    ):
        if not known.has(kind, name):
            yield Finding(where, f"there is no {kind} of this id", did_you_mean(name, known.names[kind]), name)
    for name, team in told.teams.items():
        if team > teams.get(name, team):
            hint = f"Write a number up to {teams[name]}."
            yield Finding((*path, "teams", name), f"{name} has no team {team}", hint, str(team))
    for delegation, names in told.delegates.items():
        for k, name in enumerate(names):
            if home.get(name, delegation) != delegation:
                message = f"{name} is of {home[name]}, not of {delegation}"
                yield Finding((*path, "delegates", delegation, k), message, _BY_PLANNER, name)
    levels = scenario.conference.clearances
    if isinstance(told, Past) and known.sure("conference.clearances") and told.formed.classification not in levels:
        message = "this level is not among conference.clearances"
        where = (*path, "formed", "classification")
        yield Finding(where, message, did_you_mean(told.formed.classification, levels), told.formed.classification)


def _formed(path: Path, formed: Formed) -> Iterator[tuple[str, Path, str]]:
    """Yield kind, path and name of everything that a session of the past was formed from."""
    yield "delegation", (*path, "leader"), formed.leader
    for kind, field in (("case", "cases"), ("lead", "leads"), ("delegate", "officers")):
        yield from ((kind, (*path, field, k), name) for k, name in enumerate(getattr(formed, field)))
    for field in ("required", "optional"):
        yield from (("delegation", (*path, field, k), name) for k, name in enumerate(getattr(formed, field)))
    of = formed.quorum.of if formed.quorum else ()
    yield from (("delegation", (*path, "quorum", "of", k), name) for k, name in enumerate(of))
