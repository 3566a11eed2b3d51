"""What a store says when it cannot be opened, read or written: a sentence with what is wrong and what to do."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from planner.errors import InputError, OutputError, PlannerError
from planner.store import Store, log_of, publish
from planner.store.tables import SCHEMA
from tests.store.conference import first, publish_first, publish_second, signed


def refusal(path: Path, *, make: bool = False) -> tuple[type[PlannerError], str]:
    """Return what is said when a plan is to be published in a store."""
    with pytest.raises(PlannerError) as told:
        publish(Store(path, make=make, wait_seconds=0.1), first(), signed())
    assert told.value.hint
    return type(told.value), told.value.message.replace(str(path), "STORE")


def sql(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_store_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    assert refusal(tmp_path / "x.store") == (InputError, "There is no store STORE.")
    assert list(tmp_path.iterdir()) == []


def test_another_file_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "x.store"
    path.write_text("conference: {id: other}\n" * 60)
    assert refusal(path, make=True) == (OutputError, "STORE is not a store.")
    assert path.read_text() == "conference: {id: other}\n" * 60


def test_an_empty_file_is_no_store_but_can_become_one(tmp_path: Path) -> None:
    path = tmp_path / "x.store"
    path.touch()
    assert refusal(path) == (InputError, "STORE is not a store.")
    publish_first(path)


def test_the_database_of_another_program_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "x.store"
    sql(path, "CREATE TABLE theirs (x)")
    assert refusal(path, make=True) == (InputError, "STORE is not a store.")


def test_a_store_of_a_newer_planner_is_left_alone(tmp_path: Path) -> None:
    path = publish_first(tmp_path / "x.store").path
    sql(path, f"PRAGMA user_version = {SCHEMA + 1}")
    said = f"STORE was written by a newer planner: its schema is {SCHEMA + 1}, and this one knows {SCHEMA}."
    assert refusal(path) == (InputError, said)


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    assert refusal(tmp_path, make=True) == (OutputError, "STORE cannot be opened.")


def test_a_store_in_a_folder_that_is_not_there_cannot_be_made(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone" / "x.store", make=True) == (OutputError, "STORE cannot be opened.")


def test_a_damaged_store_is_told(tmp_path: Path) -> None:
    path = publish_first(tmp_path / "x.store").path
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    assert refusal(path) == (OutputError, "STORE is damaged.")


def test_a_store_that_somebody_else_writes_to_is_told_after_a_while(tmp_path: Path) -> None:
    path = publish_first(tmp_path / "x.store").path
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert refusal(path) == (OutputError, "STORE is locked: another process writes to it.")
    other.execute("ROLLBACK")
    other.close()


def test_a_store_that_may_only_be_read_can_be_read_and_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests may run as root, who may write anywhere, so the system is made to say that this file may not be written."""
    path = publish_first(tmp_path / "x.store").path
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(OutputError) as told:
        publish_second(Store(path))
    assert told.value.message == f"{path} may not be written to."
    with Store(path).reading() as session:
        assert len(log_of(session)) == 1


def test_a_full_disk_is_told_and_changes_nothing(tmp_path: Path) -> None:
    """The system lets no file of the process grow beyond a few pages."""
    path = tmp_path / "x.store"
    code = "import sys; from pathlib import Path; from tests.store.test_opening import refusal\n"
    code += "print(refusal(Path(sys.argv[1]), make=True))"
    done = subprocess.run(
        [sys.executable, "-B", "-c", code, path], capture_output=True, text=True, check=True, preexec_fn=_little_room
    )
    assert done.stdout == (
        "(<class 'planner.errors.OutputError'>, 'STORE cannot be read or written: the disk failed or is full.')\n"
    )
    assert not path.exists() or os.path.getsize(path) == 0
    publish_first(path)


def _little_room() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
