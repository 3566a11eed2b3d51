"""The outbox as a folder of mails: one ``.eml`` a message, in a folder for each reader, in the order in which they go out."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from planner.errors import OutputError
from planner.store.outbox import Waiting


def write_drafts(messages: Sequence[Waiting], target: Path) -> list[Path]:
    """Write messages into a new or empty folder, whole or not at all, and return the files.

    Raises:
        OutputError: when the folder holds something, or cannot be written.
    """
    target = target.resolve()
    names = [f"{message.reader}/{message.number:06}-{message.kind}.eml" for message in messages]
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise OutputError(f"{target} is there, and is not an empty folder.", "Give a new folder.")
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as workshop:
            fresh = Path(workshop, "fresh")
            fresh.mkdir()
            for name, message in zip(names, messages, strict=True):
                path = fresh / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(message.eml)
            fresh.replace(target)
    except OSError as error:
        raise OutputError(
            f"The folder {target} cannot be written: {error.strerror or error}.",
            "Give a folder on a disk with room, in a place where you may write.",
        ) from error
    return [target / name for name in names]
