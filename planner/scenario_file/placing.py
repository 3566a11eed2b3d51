"""Where in a file a finding stands, and the error that its reader gets in the end."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path as FilePath

from planner.consistency import Finding, field_name
from planner.errors import Flaw, InputError
from planner.scenario_file.tree import Node, as_written, locate

Placed = tuple[int, Flaw]
"""A flaw with the number of its line, to be sorted by."""


def content_of(path: FilePath, what: str) -> bytes:
    """Return what stands in a file; ``what`` says of it what it is, such as ``scenario``.

    Raises:
        InputError: when the file cannot be read.
    """
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path} cannot be read: {reason}.", hint=f"Give the path of a {what} file.") from None


def text_of(content: str | bytes, name: str, what: str) -> str | Placed:
    """Return the text of a file in UTF-8, or what is wrong with its encoding."""
    try:
        return content if isinstance(content, str) else content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        byte = f"{error.object[error.start]:#04x}"
        wrong = Finding((), "the file is not in UTF-8", "Save it with the encoding UTF-8.", byte)
        return placed(name, line, wrong, what)


def located(name: str, tree: Node, finding: Finding, what: str) -> Placed:
    """Return a finding as a flaw at the line where its path stands in the tree."""
    line, node = locate(tree, finding.path)
    return placed(name, line, finding, what, as_written(node))


def placed(name: str, line: int, finding: Finding, what: str, written: str = "") -> Placed:
    """Return a finding as a flaw at a line of the file ``name``."""
    value = written if finding.value is None else finding.value
    return line, Flaw(f"{name}:{line}", field_name(finding.path) or what, value, finding.message, finding.hint)


def refusal(message: str, flaws: Iterable[Placed], hint: str = "Correct the file and check it again.") -> InputError:
    """Return the error that shows all flaws of an input together, by line; ``message`` says what it is not."""
    ordered = [flaw for _, flaw in sorted(dict.fromkeys(flaws), key=lambda item: (item[0], item[1].field))]
    count = "one flaw" if len(ordered) == 1 else f"{len(ordered)} flaws"
    return InputError(f"{message}: {count}", ordered, hint)
