"""What is planted is found: the cause is in the explanation, conflicts are minimal, and changes that are shown help."""

from __future__ import annotations

import pytest

from planner import verify
from planner.compiling import compile_problem
from planner.conflict import Conflict, Member
from planner.consistency import check
from planner.explanation import explain
from planner.explanation.outcome import Outcome
from planner.explanation.relaxer import Relaxer
from planner.obstacles import Finder, Obstacle, Wording
from planner.obstacles.finding import members_of
from planner.proofs import Possible, prove
from planner.rules import CATALOGUE, Kind
from planner.scenario import Scenario
from planner.solver.conflicts import Oracle, everything
from planner.solver.effort import Effort
from tests.agreement.readings import plan_of
from tests.explaining.plants import Corner, Planted, pairs, singles
from tests.solver.named import NAMED, NamedCase

SINGLES = singles()
SOME_PAIRS = pairs(step=4)
OTHER_PAIRS = [pair for first in (1, 2, 3) for pair in pairs(step=4, first=first)]
EFFORT = Effort(time_limit=None, deterministic_limit=1.0, workers=1)


def name_of(case: Planted) -> str:
    return case.name


def obstacles_of(scenario: Scenario) -> list[Obstacle]:
    finder = Finder(compile_problem(scenario), None)
    found = list(finder.obstacles(finder.all_wanted()))
    assert finder.complete
    return found


def is_about(obstacle: Obstacle, corner: Corner) -> bool:
    return {name for _, name in obstacle.sessions} <= corner.sessions if corner.sessions else not obstacle.sessions


def is_found(corner: Corner, found: list[Obstacle], scenario: Scenario) -> bool:
    """Whether one obstacle about the sessions of the corner rests on all of the cause."""
    problem = compile_problem(scenario)
    return any(is_about(obstacle, corner) and corner.cause <= {*members_of(obstacle, problem)} for obstacle in found)


def assert_explained(case: Planted) -> None:
    found = obstacles_of(case.scenario)
    assert [corner.cause for corner in case.corners if not is_found(corner, found, case.scenario)] == []
    assert [obstacle for obstacle in found if not any(is_about(obstacle, corner) for corner in case.corners)] == []
    wording = Wording(case.scenario, compile_problem(case.scenario))
    for obstacle in found:
        assert wording.reasons(obstacle)
        if obstacle.conflict is not None:
            assert_minimal(case.scenario, obstacle.conflict)


def assert_minimal(scenario: Scenario, conflict: Conflict) -> None:
    """Nothing meets all members; without any one of them there is a plan in which the verifier sees at most that one broken."""
    problem = compile_problem(scenario)
    oracle = Oracle(problem)
    assert conflict.minimal
    assert oracle.solution(conflict, conflict.members) is None
    for member in conflict.members:
        rest = [other for other in conflict.members if other != member]
        solution = oracle.solution(conflict, rest)
        assert solution is not None
        plan = plan_of(scenario, problem, solution)
        broken = verify.broken_subjects(scenario, plan)
        held = {placement.session for placement in plan.placements}
        seen = {
            other
            for other in rest
            if (other.subject[1] not in held and other.subject[0] == "session" and other.rule == "held")
            or other.subject in broken.get(other.rule, frozenset())
        }
        assert seen == set()


@pytest.mark.parametrize("case", [*SINGLES, *SOME_PAIRS], ids=name_of)
def test_planted_scenarios_are_consistent(case: Planted) -> None:
    assert [finding.message for finding in check(case.scenario)] == []


@pytest.mark.parametrize("case", SINGLES, ids=name_of)
def test_a_planted_cause_is_found(case: Planted) -> None:
    assert_explained(case)


@pytest.mark.parametrize("case", SOME_PAIRS, ids=name_of)
def test_two_planted_causes_are_both_found(case: Planted) -> None:
    assert_explained(case)


@pytest.mark.slow
@pytest.mark.parametrize("case", OTHER_PAIRS, ids=name_of)
def test_all_pairs_of_planted_causes_are_found(case: Planted) -> None:
    assert_explained(case)


def assert_changes_help(case: Planted) -> None:
    answer = explain(case.scenario, EFFORT, relaxations=50)
    relaxer = Relaxer(case.scenario, answer.problem, answer.before, EFFORT, None)
    for part in answer.explained:
        for relaxation in part.relaxations:
            changed = relaxer.changed(relaxation.changes)
            assert changed is not None
            after = Outcome.of(changed, EFFORT)
            assert after.is_plan
            assert answer.before.cost is None or (after.cost is not None and after.cost < answer.before.cost)
            assert len(after.left_out) == relaxation.left_out
    if answer.before.is_plan or len(case.corners) == 1:
        assert [part for part in answer.explained if not part.relaxations] == []
    assert [part for part in answer.explained if not (part.relaxations or part.not_enough)] == []


@pytest.mark.parametrize("case", SINGLES, ids=name_of)
def test_every_change_that_is_shown_works_when_applied(case: Planted) -> None:
    assert_changes_help(case)


@pytest.mark.slow
@pytest.mark.parametrize("case", SOME_PAIRS, ids=name_of)
def test_changes_help_beside_another_cause(case: Planted) -> None:
    assert_changes_help(case)


def test_every_demand_is_planted() -> None:
    """Those that only bind when a plan is changed are in the named cases below."""
    planted = {member.rule for case in SINGLES for corner in case.corners for member in corner.cause}
    demands = {rule.id for rule in CATALOGUE if rule.kind is Kind.demand and not rule.changes_only}
    assert demands - planted == set()


@pytest.mark.parametrize(
    "named", [named for named in NAMED if not named.soft], ids=lambda named: f"{named.rule}: {named.name}"
)
def test_a_demand_that_decides_a_tiny_scenario_is_named(named: NamedCase) -> None:
    """The cases of the solver's tests: with the demand hard something is lost that could be had without it."""
    scenario = named.scenario("hard")
    problem = compile_problem(scenario)
    found = obstacles_of(scenario)
    assert named.rule in {member.rule for obstacle in found for member in members_of(obstacle, problem)}
    wording = Wording(scenario, problem)
    assert all(wording.reasons(obstacle) for obstacle in found)


@pytest.mark.parametrize("case", SINGLES, ids=name_of)
def test_what_counting_says_is_so(case: Planted) -> None:
    """Sessions that a proof says cannot all be held are not held together in any solution."""
    problem = compile_problem(case.scenario)
    wanted = everything(problem)
    for proof in prove(problem, Possible(problem), wanted.values()):
        subjects = {("session", problem.items[number].id) for number in proof.sessions}
        assert not Oracle(problem).can_hold({subject: wanted[subject] for subject in subjects})


def test_members_are_ordered_by_what_an_organiser_would_change_first() -> None:
    (obstacle,) = obstacles_of(next(case for case in SINGLES if case.name == "case order").scenario)
    assert obstacle.conflict is not None
    assert [member.rule for member in obstacle.conflict.members] == [
        "held",
        "held",
        "case-order",
        "attendance",
        "windows",
    ]
    assert Member("held", ("session", "Aone")) in obstacle.conflict.members
