"""Timefold as a reference once more, with the greedy plan to start from instead of its own construction heuristic."""

from __future__ import annotations

from planner.scenario import Scenario
from tests.benchmarks.large import timefold_reference
from tests.benchmarks.large.log import Log


def run(scenario: Scenario, seconds: float, log: Log) -> None:
    """Search for so many seconds and note each better plan that breaks no demand.

    Raises:
        PlannerError: when Timefold is not installed.
    """
    timefold_reference.search(scenario, seconds, log, from_greedy=True)
