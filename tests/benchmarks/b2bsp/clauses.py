"""Clauses of a partial MaxSAT problem, and unary counters made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise


@dataclass
class Clauses:
    """A partial MaxSAT problem that grows: literals are non-zero integers, a negative one is the negation.

    Attributes:
        hard: clauses that must hold.
        soft: clauses of weight one.
        variables: how many variables there are; they are numbered from 1.
    """

    hard: list[list[int]] = field(default_factory=list)
    soft: list[list[int]] = field(default_factory=list)
    variables: int = 0

    def fresh(self) -> int:
        """Return a new variable."""
        self.variables += 1
        return self.variables

    def add(self, *literals: int) -> None:
        """Add a hard clause; one without literals can never hold."""
        self.hard.append(list(literals))

    def prefer(self, *literals: int) -> None:
        """Add a soft clause."""
        self.soft.append(list(literals))

    def any_of(self, literals: Sequence[int]) -> int:
        """Return a variable that is true exactly when one of the literals is."""
        result = self.fresh()
        for literal in literals:
            self.add(-literal, result)
        self.add(-result, *literals)
        return result

    def all_of(self, literals: Sequence[int]) -> int:
        """Return a literal that is true exactly when all of the literals are."""
        return -self.any_of([-literal for literal in literals])

    def at_most_one(self, literals: Iterable[int]) -> None:
        """Allow one of the literals at most, pair by pair."""
        for one, other in combinations(literals, 2):
            self.add(-one, -other)

    def counter(self, literals: Iterable[int], most: int | None = None) -> list[int]:
        """Return unary outputs: number ``k``, from 0, is true exactly when more than ``k`` of the literals are.

        It is the totalizer of O. Bailleux and Y. Boufkhad, "Efficient CNF Encoding of Boolean Cardinality Constraints" (2003),
        in both directions, cut off above ``most`` outputs, and with outputs that are said to be in order.
        """
        nodes = [_Node([literal], 1) for literal in literals]
        while len(nodes) > 1:
            last = nodes[-1:] if len(nodes) % 2 else []
            nodes = [self._merged(*two, most) for two in zip(nodes[::2], nodes[1::2], strict=False)] + last
        return nodes[0].outputs[:most] if nodes else []

    def _merged(self, left: _Node, right: _Node, most: int | None) -> _Node:
        size = left.size + right.size
        length = size if most is None else min(size, most)
        outputs = [self.fresh() for _ in range(length)]
        for i in range(len(left.outputs) + 1):
            for j in range(len(right.outputs) + 1):
                if 0 < i + j <= length:
                    reached = [left.outputs[i - 1]] * (i > 0) + [right.outputs[j - 1]] * (j > 0)
                    self.add(*(-output for output in reached), outputs[i + j - 1])
                if i + j < length and left.tells(i) and right.tells(j):
                    self.add(*left.outputs[i : i + 1], *right.outputs[j : j + 1], -outputs[i + j])
        for lower, higher in pairwise(outputs):
            self.add(-higher, lower)
        return _Node(outputs, size)


@dataclass(frozen=True)
class _Node:
    """A part of a counter: how many literals are below it, and as many outputs or fewer."""

    outputs: list[int]
    size: int

    def tells(self, count: int) -> bool:
        """Whether it can be read from the outputs that no more than ``count`` literals are true."""
        return count < len(self.outputs) or count == self.size
