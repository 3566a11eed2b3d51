"""Follows guides as a reader would, and writes anew what they show.

In a guide, a line that begins with four spaces and ``planner`` is run first, and a block of ``console`` shows what is printed.
What is shown as ``text`` may differ from run to run, and is left aside.

python -m tests.docs.guide     runs every command and writes what it prints into the pages
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
COMPARE, WHY_NO_PLAN = (ROOT / "docs" / "how-to" / f"{name}.md" for name in ("compare", "why-no-plan"))
STAMPS = {"solve": "2026-09-01T09:00:00+01:00", "replan": "2026-09-15T09:45:00+01:00"}
_SHOWN = re.compile(r"^```console\n\$ planner (.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def shown(page: Path) -> list[tuple[str, str]]:
    """Return the commands that a page shows, with what it says they print."""
    return [(hit[1], hit[2]) for hit in _SHOWN.finditer(page.read_text(encoding="utf-8"))]


def printed(page: Path, folder: Path) -> list[tuple[str, str]]:
    """Follow a page in an empty folder, and return the commands that it shows with what they print."""
    (folder / "scenarios").symlink_to(ROOT / "scenarios")
    with contextlib.chdir(folder):
        for command in re.findall(r"^    planner (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE):
            verb = command.split()[0]
            _run(f"{command} --stamp {STAMPS[verb]}")
        return [(command, _run(command)) for command, _ in shown(page)]


def _run(command: str) -> str:
    result = CliRunner().invoke(app, shlex.split(command), catch_exceptions=False)
    assert result.exit_code in (0, 1), result.output
    return "".join(f"{line.rstrip()}\n" for line in result.stdout.splitlines())


def _refresh(page: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        texts = iter(printed(page, Path(folder)))
    text = _SHOWN.sub(
        lambda _: "```console\n$ planner {}\n{}```".format(*next(texts)), page.read_text(encoding="utf-8")
    )
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _refresh(COMPARE)
    _refresh(WHY_NO_PLAN)
