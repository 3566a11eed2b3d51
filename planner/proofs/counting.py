"""The proofs: for each pool the sessions that lack most of it, and how much of it is asked for altogether."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from planner.problem import Problem
from planner.proofs.bottleneck import Bottleneck, bottleneck
from planner.proofs.pools import Kind, Need, Pool, Ways, pools
from planner.proofs.possible import Possible


class Measure(StrEnum):
    """What is counted: cells of the grid, or sessions."""

    cells = "cells"
    sessions = "sessions"


@dataclass(frozen=True)
class Proof:
    """Some sessions need more of a pool than it has whenever they could be held.

    Attributes:
        owner: index of the delegation or officer, -1 for rooms and interpreters.
        team: number of the team, from 0, when it is about one team.
        units: the rooms or interpreters that any of the sessions could take, by index.
        sessions: numbers of the sessions, in order; of what can be held in several ways the first.
        needed: what they need, in cells or sessions, never less in any plan.
        available: what the pool has for them at the times at which they could be.
        lacking: so many of the sessions are left out at least.
        cells: slots at which they could keep the pool busy.
        rules: ids of the rules that the proof rests on, besides those that narrow the times of single sessions.
    """

    kind: Kind
    owner: int
    team: int | None
    units: tuple[int, ...]
    sessions: tuple[int, ...]
    measure: Measure
    needed: int
    available: int
    lacking: int
    cells: tuple[int, ...]
    rules: frozenset[str]


@dataclass(frozen=True)
class Tightness:
    """How much of a pool is asked for; cells that all of its sessions together need, and that it has for them."""

    kind: Kind
    owner: int
    team: int | None
    sessions: tuple[int, ...]
    needed: int
    available: int


def prove(problem: Problem, possible: Possible, wanted: Iterable[Ways]) -> tuple[Proof, ...]:
    """Return for each pool that some of the sessions overdraw its strongest proof, those that lack most first."""
    found = (_strongest(problem, pool) for pool in pools(problem, possible, wanted))
    return tuple(sorted((proof for proof in found if proof), key=lambda proof: (-proof.lacking, len(proof.sessions))))


def tightness(problem: Problem, possible: Possible, wanted: Iterable[Ways]) -> tuple[Tightness, ...]:
    """Return how much of each pool the sessions ask for, the tightest first."""
    found = []
    for pool in pools(problem, possible, wanted):
        places = frozenset().union(*(_places(pool, need) for need in pool.needs))
        available = sum(_size(pool, place) for place in places)
        needed = sum(need.cells for need in pool.needs)
        numbers = tuple(dict.fromkeys(need.session for need in pool.needs))
        found.append(Tightness(pool.kind, pool.owner, pool.team, numbers, needed, available))
    return tuple(sorted(found, key=lambda pool: -pool.needed / pool.available))


def _strongest(problem: Problem, pool: Pool) -> Proof | None:
    if pool.kind is Kind.days:
        return _in_units(problem, pool, Measure.sessions)
    sizes = {need.cells for need in pool.needs}
    proofs = [_in_sessions(problem, pool, least) for least in sorted(sizes)]
    if len(sizes) > 1 or not all(proofs):
        proofs.append(_in_units(problem, pool, Measure.cells))
    found = [proof for proof in proofs if proof is not None]
    return max(found, key=lambda proof: (proof.lacking, -len(proof.sessions)), default=None)


def _places(pool: Pool, need: Need) -> frozenset[Hashable]:
    return frozenset().union(*(pool.places(need, unit, slot) for unit, slots in need.at.items() for slot in slots))


def _size(pool: Pool, place: Hashable) -> int:
    assert isinstance(place, tuple)
    return pool.size[place[0]]


def _in_units(problem: Problem, pool: Pool, measure: Measure) -> Proof | None:
    """Each session takes so many of the places that it can reach."""
    reach = {index: _places(pool, need) for index, need in enumerate(pool.needs)}
    everywhere = frozenset().union(*reach.values())
    needs = {index: need.cells for index, need in enumerate(pool.needs)}
    found = bottleneck(needs, reach, {place: _size(pool, place) for place in everywhere})
    if found is None:
        return None
    return _proof(problem, pool, needs, found, measure)


def _in_sessions(problem: Problem, pool: Pool, least: int) -> Proof | None:
    """Sessions of so many cells or more: an unbroken row of cells of a unit holds no more than fit into it."""
    long = {index: need for index, need in enumerate(pool.needs) if need.cells >= least}
    reach = {index: _places(pool, need) for index, need in long.items()}
    rows = list(_rows(problem, frozenset().union(*reach.values())))
    row_of = {place: number for number, row in enumerate(rows) for place in row}
    capacity: dict[Hashable, int] = {
        number: len(row) // least * _size(pool, next(iter(row))) for number, row in enumerate(rows)
    }
    reached: dict[int, frozenset[Hashable]] = {
        index: frozenset(row_of[place] for place in places) for index, places in reach.items()
    }
    found = bottleneck(dict.fromkeys(long, 1), reached, capacity)
    if found is None:
        return None
    return _proof(problem, pool, dict.fromkeys(long, 1), found, Measure.sessions)


def _rows(problem: Problem, places: frozenset[Hashable]) -> Iterator[frozenset[Hashable]]:
    """Unbroken rows of cells of one unit."""
    in_order = sorted(places, key=lambda place: _moment(problem, place))
    row: list[Hashable] = []
    for place in in_order:
        if row and not _follows(problem, row[-1], place):
            yield frozenset(row)
            row = []
        row.append(place)
    if row:
        yield frozenset(row)


def _moment(problem: Problem, place: Hashable) -> tuple[int, int, int, int]:
    """Where a cell stands: its unit, day, whether it is after the day's slots, and its number."""
    assert isinstance(place, tuple)
    unit, cell = place
    if isinstance(cell, tuple):
        return unit, cell[1], 1, cell[2]
    return unit, problem.slots[cell].day, 0, cell


def _follows(problem: Problem, one: Hashable, other: Hashable) -> bool:
    unit, day, after, number = _moment(problem, one)
    next_unit, next_day, next_after, next_number = _moment(problem, other)
    if (unit, day) != (next_unit, next_day):
        return False
    if after == next_after:
        return next_number == number + 1
    return next_number == 0 and (number + 1 == len(problem.slots) or problem.slots[number + 1].day != day)


def _proof(problem: Problem, pool: Pool, amounts: Mapping[int, int], found: Bottleneck, measure: Measure) -> Proof:
    needs = [pool.needs[index] for index in found.sessions]
    cells = {
        cell
        for need in needs
        for slots in need.at.values()
        for slot in slots
        for cell in problem.cells_from(slot, need.minutes)
    }
    of_session: Counter[int] = Counter()
    for index in found.sessions:
        of_session[pool.needs[index].session] += amounts[index]
    return Proof(
        kind=pool.kind,
        owner=pool.owner,
        team=pool.team,
        units=tuple(sorted({unit for need in needs for unit in need.at})) if pool.owner < 0 else (),
        sessions=tuple(sorted(of_session)),
        measure=measure,
        needed=found.needed,
        available=found.available,
        lacking=_fewest(of_session.values(), found.needed - found.available),
        cells=tuple(sorted(cells)),
        rules=pool.rules,
    )


def _fewest(amounts: Iterable[int], missing: int) -> int:
    """How many sessions must go at least until nothing is missing."""
    count = 0
    for amount in sorted(amounts, reverse=True):
        if missing <= 0:
            break
        missing, count = missing - amount, count + 1
    return count
