"""Idle grid cells of teams, which several wishes count.

A cell is idle when the team has sat before it and will sit after it on the same day, and neither a session with its buffer
nor a block touches it (after M. Bofill et al., "Constraint Solving Approaches to the Business-to-Business Meeting Scheduling
Problem", JAIR 74, 2022, who count the breaks).
"""

from __future__ import annotations

from itertools import pairwise

from ortools.sat.python.cp_model import IntVar

from planner.problem import Problem
from planner.rules import Level
from planner.solver.variables import Carrier, Variables

IdleCells = dict[tuple[str, int], list[IntVar]]


def idleness(variables: Variables, problem: Problem) -> IdleCells:
    """Return, by team and day, the decisions that a working cell is idle, in the order of the day.

    Working cells are whole grid cells that no block of the delegation touches. The first and the last can never be idle and
    are left out. The decisions are exact, and made once for each set of variables.
    """
    if variables.idle_cells is None:
        variables.idle_cells = _idleness(variables, problem)
    return variables.idle_cells


def breaks_begun(variables: Variables, problem: Problem) -> IdleCells:
    """Return, by team and day, the decisions that a break begins in a cell: it is idle, and the working cell before is not.

    The decisions are exact, and made once for each set of variables.
    """
    if variables.break_cells is None:
        variables.break_cells = {
            day: _break_cells(variables, cells) for day, cells in idleness(variables, problem).items()
        }
    return variables.break_cells


def _break_cells(variables: Variables, idle_cells: list[IntVar]) -> list[IntVar]:
    begun = idle_cells[:1]
    for before, cell in pairwise(idle_cells):
        first = variables.define(f"{cell.name} first")
        variables.clause(cell.negated(), before, first)
        variables.clause(first.negated(), cell)
        variables.clause(first.negated(), before.negated())
        begun.append(first)
    return begun


def _idleness(variables: Variables, problem: Problem) -> IdleCells:
    setting = problem.settings["buffer"]
    buffer = 0 if setting.level is Level.off else setting.parameters["minutes"]
    result: IdleCells = {}
    for carrier in variables.teams():
        if len(carrier.uses) < 2:
            continue
        party = carrier.subject[1].rpartition("/")[0]
        working = _working_cells(problem, party)
        lengths = {number: problem.items[number].length + buffer for number, _ in carrier.uses}
        through = variables.through(carrier, lengths, overnight=False)
        for day, cells in enumerate(working):
            result[carrier.subject[1], day] = _idle_cells(variables, carrier, [(cell, through[cell]) for cell in cells])
    return result


def _working_cells(problem: Problem, party: str) -> list[list[int]]:
    index = next(number for number, other in enumerate(problem.parties) if other.id == party)
    days: list[list[int]] = [[] for _ in problem.days]
    for cell, slot in enumerate(problem.slots):
        blocked = any(
            index in stop.parties and stop.span.overlaps(slot.start, slot.start + problem.grid)
            for stop in problem.stops
        )
        if slot.whole and not blocked:
            days[slot.day].append(cell)
    return days


def _idle_cells(variables: Variables, carrier: Carrier, cells: list[tuple[int, list[IntVar]]]) -> list[IntVar]:
    name = carrier.subject[1]
    busy = [variables.any_of(literals, f"{name} busy {cell}") for cell, literals in cells]
    begun = list(busy[:1])
    for (cell, _), here in zip(cells[1:], busy[1:], strict=True):
        begun.append(variables.any_of([begun[-1], here], f"{name} begun {cell}"))
    going_on = list(busy[-1:])
    for (cell, _), here in zip(cells[-2::-1], busy[-2::-1], strict=True):
        going_on.append(variables.any_of([going_on[-1], here], f"{name} going on {cell}"))
    going_on.reverse()
    idle: list[IntVar] = []
    for position in range(1, len(cells) - 1):
        waits = variables.define(f"{name} idle {cells[position][0]}")
        before, after, here = begun[position - 1], going_on[position + 1], busy[position]
        variables.clause(before.negated(), after.negated(), here, waits)
        for needed in (before, after, here.negated()):
            variables.clause(waits.negated(), needed)
        idle.append(waits)
    return idle
