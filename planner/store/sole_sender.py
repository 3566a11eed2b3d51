"""The lock beside a store by which only one process sends from it at a time; it goes with its process, however that ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from planner.errors import OutputError


@contextmanager
def sole_sender(path: Path) -> Iterator[None]:
    """Be the only process that sends from a store; a process that ends, however it does, gives that up.

    Raises:
        OutputError: when another one is, or no lock can be made beside the store.
    """
    place = path.resolve()
    try:
        lock = FileLock(place.with_name(f"{place.name}.sending"), timeout=0)
        lock.acquire()
    except Timeout:
        raise OutputError(
            f"Another process is sending from {path}.", "Wait until it is done; planner outbox shows what it did."
        ) from None
    except OSError as error:
        raise OutputError(
            f"No lock can be made beside {path}: {error.strerror or error}.", "Give the right to write to the folder."
        ) from None
    try:
        yield
    finally:
        lock.release()


def somebody_sends(path: Path) -> bool:
    """Tell whether a process is sending from a store; where no lock can be made, nobody can tell, and it may be."""
    try:
        with sole_sender(path):
            return False
    except OutputError:
        return True
