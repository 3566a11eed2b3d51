"""Tiers that are proven together: one objective, in which each tier outweighs all that those after it may cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

from ortools.sat.python.cp_model import FlatIntExpr, LinearExpr

LARGEST_OBJECTIVE = 2**50
"""Up to which objectives and their bounds are exact as floating-point numbers, with room to spare."""


@dataclass(frozen=True)
class Stage:
    """Tiers one after the other.

    Attributes:
        first: position of the first tier.
        weights: what one of each tier weighs; that of the last is 1.
    """

    first: int
    weights: tuple[int, ...] = (1,)

    @property
    def end(self) -> int:
        """Position after the last tier."""
        return self.first + len(self.weights)

    def value(self, values: Sequence[int]) -> int:
        """Value of the objective, from the values of all tiers."""
        return sum(weight * value for weight, value in zip(self.weights, values[self.first : self.end], strict=True))

    def parts(self, value: int) -> Iterator[tuple[int, int]]:
        """Split a value of the objective, or a bound of it: positions, each with what it says of that tier.

        A bound says something of a tier only when the tiers before it are as their parts say.
        """
        for position, weight in enumerate(self.weights, self.first):
            part, value = divmod(value, weight)
            yield position, part


def stage_of(costs: Sequence[LinearExpr]) -> Stage | None:
    """Weigh the first tiers of a problem, from what they cost; None when one objective cannot tell them apart."""
    sizes = [_size(cost) for cost in costs]
    if not all(sizes) or prod(sizes) > LARGEST_OBJECTIVE:
        return None
    return Stage(0, tuple(prod(sizes[index + 1 :]) for index in range(len(sizes))))


def _size(cost: LinearExpr) -> int:
    """How many values a cost may have, counted from 0; 0 when its terms alone do not say that it is at least 0."""
    flat = FlatIntExpr(cost)
    if flat.offset + sum(min(0, factor) for factor in flat.coeffs) < 0:
        return 0
    return 1 + int(flat.offset + sum(max(0, factor) for factor in flat.coeffs))
