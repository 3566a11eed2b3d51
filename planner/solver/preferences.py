"""The first reading of the wishes: one function a rule, each returning its cost as a linear expression.

Costs are exact wherever another wish could gain from a wrong one; elsewhere they are bounded from below and the objective
presses them down.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr, LinearExprT

from planner.formation import Form
from planner.problem import Problem
from planner.solver.idleness import breaks_begun, idleness
from planner.solver.variables import Variables

Preference = Callable[[CpModel, Variables, Problem], LinearExprT]


def held(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """Weight of the sessions left out, for an open format those of the form that is held."""
    missing: list[LinearExprT] = [
        item.held_weight * (1 - literal)
        for item, literal in zip(problem.items, variables.held, strict=True)
        if item.session.form is None
    ]
    for chain, (together, apart) in problem.chains_with_forms().items():
        chosen = variables.any_of([variables.held[number] for number in together], f"{chain} {Form.together}")
        missing += [problem.items[number].held_weight * (chosen - variables.held[number]) for number in together]
        for number in apart:
            left_out = variables.define(f"{problem.items[number].id} left out")
            variables.clause(left_out, chosen, variables.held[number])
            missing.append(problem.items[number].held_weight * left_out)
    return LinearExpr.sum(missing)


def optional_present(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """Parties of sessions held that may come and do not."""
    return LinearExpr.sum(
        [
            variables.held[number] - literal
            for number, item in enumerate(problem.items)
            for party, literal in variables.present[number].items()
            if party not in item.always
        ]
    )


def early(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """Days after the first, over the sessions of high priority."""
    lowest = problem.parameter("early", "priority")
    return LinearExpr.sum(
        [
            day * literal
            for number, item in enumerate(problem.items)
            if item.session.priority <= lowest
            for day, literal in enumerate(variables.on_day(variables.held[number], number))
        ]
    )


def breaks(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """Runs of idle cells, each counted at its first cell."""
    return LinearExpr.sum([cell for cells in breaks_begun(variables, problem).values() for cell in cells])


def idle(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """Idle cells of all teams and days."""
    return LinearExpr.sum([cell for cells in idleness(variables, problem).values() for cell in cells])


def fair_idle(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """Most idle cells of a team less the fewest of a team."""
    teams: dict[str, list[IntVar]] = {carrier.subject[1]: [] for carrier in variables.teams()}
    for (team, _), cells in idleness(variables, problem).items():
        teams[team] += cells
    if not teams:
        return LinearExpr.sum([])
    longest = max(len(cells) for cells in teams.values())
    most = model.new_int_var(0, longest, "most idle")
    least = model.new_int_var(0, longest, "least idle")
    for cells in teams.values():
        model.add(most >= LinearExpr.sum(cells))
        model.add(least <= LinearExpr.sum(cells))
    return most - least


def fair_breaks(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """Most breaks of a delegation less the fewest of a delegation; one that may be in no break has none."""
    delegations: dict[str, list[IntVar]] = {party.id: [] for party in problem.parties}
    for (team, _), cells in breaks_begun(variables, problem).items():
        delegations[team.rpartition("/")[0]] += cells
    longest = max(len(cells) for cells in delegations.values())
    most = model.new_int_var(0, longest, "most breaks")
    fewest = model.new_int_var(0, longest, "fewest breaks")
    for cells in delegations.values():
        model.add(most >= LinearExpr.sum(cells))
        model.add(fewest <= LinearExpr.sum(cells))
    return most - fewest


def room_changes(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """Rooms that a team uses in a day, beyond the first."""
    costs: list[IntVar] = []
    for carrier in variables.teams():
        if len(carrier.uses) < 2:
            continue
        for day in range(len(problem.days)):
            name = f"{carrier.subject[1]} day {day}"
            used = [variables.define(f"{name} in {room.id}") for room in problem.places]
            for number, literal in carrier.uses:
                sits = variables.on_day(literal, number)[day]
                for room, there in variables.room[number].items():
                    variables.clause(sits.negated(), there.negated(), used[room])
            changes = model.new_int_var(0, max(0, len(used) - 1), f"{name} room changes")
            model.add(changes >= LinearExpr.sum(used) - 1)
            costs.append(changes)
    return LinearExpr.sum(costs)


def continuity(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """What differs between two successive sittings."""
    differences: list[IntVar] = []
    for number, item in enumerate(problem.items):
        before = item.follows
        if before is None:
            continue
        held_before, held = variables.held[before], variables.held[number]
        room = variables.define(f"{item.id} in another room")
        for index, literal in variables.room[number].items():
            variables.clause(literal.negated(), variables.room[before][index], held_before.negated(), room)
        interpreters = variables.define(f"{item.id} with other interpreters")
        earlier = variables.interpreter[before]
        for index, literal in variables.interpreter[number].items():
            variables.clause(literal.negated(), earlier[index], held_before.negated(), interpreters)
            variables.clause(earlier[index].negated(), literal, held.negated(), interpreters)
        differences += [room, interpreters]
        for party, teams in variables.team[number].items():
            team = variables.define(f"{item.id} {problem.parties[party].id} with another team")
            there = variables.present[before][party]
            for one, other in zip(teams, variables.team[before][party], strict=True):
                variables.clause(one.negated(), other, there.negated(), team)
            differences.append(team)
    return LinearExpr.sum(differences)


def balance(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """Sessions on a delegation's fullest day less those on its emptiest, beyond one."""
    costs: list[IntVar] = []
    for party, delegation in enumerate(problem.parties):
        sessions = [number for number, item in enumerate(problem.items) if party in item.parties]
        if len(sessions) < 2 or len(problem.days) < 2:
            continue
        by_day: list[list[IntVar]] = [[] for _ in problem.days]
        for number in sessions:
            for day, literal in enumerate(variables.on_day(variables.present[number][party], number)):
                by_day[day].append(literal)
        excess = model.new_int_var(0, len(sessions), f"{delegation.id} unbalanced")
        for one, other in permutations(by_day, 2):
            model.add(excess >= LinearExpr.sum(one) - LinearExpr.sum(other) - 1)
        costs.append(excess)
    return LinearExpr.sum(costs)


def few_interpreters(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """Interpreters assigned, added over sessions."""
    return LinearExpr.sum([literal for assigned in variables.interpreter for literal in assigned.values()])


PREFERENCES: dict[str, Preference] = {
    "held": held,
    "optional-present": optional_present,
    "early": early,
    "breaks": breaks,
    "idle": idle,
    "fair-idle": fair_idle,
    "fair-breaks": fair_breaks,
    "room-changes": room_changes,
    "continuity": continuity,
    "balance": balance,
    "few-interpreters": few_interpreters,
}
"""The cost of each wish, by rule id."""
