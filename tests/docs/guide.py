"""Follows the guide on comparing plans, as a reader would, and writes anew what it shows.

python -m tests.docs.guide     runs every command and writes what it prints into the page
"""

from __future__ import annotations

import contextlib
import re
import shlex
import tempfile
from pathlib import Path

from typer.testing import CliRunner

from planner.cli.program import app

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "how-to" / "compare.md"
STAMPS = {"solve": "2026-09-01T09:00:00+01:00", "replan": "2026-09-15T09:45:00+01:00"}
_SHOWN = re.compile(r"^```console\n\$ planner (.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def shown() -> list[tuple[str, str]]:
    """Return the commands that the page shows, with what it says they print."""
    return [(hit[1], hit[2]) for hit in _SHOWN.finditer(GUIDE.read_text(encoding="utf-8"))]


def printed(folder: Path) -> list[tuple[str, str]]:
    """Follow the page in an empty folder, and return the commands that it shows with what they print."""
    (folder / "scenarios").symlink_to(ROOT / "scenarios")
    with contextlib.chdir(folder):
        for command in re.findall(r"^    planner (.*)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE):
            verb = command.split()[0]
            _run(f"{command} --stamp {STAMPS[verb]}")
        return [(command, _run(command)) for command, _ in shown()]


def _run(command: str) -> str:
    result = CliRunner().invoke(app, shlex.split(command), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return "".join(f"{line.rstrip()}\n" for line in result.stdout.splitlines())


def _refresh() -> None:
    with tempfile.TemporaryDirectory() as folder:
        texts = iter(printed(Path(folder)))
    page = _SHOWN.sub(
        lambda _: "```console\n$ planner {}\n{}```".format(*next(texts)), GUIDE.read_text(encoding="utf-8")
    )
    GUIDE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    _refresh()
