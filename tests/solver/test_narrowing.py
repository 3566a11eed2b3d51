"""What fixed sessions leave to those that are decided on anew: nothing worth having is left out."""

from __future__ import annotations

from random import Random

import pytest
from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, CpSolver, LinearExpr

from planner.compiling import compile_problem
from planner.problem import Problem
from planner.rules import Level
from planner.scenario import RuleId, RuleSetting
from planner.solver.effort import Effort
from planner.solver.model.candidates import Candidates
from planner.solver.model.posting import Posting
from planner.solver.model.scope import Scope
from planner.solver.model.variables import Variables
from planner.solver.search.construction import construct
from planner.solver.search.incumbent import Incumbent
from planner.solver.search.narrowing import Narrowing
from planner.solver.search.neighbourhood import Neighbourhoods
from tests.agreement.generate import generate
from tests.benchmarks.large.generator import large_conference
from tests.solver.test_neighbourhoods import GENERATED, best_of, planned


def least_cost(problem: Problem, scope: Scope) -> int:
    """What all soft rules together cost at least when the free sessions of a scope are decided on."""
    model = CpModel()
    posting = Posting(model, Variables(problem, model, scope=scope), problem)
    soft = [rule for rule, setting in problem.settings.items() if setting.level is Level.soft]
    model.minimize(LinearExpr.sum([posting.count(rule) for rule in soft]))
    solver = CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.optimize_with_core = True
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)


@pytest.mark.parametrize("seed", GENERATED)
def test_neighbourhoods_have_the_same_best_plan_with_and_without_narrowing(seed: int) -> None:
    problem, incumbent = planned(generate(seed))
    solution = best_of(incumbent).solution
    narrowing = Narrowing(problem)
    random = Random(seed)
    for _ in range(6):
        _, sessions = Neighbourhoods(problem, random).draw(solution)
        scope = Scope.around(problem, solution, sessions[:2], {})
        assert least_cost(problem, narrowing.narrowed(scope, solution)) == least_cost(problem, scope)


def test_a_slot_in_which_all_teams_of_somebody_are_busy_is_left_out() -> None:
    """Two sessions of a party of one team: each can be anywhere but where the other keeps it busy."""
    problem, incumbent = planned(large_conference(20))
    solution = best_of(incumbent).solution
    one_team = {number for number, party in enumerate(problem.parties) if party.teams == 1}
    item = next(
        number for number, item in enumerate(problem.items) if item.always & one_team and solution.assignments[number]
    )
    scope = Scope.around(problem, solution, [item], {})
    left = Narrowing(problem).narrowed(scope, solution).candidates[item].slots
    for party in problem.items[item].always & one_team:
        for other in problem.links.of_party[party]:
            assignment = solution.assignments[other]
            if other != item and assignment is not None and party in assignment.teams:
                assert assignment.slot not in left
    chosen = solution.assignments[item]
    assert chosen is not None
    assert chosen.slot in left


def test_sessions_can_be_kept_to_their_day() -> None:
    problem, incumbent = planned(large_conference(40))
    solution = best_of(incumbent).solution
    scope = Scope.around(problem, solution, range(10), {})
    for number, candidates in Narrowing(problem).narrowed(scope, solution, same_day=True).candidates.items():
        assignment = solution.assignments[number]
        assert assignment is not None
        days = {problem.slots[slot].day for slot in candidates.slots}
        assert days == {problem.slots[assignment.slot].day}


def test_what_a_soft_rule_would_allow_at_a_price_stays() -> None:
    """With a soft rule against two places at a time a team may be in both, so no slot is left out."""
    given = large_conference(20)
    rules = {**given.rules, RuleId("team-one-place"): RuleSetting(level=Level.soft)}
    problem = compile_problem(given.model_copy(update={"rules": rules}))
    incumbent = Incumbent(problem, Effort(None, 1.0, workers=1))
    construct(problem, incumbent)
    solution = best_of(incumbent).solution
    scope = Scope.around(problem, solution, [0], {})
    assert Narrowing(problem).narrowed(scope, solution).candidates[0] == Candidates.of(problem, problem.items[0])
