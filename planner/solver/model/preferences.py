"""The first reading of the wishes: one function a rule, each returning its cost as a linear expression.

Costs are exact wherever another wish could gain from a wrong one; elsewhere they are bounded from below and the objective
presses them down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import permutations

from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr, LinearExprT

from planner.problem import Problem
from planner.record import Form
from planner.solver.model.idleness import break_ends, idle_cells
from planner.solver.model.news import news
from planner.solver.model.variables import Variables

Preference = Callable[[CpModel, Variables, Problem], LinearExprT]


def held(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """Weight of the sessions left out, for an open format those of the form that is held."""
    missing: list[LinearExprT] = [
        problem.items[number].held_weight * (1 - literal)
        for number, literal in variables.held.items()
        if problem.items[number].session.form is None
    ]
    for chain, (together, apart) in variables.chains_with_forms().items():
        chosen = variables.any_of([variables.held[number] for number in together], f"{chain} {Form.together}")
        missing += [problem.items[number].held_weight * (chosen - variables.held[number]) for number in together]
        for number in apart:
            left_out = variables.all_of(
                [chosen.negated(), variables.held[number].negated()], f"{problem.items[number].id} left out"
            )
            missing.append(problem.items[number].held_weight * left_out)
    return LinearExpr.sum(missing)


def optional_present(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """Parties of sessions held that may come and do not."""
    return LinearExpr.sum(
        [
            variables.held[number] - literal
            for number, present in variables.present.items()
            for party, literal in present.items()
            if party not in problem.items[number].always
        ]
    )


def notice(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """People told something new about the next minutes."""
    return LinearExpr.sum([piece.people * literal for piece in news(variables, problem) for literal in piece.soon])


def disturbance(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """People told something new, by what it is and how soon."""
    return LinearExpr.sum(
        [piece.people * cost * literal for piece in news(variables, problem) for cost, literal in piece.cost]
    )


def early(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """Days after the first, over the sessions of high priority."""
    lowest = problem.parameter("early", "priority")
    return LinearExpr.sum(
        [
            day * literal
            for number, literal in variables.held.items()
            if problem.items[number].session.priority <= lowest
            for day, literal in enumerate(variables.on_day(literal, number))
        ]
    )


def breaks(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """Runs of idle cells, each counted at its end."""
    return LinearExpr.sum([cell for cells in break_ends(variables, problem).values() for cell in cells])


def idle(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """Idle cells of all teams and days."""
    return LinearExpr.sum([cell for cells in idle_cells(variables, problem).values() for cell in cells])


def fair_idle(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """Most idle cells of a team less the fewest of a team."""
    teams: dict[str, list[IntVar]] = {carrier.subject[1]: [] for carrier in variables.teams()}
    return _spread("fair-idle", variables, teams | idle_cells(variables, problem))


def fair_breaks(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """Most breaks of a delegation less the fewest of a delegation; one that may be in no break has none."""
    delegations: dict[str, list[IntVar]] = {problem.parties[index].id: [] for index in variables.scope.parties}
    for team, cells in break_ends(variables, problem).items():
        delegations[team.rpartition("/")[0]] += cells
    most = Counter[str]()
    for carrier in variables.teams():
        most[problem.parties[carrier.owner].id] += max(0, len(carrier.uses) - 1)
    return _spread("fair-breaks", variables, delegations, most)


def _spread(
    rule: str, variables: Variables, borne: Mapping[str, Sequence[IntVar]], most_of: Mapping[str, int] | None = None
) -> LinearExprT:
    """Most that somebody bears less the least, those counted whom the scope leaves aside; both in unary.

    Counted is as far as somebody can bear at all, where that is known.
    """
    variables.shares[rule] = {name: LinearExpr.sum(list(cells)) for name, cells in borne.items()}
    aside = [share for name, share in variables.scope.shares.get(rule, {}).items() if name not in borne]
    limits = most_of or {}
    counted = [variables.counter(cells, f"{rule} {name}", limits.get(name)) for name, cells in borne.items()]
    counted += [[variables.always] * share for share in (max(aside, default=0), min(aside, default=0)) if aside]
    if not counted:
        return LinearExpr.sum([])
    most: list[IntVar] = []
    least: list[IntVar] = []
    for rank in range(max(map(len, counted))):
        reached = [count[rank] for count in counted if rank < len(count)]
        most.append(variables.any_of(reached, f"{rule} most > {rank}"))
        everybody = len(reached) == len(counted)
        least.append(variables.all_of(reached, f"{rule} least > {rank}") if everybody else variables.never)
    return LinearExpr.sum(most) - LinearExpr.sum(least)


def room_changes(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """Rooms that a team uses in a day, beyond the first."""
    costs: list[LinearExprT] = []
    for carrier in variables.teams():
        if len(carrier.uses) < 2:
            continue
        for day in range(len(problem.days)):
            name = f"{carrier.subject[1]} day {day}"
            uses: dict[int, list[IntVar]] = {}
            for number, literal in carrier.uses:
                sits = variables.on_day(literal, number)[day]
                if variables.fails(sits):
                    continue
                for room, there in variables.room[number].items():
                    uses.setdefault(room, []).append(variables.all_of([sits, there], f"{name} {number} in {room}"))
            used = [variables.any_of(there, f"{name} in {room}") for room, there in uses.items()]
            costs.append(LinearExpr.sum(used) - variables.any_of(used, f"{name} in a room"))
    return LinearExpr.sum(costs)


def continuity(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """What differs between two successive sittings."""
    differences: list[IntVar] = []
    for number in variables.known:
        item, before = problem.items[number], problem.items[number].follows
        if before is None or before not in variables.held:
            continue
        held = [variables.held[before], variables.held[number]]
        for what, options in (("room", variables.room), ("interpreters", variables.interpreter)):
            earlier, later = options[before], options[number]
            differs = [
                _differ(variables, earlier.get(index), later.get(index), f"{item.id} {what} {index}")
                for index in sorted({*earlier, *later})
            ]
            another = variables.any_of(differs, f"{item.id} other {what}")
            differences.append(variables.all_of([*held, another], f"{item.id} with other {what}"))
        for party, teams in variables.team[number].items():
            if party not in variables.team[before]:
                continue
            differs = [
                variables.all_of([one, other.negated()], f"{item.id} {party} team {index}")
                for index, (one, other) in enumerate(zip(teams, variables.team[before][party], strict=True))
            ]
            another = variables.any_of(differs, f"{item.id} {party} other team")
            there = variables.present[before][party]
            differences.append(variables.all_of([there, another], f"{item.id} {party} with another team"))
    return LinearExpr.sum(differences)


def _differ(variables: Variables, one: IntVar | None, other: IntVar | None, name: str) -> IntVar:
    """A decision that exactly one of two holds; one that is missing never does."""
    first = variables.never if one is None else one
    second = variables.never if other is None else other
    only_first = variables.all_of([first, second.negated()], f"{name} before only")
    only_second = variables.all_of([second, first.negated()], f"{name} after only")
    return variables.any_of([only_first, only_second], f"{name} differs")


def balance(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """Sessions on a delegation's fullest day less those on its emptiest, beyond one."""
    costs: list[IntVar] = []
    for party in variables.scope.parties:
        sessions = variables.only_known(problem.links.of_party[party])
        if len(sessions) < 2 or len(problem.days) < 2:
            continue
        by_day: list[list[IntVar]] = [[] for _ in problem.days]
        for number in sessions:
            for day, literal in enumerate(variables.on_day(variables.present[number][party], number)):
                by_day[day].append(literal)
        excess = model.new_int_var(0, len(sessions), f"{problem.parties[party].id} unbalanced")
        for one, other in permutations(by_day, 2):
            model.add(excess >= LinearExpr.sum(one) - LinearExpr.sum(other) - 1)
        costs.append(excess)
    return LinearExpr.sum(costs)


def few_interpreters(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    """Interpreters assigned, added over sessions."""
    return LinearExpr.sum([literal for assigned in variables.interpreter.values() for literal in assigned.values()])


PREFERENCES: dict[str, Preference] = {
    "held": held,
    "notice": notice,
    "disturbance": disturbance,
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
