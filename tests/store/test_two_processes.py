"""Two processes at once: the second waits, and then sees what the first did."""

from __future__ import annotations

import sqlite3
import subprocess
from dataclasses import replace
from pathlib import Path

from planner.store import Store, log_of
from tests.cli.running import command
from tests.store.conference import first, publish_first, second, write_folder


def _publishing(folder: Path, name: str, by: str) -> subprocess.Popen[str]:
    line = command("publish", folder / "x.store", folder / name, "--by", by, "--why", "Mine")
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")


def _deeds(folder: Path) -> list[tuple[int, str, int | None]]:
    with Store(folder / "x.store").reading() as session:
        return [(entry.version.number, entry.by, entry.before) for entry in log_of(session)]


def test_of_two_who_publish_upon_the_same_plan_the_second_is_told_who_was_first(tmp_path: Path) -> None:
    """Both find the store taken by a third, so both wait for it."""
    store = publish_first(tmp_path / "x.store")
    write_folder(tmp_path / "Ben", second())
    write_folder(tmp_path / "Eva", replace(second(), scenario_text=second().scenario_text + "# other\n"))
    third = sqlite3.connect(store.path, isolation_level=None)
    third.execute("BEGIN IMMEDIATE")
    running = {name: _publishing(tmp_path, name, name) for name in ("Ben", "Eva")}
    third.execute("COMMIT")
    third.close()
    told = {name: process.communicate() for name, process in running.items()}
    (winner,) = [name for name, process in running.items() if process.returncode == 0]
    (loser,) = [name for name, process in running.items() if process.returncode == 1]
    assert _deeds(tmp_path) == [(1, "Ana", None), (2, winner, 1)]
    assert told[winner][0].startswith("version 2 is published, after version 1\n")
    assert told[loser][1].startswith(f"The plan was not made from version 2, which {winner} published on ")


def test_two_who_make_a_store_at_once_make_one(tmp_path: Path) -> None:
    write_folder(tmp_path / "one", first())
    running = [_publishing(tmp_path, "one", name) for name in ("Ben", "Eva")]
    told = sorted(process.communicate()[0].partition("\n")[0] for process in running)
    assert [process.returncode for process in running] == [0, 0]
    ((number, winner, _),) = _deeds(tmp_path)
    assert (number, told) == (
        1,
        ["version 1 is published", f"version 1 was published already, by {winner}; nothing was done"],
    )
