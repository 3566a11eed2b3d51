"""What only shows between processes: Ctrl-C, and the same bytes from the same run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import typer

from planner.cli import main, program
from planner.compiling import compile_problem
from planner.scenario_file import read_scenario
from planner.solver.search import Effort, Progress, search
from tests.cli.running import OVERFULL, SEOUL, SMALL, command, contents, process, run, started


@pytest.fixture
def ctrl_c_raises() -> Iterator[None]:
    """Hear Ctrl-C as Python usually does, also when the tests run in the background and would not."""
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, usual)


def test_ctrl_c_keeps_the_best_plan_so_far(tmp_path: Path) -> None:
    running = started("solve", SEOUL, "-o", "out", "--time-limit", "300", cwd=tmp_path)
    assert running.stderr is not None
    for line in running.stderr:
        if " value       - " not in line:
            break
    running.send_signal(signal.SIGINT)
    shown, problems = running.communicate()
    assert (running.returncode, "Traceback" in problems) == (0, False)
    assert shown.splitlines()[0].startswith("feasible: ")
    assert os.listdir(tmp_path) == ["out"]
    verified = run("verify", SEOUL, tmp_path / "out" / "plan.json")
    assert (verified.exit_code, verified.stdout.splitlines()[-1]) == (0, "sound: nothing found")
    assert len(contents(tmp_path / "out")) > 200


STRUCK = """
import signal, sys

class Strike:
    def __init__(self, module):
        self.module = module

    def find_spec(self, name, path=None, target=None):
        if name == self.module:
            sys.meta_path.remove(self)
            self.strike()

    def strike(self):
        signal.raise_signal(signal.SIGINT)

class Unheard(Strike):
    def strike(self):
        pass

    def __del__(self):
        signal.raise_signal(signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, {"raised": Strike, "lost": Unheard}[sys.argv.pop(1)](sys.argv.pop(1)))
from planner.cli import main
main()
"""


@pytest.mark.parametrize(
    ("module", "how"),
    [
        pytest.param("planner.cli.program", "raised", id="nothing is loaded"),
        pytest.param("planner.cli.solve", "raised", id="the verbs are being loaded"),
        pytest.param("planner.workflow", "raised", id="the verb runs"),
        pytest.param("ortools.util", "raised", id="a module in C++ loads what it needs"),
        pytest.param("langcodes", "raised", id="the scenario is being read"),
        pytest.param("planner.workflow", "lost", id="a destructor runs"),
    ],
)
def test_ctrl_c_before_there_is_a_plan_ends_with_a_message(module: str, how: str, tmp_path: Path) -> None:
    """Ctrl-C strikes when Python looks for a module, or when it forgets who struck."""
    arguments = (how, module, "solve", SEOUL, "-o", "out")
    done = subprocess.run(
        [sys.executable, "-c", STRUCK, *arguments], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "Stopped before there was anything to keep.\n")
    assert os.listdir(tmp_path) == []


@pytest.mark.usefixtures("ctrl_c_raises")
def test_ctrl_c_while_no_verb_runs_ends_with_a_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Typer answers it by an exit code of its own."""
    app = typer.Typer()
    app.command()(lambda: signal.raise_signal(signal.SIGINT))
    monkeypatch.setattr(program, "app", app)
    monkeypatch.setattr(sys, "argv", ["planner"])
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code, capsys.readouterr().err) == (2, "Stopped before there was anything to keep.\n")


@pytest.mark.usefixtures("ctrl_c_raises")
def test_ctrl_c_at_any_report_of_the_search_loses_nothing() -> None:
    """Ctrl-C strikes at each line of progress that tells of a plan, so also between two tiers."""
    told: list[Progress] = []

    def strike(progress: Progress) -> None:
        if progress.value is not None:
            told.append(progress)
            signal.raise_signal(signal.SIGINT)

    answer = search(compile_problem(read_scenario(Path(OVERFULL))), Effort(workers=1), strike)
    assert answer.solution is not None
    assert told != []
    assert [tier.name for tier in answer.tiers] == ["held", "presence", "quality", "rooms"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize("workers", ["1", "4"])
@pytest.mark.parametrize("scenario", [SMALL, OVERFULL], ids=["small", "overfull"])
def test_the_same_run_gives_the_same_bytes(scenario: str, workers: str, tmp_path: Path) -> None:
    """Two processes with other hash seeds; the moment is that of the file."""
    options = ("--deterministic-limit", "3", "--workers", workers, "--seed", "5")
    trees = []
    for number in ("1", "2"):
        done = process("solve", scenario, "-o", tmp_path / number, *options, PYTHONHASHSEED=number)
        assert done.returncode == 0
        trees.append(contents(tmp_path / number))
    assert trees[0] == trees[1]
    assert {"plan.json", "index.html", "programme.ics", "public/programme.html"} < set(trees[0])


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "4"])
def test_the_same_run_gives_the_same_bytes_also_when_the_limit_ends_it(workers: str, tmp_path: Path) -> None:
    """The limit lets Seoul reach a plan, and is far from enough to prove it best."""
    trees = []
    for number in ("1", "2"):
        options = ("--deterministic-limit", "60", "--workers", workers)
        done = process("solve", SEOUL, "-o", tmp_path / number, *options, PYTHONHASHSEED=number)
        assert (done.returncode, done.stdout.partition(":")[0]) == (0, "feasible")
        trees.append(contents(tmp_path / number))
    assert trees[0] == trees[1]


def test_the_order_of_hashes_changes_nothing_that_is_printed() -> None:
    verbs = (("check", OVERFULL), ("sessions", SEOUL, "--json"), ("sessions", SEOUL), ("rules",), ("schema",))
    for verb in verbs:
        first, second = (process(*verb, PYTHONHASHSEED=seed).stdout for seed in ("1", "2"))
        assert first == second != ""


def test_the_command_is_the_one_that_is_installed() -> None:
    (script,) = entry_points(group="console_scripts", name="planner")
    assert script.value == "planner.cli:main"
    assert "from planner.cli import main" in " ".join(command())
