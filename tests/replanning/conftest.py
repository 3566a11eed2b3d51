"""Plans of the shipped scenarios, to be changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.resources import shipped
from planner.scenario_file import read_scenario
from planner.solver.search import Effort
from planner.workflow import solve
from tests.conftest import MOMENT, Solved


def _solved(name: str) -> Solved:
    scenario = read_scenario(shipped("scenarios") / name / "scenario.yaml")
    plan = solve(scenario, Effort(deterministic_limit=5.0, workers=1), MOMENT, lambda progress: None)
    return Solved(scenario, plan, Path())


@pytest.fixture(scope="session")
def small() -> Solved:
    """The small scenario with its plan; all is held."""
    return _solved("small")


@pytest.fixture(scope="session")
def overfull() -> Solved:
    """The overfull scenario with its plan, which leaves sessions out."""
    return _solved("overfull")
