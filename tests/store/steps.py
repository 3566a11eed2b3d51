"""Steps on stores, each in a process of its own that may be killed at any point of it.

    python -m tests.store.steps < JOBS

Each line of JOBS is ``STORE STEP HOW NUMBER``. STEP is ``first`` or ``second``: publish that plan. HOW is

- ``statement``: the process kills itself by SIGKILL before its statement of SQL of that number, commits counted;
- ``byte``: the system kills it by SIGXFSZ in the middle of the write that would make a file longer than that, be it the journal
  or the store;
- ``whole``: it lives.

For each job the exit code is printed, or the signal as a negative number. The jobs are forked from one
process that has done it all once, which makes them fast.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, event

from planner.store import Store, publish
from tests.store.conference import first, publish_first, publish_second, signed

Job = tuple[Path, str, str, int]


def run(jobs: Iterable[Job]) -> list[int]:
    """Run jobs one after the other; return how each ended."""
    lines = "".join(f"{' '.join(map(str, job))}\n" for job in jobs)
    command = [sys.executable, "-W", "error", "-m", "tests.store.steps"]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    return [int(line) for line in done.stdout.splitlines()]


def _kill_before_statement(number: int) -> None:
    counted = count(1)

    def strike(*_: object) -> None:
        if next(counted) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", strike)
    event.listen(Engine, "commit", strike)


def _kill_at_byte(number: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (number, number))


def _do(store: str, step: str, how: str, number: str) -> None:
    if how == "statement":
        _kill_before_statement(int(number))
    elif how == "byte":
        _kill_at_byte(int(number))
    if step == "first":
        publish(Store(Path(store), make=True), first(), signed())
    else:
        publish_second(Store(Path(store)))


def _main() -> None:
    with TemporaryDirectory() as folder:
        publish_second(publish_first(Path(folder, "x.store")))
    for line in sys.stdin:
        child = os.fork()
        if not child:
            try:
                _do(*line.split())
                os._exit(0)
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")


if __name__ == "__main__":
    _main()
