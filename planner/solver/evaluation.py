"""A fixed plan held against the model: what it costs, and which demands it breaks, by the first reading of the rules."""

from __future__ import annotations

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, CpSolver, LinearExpr

from planner.problem import Problem
from planner.rules import Kind, Level
from planner.solution import Solution
from planner.solver.posting import Posting
from planner.solver.variables import Variables

Broken = dict[str, frozenset[tuple[str, str]]]


def evaluate(problem: Problem, solution: Solution) -> dict[str, int]:
    """Return the count of every soft rule for a solution.

    Raises:
        ValueError: when the solution breaks a hard rule, or states what the model has no decision for.
    """
    return _Fixed(problem, solution, audit=False).counts()


def audit(problem: Problem, solution: Solution) -> tuple[Broken, dict[str, int]]:
    """Hold a solution against every rule of the catalogue, whatever its level.

    Returns:
        The subjects for which each demand is broken, and the count of each wish.

    Raises:
        ValueError: when the solution states what the model has no decision for.
    """
    fixed = _Fixed(problem, solution, audit=True)
    counts = fixed.counts()
    return fixed.broken(), {rule: count for rule, count in counts.items() if rule not in fixed.posting.broken}


class _Fixed:
    """A model with all decisions fixed, solved for the least counts."""

    def __init__(self, problem: Problem, solution: Solution, *, audit: bool) -> None:
        model = CpModel()
        variables = Variables(problem, model, audit=audit)
        self.posting = Posting(model, variables, problem, audit=audit)
        self.counted = {
            rule: self.posting.count(rule)
            for rule, setting in problem.settings.items()
            if setting.level is Level.soft or (audit and setting.rule.kind is Kind.wish)
        }
        try:
            values = variables.values(solution)
        except KeyError as error:
            raise ValueError(f"the solution states what the model has no decision for: {error}") from None
        for literal, value in values:
            model.add_bool_and([literal if value else literal.negated()])
        broken = [literal for subjects in self.posting.broken.values() for literal in subjects.values()]
        model.minimize(LinearExpr.sum([*self.counted.values(), *broken]))
        self.solver = CpSolver()
        self.solver.parameters.num_workers = 1
        self.solver.parameters.catch_sigint_signal = False
        if self.solver.solve(model) != cp_model.OPTIMAL:
            raise ValueError("the solution breaks a hard rule")

    def counts(self) -> dict[str, int]:
        return {rule: round(self.solver.value(count)) for rule, count in self.counted.items()}

    def broken(self) -> Broken:
        return {
            rule: frozenset(subject for subject, literal in subjects.items() if self.solver.boolean_value(literal))
            for rule, subjects in self.posting.broken.items()
        }
