"""Decisions of a model and what is defined from them by clauses; constants are folded, so that what is settled costs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum, auto
from typing import TypeVar

from ortools.sat.python.cp_model import CpModel, IntVar
from ortools.sat.python.cp_model_helper import Literal

Counted = TypeVar("Counted", IntVar, Literal)
Parts = list[tuple[Literal, ...]]


class Told(Enum):
    """What the results of a counter say: that so many literals hold exactly when they do, or one half of it."""

    exactly = auto()
    when = auto()
    only_when = auto()


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
        self, literals: Sequence[Counted], name: str, most: int | None = None, told: Told = Told.exactly
    ) -> list[Counted]:
        """Count in unary: the k-th result, from 0, holds exactly when more than k of the literals do.

        A totalizer (O. Bailleux, Y. Boufkhad, "Efficient CNF Encoding of Boolean Cardinality Constraints", 2003), both ways
        unless one half is ``told``: results hold when so many literals do, or only when they do. With ``most`` it counts so
        far only, and has no more results than that.
        """
        open_ones: list[Counted] = []
        certain: list[Counted] = []
        for literal in literals:
            if literal.index in self._true:
                certain.append(literal)
            elif literal.index not in self._false:
                open_ones.append(literal)
        limit = len(literals) if most is None else most
        return (certain + self._merged(open_ones, name, max(0, limit - len(certain)), told))[:limit]

    def at_most(self, literals: Sequence[IntVar], most: int, name: str) -> None:
        """Say that no more than so many of the literals hold; of those that do and those that do not, the fewer are counted.

        It takes half of a counter.
        """
        possible = [literal for literal in literals if not self.fails(literal)]
        missing = len(possible) - most
        if missing <= 0:
            return
        if most <= missing:
            for more in self.counter(possible, name, most + 1, Told.when)[most:]:
                self.clause(more.negated())
        else:
            spared = self.counter([literal.negated() for literal in possible], name, missing, Told.only_when)
            self.clause(*spared[missing - 1 :])

    def _merged(self, literals: Sequence[Counted], name: str, most: int, told: Told) -> list[Counted]:
        if len(literals) < 2:
            return list(literals[:most])
        half = len(literals) // 2
        one = self._merged(literals[:half], name, most, told)
        other = self._merged(literals[half:], name, most, told)
        total: list[Counted] = [self.define(name) for _ in literals[:most]]
        not_total = [literal.negated() for literal in total]
        self._add_all(zip(not_total[1:], total[:-1], strict=True))
        if told is not Told.only_when:
            least_one, least_other = _at_least(one), _at_least(other)
            for i, first in enumerate(least_one):
                reached = zip(least_other[max(0, 1 - i) :], total[max(0, i - 1) :], strict=False)
                self._add_all(first + second + (result,) for second, result in reached)
        if told is not Told.when:
            most_one, most_other = _at_most(one, half), _at_most(other, len(literals) - half)
            for i, first in enumerate(most_one):
                missed = zip(most_other, not_total[i:], strict=False)
                self._add_all(first + second + (result,) for second, result in missed)
        return total


def _at_least(count: Sequence[Literal]) -> Parts:
    """For each k, what to add to a clause that applies where at least k of those counted hold."""
    return [(), *((literal.negated(),) for literal in count)]


def _at_most(count: Sequence[Literal], among: int) -> Parts:
    """For each k, what to add to a clause that applies where at most k of those counted hold; not told where it is cut off."""
    told: Parts = [(literal,) for literal in count]
    return told if len(count) < among else [*told, ()]
