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


@pytest.fixture(scope="session")
def seoul(tmp_path_factory: pytest.TempPathFactory) -> Solved:
    """The Seoul scenario, its search ended with Ctrl-C once there is a first plan in the tier of quality.

    Tests that use it belong to the group ``seoul``, so that one worker solves it for all of them.
    """
    scenario = read_scenario(shipped("scenarios") / "seoul-2026" / "scenario.yaml")

    def stop(progress: Progress) -> None:
        if progress.tier == "quality" and progress.value is not None:
            signal.raise_signal(signal.SIGINT)

    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        plan = solve(scenario, Effort(time_limit=400.0), MOMENT, stop)
    finally:
        signal.signal(signal.SIGINT, usual)
    folder = tmp_path_factory.mktemp("seoul") / "out"
    publish(scenario, plan, folder)
    return Solved(scenario, plan, folder)
