"""Renders the rows of results as Markdown tables.

python -m tests.benchmarks.b2bsp.tables RESULTS.jsonl [--write docs/benchmarks.md]

Prints the tables, or puts them between the two markers of a page.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.benchmarks.b2bsp.published import SETS
from tests.benchmarks.b2bsp.ratios import Ratio, counted_seconds, mean, published_ratio, ratio
from tests.benchmarks.b2bsp.results import Row, read_rows
from tests.benchmarks.page import written_into

BEGIN = "<!-- b2bsp: tables, written by tests.benchmarks.b2bsp.tables -->"
END = "<!-- b2bsp: end of tables -->"
TITLES = {"original": "The originals", "fixed": "Variants with fixed meetings"}
COLUMNS = (
    "instance",
    "participants",
    "meetings",
    "tables",
    "slots",
    "published",
    "planner",
    "seconds",
    "of them searching",
    "RC2",
    "Gecode",
    "UWrMaxSAT, published",
    "ratio to RC2",
)
NOTHING = "–"

Contenders = dict[str, Row]
"""The rows of one case, by contender."""


def tables(rows: Sequence[Row]) -> str:
    """Return one table for each set and fairness that the planner was measured on, each with its means, and the conditions."""
    parts = []
    for name in SETS:
        for fairness in sorted({row.case.fairness for row in rows}):
            cases = _cases(row for row in rows if (row.case.set, row.case.fairness) == (name, fairness))
            if cases:
                parts += [f"### {TITLES[name]}, fairness {fairness}", _table(cases), _means(cases)]
    return "\n\n".join([*parts, _conditions(rows)])


def _cases(rows: Iterable[Row]) -> list[Contenders]:
    by_case: dict[str, Contenders] = {}
    for row in rows:
        by_case.setdefault(row.case.file, {})[row.contender] = row
    return [found for found in by_case.values() if "planner" in found]


def _table(cases: Iterable[Contenders]) -> str:
    lines = [COLUMNS, ("---", *["---:"] * (len(COLUMNS) - 1)), *map(_cells, cases)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _cells(found: Contenders) -> tuple[str, ...]:
    ours = found["planner"]
    size = ours.size
    return (
        ours.case.name,
        str(size.participants),
        str(size.meetings),
        str(size.tables),
        str(size.slots),
        ours.case.optimum or NOTHING,
        _answer(ours),
        _seconds(ours),
        NOTHING if ours.outcome.search_seconds is None else f"{ours.outcome.search_seconds:.2f}",
        _seconds(found.get("maxsat")),
        _seconds(found.get("gecode")),
        NOTHING if ours.case.maxsat_seconds is None else f"{ours.case.maxsat_seconds:.1f}",
        _ratio_to(found, "maxsat"),
    )


def _answer(row: Row) -> str:
    if row.outcome.proven:
        return f"{row.outcome.claim}, proven"
    return NOTHING if row.outcome.value is None else f"{row.outcome.value}, not proven"


def _seconds(row: Row | None) -> str:
    if row is None:
        return NOTHING
    return f"{row.outcome.seconds:.2f}" if row.outcome.proven else f"> {counted_seconds(row):.0f}"


def _ratio_to(found: Contenders, reference: str) -> str:
    return str(ratio(found["planner"], found[reference]) or NOTHING) if reference in found else NOTHING


def _means(cases: Sequence[Contenders]) -> str:
    return "\n".join(f"- {line}" for line in _mean_lines(cases))


def _mean_lines(cases: Sequence[Contenders]) -> Iterator[str]:
    proven = [found["planner"] for found in cases if found["planner"].outcome.proven]
    agreeing = [row for row in proven if row.case.optimum in (None, row.outcome.claim)]
    agreement = f"{len(agreeing)} with the published value, or with none to compare"
    yield f"{len(proven)} of {len(cases)} proven by the planner, of them {agreement}"
    for reference, name in (("maxsat", "RC2"), ("gecode", "Gecode")):
        compared = [found for found in cases if reference in found]
        if compared:
            yield _mean_line(f"{name}, beside", [ratio(found["planner"], found[reference]) for found in compared])
    published = [published_ratio(found["planner"]) for found in cases]
    if any(published):
        yield _mean_line("UWrMaxSAT as published, on another machine", published)


def _mean_line(name: str, ratios: Sequence[Ratio | None]) -> str:
    counted = [one for one in ratios if one is not None]
    return f"seconds of the planner over those of {name}: geometric mean {mean(counted) or NOTHING} of {len(counted)} instances"


def _conditions(rows: Sequence[Row]) -> str:
    """Return every condition with all values that it had, and the time limits."""
    found: dict[str, list[str]] = {}
    for row in rows:
        for name, value in row.conditions.items():
            found.setdefault(name, []).append(value)
    found["time limit"] = [f"{row.time_limit:.0f} s" for row in rows]
    return (
        "Measured with: "
        + "; ".join(f"{name} {', '.join(dict.fromkeys(values))}" for name, values in found.items())
        + "."
    )


def main() -> None:
    """Print the tables, or write them into a page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", type=Path)
    parser.add_argument("--write", type=Path, metavar="PAGE")
    asked = parser.parse_args()
    text = tables(read_rows(asked.results))
    if asked.write is None:
        print(text)
    else:
        asked.write.write_text(written_into(asked.write.read_text(), text, BEGIN, END))


if __name__ == "__main__":
    main()
