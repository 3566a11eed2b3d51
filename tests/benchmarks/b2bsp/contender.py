"""One solver on one instance in a process of its own, so that neither memory nor imports of one weigh on another.

python -m tests.benchmarks.b2bsp.contender planner|maxsat|gecode INSTANCE.dzn FAIRNESS SECONDS

Prints the outcome as JSON. Starting the interpreter, imports and reading the file are not timed for anyone; building the model
is, for everyone.
"""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from planner.importing.b2bsp import parse_instance
from tests.benchmarks.b2bsp.outcome import Outcome

MODULES = {"planner": "ours", "maxsat": "maxsat", "gecode": "gecode"}
"""The module of each contender; it has ``run(instance, fairness, time_limit) -> Outcome``."""


def run_apart(contender: str, file: Path, fairness: int, time_limit: float) -> Outcome:
    """Run a contender in a process of its own.

    Raises:
        RuntimeError: when it fails; with what it wrote to stderr.
    """
    command = [sys.executable, "-m", __name__, contender, str(file), str(fairness), str(time_limit)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode == -signal.SIGALRM:
        return Outcome("unknown", time_limit)
    if done.returncode:
        raise RuntimeError(f"{contender} failed on {file.name}:\n{done.stderr}")
    return Outcome.from_data(json.loads(done.stdout))


def main() -> None:
    """Run one contender here. RC2 cannot be told a time limit, so an alarm ends it; the others stop by themselves."""
    contender, file, fairness, seconds = sys.argv[1:]
    instance = parse_instance(Path(file).read_text(), Path(file).name)
    run = import_module(f"{__package__}.{MODULES[contender]}").run
    if contender == "maxsat":
        signal.setitimer(signal.ITIMER_REAL, float(seconds))
    outcome = run(instance, int(fairness), float(seconds))
    signal.setitimer(signal.ITIMER_REAL, 0.0)
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps(replace(outcome, memory_mib=most // 1024).to_data()))


if __name__ == "__main__":
    main()
