"""What verbs that end with a plan or a verification print, for people or for programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from planner import console
from planner.cli.answering import NEGATIVE

if TYPE_CHECKING:
    from planner.plan import Plan
    from planner.verify import Report


def tell_plan(plan: Plan, target: Path, files: list[Path], as_json: bool) -> None:
    """Print a plan, and where its files are."""
    if as_json:
        console.say_json(console.plan_data(plan, target, files))
    else:
        console.show_plan(plan, target, files)


def tell_no_plan(plan: Plan, pins: Sequence[str], as_json: bool) -> None:
    """Print that there is no plan, name the pins that collide, and end with the exit code 1."""
    if as_json:
        console.say_json({**console.plan_data(plan, None, []), "colliding_pins": pins})
    else:
        console.show_no_plan(plan, pins)
    raise typer.Exit(NEGATIVE)


def tell_report(report: Report, as_json: bool) -> None:
    """Print what the verifier found; end with the exit code 1 when the plan is not sound."""
    if as_json:
        console.say_json(console.report_data(report))
    else:
        console.show_report(report)
    if not report.sound:
        raise typer.Exit(NEGATIVE)
