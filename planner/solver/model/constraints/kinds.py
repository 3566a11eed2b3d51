"""What a generator of constraints is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ortools.sat.python.cp_model import Constraint, CpModel

from planner.problem import Problem
from planner.solver.model.variables import Variables

Subject = tuple[str, str]
Constraints = Iterator[tuple[Subject, Constraint]]
Generator = Callable[[CpModel, Variables, Problem], Constraints]
