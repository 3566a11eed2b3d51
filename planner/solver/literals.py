"""Decisions of a model and what is defined from them by clauses; constants are folded, so that what is settled costs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from ortools.sat.python.cp_model import CpModel, IntVar
from ortools.sat.python.cp_model_helper import Literal

Counted = TypeVar("Counted", IntVar, Literal)
Parts = list[tuple[Literal, ...]]


class Literals:
    """Makes decisions on a model.

    Attributes:
        defined: how many constraints were added as definitions, rather than as demands.
        always: the decision that holds.
        never: the one that does not.
    """

    def __init__(self, model: CpModel) -> None:
        self.model = model
        self.defined = 0
        self.always = model.new_constant(1)
        self.never = model.new_constant(0)
        self._true = {self.always.index, ~self.never.index}
        self._false = {self.never.index, ~self.always.index}

    def holds(self, literal: Literal) -> bool:
        """Whether a literal is the constant that holds."""
        return literal.index in self._true

    def fails(self, literal: Literal) -> bool:
        """Whether a literal is the constant that does not hold."""
        return literal.index in self._false

    def define(self, name: str) -> IntVar:
        """A new auxiliary decision."""
        return self.model.new_bool_var(name)

    def clause(self, *literals: Literal) -> None:
        """Define by a clause: at least one of the literals holds."""
        open_ones: list[Literal] = []
        for literal in literals:
            if literal.index in self._true:
                return
            if literal.index not in self._false:
                open_ones.append(literal)
        self._add(open_ones)

    def _add(self, literals: Sequence[Literal]) -> None:
        self.model.add_bool_or(literals)
        self.defined += 1

    def _add_all(self, clauses: Iterable[Sequence[Literal]]) -> None:
        for clause in clauses:
            self.model.add_bool_or(clause)
            self.defined += 1

    def any_of(self, literals: Sequence[IntVar], name: str) -> IntVar:
        """A decision that holds exactly when one of the literals does."""
        open_ones: dict[int, IntVar] = {}
        for literal in literals:
            if literal.index in self._true:
                return self.always
            if literal.index not in self._false:
                open_ones[literal.index] = literal
        if len(open_ones) < 2:
            return next(iter(open_ones.values()), self.never)
        result = self.define(name)
        for literal in open_ones.values():
            self._add((literal.negated(), result))
        self._add((result.negated(), *open_ones.values()))
        return result

    def all_of(self, literals: Sequence[Literal], name: str) -> IntVar:
        """A decision that holds exactly when all of the literals do."""
        open_ones: list[Literal] = []
        for literal in literals:
            if literal.index in self._false:
                return self.never
            if literal.index not in self._true:
                open_ones.append(literal)
        if not open_ones:
            return self.always
        result = self.define(name)
        fails = result.negated()
        for literal in open_ones:
            self._add((fails, literal))
        self._add((result, *(literal.negated() for literal in open_ones)))
        return result

    def counter(
        self, literals: Sequence[Counted], name: str, most: int | None = None, *, upwards: bool = False
    ) -> list[Counted]:
        """Count in unary: the k-th result, from 0, holds exactly when more than k of the literals do.

        A totalizer, both ways (O. Bailleux, Y. Boufkhad, "Efficient CNF Encoding of Boolean Cardinality Constraints", 2003).
        With ``most`` it counts so far only, and has no more results than that. ``upwards`` only, results hold when so many
        literals do, and may hold when they do not.
        """
        open_ones: list[Counted] = []
        certain: list[Counted] = []
        for literal in literals:
            if literal.index in self._true:
                certain.append(literal)
            elif literal.index not in self._false:
                open_ones.append(literal)
        limit = len(literals) if most is None else most
        return (certain + self._merged(open_ones, name, max(0, limit - len(certain)), upwards))[:limit]

    def at_most(self, literals: Sequence[IntVar], most: int, name: str) -> None:
        """Say that no more than so many of the literals hold, with the half of a counter that this takes."""
        if sum(not self.fails(literal) for literal in literals) > most:
            for more in self.counter(literals, name, most + 1, upwards=True)[most:]:
                self.clause(more.negated())

    def _merged(self, literals: Sequence[Counted], name: str, most: int, upwards: bool) -> list[Counted]:
        if len(literals) < 2:
            return list(literals[:most])
        half = len(literals) // 2
        one = self._merged(literals[:half], name, most, upwards)
        other = self._merged(literals[half:], name, most, upwards)
        total: list[Counted] = [self.define(name) for _ in literals[:most]]
        not_total = [literal.negated() for literal in total]
        least_one, most_one = _told(one, half)
        least_other, most_other = _told(other, len(literals) - half)
        self._add_all(zip(not_total[1:], total[:-1], strict=True))
        for i, first in enumerate(least_one):
            reached = zip(least_other[max(0, 1 - i) :], total[max(0, i - 1) :], strict=False)
            self._add_all(first + second + (result,) for second, result in reached)
        if upwards:
            return total
        for i, first in enumerate(most_one):
            missed = zip(most_other, not_total[i:], strict=False)
            self._add_all(first + second + (result,) for second, result in missed)
        return total


def _told(count: Sequence[Literal], among: int) -> tuple[Parts, Parts]:
    """For each k, what to add to a clause where at least k, or at most k, of those counted hold; what is cut off is not told."""
    at_least: Parts = [(), *((literal.negated(),) for literal in count)]
    at_most: Parts = [(literal,) for literal in count]
    return at_least, at_most if len(count) < among else [*at_most, ()]
