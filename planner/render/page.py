"""One page in a file of its own, written whole or not at all."""

from __future__ import annotations

import tempfile
from pathlib import Path

from planner.errors import OutputError


def write_page(content: bytes, target: Path) -> None:
    """Write a page to a file whose name ends with ``.html``; a page that is there is replaced.

    Raises:
        OutputError: when the name ends otherwise, or the file cannot be written.
    """
    target = target.resolve()
    if target.suffix != ".html" or target.is_dir():
        raise OutputError(
            f"{target} is no name of a page.", "Give a file that ends with .html, for example changes.html."
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name[:60]}-", dir=target.parent) as workshop:
            fresh = Path(workshop, "fresh")
            fresh.write_bytes(content)
            fresh.replace(target)
    except OSError as error:
        raise OutputError(
            f"The file {target} cannot be written: {error.strerror or error}.",
            "Give a file on a disk with room, in a place where you may write.",
        ) from error
