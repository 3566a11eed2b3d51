"""The verb ``solve``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planner import console
from planner.cli.answering import answering, keeping
from planner.cli.options import (
    AsJson,
    DeterministicLimit,
    ScenarioFile,
    Seed,
    Stamp,
    Target,
    Templates,
    TimeLimit,
    Workers,
)
from planner.cli.reading import given_moment, given_scenario
from planner.cli.telling import tell_no_plan, tell_plan, tell_why_left_out
from planner.errors import InputError

if TYPE_CHECKING:
    from planner.scenario import Scenario


def solve(
    scenario: ScenarioFile,
    output: Target,
    time_limit: TimeLimit = 60.0,
    deterministic_limit: DeterministicLimit = None,
    seed: Seed = 0,
    workers: Workers = None,
    templates: Templates = None,
    stamp: Stamp = None,
    as_json: AsJson = False,
) -> None:
    """Make the plan, verify it, and write what every reader gets.

    Ctrl-C ends the search and keeps the best plan so far.

    Example: planner solve scenarios/small/scenario.yaml -o out
    """
    with answering(as_json):
        from planner import workflow
        from planner.plan import Status
        from planner.solver.search import Effort

        read = given_scenario(scenario)
        _require_first(read, scenario)
        moment = given_moment(stamp, scenario, reproducible=deterministic_limit is not None)
        effort = Effort(time_limit, deterministic_limit, seed, workers or (2 if deterministic_limit is None else 1))
        if output != "-":
            workflow.prepare(Path(output), templates)
        plan = workflow.solve(read, effort, moment, console.ProgressLine())
        if plan.status in (Status.infeasible, Status.unknown):
            pins = workflow.colliding_pins(read, effort) if plan.status is Status.infeasible else ()
            tell_no_plan(plan, pins, as_json, scenario)
        elif output == "-":
            console.write(plan.to_json())
        else:
            with keeping(plan):
                _, files = workflow.publish(read, plan, Path(output), templates)
            kept = str(Path(output) / "scenario.yaml") if scenario == "-" else scenario
            tell_plan(plan, Path(output), files, as_json, kept)
            if not as_json:
                tell_why_left_out(plan, kept)


def _require_first(read: Scenario, name: str) -> None:
    """Refuse the scenario of a changed plan: without the plan before, its calendars could not go on from what people have."""
    if read.replanning is not None:
        raise InputError(
            f"{name} is the scenario of a plan that was changed.",
            hint="Change its plan with planner replan; or take the section replanning out, and nothing that was told counts.",
        )
