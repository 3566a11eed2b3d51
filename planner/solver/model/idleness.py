"""Idle grid cells and breaks of teams, which several wishes count.

A cell is idle when the team has sat before it and will sit after it on the same day, and neither a session with its buffer
nor a block touches it. A break is an unbroken run of idle cells; it is counted at its end, where the team sits again (after
M. Bofill et al., "Constraint Solving Approaches to the Business-to-Business Meeting Scheduling Problem", JAIR 74, 2022).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from ortools.sat.python.cp_model import IntVar

from planner.problem import Problem
from planner.rules import Level
from planner.solver.model.variables import Carrier, Variables


@dataclass(frozen=True)
class Course:
    """A team's day over its working cells: whether it is busy in each, and whether it has sat by the end of each."""

    team: str
    cells: tuple[int, ...]
    busy: list[IntVar]
    begun: list[IntVar]


def busy_minutes(problem: Problem) -> dict[int, int]:
    """Minutes that each session keeps a team busy, with the buffer after it."""
    setting = problem.settings["buffer"]
    buffer = 0 if setting.level is Level.off else setting.parameters["minutes"]
    return {number: item.length + buffer for number, item in enumerate(problem.items)}


def courses(variables: Variables, problem: Problem) -> list[Course]:
    """Return each day of each team that may sit in two sessions. Working cells are whole grid cells that no block touches."""
    if "courses" not in variables.made:
        minutes = busy_minutes(problem)
        variables.made["courses"] = [
            _course(variables, carrier, working, through)
            for carrier in variables.teams()
            if len(carrier.uses) > 1
            for through in [variables.through(carrier, minutes, overnight=False)]
            for working in problem.working[carrier.owner]
        ]
    return cast("list[Course]", variables.made["courses"])


def _course(variables: Variables, carrier: Carrier, cells: tuple[int, ...], through: list[list[IntVar]]) -> Course:
    name = carrier.subject[1]
    busy = [variables.any_of(through[cell], f"{name} busy {cell}") for cell in cells]
    begun: list[IntVar] = []
    for cell, here in zip(cells, busy, strict=True):
        begun.append(variables.any_of([*begun[-1:], here], f"{name} begun {cell}"))
    return Course(name, cells, busy, begun)


def idle_cells(variables: Variables, problem: Problem) -> dict[str, list[IntVar]]:
    """Return, by team, the decisions that a working cell is idle; exact, and made once for each set of variables.

    The first and the last cell of a day can never be idle and are left out.
    """
    if "idle" not in variables.made:
        cells: dict[str, list[IntVar]] = {}
        for course in courses(variables, problem):
            cells.setdefault(course.team, []).extend(_idle(variables, course))
        variables.made["idle"] = cells
    return cast("dict[str, list[IntVar]]", variables.made["idle"])


def _idle(variables: Variables, course: Course) -> list[IntVar]:
    going_on = variables.never
    idle: list[IntVar] = []
    for position in range(len(course.cells) - 2, 0, -1):
        name = f"{course.team} {course.cells[position]}"
        going_on = variables.any_of([going_on, course.busy[position + 1]], f"{name} going on")
        before, here = course.begun[position - 1], course.busy[position]
        idle.append(variables.all_of([before, here.negated(), going_on], f"{name} idle"))
    return idle


def break_ends(variables: Variables, problem: Problem) -> dict[str, list[IntVar]]:
    """Return, by team, the decisions that a break ends with a cell; exact, and made once for each set of variables."""
    if "breaks" not in variables.made:
        ends: dict[str, list[IntVar]] = {}
        for course in courses(variables, problem):
            ends.setdefault(course.team, []).extend(
                variables.all_of(
                    [course.begun[position - 1], course.busy[position].negated(), course.busy[position + 1]],
                    f"{course.team} break ends {course.cells[position]}",
                )
                for position in range(1, len(course.cells) - 1)
            )
        variables.made["breaks"] = ends
    return cast("dict[str, list[IntVar]]", variables.made["breaks"])
