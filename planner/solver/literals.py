"""Decisions of a model and what is defined from them by clauses; constants are folded, so that what is settled costs nothing."""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python.cp_model import CpModel, IntVar
from ortools.sat.python.cp_model_helper import Literal


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

    def counter(self, literals: Sequence[IntVar], name: str) -> list[IntVar]:
        """Count in unary: the k-th result, from 0, holds exactly when more than k of the literals do.

        A totalizer, both ways (O. Bailleux, Y. Boufkhad, "Efficient CNF Encoding of Boolean Cardinality Constraints", 2003).
        """
        certain = [literal for literal in literals if self.holds(literal)]
        return certain + self._merged(
            [literal for literal in literals if not (self.holds(literal) or self.fails(literal))], name
        )

    def _merged(self, literals: Sequence[IntVar], name: str) -> list[IntVar]:
        if len(literals) < 2:
            return list(literals)
        half = len(literals) // 2
        one, other = self._merged(literals[:half], name), self._merged(literals[half:], name)
        total = [self.define(name) for _ in literals]
        not_one, not_other, not_total = ([literal.negated() for literal in count] for count in (one, other, total))
        for more, fewer in zip(not_total[1:], total[:-1], strict=True):
            self._add((more, fewer))
        for i in range(len(one) + 1):
            for j in range(len(other) + 1):
                if i + j > 0:
                    reached = (*not_one[max(0, i - 1) : i], *not_other[max(0, j - 1) : j])
                    self._add((*reached, total[i + j - 1]))
                if i + j < len(total):
                    self._add((*one[i : i + 1], *other[j : j + 1], not_total[i + j]))
        return total
