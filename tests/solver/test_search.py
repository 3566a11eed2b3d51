"""The search over tiers: repeatable, stoppable, honest about what it proved, and led by the organiser's order and weights."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from ortools.sat.python.cp_model import CpModel

from planner import verify, workflow
from planner.compiling import compile_problem
from planner.plan import Plan, Status
from planner.problem import Problem
from planner.scenario import Scenario
from planner.scenario_file import read_scenario
from planner.solver.search import Answer, Effort, Progress, search
from planner.solver.search.improvement import Improver
from planner.solver.search.proof import Prover
from tests.agreement.generate import generate
from tests.verify.build import conference, day, delegation, meeting, moment, scenario, window

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def plan_of_run(given: Scenario, workers: int, limit: float = 1.0) -> Plan:
    effort = Effort(time_limit=None, deterministic_limit=limit, seed=3, workers=workers)
    return workflow.solve(given, effort, datetime(2026, 1, 1, tzinfo=UTC), lambda progress: None)


@pytest.mark.parametrize("workers", [1, 4])
def test_the_same_effort_gives_the_same_plan_byte_for_byte(workers: int) -> None:
    """Three generated scenarios; on the last two, several workers once took another time in every run."""
    for seed in (0, 4, 13):
        plans = {plan_of_run(generate(seed), workers).to_json() for _ in range(4)}
        assert (seed, len(plans)) == (seed, 1)


@pytest.mark.parametrize(("workers", "limit"), [(1, 0.005), (4, 0.02)])
def test_the_same_plan_comes_out_when_the_limit_ends_the_search(workers: int, limit: float) -> None:
    plans = [(plan_of_run(generate(seed), workers, limit), seed) for seed in (6, 36, 42)]
    assert Status.feasible in [plan.status for plan, _ in plans]
    for plan, seed in plans:
        assert plan.to_json() == plan_of_run(generate(seed), workers, limit).to_json()


STOPPED = """
import json, os, signal, sys
from pathlib import Path
from planner.compiling import compile_problem
from planner.scenario_file import read_scenario
from planner.solver.search import Effort, search

told = []

def report(progress):
    told.append(progress.tier)
    if progress.value is not None and sys.argv[2] == "stop":
        os.kill(os.getpid(), signal.SIGINT)

problem = compile_problem(read_scenario(Path(sys.argv[1])))
answer = search(problem, Effort(time_limit=None, seed=1, workers=1), report)
print(json.dumps({
    "told": sorted(set(told)),
    "held": sum(chosen is not None for chosen in answer.solution.assignments),
    "proven": {tier.name: tier.proven for tier in answer.tiers},
    "bounds": {tier.name: tier.bound for tier in answer.tiers},
    "handler": signal.getsignal(signal.SIGINT) is signal.default_int_handler,
}))
"""


def run(name: str, how: str) -> dict[str, Any]:
    """Search a scenario in a process of its own, as Ctrl-C goes to a whole process."""
    command = [sys.executable, "-c", STOPPED, str(SCENARIOS / name / "scenario.yaml"), how]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_an_interrupt_keeps_the_best_plan_and_claims_nothing_for_later_tiers() -> None:
    """The over-full scenario is proven at once; Seoul is not when its first plan is told."""
    whole, stopped = run("overfull", "go on"), run("seoul-2026", "stop")
    assert whole["proven"] == dict.fromkeys(["held", "presence", "quality", "rooms"], True)
    assert stopped["held"] > 0
    assert {name: stopped["bounds"][name] for name in ("quality", "rooms")} == {"quality": 0, "rooms": 0}
    assert stopped["proven"]["rooms"] is False
    assert stopped["handler"] is True


def found(given: Scenario, **effort: Any) -> Answer:
    settings = {"time_limit": None, "deterministic_limit": 5.0, "workers": 1, **effort}
    return search(compile_problem(given), Effort(**settings), lambda progress: None)


def colliding_pins() -> Scenario:
    """KOR's one team is pinned to two sessions at nine."""
    return scenario(
        sessions=[meeting("one"), meeting("other", "KOR", "KHM")],
        pins=[{"session": name, "start": moment("5 09:00")} for name in ("one", "other")],
    )


