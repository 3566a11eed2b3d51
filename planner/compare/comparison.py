"""Two plans held against each other, and how many are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from planner.compare.blocks import BlockOutcome, block_outcomes
from planner.compare.differences import Sides
from planner.compare.outcome import Aspect, Fate, Outcome
from planner.compare.readers import (
    delegate_outcomes,
    delegation_outcomes,
    interpreter_outcomes,
    session_outcomes,
)
from planner.compare.side import Side
from planner.plan import Plan
from planner.scenario import Scenario

_OF_THE_OWN = frozenset({Aspect.team, Aspect.delegates})


@dataclass(frozen=True)
class Figures:
    """How much is different.

    Attributes:
        new, moved, cancelled, unchanged: sessions that are held in one of the plans.
        left_out: sessions that the new plan leaves out and the old one did not hold or leave out.
        blocks: blocks that are new, moved or cancelled; nobody is counted as told of them.
        delegations: delegations that are told something of a session.
        people: delegates and interpreters who are told something of a session that is held in one of the plans, each counted
            once; a team that lists nobody counts with all its seats.
    """

    new: int
    moved: int
    cancelled: int
    unchanged: int
    left_out: int
    blocks: int
    delegations: int
    people: int


@dataclass(frozen=True)
class Comparison:
    """What is different, and for whom.

    Attributes:
        sessions: what became of every session, by start and id; sessions left out come last.
        blocks: what became of every block.
        delegations, delegates, interpreters: by id of everybody in either scenario, what became of the sessions that concern
            this reader, as far as it is news to this reader.
    """

    sessions: tuple[Outcome, ...]
    blocks: tuple[BlockOutcome, ...]
    delegations: Mapping[str, tuple[Outcome, ...]]
    delegates: Mapping[str, tuple[Outcome, ...]]
    interpreters: Mapping[str, tuple[Outcome, ...]]
    figures: Figures


def compare(old_scenario: Scenario, old: Plan, new_scenario: Scenario, new: Plan) -> Comparison:
    """Return what is different between a plan and the one that takes its place.

    A session is the same as long as its calendar UID is. One that was cancelled and comes back has another, so what is left
    of it is cancelled, and it is new. A session that is past by the new scenario is as it was, whatever became of its cases.

    Args:
        old_scenario, old: a consistent scenario and a plan of it.
        new_scenario, new: the same conference later.
    """
    sides = Side(old_scenario, old), Side(new_scenario, new)
    sessions, blocks = session_outcomes(sides), block_outcomes(*sides)
    homes = dict(pair for side in sides for pair in side.delegates())
    delegations = {name: delegation_outcomes(sides, name) for name in _names(sides, "delegations")}
    delegates = {name: delegate_outcomes(sides, name, home) for name, home in homes.items()}
    interpreters = {name: interpreter_outcomes(sides, name) for name in _names(sides, "interpreters")}
    fates = Counter(item.fate for item in sessions)
    told = {who for name, found in delegations.items() for who in _told(sides, name, found)}
    told |= {who for who, found in (*delegates.items(), *interpreters.items()) if any(item.is_news for item in found)}
    figures = Figures(
        new=fates[Fate.new],
        moved=fates[Fate.moved],
        cancelled=fates[Fate.cancelled],
        unchanged=fates[Fate.unchanged],
        left_out=fates[Fate.left_out],
        blocks=sum(item.fate is not Fate.unchanged for item in blocks),
        delegations=sum(any(item.is_news for item in found) for found in delegations.values()),
        people=len(told),
    )
    return Comparison(sessions, blocks, delegations, delegates, interpreters, figures)


def _names(sides: Sides, section: str) -> dict[str, None]:
    """Return the ids of a section, those of the new scenario first."""
    return dict.fromkeys(item.id for side in reversed(sides) for item in getattr(side.scenario, section))


def _told(sides: Sides, delegation: str, outcomes: Iterable[Outcome]) -> Iterator[str | tuple[str, int, int]]:
    """Yield the people of a delegation who are told something, as ``Side.people`` names them."""
    for item in outcomes:
        was, now = (
            side.people(placement, delegation) if placement else frozenset()
            for side, placement in zip(sides, (item.before, item.after), strict=True)
        )
        yield from was ^ now if item.aspects <= _OF_THE_OWN else was | now
