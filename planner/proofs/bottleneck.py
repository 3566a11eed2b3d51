"""Sessions that need more places than they can reach: a violated condition of Hall, found by a maximum flow."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Bottleneck:
    """Sessions that together need more than their places give, by the most that any set of them does."""

    sessions: tuple[int, ...]
    places: frozenset[Hashable]
    needed: int
    available: int


def bottleneck(
    needs: Mapping[int, int], reach: Mapping[int, frozenset[Hashable]], capacity: Mapping[Hashable, int]
) -> Bottleneck | None:
    """Return the sessions that lack most and have places in common, None when all can be served.

    Each session takes one unit of as many places as it needs. Sessions are served when a flow through the places serves all;
    when none does, the near side of a smallest cut is what lacks most (P. Hall, "On Representatives of Subsets", 1935; L. Ford
    and D. Fulkerson, "Maximal Flow Through a Network", 1956).

    Args:
        needs: places that each session takes, by its number.
        reach: places that it could take.
        capacity: how many sessions each place takes.
    """
    near = _near_side(needs, reach, capacity)
    if not near:
        return None
    found = [_counted(group, needs, reach, capacity) for group in _connected(near, reach)]
    return max(found, key=lambda part: part.needed - part.available)


def _counted(
    near: list[int],
    needs: Mapping[int, int],
    reach: Mapping[int, frozenset[Hashable]],
    capacity: Mapping[Hashable, int],
) -> Bottleneck:
    places = frozenset().union(*(reach[number] for number in near))
    available = sum(min(capacity[place], sum(place in reach[number] for number in near)) for place in places)
    return Bottleneck(tuple(near), places, sum(needs[number] for number in near), available)


def _connected(numbers: list[int], reach: Mapping[int, frozenset[Hashable]]) -> list[list[int]]:
    """Groups of sessions that have places in common, over others as well."""
    groups: list[tuple[list[int], frozenset[Hashable]]] = []
    for number in numbers:
        touching = [group for group in groups if group[1] & reach[number]]
        groups = [group for group in groups if group not in touching]
        members = sorted([number, *(other for members, _ in touching for other in members)])
        groups.append((members, reach[number].union(*(places for _, places in touching))))
    return [members for members, _ in groups]


def _near_side(
    needs: Mapping[int, int], reach: Mapping[int, frozenset[Hashable]], capacity: Mapping[Hashable, int]
) -> list[int]:
    """Sessions on the source's side of a smallest cut; none when the flow serves all."""
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order, maximum_flow

    numbers = list(needs)
    places = {place: index for index, place in enumerate(_all(reach[number] for number in numbers), 1 + len(numbers))}
    source, sink = 0, 1 + len(numbers) + len(places)
    arcs = [(source, 1 + position, needs[number]) for position, number in enumerate(numbers)]
    arcs += [(1 + position, places[place], 1) for position, number in enumerate(numbers) for place in reach[number]]
    arcs += [(index, sink, capacity[place]) for place, index in places.items()]
    tails, heads, amounts = zip(*arcs, strict=True)
    graph = csr_array((amounts, (tails, heads)), shape=(sink + 1, sink + 1), dtype=np.int32)
    result = maximum_flow(graph, source, sink)
    if result.flow_value == sum(needs.values()):
        return []
    left = graph - result.flow
    left.data[left.data < 0] = 0
    left.eliminate_zeros()
    reached = set(breadth_first_order(left, source, return_predecessors=False).tolist())
    return [number for position, number in enumerate(numbers, 1) if position in reached]


def _all(groups: Iterable[frozenset[Hashable]]) -> dict[Hashable, None]:
    return {place: None for group in groups for place in group}
