"""What verbs are given: files or stdin, and the moment of a run."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import InputError

if TYPE_CHECKING:
    from planner.plan import Plan
    from planner.scenario import Scenario


def given_scenario(name: str) -> Scenario:
    """Read the scenario of that path, or of stdin when it is ``-``."""
    from planner.scenario_file import parse_scenario, read_scenario

    if name == "-":
        return parse_scenario(sys.stdin.buffer.read())
    _require_no_plan(Path(name))
    return read_scenario(Path(name))


def _require_no_plan(path: Path) -> None:
    """Refuse a plan where a scenario is wanted in one sentence, rather than every field of it as unknown."""
    if path.is_file():
        with path.open("rb") as file:
            if b'"planner.plan/' in file.read(200):
                raise InputError(f"{path} is a plan, not a scenario.", hint="Give the scenario first, then the plan.")


def given_both(scenario: str, plan: str) -> tuple[Scenario, Plan]:
    """Read a scenario and a plan, one of which may come from stdin."""
    from planner.plan import parse_plan, read_plan

    if scenario == plan == "-":
        raise InputError("Scenario and plan cannot both come from stdin.", hint="Give the path of one of them.")
    read = given_scenario(scenario)
    return read, parse_plan(sys.stdin.buffer.read()) if plan == "-" else read_plan(Path(plan))


def given_moment(stamp: str | None, scenario_file: str, *, reproducible: bool) -> datetime:
    """The moment that calendars give as their last change, in UTC."""
    if stamp is not None:
        try:
            given = datetime.fromisoformat(stamp)
            if given.tzinfo is not None:
                return given.astimezone(UTC).replace(microsecond=0)
        except (ValueError, OverflowError):
            pass
        raise InputError(
            f"--stamp {stamp!r} is no moment with an offset.", hint="Write for example 2026-01-20T09:00:00+09:00."
        )
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is not None:
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError):
            raise InputError(
                f"SOURCE_DATE_EPOCH={epoch!r} is no number of seconds.", hint="Unset it, or give seconds since 1970."
            ) from None
    if reproducible and scenario_file != "-":
        return datetime.fromtimestamp(int(Path(scenario_file).stat().st_mtime), UTC)
    return datetime.now(UTC).replace(microsecond=0)
