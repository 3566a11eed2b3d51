"""Renders the rows of results as Markdown tables.

python -m tests.benchmarks.changes.tables RESULTS.jsonl [--write docs/benchmarks.md]

Prints the tables, or puts them between the two markers of a page.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.changes.contenders import CONTENDERS
from tests.benchmarks.page import written_into

BEGIN = "<!-- changes: tables, written by tests.benchmarks.changes.tables -->"
END = "<!-- changes: end of tables -->"
NOTHING = "–"

Row = dict[str, Any]
Sets = list[dict[str, Row]]
"""For each set of changes that every contender did, its rows by contender."""


def tables(rows: Sequence[Row]) -> str:
    """Return how many repairs are certified and how soon, what moves with each contender, and the conditions."""
    by_scenario = {name: _complete(rows, name) for name in dict.fromkeys(row["scenario"] for row in rows)}
    conditions = dict.fromkeys(
        "; ".join(f"{name} {value}" for name, value in row["conditions"].items()) for row in rows
    )
    return "\n\n".join(
        [
            "### Certificates",
            _table(_certificates(by_scenario)),
            "### What moves",
            _table(_moves(by_scenario)),
            f"Measured with: {' / '.join(conditions)}.",
        ]
    )


def _complete(rows: Iterable[Row], scenario: str) -> Sets:
    found: dict[str, dict[str, Row]] = {}
    for row in rows:
        if row["scenario"] == scenario:
            found.setdefault(row["changes"], {})[row["contender"]] = row
    return [each for each in found.values() if each.keys() == CONTENDERS.keys()]


def _certificates(by_scenario: dict[str, Sets]) -> Iterator[Sequence[str]]:
    yield "scenario", "sets of changes", "of one change", "certified", "median seconds", "nine in ten within", "longest"
    for name, sets in by_scenario.items():
        repairs = [each["repair"] for each in sets]
        seconds = sorted(row["certified_after"] for row in repairs if row["certified_after"] is not None)
        single = sum(row["number"] == 1 for row in repairs)
        times = (median(seconds), seconds[9 * len(seconds) // 10], seconds[-1]) if seconds else ()
        shown = [f"{value:.1f}" for value in times] or [NOTHING] * 3
        yield name, str(len(sets)), str(single), str(len(seconds)), *shown


def _moves(by_scenario: dict[str, Sets]) -> Iterator[Sequence[str]]:
    yield "scenario", "plan", "sessions held", "left out", "sessions moved", "people told"
    for name, sets in by_scenario.items():
        for contender in CONTENDERS:
            rows = [each[contender] for each in sets]
            sums = (sum(row[field] for row in rows) for field in ("held", "left_out", "moved", "people"))
            yield name, contender, *(f"{total:,}" for total in sums)


def _table(rows: Iterable[Sequence[str]]) -> str:
    head, *body = rows
    align = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, align, *body))


def main() -> None:
    """Print the tables of a file of results, or write them into a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", type=Path)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    text = tables([json.loads(line) for line in asked.results.read_text(encoding="utf-8").splitlines()])
    if asked.write is None:
        print(text)
    else:
        page = asked.write.read_text(encoding="utf-8")
        asked.write.write_text(written_into(page, text, BEGIN, END), encoding="utf-8")


if __name__ == "__main__":
    main()
