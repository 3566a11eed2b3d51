"""Hints: a search starts from a plan that is known."""

from __future__ import annotations

from ortools.sat.python.cp_model import CpModel

from planner.solution import Solution
from planner.solver.model.variables import Variables


def hint(model: CpModel, variables: Variables, solution: Solution) -> None:
    """Let the search of a model, or of a copy of it, start from a solution; each decision is hinted once."""
    hinted: set[int] = set()
    for literal, value in variables.values(solution):
        if literal.index not in hinted and not variables.holds(literal):
            hinted.add(literal.index)
            model.add_hint(literal, value)
