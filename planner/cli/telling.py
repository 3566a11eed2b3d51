"""What verbs that end with a plan or a verification print, for people or for programs."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from planner import console
from planner.cli.answering import NEGATIVE
from planner.plan import Status

if TYPE_CHECKING:
    from planner.plan import Plan
    from planner.verify import Report


def tell_plan(plan: Plan, target: Path, files: list[Path], as_json: bool, scenario: str) -> None:
    """Print a plan of a scenario file, and where its files are."""
    if as_json:
        explained = explain_commands(plan, scenario, target / "plan.json")
        console.say_json({**console.plan_data(plan, target, files), "explain": explained})
    else:
        console.show_plan(plan, target, files)


def tell_why_left_out(plan: Plan, scenario: str) -> None:
    """Print the command that tells why a plan of a scenario file leaves sessions out, if it does."""
    if plan.unplaced:
        console.say(f"why sessions are left out, and what would help: {_explain(scenario)}")


def explain_commands(plan: Plan, scenario: str, written: Path) -> dict[str, Any] | None:
    """Return the commands that tell why sessions are left out, for all together and by session; None when none is."""
    if not plan.unplaced:
        return None
    names = (item.session for item in plan.unplaced)
    return {
        "all": _explain(scenario),
        "sessions": {name: _explain(scenario, str(written), "--session", name) for name in names},
    }


def tell_no_plan(plan: Plan, pins: Sequence[str], as_json: bool, scenario: str, written: Path | None = None) -> None:
    """Print that there is no plan, the pins that collide, and the command that tells why; end with the exit code 1.

    Args:
        plan: how the search ended.
        pins: sessions whose pins collide.
        as_json: whether to print for programs.
        scenario: the file that has no plan; empty when it is in none.
        written: the file, if this run wrote it.
    """
    if as_json:
        explained = (
            {"all": _explain(scenario), "sessions": {}} if plan.status is Status.infeasible and scenario else None
        )
        console.say_json({**console.plan_data(plan, None, []), "explain": explained, "colliding_pins": pins})
    else:
        console.show_no_plan(plan, pins)
        console.say(f"Nothing was written but the changed scenario, {written}." if written else "Nothing was written.")
        if plan.status is Status.infeasible and scenario:
            console.say(f"why, and what would help: {_explain(scenario)}")
    raise typer.Exit(NEGATIVE)


def _explain(*arguments: str) -> str:
    return shlex.join(["planner", "explain", *arguments])


def tell_report(report: Report, as_json: bool) -> None:
    """Print what the verifier found; end with the exit code 1 when the plan is not sound."""
    if as_json:
        console.say_json(console.report_data(report))
    else:
        console.show_report(report)
    if not report.sound:
        raise typer.Exit(NEGATIVE)
