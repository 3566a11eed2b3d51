"""Constraints on rooms."""

from __future__ import annotations

from ortools.sat.python.cp_model import CpModel, LinearExpr

from planner.problem import Problem
from planner.solver.model.constraints.kinds import Constraints
from planner.solver.model.variables import Variables


def room_one_session(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """A room never holds more sessions than it has tables.

    Intervals keep the many choices of single rooms small; for interchangeable tables, counting sessions slot by slot does.
    """
    for carrier in variables.rooms():
        room = problem.places[carrier.owner]
        taken = variables.scope.taken.get(carrier.owner, {})
        if not taken and len(carrier.uses) <= room.count:
            continue
        if room.count == 1:
            intervals = [variables.interval(number, literal) for number, literal in carrier.uses]
            intervals += [variables.cell(slot) for slot in taken]
            yield carrier.subject, model.add_no_overlap(intervals)
            continue
        lengths = {number: problem.items[number].length for number, _ in carrier.uses}
        for slot, literals in enumerate(variables.through(carrier, lengths)):
            free = room.count - taken.get(slot, 0)
            if len(literals) > free:
                yield carrier.subject, model.add(LinearExpr.sum(literals) <= free)


def seats(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """The room seats all teams present and the interpreters."""
    for number in variables.scope.judged:
        item = problem.items[number]
        parties = variables.present[number]
        taken = LinearExpr.weighted_sum(list(parties.values()), [item.seats_of[party] for party in parties])
        interpreters = LinearExpr.sum(list(variables.interpreter[number].values()))
        rooms = variables.room[number]
        offered = LinearExpr.weighted_sum(list(rooms.values()), [problem.places[room].seats for room in rooms])
        yield ("session", item.id), model.add(taken + interpreters <= offered)


def features(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """No room that lacks what the session needs."""
    for number in variables.scope.judged:
        item = problem.items[number]
        needed = frozenset(item.session.features)
        for room, literal in variables.room[number].items():
            place = problem.places[room]
            if not needed <= place.features:
                yield ("session", item.id), model.add_bool_and([literal.negated()])
            elif place.outages:
                for slot, start in variables.start[number].items():
                    begins = problem.slots[slot].start
                    if not place.offers(needed, begins, begins + item.length):
                        yield ("session", item.id), model.add_bool_or([start.negated(), literal.negated()])


def clearance(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """No room, party or interpreter below the session's classification."""
    for number in variables.scope.judged:
        item = problem.items[number]
        decisions = [(problem.places[room].rank, literal) for room, literal in variables.room[number].items()]
        decisions += [(problem.parties[party].rank, literal) for party, literal in variables.present[number].items()]
        decisions += [
            (problem.interpreters[index].rank, literal) for index, literal in variables.interpreter[number].items()
        ]
        for rank, literal in decisions:
            if rank < item.rank:
                yield ("session", item.id), model.add_bool_and([literal.negated()])
