"""A process that is killed at any moment leaves the old state or the new one, and the next process goes on from it."""

from __future__ import annotations

import shutil
import signal
import sqlite3
from pathlib import Path

import pytest

from planner.store import Store
from tests.store.conference import publish_first, publish_second
from tests.store.steps import run

Row = tuple[object, ...]
State = dict[str, list[Row]]


def state(path: Path) -> State:
    """Return every row of a store; nothing for a file that holds none."""
    if not path.exists() or not path.stat().st_size:
        return {}
    with sqlite3.connect(path) as connection:
        (health,) = connection.execute("PRAGMA integrity_check").fetchone()
        assert health == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        found = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in tables}
    connection.close()
    return found


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> dict[str, State]:
    """A store before anything, after the first plan, and after the second, as processes that lived leave it."""
    path = tmp_path_factory.mktemp("whole") / "x.store"
    found = {"nothing": state(path)}
    publish_first(path)
    found["first"] = state(path)
    publish_second(Store(path))
    found["second"] = state(path)
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which the first plan is published; nobody may change it."""
    return publish_first(tmp_path_factory.mktemp("made") / "x.store").path


def _start(folder: Path, step: str, made: Path, number: int = 0) -> Path:
    path = folder / f"{number}.store"
    if step == "second":
        shutil.copy(made, path)
    return path


@pytest.mark.parametrize(("step", "before"), [("first", "nothing"), ("second", "first")])
def test_a_kill_before_any_statement_leaves_the_old_state(
    step: str, before: str, states: dict[str, State], made: Path, tmp_path: Path
) -> None:
    """Every third statement is struck; where there is no statement of that number, the process lives."""
    numbers = range(1, 140, 3)
    jobs = [(_start(tmp_path, step, made, number), step, "statement", number) for number in numbers]
    ended = run(jobs)
    killed = ended.count(-signal.SIGKILL)
    assert ended == [-signal.SIGKILL] * killed + [0] * (len(jobs) - killed)
    assert 5 < killed < len(jobs)
    left = [state(path) for path, *_ in jobs]
    assert left == [states[before]] * killed + [states[step]] * (len(jobs) - killed)


@pytest.mark.parametrize(("step", "before"), [("first", "nothing"), ("second", "first")])
def test_a_kill_in_the_middle_of_a_write_leaves_the_old_state(
    step: str, before: str, states: dict[str, State], made: Path, tmp_path: Path
) -> None:
    """The system kills at the byte by which the journal, or the store itself, would grow too long."""
    size = made.stat().st_size
    limits = (*range(0, 2 * size, size // 12 + 1), 2**30)
    jobs = [(_start(tmp_path, step, made, limit), step, "byte", limit) for limit in limits]
    ended = run(jobs)
    killed = ended.count(-signal.SIGXFSZ)
    assert ended == [-signal.SIGXFSZ] * killed + [0] * (len(jobs) - killed)
    assert 5 < killed < len(jobs)
    left = [state(path) for path, *_ in jobs]
    assert left == [states[before]] * killed + [states[step]] * (len(jobs) - killed)


def test_after_a_kill_the_next_process_does_the_whole_step(
    made: Path, states: dict[str, State], tmp_path: Path
) -> None:
    """The kill leaves a store that is written in part, and the journal that says how it was."""
    path = _start(tmp_path, "second", made)
    assert run([(path, "second", "byte", made.stat().st_size)]) == [-signal.SIGXFSZ]
    assert path.with_name(f"{path.name}-journal").stat().st_size > 0
    assert run([(path, "second", "whole", 0)]) == [0]
    assert state(path) == states["second"]
