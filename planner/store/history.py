"""Reading a store's history: the log, the versions, and which of them is published."""

from __future__ import annotations

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from planner.errors import InputError
from planner.plan import Plan
from planner.scenario import Scenario
from planner.store.submission import Submission
from planner.store.tables import Entry, Published, Version


def log_of(session: Session) -> list[Entry]:
    """Return all entries of the log, oldest first, with their versions."""
    return list(session.scalars(select(Entry).options(joinedload(Entry.version)).order_by(Entry.number)))


def published(session: Session) -> Entry | None:
    """Return the entry of the log by which the published version is, if one is."""
    holds = session.scalar(
        select(Published).options(joinedload(Published.entry).joinedload(Entry.version)).where(Published.id == 1)
    )
    return holds.entry if holds else None


def version_of(session: Session, number: int) -> Version:
    """Return a version by its number.

    Raises:
        InputError: when there is none of this number.
    """
    found = session.get(Version, number)
    if found is None:
        last = session.scalar(select(Version.number).order_by(Version.number.desc()).limit(1))
        there = f"Its versions are 1 to {last}." if last else "It holds no version yet."
        raise InputError(f"The store has no version {number}.", hint=f"{there} planner log lists them.")
    return found


def contents(version: Version) -> Submission:
    """Return what a version holds.

    Raises:
        InputError: when this program cannot read it any more.
    """
    try:
        scenario = Scenario.model_validate_json(version.content)
        plan = Plan.model_validate_json(version.plan)
    except ValidationError as error:
        raise InputError(
            f"Version {version.number} of the store cannot be read by this planner: {error.errors()[0]['msg']}.",
            hint="Use the planner that wrote it, or planner show --part to get its files.",
        ) from None
    return Submission(scenario, version.scenario, plan, version.changes)
