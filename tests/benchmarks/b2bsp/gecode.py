"""The constraint programming reference: the model beside this module, solved by MiniZinc with Gecode.

The search was chosen by measuring on four of the smaller instances: filling the day slot by slot proved some of them, and no
search by meetings did, with or without restarts and weighted degrees. What is implied is written down in the model: even numbers
of busy participants, and as many used slots as meetings.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from planner.importing.b2bsp import Instance
from tests.benchmarks.b2bsp.outcome import Outcome, Status
from tests.benchmarks.b2bsp.possible import possible_slots

MODEL = Path(__file__).with_name("model.mzn")


def run(instance: Instance, fairness: int, time_limit: float | None) -> Outcome:
    """Solve an instance; translating the model to Gecode's language is part of the seconds.

    Raises:
        RuntimeError: when MiniZinc is missing or refuses the model.
    """
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "instance.dzn"
        began = time.monotonic()
        given.write_text(data_of(instance, fairness))
        command = ["minizinc", "--solver", "gecode", "--intermediate", "--statistics", str(MODEL), str(given)]
        if time_limit is not None:
            command += ["--time-limit", str(round(time_limit * 1000))]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=True)
        except FileNotFoundError as missing:
            raise RuntimeError("MiniZinc is missing: install the Debian packages minizinc and gecode") from missing
        except subprocess.CalledProcessError as refused:
            raise RuntimeError(f"MiniZinc failed: {refused.stderr}") from refused
        return outcome_of(done.stdout, time.monotonic() - began)


def data_of(instance: Instance, fairness: int) -> str:
    """Return the instance as data of the model; numbers begin with 1 there."""
    meetings = range(len(instance.meetings))
    possible = [_set(slot + 1 for slot in possible_slots(instance, number)) for number in meetings]
    own = [
        _set(
            number + 1 for number in meetings if who in (instance.meetings[number].one, instance.meetings[number].other)
        )
        for who in range(instance.participants)
    ]
    values = {
        "slots": instance.slots,
        "tables": instance.tables,
        "participants": instance.participants,
        "meetings": len(instance.meetings),
        "fairness": fairness,
        "possible": _list(possible),
        "own": _list(own),
        "precedences": len(instance.precedences),
        "earlier": _list(earlier + 1 for earlier, _ in instance.precedences),
        "later": _list(later + 1 for _, later in instance.precedences),
    }
    return "".join(f"{name} = {value};\n" for name, value in values.items())


def outcome_of(printed: str, seconds: float) -> Outcome:
    """Return what MiniZinc printed; the last answer is the best one."""
    answers = re.findall(r"^start = \[(.*)\]; total = (\d+);$", printed, re.MULTILINE)
    status: Status = "feasible" if answers else "unknown"
    if "==========" in printed:
        status = "optimal"
    if "=====UNSATISFIABLE=====" in printed:
        status = "infeasible"
    searched = re.search(r"^%%%mzn-stat: solveTime=(.*)$", printed, re.MULTILINE)
    search_seconds = float(searched[1]) if searched else None
    if not answers:
        return Outcome(status, seconds, search_seconds)
    starts, value = answers[-1]
    return Outcome(status, seconds, search_seconds, int(value), tuple(int(start) - 1 for start in starts.split(",")))


def _set(numbers: Iterable[int]) -> str:
    return "{" + ", ".join(map(str, numbers)) + "}"


def _list(parts: Iterable[int | str]) -> str:
    return "[" + ", ".join(map(str, parts)) + "]"
