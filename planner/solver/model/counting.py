"""What follows from hard rules by counting, posted besides them so that bounds are proven sooner.

Nothing here excludes an answer that the rules allow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr
from ortools.sat.python.cp_model_helper import Literal

from planner.problem import Place, Problem
from planner.rules import Level
from planner.solver.model.idleness import Course, busy_minutes, courses
from planner.solver.model.variables import Carrier, Variables

Tables = tuple[Place, list[list[IntVar]]]
"""A room with the decisions by which sessions last into each slot there."""

LARGEST_TABLE_COUNTS = 200_000
"""Clauses, roughly, up to which tables are counted by clauses."""


def post_counts(model: CpModel, variables: Variables, problem: Problem) -> None:
    """Sessions that can only be in some of the rooms are no more than the tables of those rooms, in any slot and in all.

    Posted for rooms that cannot hold all of these sessions; elsewhere it tells little and slows the search down.

    Two sessions never share a table, whichever rooms are chosen, so this can be said of start times alone; the rules on rooms
    say it room by room, which is a weak bound while rooms are open (compare P. Hall, "On Representatives of Subsets", 1935).
    """
    if problem.settings["room-one-session"].level is not Level.hard:
        return
    possible = {number: frozenset(rooms) for number, rooms in variables.room.items()}
    for rooms in dict.fromkeys(possible.values()):
        tables = sum(problem.places[room].count for room in rooms)
        uses = tuple((number, variables.held[number]) for number, own in possible.items() if own <= rooms)
        lengths = {number: problem.items[number].length for number, _ in uses}
        cells = {number: -(-length // problem.grid) for number, length in lengths.items()}
        if sum(cells.values()) <= tables * len(problem.slots):
            continue
        model.add(
            LinearExpr.weighted_sum([held for _, held in uses], [cells[number] for number, _ in uses])
            <= tables * len(problem.slots)
        )
        for literals in variables.through(Carrier(("rooms", ""), 0, uses), lengths):
            if len(literals) > tables:
                model.add(LinearExpr.sum(literals) <= tables)


def post_delegation_counts(model: CpModel, variables: Variables, problem: Problem) -> None:
    """Sessions in which a delegation surely sits are no more than its teams, in any slot and in all.

    Teams are alike, so that one by one they say this slowly: any of them may be the one that is missing.
    """
    settings = problem.settings
    if any(settings[rule].level is not Level.hard for rule in ("team-one-place", "attendance")):
        return
    buffer = problem.parameter("buffer", "minutes") if settings["buffer"].level is Level.hard else 0
    for index, party in enumerate(problem.parties):
        numbers = [number for number in variables.known if index in problem.items[number].always]
        if party.teams == 1 or len(numbers) <= party.teams:
            continue
        uses = tuple((number, variables.held[number]) for number in numbers)
        lengths = {number: problem.items[number].length + buffer for number in numbers}
        through = variables.through(Carrier(("delegation", party.id), index, uses), lengths)
        for literals in through:
            if len(literals) > party.teams:
                model.add(LinearExpr.sum(literals) <= party.teams)
        cells = {
            number: min((len(variables.cells(slot, lengths[number])) for slot in variables.start[number]), default=0)
            for number in numbers
        }
        room = party.teams * sum(bool(literals) for literals in through)
        if sum(cells.values()) > room:
            model.add(
                LinearExpr.weighted_sum([held for _, held in uses], [cells[number] for number in numbers]) <= room
            )


def post_busy_counts(variables: Variables, problem: Problem) -> None:
    """Say in clauses how many cells each team is busy in, and how many teams are busy in each cell, where that is certain.

    A team that surely sits in all of its sessions is busy as long as they last together, and the teams busy at a time are no
    more than the tables seat. With native sums instead of clauses, searches led by unsatisfiable cores do not find these proofs.
    """
    rules = ("team-one-place", "room-one-session", "attendance", "buffer")
    if any(problem.settings[rule].level is Level.soft for rule in rules):
        return
    days = courses(variables, problem)
    loads = {carrier.subject[1]: _load(variables, problem, carrier) for carrier in variables.teams()}
    busy: dict[str, list[IntVar]] = {}
    for course in days:
        busy.setdefault(course.team, []).extend(course.busy)
    for team, cells in busy.items():
        load = loads[team]
        if load is not None:
            _exactly(variables, cells, load, f"{team} busy")
    _post_teams_at_once(variables, problem, days)


def tables_to_count(variables: Variables, problem: Problem) -> list[Tables]:
    """Return interchangeable tables that can be counted in clauses; none where that would take too many.

    Hard proofs with few tables take a tenth of the time with these clauses, easy ones twice as long.
    """
    if problem.settings["room-one-session"].level is not Level.hard:
        return []
    counted: list[Tables] = []
    for carrier in variables.rooms():
        room = problem.places[carrier.owner]
        if room.count > 1:
            lengths = {number: problem.items[number].length for number, _ in carrier.uses}
            counted.append((room, variables.through(carrier, lengths)))
    too_many = sum(room.count * sum(map(len, through)) for room, through in counted) > LARGEST_TABLE_COUNTS
    return [] if too_many else counted


def post_table_counts(variables: Variables, problem: Problem, counted: Iterable[Tables]) -> None:
    """Say in clauses too that interchangeable tables hold no more sessions than there are of them."""
    for room, through in counted:
        for slot, literals in zip(problem.slots, through, strict=True):
            variables.at_most(literals, room.count, f"{room.id} at {slot.start}")


def _load(variables: Variables, problem: Problem, carrier: Carrier) -> int | None:
    """Cells in which a team is certainly busy, None when that is open."""
    working = {cell for day in problem.working[carrier.owner] for cell in day}
    minutes: Mapping[int, int] = busy_minutes(problem)
    total = 0
    for number, literal in carrier.uses:
        if not variables.holds(literal):
            return None
        lasts = {
            sum(cell in working for cell in variables.cells(slot, minutes[number])) for slot in variables.start[number]
        }
        if len(lasts) != 1:
            return None
        total += lasts.pop()
    return total


def _exactly(variables: Variables, literals: Sequence[IntVar], number: int, name: str) -> None:
    """Say that so many of the literals hold; of those that do and those that do not, the fewer are counted."""
    missing = len(literals) - number
    if missing < 0:
        variables.clause()
    elif number <= missing:
        _count_to(variables, literals, number, name)
    else:
        _count_to(variables, [literal.negated() for literal in literals], missing, name)


def _count_to(variables: Variables, literals: Sequence[Literal], number: int, name: str) -> None:
    count = variables.counter(literals, name, number + 1)
    if number > 0:
        variables.clause(*count[number - 1 : number])
    for more in count[number : number + 1]:
        variables.clause(more.negated())


def _post_teams_at_once(variables: Variables, problem: Problem, days: list[Course]) -> None:
    sizes = {len(problem.items[number].parties) for number in variables.known}
    certain = all(
        variables.holds(literal)
        for teams in variables.team.values()
        for literals in teams.values()
        for literal in literals
    )
    one_cell = all(minutes <= problem.grid for minutes in busy_minutes(problem).values())
    if len(sizes) != 1 or not certain or not one_cell:
        return
    (size,) = sizes
    tables = sum(place.count for place in problem.places)
    alone = [carrier for carrier in variables.teams() if len(carrier.uses) == 1]
    for cell, slot in enumerate(problem.slots):
        busy = [course.busy[course.cells.index(cell)] for course in days if cell in course.cells]
        busy += [start for carrier in alone for start in _starts(variables, carrier, cell)]
        variables.at_most(busy, size * tables, f"teams at {slot.start}")


def _starts(variables: Variables, carrier: Carrier, cell: int) -> list[IntVar]:
    ((number, literal),) = carrier.uses
    return [start for slot, start in variables.both(literal, number).items() if slot == cell]
