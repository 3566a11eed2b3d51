"""What is kept of one run, as one line of a file of results that only grows."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True)
class Step:
    """A better plan, so many seconds after the search began.

    Attributes:
        held: cost of the sessions left out.
        waiting: twice the breaks and the idle slots; None while the planner tells only ``held``.
        breaks, idle: None while the planner tells only their sum.
    """

    seconds: float
    held: int
    waiting: int | None = None
    breaks: int | None = None
    idle: int | None = None

    @property
    def rank(self) -> tuple[int, float]:
        """What plans are compared by; less is better."""
        return self.held, float("inf") if self.waiting is None else self.waiting


@dataclass(frozen=True)
class Size:
    """How large a conference is."""

    parties: int
    sessions: int
    slots: int
    days: int


@dataclass(frozen=True)
class Run:
    """One method on one conference.

    Attributes:
        limit: seconds allowed for the search.
        steps: the plans found, each better than the one before; the last one has been verified.
        first_seconds: until the first plan was found and verified; None when there was none.
        agendas_seconds: to render the agenda and the calendar of every party; only of the method ``first``.
        rendering_seconds: to verify the plan and write all its pages and calendars; only of the method ``first``.
        memory_mib: the most memory that the process held.
    """

    method: str
    size: Size
    seed: int
    limit: float
    steps: tuple[Step, ...]
    first_seconds: float | None
    memory_mib: int
    agendas_seconds: float | None = None
    rendering_seconds: float | None = None
    conditions: dict[str, str] = field(default_factory=dict)

    def at(self, seconds: float) -> Step | None:
        """Return the best plan that was there after so many seconds."""
        return min((step for step in self.steps if step.seconds <= seconds), key=lambda step: step.rank, default=None)

    def to_json(self) -> str:
        """Return the line of the file."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line: str) -> Self:
        """Return what a line holds."""
        data: dict[str, Any] = json.loads(line)
        return cls(**data | {"size": Size(**data["size"]), "steps": tuple(Step(**step) for step in data["steps"])})


def read_runs(file: Path) -> list[Run]:
    """Return the runs of a file; none when it does not exist yet."""
    return [Run.from_json(line) for line in file.read_text().splitlines()] if file.exists() else []


def append_run(file: Path, run: Run) -> None:
    """Add a run, so that a measurement that ends early loses nothing."""
    with file.open("a") as lines:
        lines.write(run.to_json() + "\n")
