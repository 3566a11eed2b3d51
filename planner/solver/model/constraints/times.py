"""Constraints on when sessions are: hours, windows, blocks, buffers, runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr, LiteralT

from planner.problem import Problem, Span
from planner.solver.model.constraints.kinds import Constraints, Subject
from planner.solver.model.variables import Carrier, Variables


def hours(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """No start from which the session would outlast the day."""
    for number in variables.scope.judged:
        item = problem.items[number]
        for index, start in variables.start[number].items():
            slot = problem.slots[index]
            if slot.start + item.length > slot.closes:
                yield ("session", item.id), model.add_bool_and([start.negated()])


def windows(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """No session is outside its windows, and nobody and nothing is used outside theirs."""
    for number in variables.scope.judged:
        item = problem.items[number]
        members: list[tuple[Subject, tuple[Span, ...], IntVar]] = [
            (("session", item.id), item.windows, variables.held[number])
        ]
        for party, literal in variables.present[number].items():
            members.append((("delegation", problem.parties[party].id), problem.parties[party].windows, literal))
        for officer, literal in variables.seated[number].items():
            members.append((("delegate", problem.officers[officer].id), problem.officers[officer].windows, literal))
        for index, literal in variables.interpreter[number].items():
            interpreter = problem.interpreters[index]
            members.append((("interpreter", interpreter.id), interpreter.windows, literal))
        for room, literal in variables.room[number].items():
            members.append((("room", problem.places[room].id), problem.places[room].windows, literal))
        for subject, spans, literal in members:
            slots = problem.open_slots(spans, item.length)
            for index, start in variables.start[number].items():
                if index not in slots:
                    yield subject, model.add_bool_or([start.negated(), literal.negated()])
        yield from _absences(model, variables, problem, number)


def _absences(model: CpModel, variables: Variables, problem: Problem, number: int) -> Constraints:
    """No team sits in the session while it is away."""
    for index, teams in variables.team[number].items():
        party = problem.parties[index]
        for team, spans in party.absences.items():
            away = problem.touching_slots(spans, problem.items[number].length)
            for slot, start in variables.start[number].items():
                if slot in away:
                    yield (
                        ("team", f"{party.id}/{team + 1}"),
                        model.add_bool_or([start.negated(), teams[team].negated()]),
                    )


def blocks(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """No session runs while a block holds somebody or something of it."""
    for stop in problem.stops:
        for number in variables.scope.judged:
            held_up = problem.touching_slots((stop.span,), problem.items[number].length)
            starts = [start for slot, start in variables.start[number].items() if slot in held_up]
            if not starts:
                continue
            kept = [literal for party, literal in variables.present[number].items() if party in stop.parties]
            kept += [literal for room, literal in variables.room[number].items() if room == stop.room]
            kept += list(variables.interpreter[number].values()) if stop.interpreters else []
            for start in starts:
                for literal in kept:
                    yield ("block", stop.id), model.add_bool_or([start.negated(), literal.negated()])


def buffer(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """Time to change, and to walk between buildings, follows each session of a team or an interpreter."""
    minutes = problem.parameter("buffer", "minutes")
    walks = {pair: walk for pair, walk in problem.walks.items() if pair[0] < pair[1] and walk > 0}
    for carrier in variables.teams() + variables.interpreters():
        lengths = {number: problem.items[number].length + minutes for number, _ in carrier.uses}
        for literals in variables.through(carrier, lengths):
            if len(literals) > 1:
                yield carrier.subject, model.add_at_most_one(literals)
        for pair, walk in walks.items():
            if len(carrier.uses) > 1:
                yield from _walk(model, variables, problem, carrier, pair, lengths, walk)


def _walk(
    model: CpModel,
    variables: Variables,
    problem: Problem,
    carrier: Carrier,
    buildings: tuple[int, int],
    lengths: Mapping[int, int],
    walk: int,
) -> Constraints:
    """A session binds its carrier to one of two buildings where it starts, and until the way to the other would be done.

    While the session and its buffer last, nothing else starts anyway.
    """
    first = [
        variables.define(f"{carrier.subject[1]} bound to {buildings[0]} at {slot.start}") for slot in problem.slots
    ]
    for number, literal in carrier.uses:
        sides: tuple[list[LiteralT], list[LiteralT]] = (list(first), [side.negated() for side in first])
        for building, bound in zip(buildings, sides, strict=True):
            inside = variables.in_building(number, building)
            if variables.fails(inside):
                continue
            for slot, start in variables.both(literal, number).items():
                done = variables.cells(slot, lengths[number])
                way = variables.cells(slot, lengths[number] + walk)
                there = [bound[cell] for cell in (slot, *way[len(done) :])]
                bound_there = model.add_bool_and(there)
                bound_there.only_enforce_if(start, inside)
                yield carrier.subject, bound_there


def longest_run(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """No more sessions of a team, or minutes of an interpreter, in a row than allowed."""
    pause = problem.parameter("longest-run", "pause_minutes")
    for carrier in variables.teams():
        limit = problem.parties[carrier.owner].longest_run
        if limit is not None:
            load = {number: 1 for number, _ in carrier.uses}
            yield from _run(model, variables, problem, carrier, load, limit, pause)
    for carrier in variables.interpreters():
        interpreter = problem.interpreters[carrier.owner]
        if interpreter.longest_run_minutes is not None:
            load = {number: problem.items[number].length for number, _ in carrier.uses}
            limit = interpreter.longest_run_minutes
            yield from _run(model, variables, problem, carrier, load, limit, interpreter.rest_minutes)


def _run(
    model: CpModel,
    variables: Variables,
    problem: Problem,
    carrier: Carrier,
    load: dict[int, int],
    limit: int,
    pause: int,
) -> Constraints:
    """Count the load of the current run slot by slot; it goes on until a pause has passed without a session."""
    total = sum(load.values())
    if total <= limit:
        return
    starting: list[list[tuple[IntVar, int]]] = [[] for _ in problem.slots]
    rested = [variables.define(f"{carrier.subject[1]} rested by {slot.start}") for slot in problem.slots]
    for number, literal in carrier.uses:
        for slot, start in variables.both(literal, number).items():
            starting[slot].append((start, load[number]))
            end = problem.slots[slot].start + problem.items[number].length
            for later in range(slot + 1, len(problem.slots)):
                if problem.slots[later].start >= end + pause:
                    break
                variables.clause(start.negated(), rested[later].negated())
    run = [model.new_int_var(0, total, f"{carrier.subject[1]} run at {slot.start}") for slot in problem.slots]
    for slot, literals in enumerate(starting):
        added = LinearExpr.weighted_sum([literal for literal, _ in literals], [amount for _, amount in literals])
        yield carrier.subject, model.add(run[slot] >= added)
        if slot > 0:
            yield carrier.subject, model.add(run[slot] >= run[slot - 1] + added).only_enforce_if(rested[slot].negated())
        yield carrier.subject, model.add(run[slot] <= limit)


def most_a_day(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """No more sessions of a team a day than its delegation allows."""
    for carrier in variables.teams():
        limit = problem.parties[carrier.owner].most_a_day
        if limit is None or limit >= len(carrier.uses):
            continue
        for day, date in enumerate(problem.days):
            starts = list(_starts_on(day, carrier, variables, problem))
            yield ("team-day", f"{carrier.subject[1]} {date}"), model.add(LinearExpr.sum(starts) <= limit)


def _starts_on(day: int, carrier: Carrier, variables: Variables, problem: Problem) -> Iterable[IntVar]:
    for number, literal in carrier.uses:
        for slot, start in variables.both(literal, number).items():
            if problem.slots[slot].day == day:
                yield start
