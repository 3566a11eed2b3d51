"""Measures the planner on large conferences, beside other methods on the same machine.

python -m tests.benchmarks.large [--parties 100 300 1000] [--days N] [--sessions-per-party 4.5] [--seed 1] [--limit 600]
                                 [--against plain timefold timefold-from-greedy greedy] [--without-planner] [--results FILE.jsonl]
python -m tests.benchmarks.large --first [--parties ...] [--days N] [--sessions-per-party 4.5] [--results FILE.jsonl]

Methods run one after the other, each in a process of its own. ``--first`` measures how long the planner takes to a first
verified plan that holds everything, and how long to write its pages and calendars. Runs that the file of results has are not
measured again. Every last plan has passed the verifier; a method whose plan does not ends the measurement.
"""

from __future__ import annotations

import argparse
import re
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.b2bsp.conditions import conditions
from tests.benchmarks.large.contender import FIRST, MODULES, run_apart
from tests.benchmarks.large.generator import usual_days
from tests.benchmarks.large.record import Run, append_run, read_runs


def main() -> None:
    """Measure."""
    asked = _arguments()
    methods = [FIRST] if asked.first else [*(["planner"] if asked.planner else []), *asked.against]
    done = {_key(run) for run in (read_runs(asked.results) if asked.results else [])}
    under = _conditions(methods)
    for parties in asked.parties:
        days = asked.days or usual_days(parties)
        for method in methods:
            if (method, parties, round(parties * asked.sessions_per_party), days, asked.seed, asked.limit) in done:
                continue
            run = run_apart(method, parties, days, asked.sessions_per_party, asked.seed, asked.limit)
            print(_line(run), flush=True)
            if asked.results:
                append_run(asked.results, replace(run, conditions=under))


def _key(run: Run) -> tuple[str, int, int, int, int, float]:
    return run.method, run.size.parties, run.size.sessions, run.size.days, run.seed, run.limit


def _line(run: Run) -> str:
    told = f"{run.method}, {run.size.parties} parties, {run.size.sessions} sessions"
    if not run.steps or run.first_seconds is None:
        return f"{told}: no plan in {run.limit:.0f} s, {run.memory_mib} MiB"
    last = run.steps[-1]
    rendering = ""
    if run.agendas_seconds is not None and run.rendering_seconds is not None:
        rendering = f", agendas {run.agendas_seconds:.1f} s, all pages {run.rendering_seconds:.1f} s"
    return (
        f"{told}: first plan after {run.first_seconds:.1f} s, last one after {last.seconds:.1f} s: held cost {last.held}, "
        f"waiting {last.waiting} ({last.breaks} breaks, {last.idle} idle), {run.memory_mib} MiB{rendering}"
    )


def _conditions(methods: Iterable[str]) -> dict[str, str]:
    found = conditions(["planner"])
    if any(method.startswith("timefold") for method in methods):
        java = subprocess.run(["java", "-version"], capture_output=True, text=True, check=True).stderr
        release = re.search(r'"([^"]+)"', java)
        found |= {"Timefold": version("timefold"), "Java": release[1] if release else "unknown"}
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parties", type=int, nargs="+", default=[100, 300, 1000])
    parser.add_argument("--days", type=int)
    parser.add_argument("--sessions-per-party", type=float, default=4.5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=600.0)
    parser.add_argument("--against", nargs="*", choices=[name for name in MODULES if name != "planner"], default=[])
    parser.add_argument("--without-planner", dest="planner", action="store_false")
    parser.add_argument("--first", action="store_true")
    parser.add_argument("--results", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
