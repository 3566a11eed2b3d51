"""What tests of several folders share."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from planner.plan import Plan
from planner.resources import shipped
from planner.scenario import Scenario
from planner.scenario_file import read_scenario
from planner.solver.search import Effort, Progress
from planner.workflow import publish, solve

MOMENT = datetime(2026, 1, 20, tzinfo=UTC)


@dataclass(frozen=True)
class Solved:
    """A scenario with its plan and the folder of its readers."""

    scenario: Scenario
    plan: Plan
    folder: Path


def solve_until(scenario: Scenario, tier: str) -> Plan:
    """Solve a scenario and press Ctrl-C when the search comes to a tier; there is a plan by then."""

    def stop(progress: Progress) -> None:
        if progress.tier == tier:
            signal.raise_signal(signal.SIGINT)

    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return solve(scenario, Effort(time_limit=1200.0), MOMENT, stop)
    finally:
        signal.signal(signal.SIGINT, usual)


@pytest.fixture(scope="session")
def seoul(tmp_path_factory: pytest.TempPathFactory) -> Solved:
    """The Seoul scenario, solved until it is held whole and everybody comes; the quality is left to chance.

    Tests that use it belong to the group ``seoul``, so that one worker solves it for all of them.
    """
    scenario = read_scenario(shipped("scenarios") / "seoul-2026" / "scenario.yaml")
    plan = solve_until(scenario, "quality")
    folder = tmp_path_factory.mktemp("seoul") / "out"
    publish(scenario, plan, folder)
    return Solved(scenario, plan, folder)
