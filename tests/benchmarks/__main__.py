"""Measures the search against a reference that is run beside it, so that numbers of different machines can be compared.

python -m tests.benchmarks [--runs 3] [--parties 1000] [--sessions 2000]

The reference is a fixed piece of CP-SAT work: a round robin of eight with a slot too few, proven by one worker. Every figure is
a ratio, the seconds of the search over those of the reference that was run just before it; median, least and most of the runs.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from random import Random
from statistics import median

from planner.compiling import compile_problem
from planner.problem import Problem
from planner.resources import shipped
from planner.scenario import Scenario
from planner.scenario_file import read_scenario
from planner.solver.search import Effort, Progress, search
from tests.solver.test_round_robin import round_robin
from tests.verify.build import conference, day, delegation, meeting, room, scenario


def fair(parties: int, sessions: int) -> Scenario:
    """Return a trade fair of two days: so many parties, random pairs of them, one hall with a table for every twenty pairs."""
    random = Random(1)
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < sessions:
        one, other = sorted(random.sample(range(parties), 2))
        pairs.add((one, other))
    return scenario(
        conference=conference(days=[day("2026-02-05", "09:00", "17:00"), day("2026-02-06", "09:00", "17:00")]),
        rooms=[room("hall", count=max(1, sessions // 20))],
        delegations=[delegation(f"P{number}", kind="organisation") for number in range(parties)],
        sessions=[meeting(f"s{one}-{other}", f"P{one}", f"P{other}", minutes=25) for one, other in sorted(pairs)],
    )


def measured(problem: Problem) -> dict[str, float]:
    """Return the seconds until the first plan, until all sessions that can be are held, and of each tier proven."""
    began = time.monotonic()
    seconds: dict[str, float] = {}

    def note(progress: Progress) -> None:
        if progress.value is not None:
            seconds.setdefault("first plan", time.monotonic() - began)

    answer = search(problem, Effort(time_limit=60.0), note)
    passed = 0.0
    for tier in answer.tiers:
        passed += tier.seconds
        if tier.proven:
            seconds[f"{tier.name} proven"] = passed
        print(f"    {tier.name}: value {tier.value}, bound {tier.bound}", flush=True)
    return seconds


def reference() -> float:
    """Return the seconds of the reference."""
    problem = compile_problem(round_robin(8, 6))
    began = time.monotonic()
    search(problem, Effort(time_limit=None, workers=1), lambda progress: None)
    return time.monotonic() - began


def compare(name: str, make: Callable[[], Problem], runs: int) -> None:
    """Print the ratios of one problem."""
    ratios: dict[str, list[float]] = {}
    for _ in range(runs):
        unit = reference()
        for what, seconds in measured(make()).items():
            ratios.setdefault(what, []).append(seconds / unit)
    for what, found in ratios.items():
        print(
            f"{name}, {what}: {median(found):.2f} ({min(found):.2f} to {max(found):.2f}), {len(found)} of {runs} runs"
        )


def main() -> None:
    """Run all benchmarks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--parties", type=int, default=1000)
    parser.add_argument("--sessions", type=int, default=2000)
    asked = parser.parse_args()
    seoul = read_scenario(shipped("scenarios") / "seoul-2026" / "scenario.yaml")
    compare("seoul-2026", lambda: compile_problem(seoul), asked.runs)
    large = fair(asked.parties, asked.sessions)
    compare(f"fair of {asked.parties}", lambda: compile_problem(large), asked.runs)


if __name__ == "__main__":
    main()
