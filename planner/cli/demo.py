"""The verb ``demo``."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from planner.cli.options import AsJson, DeterministicLimit, Seed, Target, TimeLimit, Workers
from planner.cli.solve import solve


def demo(
    output: Target = "seoul",
    scenario: Annotated[
        Literal["seoul-2026", "small", "overfull"], typer.Option(help="The shipped scenario to solve.")
    ] = "seoul-2026",
    time_limit: TimeLimit = 60.0,
    deterministic_limit: DeterministicLimit = None,
    seed: Seed = 0,
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Solve a shipped scenario and write its folder.

    Example: planner demo -o seoul
    """
    from planner.resources import shipped

    path = shipped("scenarios") / scenario / "scenario.yaml"
    solve(str(path), output, time_limit, deterministic_limit, seed, workers, as_json=as_json)
