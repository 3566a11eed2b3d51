"""Renders the runs on large conferences as Markdown tables and pictures.

python -m tests.benchmarks.large.tables RESULTS.jsonl [--write docs/benchmarks.md --images docs/images]

Prints the tables, or puts them between the two markers of a page and the pictures into a folder.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.benchmarks.large.contender import FIRST
from tests.benchmarks.large.plot import Panel, draw
from tests.benchmarks.large.record import Run, Size, Step, read_runs
from tests.benchmarks.page import written_into

BEGIN = "<!-- large: tables, written by tests.benchmarks.large.tables -->"
END = "<!-- large: end of tables -->"
MOMENTS = (30, 120, 240, 600)
METHODS = {
    "planner": "planner",
    "plain": "plain CP-SAT",
    "timefold": "Timefold",
    "timefold-from-greedy": "Timefold from greedy",
    "greedy": "greedy",
}
NOTHING = "–"
SECONDS = (1, 3, 10, 30, 120, 600)
QUALITY, GROWTH = "large-quality.svg", "large-growth.svg"


def tables(runs: Sequence[Run]) -> str:
    """Return the tables of quality and of growth, with the pictures that belong to them, and the conditions."""
    compared, first = _compared(runs), _growing(runs)
    return "\n\n".join(
        [
            "### Quality over time",
            f"![Waiting over time, by size and method](images/{QUALITY})",
            _quality(compared),
            "### Growth",
            f"![Seconds to the first plan and memory, by sessions](images/{GROWTH})",
            _growth(first),
            _conditions(runs),
        ]
    )


def pictures(runs: Sequence[Run]) -> dict[str, str]:
    """Return the pictures by file name."""
    compared = _compared(runs)
    sizes = list(dict.fromkeys(run.size for run in compared))
    first = [run for run in _growing(runs) if run.first_seconds is not None]
    largest = max((run.size.sessions for run in first), default=1)
    columns = [largest * part / 3 for part in range(4)]
    return {
        QUALITY: draw("Waiting over time, by size and method", [_panel(size, compared) for size in sizes]),
        GROWTH: draw(
            "What the planner needs, by sessions",
            [
                _growing_panel(
                    "Seconds to the first plan", columns, first, [run.first_seconds or 0.0 for run in first]
                ),
                _growing_panel("Memory, MiB", columns, first, [float(run.memory_mib) for run in first]),
                _growing_panel(
                    "Seconds to render agendas and calendars",
                    columns,
                    first,
                    [run.agendas_seconds or 0.0 for run in first],
                ),
            ],
        ),
    }


def _compared(runs: Iterable[Run]) -> list[Run]:
    """Return the longest run of each method on each conference, the smallest conference first."""
    longest: dict[tuple[Size, int], Run] = {}
    for run in runs:
        key = (run.size, list(METHODS).index(run.method)) if run.method in METHODS else None
        if key is not None and (key not in longest or run.limit > longest[key].limit):
            longest[key] = run
    return [longest[key] for key in sorted(longest, key=lambda key: (key[0].sessions, key[0].days, key[1]))]


def _growing(runs: Iterable[Run]) -> list[Run]:
    return sorted((run for run in runs if run.method == FIRST), key=lambda run: (run.size.sessions, run.size.days))


def _quality(runs: Sequence[Run]) -> str:
    """Return the table of quality, with the moments that some run reached."""
    moments = [moment for moment in MOMENTS if any(moment <= run.limit for run in runs)]
    lines = [_cells("parties", "sessions", "method", *(f"{moment} s" for moment in moments), "first plan", "memory")]
    lines.append("| ---: | ---: | --- | " + "---: | " * len(moments) + "---: | ---: |")
    for run in runs:
        lines.append(
            _cells(
                f"{run.size.parties:,}",
                f"{run.size.sessions:,}",
                METHODS[run.method],
                *(_value(run.at(moment)) if moment <= run.limit else NOTHING for moment in moments),
                _seconds(run.first_seconds),
                f"{run.memory_mib:,} MiB",
            )
        )
    return "\n".join(lines)


def _growth(runs: Iterable[Run]) -> str:
    names = ("parties", "sessions", "days", "slots", "first plan", "agendas and calendars", "all pages", "memory")
    lines = [_cells(*names), "| ---: " * len(names) + "|"]
    for run in runs:
        size = run.size
        lines.append(
            _cells(
                f"{size.parties:,}",
                f"{size.sessions:,}",
                f"{size.days}",
                f"{size.slots}",
                _seconds(run.first_seconds) if run.steps and run.steps[-1].held == 0 else NOTHING,
                _seconds(run.agendas_seconds),
                _seconds(run.rendering_seconds),
                f"{run.memory_mib:,} MiB",
            )
        )
    return "\n".join(lines)


def _conditions(runs: Iterable[Run]) -> str:
    """Return every condition with all values that it had."""
    found: dict[str, dict[str, None]] = {}
    for run in runs:
        for name, value in run.conditions.items():
            found.setdefault(name, {})[value] = None
    return "Measured with: " + "; ".join(f"{name} {', '.join(values)}" for name, values in found.items()) + "."


def _cells(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _value(step: Step | None) -> str:
    if step is None:
        return "no plan"
    waiting = NOTHING if step.waiting is None else f"{step.waiting:,}"
    return f"{waiting}, and {step.held:,} for sessions left out" if step.held else waiting


def _seconds(seconds: float | None) -> str:
    return NOTHING if seconds is None else f"{seconds:.1f} s"


def _panel(size: Size, runs: Sequence[Run]) -> Panel:
    lines = {
        METHODS[run.method]: [
            (step.seconds, float(step.waiting)) for step in run.steps if step.held == 0 and step.waiting is not None
        ]
        for run in runs
        if run.size == size
    }
    longest = max(run.limit for run in runs if run.size == size)
    firsts = [points[0][1] for name, points in lines.items() if points and name in ("planner", "greedy")]
    return Panel(
        title=f"{size.parties:,} parties, {size.sessions:,} sessions",
        below="seconds",
        lines=lines,
        columns=[*(mark for mark in SECONDS if mark < longest), longest],
        steps=True,
        top=1.5 * max(firsts) if firsts else None,
    )


def _growing_panel(title: str, columns: Sequence[float], runs: Sequence[Run], values: Sequence[float]) -> Panel:
    lines: dict[str, list[tuple[float, float]]] = {}
    for run, value in zip(runs, values, strict=True):
        lines.setdefault(f"{run.size.days} days", []).append((run.size.sessions, value))
    return Panel(title=title, below="sessions", lines=lines, columns=columns)


def main() -> None:
    """Print the tables, or write them into a page and the pictures into a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", type=Path)
    parser.add_argument("--write", type=Path, metavar="PAGE")
    parser.add_argument("--images", type=Path, metavar="FOLDER", default=Path("docs/images"))
    asked = parser.parse_args()
    runs = read_runs(asked.results)
    if asked.write is None:
        print(tables(runs))
        return
    asked.write.write_text(written_into(asked.write.read_text(), tables(runs), BEGIN, END))
    for name, picture in pictures(runs).items():
        (asked.images / name).write_text(picture)


if __name__ == "__main__":
    main()
