"""Where the shipped templates and scenarios are, in a wheel and in a checkout alike."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Return the folder of shipped files: ``templates`` or ``scenarios``.

    A wheel carries them inside the package; in a checkout they stand beside it.
    """
    packaged = _PACKAGE / f"_{name}"
    return packaged if packaged.is_dir() else _PACKAGE.parent / name