def test_pins_that_cannot_hold_together_are_infeasible() -> None:
    given = colliding_pins()
    answer = found(given)
    assert (answer.solution, answer.infeasible) == (None, True)
    assert [(tier.value, tier.bound, tier.proven) for tier in answer.tiers] == [(None, None, False)] * 4
    assert plan_of_run(given, 1).status is Status.infeasible


def test_without_time_nothing_is_claimed() -> None:
    """The pins of KOR collide, which takes a little search to find out."""
    assert found(colliding_pins(), deterministic_limit=5.0).infeasible is True
    answer = found(colliding_pins(), deterministic_limit=0.0)
    assert (answer.solution, answer.infeasible) == (None, False)


def test_progress_is_told_for_every_tier_and_ends_at_its_value() -> None:
    told: list[Progress] = []
    given = one_of_two()
    answer = search(compile_problem(given), Effort(time_limit=None, deterministic_limit=5.0, workers=1), told.append)
    last = {progress.tier: (progress.value, progress.bound) for progress in told}
    assert last == {tier.name: (tier.value, tier.bound) for tier in answer.tiers}


def one_of_two(**more: Any) -> Scenario:
    """KOR can be in one of two sessions only: the weighty one misses optional KHM, the light one misses nobody.

    Priorities 1 and 2 weigh 2 and 1. Holding the weighty session costs 1 of ``held`` and 1 of ``optional-present``, holding
    the light one 2 and 0, holding neither 3 and 0.
    """
    return scenario(
        conference=conference(days=[day("2026-02-05", "09:00", "10:00")], grid_minutes=60),
        delegations=[
            delegation("KOR"),
            delegation("JPN"),
            delegation("FRA"),
            delegation("KHM", windows=[window("5 09:00", "5 09:30")]),
        ],
        sessions=[
            meeting("weighty", "KOR", "JPN", optional=["KHM"], priority=1),
            meeting("light", "KOR", "FRA", priority=2),
        ],
        **more,
    )


def values(given: Scenario) -> list[tuple[str, int | None]]:
    answer = found(given)
    assert [tier.proven for tier in answer.tiers] == [True] * len(answer.tiers)
    return [(tier.name, tier.value) for tier in answer.tiers if tier.name in ("held", "presence", "all")]


PRESENCE_FIRST = [{"name": "presence", "rules": ["optional-present"]}, {"name": "held", "rules": ["held"]}]
ALL_IN_ONE = [{"name": "all", "rules": ["held", "optional-present"]}]


def test_what_is_held_comes_first() -> None:
    assert values(one_of_two()) == [("held", 1), ("presence", 1)]


def test_tiers_in_another_order_give_another_plan() -> None:
    assert values(one_of_two(tiers=PRESENCE_FIRST)) == [("presence", 0), ("held", 2)]


@pytest.mark.parametrize(
    ("held", "optional", "least"),
    [
        pytest.param(5, 1, 6, id="the weighty session costs 5 + 1, the light one 10"),
        pytest.param(1, 5, 2, id="the weighty session costs 1 + 5, the light one 2"),
        pytest.param(1, 0, 1, id="the weighty session costs 1, the light one 2"),
    ],
)
def test_weights_decide_within_a_tier(held: int, optional: int, least: int) -> None:
    rules = {"held": {"weight": held}, "optional-present": {"weight": optional}}
    assert values(one_of_two(tiers=ALL_IN_ONE, rules=rules)) == [("all", least)]


def test_soft_rules_that_no_tier_names_join_the_last() -> None:
    """With ``held`` in the same tier, leaving everything out is no longer best: it would cost 3, and either session 2."""
    given = one_of_two(tiers=[{"name": "presence", "rules": ["optional-present"]}])
    answer = found(given)
    assert [(tier.name, tier.value) for tier in answer.tiers] == [("presence", 2)]
    assert verify.verify(given, plan_of_run(given, 1)).tiers == (("presence", 2),)


