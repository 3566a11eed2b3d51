"""Files of other programs as text."""

from __future__ import annotations

from pathlib import Path

from planner.errors import Flaw, InputError


def read_text(path: Path) -> str:
    """Return what stands in a file.

    Raises:
        InputError: when it cannot be read or is no text.
    """
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _refused(str(path), str(path), f"the file cannot be read: {reason}", "Give the path of a file.") from None
    return decoded(content, str(path))


def decoded(content: bytes, name: str) -> str:
    """Return bytes as text in UTF-8.

    Args:
        content: what stands in the file.
        name: what to call it in errors: the path of the file, or ``stdin``.

    Raises:
        InputError: when it is no text.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"{name}:{content[: error.start].count(0x0A) + 1}"
        raise _refused(name, place, "the file is not in UTF-8", "Give a text file.") from None
    if "\0" in text:
        place = f"{name}:{text[: text.index(chr(0))].count(chr(10)) + 1}"
        raise _refused(name, place, "the file is no text", "Give a text file.")
    return text


def _refused(name: str, place: str, message: str, hint: str) -> InputError:
    return InputError(f"{name} cannot be used: {message}", [Flaw(place, "file", "", message, hint)], hint)
