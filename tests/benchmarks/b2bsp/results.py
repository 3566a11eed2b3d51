"""The file of results: one JSON object a line, one line for each instance, fairness and contender; it only grows."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks.b2bsp.outcome import Outcome
from tests.benchmarks.b2bsp.published import Case


@dataclass(frozen=True)
class Size:
    """How large an instance is."""

    participants: int
    meetings: int
    tables: int
    slots: int


@dataclass(frozen=True)
class Row:
    """One contender on one case, under which conditions and with which time limit in seconds."""

    case: Case
    size: Size
    contender: str
    time_limit: float
    outcome: Outcome
    conditions: dict[str, str] = field(default_factory=dict)


def read_rows(file: Path) -> list[Row]:
    """Return the rows of a file; none when it does not exist yet."""
    if not file.exists():
        return []
    return [_row(json.loads(line)) for line in file.read_text().splitlines()]


def append_row(file: Path, row: Row) -> None:
    """Add a row, so that a run that ends early loses nothing."""
    data = asdict(row) | {"outcome": row.outcome.to_data()}
    with file.open("a") as lines:
        lines.write(json.dumps(data) + "\n")


def _row(data: dict[str, Any]) -> Row:
    return Row(
        **data
        | {
            "case": Case(**data["case"]),
            "size": Size(**data["size"]),
            "outcome": Outcome.from_data(data["outcome"]),
        }
    )
