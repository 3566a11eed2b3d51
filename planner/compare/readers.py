"""What became of every session, for the conference and for each reader."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from planner.compare.differences import (
    Placements,
    Sides,
    all_differences,
    delegate_differences,
    delegation_differences,
    interpreter_differences,
)
from planner.compare.outcome import Difference, Ending, Fate, Outcome
from planner.compare.side import Side
from planner.plan import Placement

Found = tuple[Outcome, ...]
Compared = Callable[[Placements], tuple[Difference, ...]]


@dataclass(frozen=True)
class _Seen:
    """The part of a plan that concerns somebody: sessions held, and ids of sessions left out."""

    held: Mapping[str, Placement]
    waiting: Collection[str] = ()


def session_outcomes(sides: Sides) -> Found:
    """Return what became of every session that is held, or left out, in one of the plans."""
    old, new = (_Seen(side.held, side.waiting) for side in sides)
    return _outcomes(sides, old, new, lambda pair: all_differences(sides, pair))


def delegation_outcomes(sides: Sides, delegation: str) -> Found:
    """Return what became of the sessions that a delegation is present in, or is a party to and were left out."""
    old, new = (
        replace(
            _seen(side, lambda item: delegation in item.teams),
            waiting=[name for name, session in side.waiting.items() if delegation in session.parties],
        )
        for side in sides
    )
    return _outcomes(sides, old, new, lambda pair: delegation_differences(sides, pair, delegation))


def delegate_outcomes(sides: Sides, delegate: str, delegation: str) -> Found:
    """Return what became of the sessions that list a delegate under the own delegation."""
    old, new = (_seen(side, lambda item: delegate in item.delegates.get(delegation, ())) for side in sides)
    return _outcomes(sides, old, new, lambda pair: delegate_differences(sides, pair, delegation))


def interpreter_outcomes(sides: Sides, interpreter: str) -> Found:
    """Return what became of the sessions that an interpreter is assigned to."""
    old, new = (_seen(side, lambda item: interpreter in item.interpreters) for side in sides)
    return _outcomes(sides, old, new, lambda pair: interpreter_differences(sides, pair))


def _seen(side: Side, concerns: Callable[[Placement], bool]) -> _Seen:
    return _Seen({name: item for name, item in side.held.items() if concerns(item)})


def _outcomes(sides: Sides, old: _Seen, new: _Seen, compared: Compared) -> Found:
    """Return the outcomes by start, the old one of what is held no more, and then by id; those left out come last."""
    found: list[Outcome] = []
    for name in dict.fromkeys((*old.held, *new.held, *old.waiting, *new.waiting)):
        before, after = old.held.get(name), new.held.get(name)
        if before or after:
            found += _of_held(sides, name, before, after, compared)
        elif (name in old.waiting) != (name in new.waiting):
            found.append(Outcome(name, Fate.left_out if name in new.waiting else Fate.dropped))
    return tuple(sorted(found, key=_place))


def _of_held(
    sides: Sides, name: str, before: Placement | None, after: Placement | None, compared: Compared
) -> Iterator[Outcome]:
    if before and after and before.uid == after.uid:
        differences = () if name in sides[1].past else compared((before, after))
        yield Outcome(name, Fate.moved if differences else Fate.unchanged, before, after, differences)
        return
    if before:
        yield Outcome(name, Fate.cancelled, before, ending=_ending(sides[1], name, returns=after is not None))
    if after:
        yield Outcome(name, Fate.new, after=after)


def _ending(new: Side, name: str, *, returns: bool) -> Ending:
    if returns:
        return Ending.returned
    if name in new.held:
        return Ending.leaves
    if name in new.waiting:
        return Ending.left_out
    return Ending.other_form if name in new.formed else Ending.withdrawn


def _place(outcome: Outcome) -> tuple[bool, float, str, bool]:
    shown = outcome.after or outcome.before
    return shown is None, shown.start.timestamp() if shown else 0.0, outcome.session, outcome.after is not None
