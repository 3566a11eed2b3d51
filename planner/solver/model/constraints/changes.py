"""Constraints when a plan is changed: what is past stays, and nobody is told too much that is new."""

from __future__ import annotations

from collections import defaultdict

from ortools.sat.python.cp_model import CpModel, LinearExpr
from ortools.sat.python.cp_model_helper import Literal

from planner.problem import Problem
from planner.solution import Assignment
from planner.solver.model.constraints.kinds import Constraints
from planner.solver.model.news import news
from planner.solver.model.variables import Variables


def past_kept(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """What has started is where it was, and nothing else starts by now."""
    if problem.change is None:
        return
    for number in variables.known:
        subject = ("session", problem.items[number].id)
        if number in problem.past:
            yield subject, model.add_bool_and(_as_it_was(variables, number, problem.past[number]))
            continue
        for slot, start in variables.start[number].items():
            if problem.slots[slot].start <= problem.change.now:
                yield subject, model.add_bool_and([start.negated()])


def _as_it_was(variables: Variables, number: int, was: Assignment) -> list[Literal]:
    """Literals that hold exactly when a session is as it was."""
    never = variables.never
    literals: list[Literal] = [
        variables.held[number],
        variables.start[number].get(was.slot, never),
        variables.room[number].get(was.room, never),
        variables.language[number].get(was.language, never),
        *(variables.team[number][party][team] for party, team in was.teams.items()),
        *(variables.interpreter[number].get(index, never) for index in was.interpreters),
    ]
    literals += [there.negated() for party, there in variables.present[number].items() if party not in was.teams]
    for stated, decisions in (
        (was.interpreters, variables.interpreter[number]),
        (was.seated, variables.seated[number]),
    ):
        literals += [one.negated() for index, one in decisions.items() if index not in stated]
    return literals + [variables.seated[number][officer] for officer in was.seated]


def most_changes(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """No delegation is told something new about more sessions than it allows."""
    if problem.change is None:
        return
    told: dict[int, list[Literal]] = defaultdict(list)
    for piece in news(variables, problem):
        if not (piece.is_interpreter or variables.fails(piece.is_told)):
            told[piece.who].append(piece.is_told)
    for party in variables.scope.parties:
        literals = told[party]
        limit = problem.parties[party].most_changes
        if limit < len(literals):
            yield ("delegation", problem.parties[party].id), model.add(LinearExpr.sum(literals) <= limit)
