"""Changes plans of shipped scenarios in many ways, and counts what moves.

python -m tests.benchmarks.changes --results changes.jsonl [--sets 200] [--repair-seconds 20] [--other-seconds 5]

Each scenario is solved once. Then generated sets of one to three changes, of all kinds, are made at some moment of it, each
repaired and, beside it, planned anew and planned from the old plan as a hint. A run that ended early goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from planner import workflow
from planner.applying import apply_changes
from planner.plan import Status
from planner.resources import shipped
from planner.scenario_file import read_scenario
from planner.solver.search import Effort
from tests.benchmarks.b2bsp.conditions import conditions
from tests.benchmarks.changes.contenders import CONTENDERS, Version, run
from tests.replanning.generate import ChangeSet, change_set

SHARES = {"seoul-2026": 7, "small": 2, "overfull": 1}
"""Of ten sets of changes, how many are of which scenario."""


@dataclass(frozen=True)
class Task:
    """One set of changes of a scenario."""

    scenario: str
    before: Version
    what: ChangeSet


def tasks(sets: int, first_seconds: float) -> Iterator[Task]:
    """Return so many sets of changes, spread over the scenarios; two in three are a single change."""
    versions = {name: _version(name, first_seconds) for name in SHARES}
    names = [name for name, share in SHARES.items() for _ in range(share)]
    seed = found = 0
    while found < sets:
        name = names[found % len(names)]
        what = change_set(*versions[name], seed, size=1 if seed % 3 else 2 + seed % 2)
        seed += 1
        if what is not None:
            found += 1
            yield Task(name, versions[name], what)


def _version(name: str, seconds: float) -> Version:
    scenario = read_scenario(shipped("scenarios") / name / "scenario.yaml").model_copy(update={"pins": ()})
    plan = workflow.solve(scenario, Effort(time_limit=seconds), datetime(2026, 1, 1, tzinfo=UTC), lambda progress: None)
    assert plan.status in (Status.optimal, Status.feasible)
    return scenario, plan


def main() -> None:
    """Run what is missing in the file of results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--sets", type=int, default=200)
    parser.add_argument("--repair-seconds", type=float, default=20.0)
    parser.add_argument("--other-seconds", type=float, default=5.0)
    asked = parser.parse_args()
    limits = {"repair": asked.repair_seconds}
    done = set()
    if asked.results.exists():
        rows = map(json.loads, asked.results.read_text().splitlines())
        done = {(row["scenario"], row["changes"], row["contender"]) for row in rows}
    for task in tasks(asked.sets, 60.0):
        changed = apply_changes(*task.before, task.what.changes, task.what.now)
        for contender in CONTENDERS:
            if (task.scenario, str(task.what), contender) in done:
                continue
            outcome, _ = run(contender, task.before, changed, Effort(limits.get(contender, asked.other_seconds)))
            row = {
                "scenario": task.scenario,
                "changes": str(task.what),
                "number": len(task.what.changes.changes),
                **outcome.to_data(),
                "conditions": conditions(()),
            }
            with asked.results.open("a") as lines:
                lines.write(json.dumps(row) + "\n")
            print(task.scenario, task.what, outcome, flush=True)


if __name__ == "__main__":
    main()
