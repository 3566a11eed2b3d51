"""How long teams wait in a plan, counted with bits: a guide for the search, while what counts is read off the model."""

from __future__ import annotations

from planner.problem import Problem
from planner.solution import Solution
from planner.solver.model.idleness import busy_minutes


def waits(busy: int, working: int) -> int:
    """Idle cells and twice the breaks of a team's day, among working cells only."""
    if not busy:
        return 0
    first, last = busy & -busy, 1 << (busy.bit_length() - 1)
    idle = working & ~busy & (last - 1) & ~(first - 1)
    return idle.bit_count() + 2 * _runs(idle, working)


def _runs(idle: int, working: int) -> int:
    """Runs of idle cells; cells that are no working cells neither end a run nor count."""
    runs, before = 0, False
    while working:
        cell = working & -working
        here = bool(idle & cell)
        runs += here and not before
        before = here
        working ^= cell
    return runs


class Waiting:
    """Tells which delegations wait in a plan."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._minutes = busy_minutes(problem)

    def of(self, solution: Solution, party: int) -> int:
        """Idle cells and twice the breaks of all teams of a delegation."""
        busy = [0] * self.problem.parties[party].teams
        for number in self.problem.links.of_party[party]:
            assignment = solution.assignments[number]
            if assignment is not None and party in assignment.teams:
                busy[assignment.teams[party]] |= self.problem.bits_from(assignment.slot, self._minutes[number])
        return sum(waits(team & working, working) for team in busy for working in self.problem.working_bits[party])
