"""Measures the Seoul scenario: its proofs, the whole run with all pages, and the verbs that do not solve.

python -m tests.benchmarks [--runs 3]

Every figure stands beside a fixed piece of CP-SAT work that is run just before it: seconds, and their ratio to the seconds of
that reference; the median of the runs, with least and most.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from ortools.sat.python.cp_model import CpModel, CpSolver

from planner.compiling import compile_problem
from planner.resources import shipped
from planner.scenario_file import read_scenario
from planner.solver.search import Effort, Progress, search

SEOUL = shipped("scenarios") / "seoul-2026" / "scenario.yaml"
LIMIT = 30.0
LATE = ["--now", "2026-02-05T13:05", "--late", "KHM=2026-02-05T17:00", "--unpin", "case-10"]


PIGEONS = 9
"""They need a hole each, and there is one too few."""


def reference() -> float:
    """Return the seconds that CP-SAT takes to refute the pigeons by clauses alone; nothing of the planner is in it."""
    holes = range(PIGEONS - 1)
    model = CpModel()
    placed = [[model.new_bool_var(f"{pigeon} in {hole}") for hole in holes] for pigeon in range(PIGEONS)]
    for choices in placed:
        model.add_bool_or(choices)
    for hole in holes:
        model.add_at_most_one([choices[hole] for choices in placed])
    solver = CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False
    solver.parameters.symmetry_level = 0
    solver.parameters.linearization_level = 0
    began = time.monotonic()
    solver.solve(model)
    return time.monotonic() - began


def proofs() -> dict[str, float]:
    """Return the seconds until the first plan and until each tier is proven, and print where every tier ends."""
    began = time.monotonic()
    seconds: dict[str, float] = {}

    def note(progress: Progress) -> None:
        passed = time.monotonic() - began
        if progress.value is not None:
            seconds.setdefault("first plan", passed)
            if progress.value == progress.bound:
                seconds.setdefault(f"{progress.tier} proven", passed)

    answer = search(compile_problem(read_scenario(SEOUL)), Effort(time_limit=LIMIT), note)
    print("; ".join(f"{tier.name}: value {tier.value}, bound {tier.bound}" for tier in answer.tiers), flush=True)
    return seconds


def commands() -> dict[str, float]:
    """Return the seconds of whole commands, with the start of the interpreter."""
    with tempfile.TemporaryDirectory() as folder:
        target = str(Path(folder) / "out")
        plan = f"{target}/plan.json"
        verbs = {
            "planner rules": ["rules"],
            "planner check": ["check", str(SEOUL)],
            "planner sessions": ["sessions", str(SEOUL)],
            f"planner solve --time-limit {LIMIT:.0f}": ["solve", str(SEOUL), "-o", target, "--time-limit", str(LIMIT)],
            "planner verify": ["verify", str(SEOUL), plan],
            "planner render": ["render", str(SEOUL), plan, "-o", target],
            "planner impact": ["impact", str(SEOUL), plan, *LATE],
        }
        return dict(_timed(verbs, Path(folder) / "compiled"))


def _timed(verbs: dict[str, list[str]], compiled: Path) -> Iterator[tuple[str, float]]:
    """Time commands whose modules are compiled, as those of a package that is installed are."""
    program = [sys.executable, "-c", "from planner.cli import main; main()"]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(compiled)}
    for name, arguments in verbs.items():
        if "solve" not in arguments:
            subprocess.run([*program, *arguments], check=True, capture_output=True, env=environment)
        began = time.monotonic()
        subprocess.run([*program, *arguments], check=True, capture_output=True, env=environment)
        yield name, time.monotonic() - began


def compare(measure: Callable[[], dict[str, float]], runs: int) -> None:
    """Print the seconds and the ratios of one measure."""
    found: dict[str, list[tuple[float, float]]] = {}
    for _ in range(runs):
        unit = reference()
        for what, seconds in measure().items():
            found.setdefault(what, []).append((seconds, seconds / unit))
    for what, figures in found.items():
        ratios = [ratio for _, ratio in figures]
        seconds = median(taken for taken, _ in figures)
        print(
            f"{what}: {seconds:.2f} s, ratio {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}), "
            f"{len(figures)} of {runs} runs"
        )


def main() -> None:
    """Run all measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    compare(proofs, asked.runs)
    compare(commands, asked.runs)


if __name__ == "__main__":
    main()
