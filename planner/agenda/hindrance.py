"""What can be in the way of a session for the delegation that asks."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from planner.values import Window


class Hindrance(StrEnum):
    """What is in the way at a start: of the reader's own side, or that no interpreter is free for the reader."""

    away = "away"
    block = "block"
    person_away = "person-away"
    person_busy = "person-busy"
    team_gone = "team-gone"
    team_away = "team-away"
    teams_busy = "teams-busy"
    run_full = "run-full"
    day_full = "day-full"
    changes_full = "changes-full"
    no_interpreter = "no-interpreter"


class InTheWay(NamedTuple):
    """A hindrance, with what tells it.

    Attributes:
        names: titles of blocks, names of own people, codes of own sessions, numbers of own teams, or the classification that an
            interpreter must be cleared for.
    """

    hindrance: Hindrance
    names: tuple[str, ...] = ()


def is_inside(windows: tuple[Window, ...], start: datetime, end: datetime) -> bool:
    """Whether a span lies wholly inside one of the windows, or there are none."""
    return not windows or any(window.start <= start and end <= window.end for window in windows)
