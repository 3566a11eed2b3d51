"""How a verb ends: what went wrong becomes a message and an exit code, and a plan that was found is kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from planner import console
from planner.cli import COULD_NOT_RUN, STOPPED
from planner.errors import OutputError, PlannerError, UnsoundPlanError

if TYPE_CHECKING:
    from planner.plan import Plan

NEGATIVE = 1


@contextmanager
def answering(as_json: bool = False) -> Iterator[None]:
    """Turn what went wrong into a message and an exit code; never into a traceback."""
    try:
        yield
    except UnsoundPlanError as error:
        console.tell_error(error, as_json=as_json)
        sys.stderr.write(_keep(Path("refused-plan.json"), error.plan_json, "The refused plan") + "\n")
        raise typer.Exit(COULD_NOT_RUN) from None
    except PlannerError as error:
        console.tell_error(error, as_json=as_json)
        raise typer.Exit(COULD_NOT_RUN) from None
    except OSError as error:
        sys.stderr.write(f"The output cannot be written: {error.strerror or error}.\n")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(COULD_NOT_RUN) from None
    except (KeyboardInterrupt, ImportError) as error:
        if not _is_stop(error):
            raise
        sys.stderr.write(STOPPED)
        raise typer.Exit(COULD_NOT_RUN) from None


def _is_stop(error: BaseException) -> bool:
    """Whether it is Ctrl-C, or what a module written in C++ makes of it when it strikes while that is loaded."""
    return isinstance(error, KeyboardInterrupt) or isinstance(error.__cause__, KeyboardInterrupt)


def _keep(path: Path, plan_json: str, what: str) -> str:
    """Write a plan to the folder one is in, and return a sentence that says where."""
    try:
        path.write_text(plan_json, encoding="utf-8")
    except OSError as error:
        return f"{what} could not be kept in {path.resolve()}: {error.strerror}."
    return f"{what} is kept in {path.resolve()}."


@contextmanager
def keeping(plan: Plan) -> Iterator[None]:
    """Keep a plan that was found when its pages cannot be written."""
    try:
        yield
    except (PlannerError, KeyboardInterrupt) as error:
        failed = error if isinstance(error, PlannerError) else OutputError("Stopped before the pages were written.")
        kept = _keep(Path(f"{plan.conference}-plan.json"), plan.to_json(), "The plan")
        failed.hint = f"{failed.hint} {kept} Write its pages with planner render.".strip()
        raise failed from None
