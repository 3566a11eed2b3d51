"""One method on one conference in a process of its own, so that neither memory nor imports of one weigh on another.

python -m tests.benchmarks.large.contender METHOD PARTIES DAYS SESSIONS_PER_PARTY SEED SECONDS

Prints the run as JSON. Starting the interpreter, imports, and making the conference are not timed for anyone; the starts of Java
and of Timefold's translation of its constraints are not timed either. Compiling the problem and building the model are.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from importlib import import_module

from planner.scenario import Scenario
from tests.benchmarks.large.clock import SLOTS_A_DAY
from tests.benchmarks.large.generator import large_conference
from tests.benchmarks.large.log import Log
from tests.benchmarks.large.ours import run_to_first
from tests.benchmarks.large.record import Run, Size

MODULES = {
    "planner": "ours",
    "plain": "plain",
    "timefold": "timefold_reference",
    "timefold-from-greedy": "timefold_from_greedy",
    "greedy": "greedy",
}
"""The module of each method; it has ``run(scenario, seconds, log)``."""

FIRST = "first"
"""The planner, stopped as soon as everything is held."""


def run_apart(method: str, parties: int, days: int, sessions_per_party: float, seed: int, seconds: float) -> Run:
    """Run a method in a process of its own.

    Raises:
        RuntimeError: when it fails; with what it wrote to stderr.
    """
    numbers = (parties, days, sessions_per_party, seed, seconds)
    done = subprocess.run([sys.executable, "-m", __name__, method, *map(str, numbers)], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{method} failed on {parties} parties:\n{done.stderr}")
    return Run.from_json(done.stdout.splitlines()[-1])


def main() -> None:
    """Run one method here."""
    method, parties, days, sessions_per_party, seed, seconds = sys.argv[1:]
    scenario = large_conference(int(parties), int(seed), int(days), float(sessions_per_party))
    print(_run(method, scenario, int(seed), float(seconds)).to_json())


def _run(method: str, scenario: Scenario, seed: int, seconds: float) -> Run:
    log = Log(scenario)
    agendas = rendering = None
    if method == FIRST:
        agendas, rendering = run_to_first(scenario, seconds, log)
    else:
        import_module(f"{__package__}.{MODULES[method]}").run(scenario, seconds, log)
    verifying = log.verify_best()
    if method == FIRST:
        first = log.steps[-1].seconds if log.steps else None
    else:
        first = log.steps[0].seconds + (verifying or 0.0) if log.steps else None
    days = len(scenario.conference.days)
    return Run(
        method=method,
        size=Size(len(scenario.delegations), len(scenario.sessions), days * SLOTS_A_DAY, days),
        seed=seed,
        limit=seconds,
        steps=tuple(log.steps),
        first_seconds=first,
        memory_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        agendas_seconds=agendas,
        rendering_seconds=rendering,
    )


if __name__ == "__main__":
    main()
