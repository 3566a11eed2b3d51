"""The verb ``log``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner import console
from planner.cli.answering import answering
from planner.cli.options import AsJson, StoreFile

if TYPE_CHECKING:
    from planner.store.tables import Entry


def log(store: StoreFile, as_json: AsJson = False) -> None:
    """Show who published or drafted what, when and why, oldest first.

    Example: planner log seoul.store
    """
    with answering(as_json):
        from planner.store import Store, log_of, published

        with Store(store).reading() as session:
            entries, holds = log_of(session), published(session)
        if as_json:
            console.say_json(
                {"published": holds.version.number if holds else None, "log": [entry_data(entry) for entry in entries]}
            )
            return
        rows = [
            (str(entry.version.number), entry.deed, f"{entry.at:%Y-%m-%d %H:%M:%S}", entry.by, entry.why)
            for entry in entries
        ]
        console.show_rows(("version", "deed", "when (UTC)", "by", "why"), rows)
        console.say(f"version {holds.version.number} is published" if holds else "no version is published")


def entry_data(entry: Entry) -> dict[str, Any]:
    """An entry of the log as plain data."""
    return {
        "version": entry.version.number,
        "deed": entry.deed,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "why": entry.why,
        "before": entry.before,
        "base": entry.version.base,
        "hash": entry.version.hash,
        "changes": entry.version.changes is not None,
    }
