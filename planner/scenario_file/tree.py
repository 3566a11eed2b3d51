"""A YAML text as a tree that remembers its lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from planner.consistency import Path

Scalar = str | int | float | bool | None


@dataclass(frozen=True)
class Leaf:
    """A text, number, truth value or nothing; ``text`` is how it is written."""

    line: int
    text: str
    data: Scalar
    size: int = 1


@dataclass(frozen=True)
class Listing:
    """A list."""

    line: int
    items: tuple[Node, ...]
    size: int


@dataclass(frozen=True)
class Mapping:
    """Fields by name; ``lines`` tells where each name stands."""

    line: int
    entries: dict[str, Node]
    lines: dict[str, int]
    size: int


Node = Leaf | Listing | Mapping


def plain(node: Node) -> Any:
    """Return the tree as dicts, lists and scalars."""
    if isinstance(node, Mapping):
        return {name: plain(value) for name, value in node.entries.items()}
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    return node.data


def locate(node: Node, path: Path) -> tuple[int, Node | None]:
    """Return the line of a path, or of the deepest part of it that is written, and the node there if it is written."""
    line = node.line
    for part in path:
        if isinstance(node, Mapping) and part in node.entries:
            line = node.lines[str(part)]
            node = node.entries[str(part)]
        elif isinstance(node, Listing) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
            line = node.line
        else:
            return line, None
    return line, node


def as_written(node: Node | None, longest: int = 60) -> str:
    """Return a node on one line, shortened."""
    if node is None:
        return ""
    if isinstance(node, Leaf):
        text = node.text
    elif isinstance(node, Listing):
        text = f"[{', '.join(as_written(item, 20) for item in node.items[:9])}]"
    else:
        text = f"{{{', '.join(f'{key}: {as_written(value, 20)}' for key, value in list(node.entries.items())[:9])}}}"
    text = "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
    return text if len(text) <= longest else text[: longest - 1] + "…"
