"""Reads the tutorial as its reader does: from top to bottom, writing the file and running the commands.

python -m tests.docs.tutorial    runs them, and writes what is printed into the tutorial
"""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from planner.cli.program import app

DOCS = Path(__file__).parents[2] / "docs"
TUTORIAL = DOCS / "tutorial.md"
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """One command of the tutorial.

    Attributes:
        scenario: what the reader has written so far.
        command: the words after the prompt.
        printed: what the tutorial says is printed, without spaces at the ends of lines.
    """

    scenario: str
    command: tuple[str, ...]
    printed: str


def steps() -> Iterator[Step]:
    """Yield the commands of the tutorial: ``yaml`` is added to the file, ``diff`` changes it, ``console`` runs."""
    text = ""
    for kind, body in _FENCE.findall(TUTORIAL.read_text(encoding="utf-8")):
        if kind == "yaml":
            text += body
        elif kind == "diff":
            text = _changed(text, body)
        elif kind == "console":
            prompt, _, printed = body.partition("\n")
            yield Step(text, tuple(prompt.removeprefix("$ ").split()), tidy(printed))


def run(step: Step) -> str:
    """Run a command in the current folder, and return what is printed; of wrong input, what is said about it."""
    Path("medicines.yaml").write_text(step.scenario, encoding="utf-8")
    result = CliRunner().invoke(app, step.command[1:])
    return result.stderr if result.exit_code == 2 else result.stdout


def final_scenario() -> str:
    """Return the file as the reader has it in the end."""
    return [step.scenario for step in steps()][-1]


def _changed(text: str, change: str) -> str:
    old = "".join(line[1:] for line in change.splitlines(keepends=True) if line.startswith("-"))
    new = "".join(line[1:] for line in change.splitlines(keepends=True) if line.startswith("+"))
    assert text.count(old) == 1, f"the tutorial changes what is not there once: {old}"
    return text.replace(old, new)


def tidy(printed: str) -> str:
    """Return printed text without spaces at line ends, and without what may differ: seconds, hashes, and times that tie."""
    return "\n".join(
        re.sub(r"\d+\.\d$|[0-9a-f]{64}|\d\d:\d\d–\d\d:\d\d", "0", line.rstrip()) for line in printed.splitlines()
    )


def _refresh() -> None:
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        printed = [f"$ {' '.join(step.command)}\n{run(step)}" for step in steps()]
    texts = iter("\n".join(line.rstrip() for line in text.splitlines()) for text in printed)
    text = re.sub(
        r"^```console\n.*?^```$",
        lambda _: f"```console\n{next(texts)}\n```",
        TUTORIAL.read_text(encoding="utf-8"),
        flags=re.MULTILINE | re.DOTALL,
    )
    TUTORIAL.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _refresh()
