"""Plain CP-SAT as a reference: the planner's whole model with one weighted objective, and CP-SAT's default search.

A session held weighs more than all waiting that could be. Building the model is part of the time.
"""

from __future__ import annotations

from ortools.sat.python import cp_model

from planner.compiling import compile_problem
from planner.problem import Problem
from planner.scenario import Scenario
from planner.solver.model.posting import Posting
from planner.solver.model.variables import Variables
from tests.benchmarks.large.log import Log

WORKERS = 8


class _Noting(cp_model.CpSolverSolutionCallback):
    def __init__(self, variables: Variables, log: Log) -> None:
        super().__init__()
        self.variables = variables
        self.log = log

    def on_solution_callback(self) -> None:
        """Called by CP-SAT with each better solution."""
        self.log.note(self.variables.solution(self.boolean_value))


def run(scenario: Scenario, seconds: float, log: Log) -> None:
    """Search for so many seconds."""
    log.begin()
    problem = compile_problem(scenario)
    model = cp_model.CpModel()
    variables = Variables(problem, model)
    posting = Posting(model, variables, problem)
    held, waiting = (
        cp_model.LinearExpr.sum([problem.settings[rule].weight * posting.count(rule) for rule in rules])
        for _, rules in problem.tiers
    )
    model.minimize((_most_waiting(problem) + 1) * held + waiting)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.max_time_in_seconds = max(0.0, seconds - log.seconds)
    solver.solve(model, _Noting(variables, log))


def _most_waiting(problem: Problem) -> int:
    """Return a limit of all waiting: every slot of every team idle, and a break of its own."""
    weight = problem.settings["breaks"].weight + problem.settings["idle"].weight
    return weight * len(problem.slots) * sum(party.teams for party in problem.parties)
