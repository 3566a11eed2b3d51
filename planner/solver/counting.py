"""What follows from hard rules by counting, posted besides them so that bounds are proven sooner.

Nothing here excludes an answer that the rules allow.
"""

from __future__ import annotations

from ortools.sat.python.cp_model import CpModel, LinearExpr

from planner.problem import Problem
from planner.rules import Level
from planner.solver.variables import Carrier, Variables


def post_counts(model: CpModel, variables: Variables, problem: Problem) -> None:
    """Sessions that can only be in some of the rooms are no more than the tables of those rooms, in any slot and in all.

    Posted for rooms that cannot hold all of these sessions; elsewhere it tells little and slows the search down.

    Two sessions never share a table, whichever rooms are chosen, so this can be said of start times alone; the rules on rooms
    say it room by room, which is a weak bound while rooms are open (compare P. Hall, "On Representatives of Subsets", 1935).
    """
    if problem.settings["room-one-session"].level is not Level.hard:
        return
    possible = [
        frozenset(room for room, literal in rooms.items() if literal is not variables.never) for rooms in variables.room
    ]
    for rooms in dict.fromkeys(possible):
        tables = sum(problem.places[room].count for room in rooms)
        uses = tuple((number, variables.held[number]) for number, own in enumerate(possible) if own <= rooms)
        lengths = {number: problem.items[number].length for number, _ in uses}
        cells = {number: -(-length // problem.grid) for number, length in lengths.items()}
        if sum(cells.values()) <= tables * len(problem.slots):
            continue
        model.add(
            LinearExpr.weighted_sum([held for _, held in uses], [cells[number] for number, _ in uses])
            <= tables * len(problem.slots)
        )
        for literals in variables.through(Carrier(("rooms", ""), uses), lengths):
            if len(literals) > tables:
                model.add(LinearExpr.sum(literals) <= tables)
