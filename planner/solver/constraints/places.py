"""Constraints on rooms."""

from __future__ import annotations

from ortools.sat.python.cp_model import CpModel, LinearExpr

from planner.problem import Problem
from planner.solver.constraints.kinds import Constraints
from planner.solver.variables import Variables


def room_one_session(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """Through any grid cell a room holds no more sessions than it has tables.

    Sessions start on the grid only, so cells rounded up to whole ones overlap exactly when the sessions do.
    """
    for index, room in enumerate(problem.places):
        through: list[list[tuple[int, int]]] = [[] for _ in problem.slots]
        for number, item in enumerate(problem.items):
            for slot in range(len(problem.slots)):
                for cell in problem.cells_from(slot, item.length):
                    through[cell].append((number, slot))
        for cell in range(len(problem.slots)):
            literals = [variables.both(variables.room[number][index], number)[slot] for number, slot in through[cell]]
            if len(literals) <= room.count:
                continue
            if room.count == 1:
                yield ("room", room.id), model.add_at_most_one(literals)
            else:
                yield ("room", room.id), model.add(LinearExpr.sum(literals) <= room.count)


def seats(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """The room seats all teams present and the interpreters."""
    for number, item in enumerate(problem.items):
        parties = variables.present[number]
        taken = LinearExpr.weighted_sum(list(parties.values()), [item.seats_of[party] for party in parties])
        interpreters = LinearExpr.sum(list(variables.interpreter[number].values()))
        rooms = variables.room[number]
        offered = LinearExpr.weighted_sum(list(rooms.values()), [problem.places[room].seats for room in rooms])
        yield ("session", item.id), model.add(taken + interpreters <= offered)


def features(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """No room that lacks what the session needs."""
    for number, item in enumerate(problem.items):
        needed = set(item.session.features)
        for room, literal in variables.room[number].items():
            if not needed <= problem.places[room].features:
                yield ("session", item.id), model.add_bool_and([literal.negated()])


def clearance(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """No room, party or interpreter below the session's classification."""
    for number, item in enumerate(problem.items):
        decisions = [(problem.places[room].rank, literal) for room, literal in variables.room[number].items()]
        decisions += [(problem.parties[party].rank, literal) for party, literal in variables.present[number].items()]
        decisions += [
            (problem.interpreters[index].rank, literal) for index, literal in variables.interpreter[number].items()
        ]
        for rank, literal in decisions:
            if rank < item.rank:
                yield ("session", item.id), model.add_bool_and([literal.negated()])
