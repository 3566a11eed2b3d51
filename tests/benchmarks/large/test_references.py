"""The reference methods answer for the same conference as the planner, and their plans are judged as the planner's are."""

from __future__ import annotations

import sys

import pytest

from planner.compiling import compile_problem
from planner.errors import PlannerError, UnsoundPlanError
from planner.scenario import Scenario
from planner.solution import Assignment, Solution
from planner.verify import counts
from tests.benchmarks.large import greedy, ours, plain, timefold_reference
from tests.benchmarks.large.generator import large_conference
from tests.benchmarks.large.log import Log, plan_of
from tests.benchmarks.large.possible import Possible
from tests.benchmarks.large.record import Step
from tests.benchmarks.large.waiting import Cost, cost_of, waits


@pytest.fixture(scope="module")
def conference() -> Scenario:
    """A conference with a caucus, half days and parties with several teams, as small as it may be."""
    return large_conference(40)


@pytest.fixture(scope="module")
def tiny() -> Scenario:
    """A conference of half a session a party, which CP-SAT solves in a moment."""
    return large_conference(20, sessions_per_party=0.5)


@pytest.mark.parametrize("left_out", [0, 30])
def test_the_counter_agrees_with_the_verifier(conference: Scenario, left_out: int) -> None:
    possible = Possible(compile_problem(conference))
    whole = greedy.construct(possible)
    solution = Solution(tuple(None if number < left_out else chosen for number, chosen in enumerate(whole.assignments)))
    cost = cost_of(possible, solution)
    counted = counts(conference, plan_of(conference, possible, solution))
    assert cost.breaks > 0
    assert cost == Cost(counted["held"], 2 * counted["breaks"] + counted["idle"], counted["breaks"], counted["idle"])


@pytest.mark.parametrize(
    ("busy", "working", "expected"),
    [
        (0b0, 0b11111, (0, 0)),
        (0b1, 0b11111, (0, 0)),
        (0b1001, 0b11111, (1, 2)),
        (0b10101, 0b11111, (2, 2)),
        (0b10001, 0b10111, (1, 2)),
        (0b10001, 0b10001, (0, 0)),
        (0b01001, 0b11110, (0, 0)),
    ],
)
def test_breaks_and_idle_slots_of_a_day(busy: int, working: int, expected: tuple[int, int]) -> None:
    assert waits(busy, working) == expected


def test_the_greedy_plan_is_sound_and_holds_everything(conference: Scenario) -> None:
    log = Log(conference)
    greedy.run(conference, 60.0, log)
    log.verify_best()
    assert [step.held for step in log.steps] == [0]


def test_plain_cp_sat_ends_with_a_sound_plan_that_is_best(tiny: Scenario) -> None:
    log = Log(tiny)
    plain.run(tiny, 60.0, log)
    log.verify_best()
    assert log.steps[-1].rank == (0, 0)


def test_every_step_is_better_than_the_one_before(tiny: Scenario) -> None:
    log = Log(tiny)
    plain.run(tiny, 60.0, log)
    ranks = [step.rank for step in log.steps]
    assert ranks == sorted(set(ranks), reverse=True)


def test_the_planner_ends_with_the_costs_of_its_plan(tiny: Scenario) -> None:
    log = Log(tiny)
    ours.run(tiny, 20.0, log)
    assert (log.steps[-1].rank, log.steps[-1].breaks, log.steps[-1].idle) == ((0, 0), 0, 0)


def test_the_first_plan_of_the_planner_holds_everything_and_is_rendered(tiny: Scenario) -> None:
    log = Log(tiny)
    agendas, everything = ours.run_to_first(tiny, 60.0, log)
    assert min(agendas, everything) > 0.0
    assert log.steps[-1].held == 0
    assert log.steps[-1].breaks is not None


def test_a_plan_that_breaks_a_demand_is_refused(tiny: Scenario) -> None:
    log = Log(tiny)
    sound = greedy.construct(log.possible)
    first = next(
        Assignment(0, chosen.room, chosen.language, chosen.teams, chosen.seated, chosen.interpreters)
        for chosen in sound.assignments
        if chosen is not None
    )
    log.note(Solution((first, *sound.assignments[1:])))
    with pytest.raises(UnsoundPlanError, match="blocks"):
        log.verify_best()


def test_a_plan_that_costs_something_else_than_was_told_is_refused(tiny: Scenario) -> None:
    log = Log(tiny)
    log.tell(Step(1.0, 0, 1))
    with pytest.raises(AssertionError, match="was told to cost"):
        log.close(Solution((None,) * len(tiny.sessions)))


def test_a_missing_timefold_is_met_with_the_command_that_installs_it(
    tiny: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "timefold.solver", None)
    with pytest.raises(PlannerError) as error:
        timefold_reference.run(tiny, 1.0, Log(tiny))
    assert error.value.hint == "Install it with: pip install -e '.[bench]'"
