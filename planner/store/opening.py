"""Opening a store: one SQLite file, one transaction a step, and a sentence for everything that can be wrong with it.

The journal is SQLite's rollback journal, so that the file alone is the conference and may lie on any disk; a process that
is killed leaves a journal beside it, which the next one rolls back.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from planner.errors import InputError, OutputError, PlannerError
from planner.store.tables import APPLICATION, SCHEMA, Base

_MAKE = "planner publish makes a store."
_REASONS: tuple[tuple[str, str, str], ...] = (
    ("SQLITE_BUSY", "is locked: another process writes to it", "Try again when the other one is done."),
    (
        "SQLITE_READONLY",
        "may not be written to",
        "Give the right to write to the file and to the folder that it is in.",
    ),
    ("SQLITE_FULL", "cannot be written: the disk is full", "Make room. Nothing was changed."),
    ("SQLITE_IOERR", "cannot be read or written: the disk failed or is full", "Look at the disk. Nothing was changed."),
    ("SQLITE_NOTADB", "is not a store", f"Give the path of a store, or of a file that is not there yet. {_MAKE}"),
    ("SQLITE_CORRUPT", "is damaged", "Take a copy that you kept."),
    ("SQLITE_CANTOPEN", "cannot be opened", "Give a file in a folder that is there, in which you may write."),
)


class Store:
    """A conference over time, in one file.

    Args:
        path: the file.
        make: make the file, with the first step that is written, if it is not there.
        wait_seconds: how long to wait while another process writes.

    Raises:
        InputError: when there is no store, or something else, or one that a newer planner wrote.
        OutputError: when the file cannot be read or written.
    """

    def __init__(self, path: Path, *, make: bool = False, wait_seconds: float = 60.0) -> None:
        self.path = path
        if not make and not path.exists():
            raise InputError(f"There is no store {path}.", hint=_MAKE)
        writable = os.access(path if path.exists() else path.parent, os.W_OK)
        self._engine = _engine(path, "rwc" if make else "rw" if writable else "ro", wait_seconds)
        self._make = make
        self._admitted = False
        if not make:
            with self.reading():
                pass

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give one look at the store, in which nothing changes meanwhile."""
        with self._explaining(), Session(self._engine, expire_on_commit=False) as session:
            self._admit(session.connection(), make=False)
            self._admitted = True
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give the store to one writer: everything in the block is done, or nothing when an error leaves it."""
        engine = self._engine.execution_options(writing=True)
        with self._explaining(), Session(engine, expire_on_commit=False) as session, session.begin():
            self._admit(session.connection(), make=self._make)
            yield session
        self._admitted = True

    def _admit(self, connection: Connection, *, make: bool) -> None:
        """Look once whether the file is a store; make it one if it is empty and that is asked for."""
        if self._admitted:
            return
        tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        schema = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if make and (tables, application, schema) == (0, 0, 0):
            Base.metadata.create_all(connection, checkfirst=False)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
        elif application != APPLICATION:
            raise InputError(f"{self.path} is not a store.", hint=f"Give the path of a store. {_MAKE}")
        elif schema != SCHEMA:
            raise InputError(
                f"{self.path} was written by a newer planner: its schema is {schema}, and this one knows {SCHEMA}.",
                hint="Use the newer planner.",
            )

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise self._told(error.orig) from error
        except sqlite3.Error as error:
            raise self._told(error) from error

    def _told(self, error: BaseException | None) -> PlannerError:
        name = str(getattr(error, "sqlite_errorname", ""))
        for code, what, advice in _REASONS:
            if name.startswith(code):
                return OutputError(f"{self.path} {what}.", advice)
        return OutputError(f"{self.path} refused a step: {error}.", "This is a fault of the planner. Please report it.")


def _engine(path: Path, mode: str, wait_seconds: float) -> Engine:
    def connect() -> sqlite3.Connection:
        place = f"file:{quote(str(path.resolve()))}?mode={mode}"
        return sqlite3.connect(place, timeout=wait_seconds, isolation_level=None, uri=True)

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, record: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = EXTRA")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        """Begin in the name of SQLAlchemy, as Python's driver begins late; a writer queues up before it looks."""
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine
