"""Measures the planner on the published benchmark, beside other solvers on the same machine.

python -m tests.benchmarks.b2bsp FOLDER [--fairness 2] [--set original|fixed|all] [--only NAME ...] [--time-limit 60]
                                 [--against maxsat gecode] [--results FILE.jsonl]
python -m tests.benchmarks.b2bsp FOLDER --quick

FOLDER has the instances and ``optima.csv``. Contenders run one right after the other, each in a process of its own. Rows that
the file of results has are not measured again. ``--quick`` solves five instances with the planner alone, to compare values.
Exit code 1 says that a proven value is not the published one, that two proven values differ, or that an answer is not sound;
with ``--quick`` also that something was not proven.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from planner.importing.b2bsp import parse_instance
from tests.benchmarks.b2bsp.conditions import conditions
from tests.benchmarks.b2bsp.contender import MODULES, run_apart
from tests.benchmarks.b2bsp.outcome import Outcome
from tests.benchmarks.b2bsp.published import SETS, Case, cases_in, quick_cases
from tests.benchmarks.b2bsp.results import Row, Size, append_row, read_rows

QUICK_SECONDS = 300.0


def main() -> int:
    """Measure, and return the exit code."""
    asked = _arguments()
    if asked.quick:
        return _quick(asked.folder)
    contenders = ("planner", *asked.against) if asked.planner else tuple(asked.against)
    cases = [
        case
        for case in cases_in(asked.folder, asked.fairness)
        if asked.set in (case.set, "all") and (not asked.only or case.name in asked.only)
    ]
    under = conditions(contenders)
    rows = {(row.case, row.contender): row for row in (read_rows(asked.results) if asked.results else [])}
    wrong = 0
    for case in cases:
        for contender in contenders:
            if (case, contender) in rows:
                continue
            row, objections = _measured(asked.folder, case, contender, asked.time_limit, under)
            rows[case, contender] = row
            wrong += len(objections)
            print(_line(row, objections), flush=True)
            if asked.results:
                append_row(asked.results, row)
    return 1 if wrong + _differences(rows.values()) else 0


def _quick(folder: Path) -> int:
    """Compare the planner's values with the published ones on a few instances."""
    failed = 0
    for case in quick_cases(folder):
        row, objections = _measured(folder, case, "planner", QUICK_SECONDS, {})
        failed += bool(objections) or not row.outcome.proven
        told = "; ".join(objections) or row.outcome.claim or "not proven"
        print(f"{case.name}, fairness {case.fairness}: {told}, published {case.optimum}", flush=True)
    return 1 if failed else 0


def _measured(
    folder: Path, case: Case, contender: str, time_limit: float, under: dict[str, str]
) -> tuple[Row, list[str]]:
    """Run a contender on a case; return its row, and what is wrong with its answer."""
    file = folder / case.file
    instance = parse_instance(file.read_text(), case.name)
    size = Size(instance.participants, len(instance.meetings), instance.tables, instance.slots)
    outcome = run_apart(contender, file, case.fairness, time_limit)
    objections = [*outcome.objections(instance, case.fairness), *_unlike(outcome, case)]
    return Row(case, size, contender, time_limit, outcome, under), objections


def _unlike(outcome: Outcome, case: Case) -> Iterable[str]:
    if outcome.proven and case.optimum is not None and outcome.claim != case.optimum:
        yield f"proves {outcome.claim}, but {case.optimum} is published"


def _differences(rows: Iterable[Row]) -> int:
    """Tell every case whose proven values differ; return how many."""
    claims: dict[Case, set[str]] = {}
    for row in rows:
        if row.outcome.proven:
            claims.setdefault(row.case, set()).add(row.outcome.claim)
    differing = {case: found for case, found in claims.items() if len(found) > 1}
    for case, found in differing.items():
        print(f"{case.name}, fairness {case.fairness}: contenders prove {sorted(found)}")
    return len(differing)


def _line(row: Row, objections: Sequence[str]) -> str:
    outcome = row.outcome
    value = "" if outcome.value is None else f" {outcome.value}"
    told = f"{row.case.name}, fairness {row.case.fairness}, {row.contender}: {outcome.status}{value}, {outcome.seconds:.2f} s"
    return "; ".join([told, *objections])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--fairness", type=int, default=2)
    parser.add_argument("--set", choices=[*SETS, "all"], default="original")
    parser.add_argument("--only", nargs="+", metavar="NAME")
    parser.add_argument("--time-limit", type=float, default=60.0)
    parser.add_argument("--against", nargs="*", choices=[name for name in MODULES if name != "planner"], default=[])
    parser.add_argument("--without-planner", dest="planner", action="store_false")
    parser.add_argument("--results", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
