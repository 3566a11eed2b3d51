"""Runs the command line, in this process or in one of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from planner.cli.program import app
from planner.resources import shipped

SMALL, OVERFULL, SEOUL = (
    str(shipped("scenarios") / name / "scenario.yaml") for name in ("small", "overfull", "seoul-2026")
)
QUICK = ("--deterministic-limit", "5", "--workers", "1", "--stamp", "2026-01-20T09:00:00+09:00")


def run(*arguments: str | Path, stdin: str | bytes | None = None, env: dict[str, str] | None = None) -> Result:
    """Run a verb in this process; anything but an exit is raised."""
    result = CliRunner().invoke(app, [str(each) for each in arguments], input=stdin, env=env, catch_exceptions=False)
    assert "Traceback" not in result.output
    return result


def answer(*arguments: str | Path, code: int = 0) -> Any:
    """Return what a verb prints as JSON."""
    result = run(*arguments, "--json")
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def command(*arguments: str | Path) -> list[str]:
    """Return the command of a process that runs a verb; a warning ends it."""
    call = "import sys; from planner.cli import main; sys.argv = ['planner', *sys.argv[1:]]; main()"
    return [sys.executable, "-W", "error", "-c", call, *map(str, arguments)]


def process(*arguments: str | Path, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a verb in a process of its own."""
    done = subprocess.run(
        command(*arguments), cwd=cwd, capture_output=True, encoding="utf-8", env={**os.environ, **env}, check=False
    )
    assert "Traceback" not in done.stderr
    return done


def started(*arguments: str | Path, cwd: Path | None = None) -> subprocess.Popen[str]:
    """Start a verb in a process that hears Ctrl-C, also when this one runs in the background and does not."""
    return subprocess.Popen(
        command(*arguments),
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def contents(root: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
