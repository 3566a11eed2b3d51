"""What is not as it was in a session that both plans hold: for the organiser, a delegation, a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.compare.outcome import Aspect, Difference, Span, Value
from planner.compare.side import Side
from planner.plan import Placement

Placements = tuple[Placement, Placement]
Sides = tuple[Side, Side]


def all_differences(sides: Sides, pair: Placements) -> tuple[Difference, ...]:
    """Return everything that is different."""
    before, after = pair
    stay = [name for name in before.teams if name in after.teams]
    return (
        *common_differences(sides, pair),
        *(found for name in stay for found in own_differences(pair, name) if found.aspect is Aspect.team),
        *(found for name in stay for found in own_differences(pair, name) if found.aspect is Aspect.delegates),
        *_different(Aspect.interpreters, before.interpreters, after.interpreters),
        *_language(pair),
        *_different(Aspect.cases, before.cases, after.cases),
        *_different(Aspect.leads, before.leads, after.leads),
    )


def delegation_differences(sides: Sides, pair: Placements, delegation: str) -> tuple[Difference, ...]:
    """Return what is different for a delegation that is present in both: nobody else's team, no interpreter."""
    return (*common_differences(sides, pair), *own_differences(pair, delegation), *_known(sides, pair, delegation))


def delegate_differences(sides: Sides, pair: Placements, delegation: str) -> tuple[Difference, ...]:
    """Return what is different for a delegate of a delegation who is listed in both."""
    return (*common_differences(sides, pair), *_known(sides, pair, delegation))


def interpreter_differences(sides: Sides, pair: Placements) -> tuple[Difference, ...]:
    """Return what is different for an interpreter who is assigned in both: no cases, no colleagues."""
    return (*common_differences(sides, pair), *_language(pair))


def common_differences(sides: Sides, pair: Placements) -> tuple[Difference, ...]:
    """Return what is different for everybody in the room: when, where, who is present."""
    before, after = pair
    return (
        *_different(Aspect.time, _span(sides[0], before), _span(sides[1], after)),
        *_different(Aspect.room, before.room, after.room),
        *_different(Aspect.table, before.table, after.table),
        *_different(Aspect.parties, _ordered(before.teams), _ordered(after.teams)),
    )


def own_differences(pair: Placements, delegation: str) -> tuple[Difference, ...]:
    """Return what is different in how a delegation is represented."""
    before, after = pair
    return (
        *_different(Aspect.team, before.teams[delegation], after.teams[delegation], delegation),
        *_different(
            Aspect.delegates,
            before.delegates.get(delegation, ()),
            after.delegates.get(delegation, ()),
            delegation,
        ),
    )


def _known(sides: Sides, pair: Placements, delegation: str) -> Iterator[Difference]:
    """Yield the working language, and the cases and leads that the delegation may know of."""
    yield from _language(pair)
    (old, new), (before, after) = sides, pair
    yield from _different(Aspect.cases, old.cases(before, delegation), new.cases(after, delegation))
    yield from _different(Aspect.leads, old.leads(before, delegation), new.leads(after, delegation))


def _language(pair: Placements) -> Iterator[Difference]:
    return _different(Aspect.language, pair[0].working_language, pair[1].working_language)


def _different(aspect: Aspect, before: Value, after: Value, delegation: str | None = None) -> Iterator[Difference]:
    """Yield a difference if there is one; the order of a list is none."""
    same = (
        sorted(before) == sorted(after) if isinstance(before, tuple) and isinstance(after, tuple) else before == after
    )
    if not same:
        yield Difference(aspect, delegation, before, after)


def _span(side: Side, placement: Placement) -> Span:
    return Span(placement.start.astimezone(side.zone), placement.end.astimezone(side.zone))


def _ordered(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))
