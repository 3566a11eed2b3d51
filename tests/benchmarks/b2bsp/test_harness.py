"""The harness from its command line, on a folder with one tiny instance."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.b2bsp.contender import run_apart
from tests.benchmarks.b2bsp.outcome import Outcome
from tests.benchmarks.b2bsp.published import Case, cases_in
from tests.benchmarks.b2bsp.results import read_rows

TABLE = "file,d,published_optimum,published_maxsat_s\n"
FILE = "original/tiny.original.dzn"
TINY = """\
nBusiness = 3;
nMeetings = 2;
nTables = 1;
nTotalSlots = 3;
nMorningSlots = 3;
requested = [|1, 2, 3,
|2, 3, 3,
|];
forbidden = [{0}, {2}, {0}];
fixed = [0, 0];
precedences = [{}, {}];
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose only participant with two meetings cannot sit in the slot between: one break, as is published."""
    (tmp_path / "original").mkdir()
    (tmp_path / FILE).write_text(TINY)
    publish(tmp_path, "1")
    return tmp_path


def publish(folder: Path, optimum: str) -> None:
    (folder / "optima.csv").write_text(f"{TABLE}{FILE},2,{optimum},0.5\n")


def measured(folder: Path, *options: str) -> tuple[str, int]:
    """Return what is printed without the seconds, and the exit code."""
    command = [sys.executable, "-m", "tests.benchmarks.b2bsp", str(folder), *options]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stderr == ""
    return re.sub(r", [\d.]+ s\b", "", done.stdout), done.returncode


def test_contenders_are_measured_and_not_measured_again(folder: Path) -> None:
    options = ("--against", "maxsat", "--results", str(folder / "results.jsonl"))
    printed = "tiny, fairness 2, planner: optimal 1\ntiny, fairness 2, maxsat: optimal 1\n"
    assert measured(folder, *options) == (printed, 0)
    assert [(row.contender, row.outcome.claim) for row in read_rows(folder / "results.jsonl")] == [
        ("planner", "1"),
        ("maxsat", "1"),
    ]
    assert measured(folder, *options) == ("", 0)


def test_another_value_than_the_published_one_is_an_objection(folder: Path) -> None:
    publish(folder, "UNSAT")
    assert measured(folder) == ("tiny, fairness 2, planner: optimal 1; proves 1, but UNSAT is published\n", 1)


def test_where_nothing_is_published_nothing_is_compared(folder: Path) -> None:
    assert list(cases_in(folder, 0)) == [Case(FILE, 0, None, None)]
    assert measured(folder, "--fairness", "0") == ("tiny, fairness 0, planner: infeasible\n", 0)


def test_an_instance_that_is_not_asked_for_is_left_out(folder: Path) -> None:
    assert measured(folder, "--only", "tic-12") == ("", 0)
    assert measured(folder, "--set", "fixed") == ("", 0)


def test_a_reference_that_cannot_stop_is_ended_at_its_limit(folder: Path) -> None:
    assert run_apart("maxsat", folder / FILE, 2, 0.000001) == Outcome("unknown", 0.000001)


def test_a_contender_that_fails_says_why(folder: Path) -> None:
    (folder / FILE).write_text(TINY.replace("nTables = 1", "nTables = none"))
    with pytest.raises(RuntimeError, match="is not a usable instance"):
        run_apart("maxsat", folder / FILE, 2, 10.0)
