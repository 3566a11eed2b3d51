"""Edits of a sound file, from which tests of wrong input are made."""

from __future__ import annotations


def replaced(text: str, *changes: tuple[str, str]) -> str:
    """Return the text with parts of it replaced, each of which must stand in it once."""
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