def test_a_thread_whose_proof_gives_up_improves(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first thread needs no proof to begin, the second has none that goes on; both improve until the time is over."""
    threads: set[int] = set()
    usual = Improver.step

    def noted(improver: Improver) -> bool:
        threads.add(threading.get_ident())
        return usual(improver)

    monkeypatch.setattr(Improver, "step", noted)
    monkeypatch.setattr(Prover, "minimise", lambda prover, stage, allowance: None)
    problem = compile_problem(read_scenario(SCENARIOS / "overfull" / "scenario.yaml"))
    answer = search(problem, Effort(time_limit=2.0), lambda progress: None)
    assert (len(threads), all(tier.proven for tier in answer.tiers)) == (2, False)


@pytest.mark.parametrize(
    ("one_tier", "improving"),
    [
        pytest.param(False, 2, id="the last of several gives way"),
        pytest.param(True, 1, id="the only one does not"),
    ],
)
def test_a_last_proof_that_gets_nowhere_gives_way(
    monkeypatch: pytest.MonkeyPatch, *, one_tier: bool, improving: int
) -> None:
    """The proof of the last tier never ends by itself; the thread that does it improves as well once it gave way.

    From then on, who improves goes on for long before helping with a proof.
    """
    threads: set[int] = set()
    races: list[bool] = []
    usual_step, usual_run, usual_rival = Improver.step, Prover._run, Prover.rival

    def noted(improver: Improver) -> bool:
        threads.add(threading.get_ident())
        return usual_step(improver)

    def endless(prover: Prover, work: Any, model: CpModel, attempt: int = 0) -> None:
        if work.stage is not prover.stages[-1]:
            usual_run(prover, work, model, attempt)
            return
        ended = threading.Event()
        work.solver.stop_search = ended.set
        while not (ended.is_set() or prover.incumbent.stopped.wait(0.02)):
            pass

    def raced(prover: Prover, allowance: float | None) -> None:
        races.append(prover.gave_way)
        usual_rival(prover, allowance)

    monkeypatch.setattr(Improver, "step", noted)
    monkeypatch.setattr(Prover, "_run", endless)
    monkeypatch.setattr(Prover, "rival", raced)
    monkeypatch.setattr("planner.solver.search.proof.PATIENCE", 0.5)
    monkeypatch.setattr("planner.solver.search.proof.FUTILE", 0.2)
    problem = compile_problem(read_scenario(SCENARIOS / "overfull" / "scenario.yaml"))
    if one_tier:
        problem = replace(problem, tiers=(("all", tuple(rule for _, rules in problem.tiers for rule in rules)),))
    answer = search(problem, Effort(time_limit=3.0), lambda progress: None)
    assert len(threads) == improving
    assert True not in races
    assert races or not one_tier
    assert [tier.proven for tier in answer.tiers] == [True] * (len(problem.tiers) - 1) + [False]


def test_breaks_are_counted_for_fairness_as_far_as_sessions_go() -> None:
    """Four sessions with an hour between them are three breaks of KOR and JPN; KHM has none."""
    given = scenario(
        sessions=[
            meeting(f"s{hour}", windows=[window(f"5 {hour:02}:00", f"5 {hour + 1:02}:00")]) for hour in (9, 11, 13, 15)
        ],
        rules={"fair-breaks": {"level": "soft"}},
    )
    (counted,) = [cost.count for cost in plan_of_run(given, 1).costs if cost.rule == "fair-breaks"]
    assert counted == 3


def test_no_first_plan_is_looked_for_when_there_is_proven_to_be_none(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Problem] = []
    monkeypatch.setattr(
        "planner.solver.search.lexicographic.construct", lambda problem, incumbent: looked.append(problem)
    )
    answer = found(colliding_pins(), deterministic_limit=None, workers=2)
    assert (answer.infeasible, looked) == (True, [])
