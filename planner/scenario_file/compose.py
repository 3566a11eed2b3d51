"""From YAML text to a tree, by way of ruamel's events.

Read as YAML 1.2, whatever a ``%YAML`` line says: ``NO`` is a text, and so is ``09:00``. Keys are texts. Anchors, aliases
and merge keys work; a text that would unfold to a giant is refused, and so is one nested too deeply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from planner.consistency import Finding, Path
from planner.scenario_file.tree import Leaf, Listing, Mapping, Node, Scalar, as_written

MOST_NODES = 200_000
DEEPEST = 30

_NULL = re.compile(r"~|null|Null|NULL|")
_BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_TAG = "tag:yaml.org,2002:"


class UnreadableError(Exception):
    """The text is not YAML, or more than a scenario can be; nothing after ``line`` was looked at."""

    def __init__(self, line: int, message: str, hint: str, value: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.finding = Finding((), message, hint, value)


@dataclass(frozen=True)
class Reading:
    """What was read from a text.

    Attributes:
        tree: None when the text is empty or reading had to stop; then the last finding says why.
        found: what is wrong with the layout, with lines from 1.
        doubled: the values of fields that were given before; they are not in the tree.
    """

    tree: Node | None
    found: tuple[tuple[int, Finding], ...]
    doubled: tuple[tuple[Path, Node], ...] = ()


def read_tree(text: str, what: str = "scenario") -> Reading:
    """Return the tree of a YAML text, and what is wrong with its layout; ``what`` is what a file holds one of."""
    builder = _Builder(YAML(typ="safe", pure=True).parse(text), what)
    try:
        return Reading(builder.document(), tuple(builder.found), tuple(builder.doubled))
    except UnreadableError as error:
        builder.found.append((error.line, error.finding))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or str(error)
        builder.found.append(
            (mark.line + 1 if mark else 1, Finding((), f"this is not YAML: {problem}", _advice(problem), ""))
        )
    except YAMLError as error:
        position = getattr(error, "position", 0)
        problem = f"this is not YAML: it holds the control character {getattr(error, 'character', 0):#06x}"
        builder.found.append((text.count("\n", 0, position) + 1, Finding((), problem, "Take the character out.", "")))
    return Reading(None, tuple(builder.found))


class _Builder:
    """Composes nodes from ruamel's events, by recursive descent."""

    def __init__(self, events: Iterator[Event], what: str) -> None:
        self.events = events
        self.what = what
        self.anchors: dict[str, Node | None] = {}
        self.found: list[tuple[int, Finding]] = []
        self.doubled: list[tuple[Path, Node]] = []

    def document(self) -> Node | None:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                if root is not None:
                    raise UnreadableError(
                        _line(event),
                        "a second document begins here",
                        f"Keep one {self.what} in a file; take the line --- out.",
                    )
                root = self.node(next(self.events), ())
        return root

    def node(self, event: Event, path: Path) -> Node:
        line = _line(event)
        if len(path) > DEEPEST:
            raise UnreadableError(
                line, f"this is nested more than {DEEPEST} deep", "Check the brackets and the indentation."
            )
        anchor = str(event.anchor) if isinstance(event, NodeEvent) and event.anchor else ""
        if isinstance(event, AliasEvent):
            node = self.anchors.get(anchor)
            if node is None:
                inside = anchor in self.anchors
                problem = (
                    "this alias stands inside of what it names" if inside else "this alias names no anchor before it"
                )
                raise UnreadableError(
                    line, problem, f"Write &{anchor} at the part that it should repeat.", f"*{anchor}"
                )
            return node
        if anchor:
            self.anchors[anchor] = None
        if isinstance(event, ScalarEvent):
            node = self.leaf(event, path)
        elif isinstance(event, SequenceStartEvent):
            node = self.listing(line, path)
        else:
            node = self.mapping(line, path)
        if anchor:
            self.anchors[anchor] = node
        return node

    def leaf(self, event: ScalarEvent, path: Path) -> Leaf:
        text, line = event.value, _line(event)
        if any("\ud800" <= char <= "\udfff" for char in text):
            self.found.append((line, Finding(path, "half a character", "Write the character itself.", ascii(text))))
            text = "?"
        if event.tag is not None and event.tag not in (
            "!",
            *(_TAG + name for name in ("str", "int", "float", "bool", "null")),
        ):
            self.found.append(
                (line, Finding(path, "this YAML tag is not known here", "Take the tag out.", str(event.tag)))
            )
        is_text = bool(event.style) or event.tag in ("!", _TAG + "str")
        return Leaf(line, text, text if is_text else _scalar(text))

    def listing(self, line: int, path: Path) -> Listing:
        items: list[Node] = []
        size = 1
        while not isinstance(event := next(self.events), SequenceEndEvent):
            items.append(self.node(event, (*path, len(items))))
            size = self.checked(size + items[-1].size, line)
        return Listing(line, tuple(items), size)

    def mapping(self, line: int, path: Path) -> Mapping:
        entries: dict[str, Node] = {}
        lines: dict[str, int] = {}
        merged: list[Mapping] = []
        size = 1
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self.node(event, (*path, "?"))
            here = _line(event)
            if not isinstance(key, Leaf):
                raise UnreadableError(
                    here, "the name of a field is a list or has fields itself", "Write a plain name before the colon."
                )
            value = self.node(next(self.events), (*path, key.text))
            size = self.checked(size + value.size, line)
            if key.text == "<<" and isinstance(event, ScalarEvent) and not event.style:
                merged.extend(self.merged(value, here, path))
            elif key.text in entries:
                where = f"the field is given twice, first on line {lines[key.text]}"
                self.found.append((here, Finding((*path, key.text), where, "Keep one of them.")))
                self.doubled.append(((*path, key.text), value))
            else:
                entries[key.text], lines[key.text] = value, here
        for source in merged:
            for name, node in source.entries.items():
                if name not in entries:
                    entries[name], lines[name] = node, source.lines[name]
        return Mapping(line, entries, lines, size)

    def merged(self, value: Node, line: int, path: Path) -> list[Mapping]:
        sources = value.items if isinstance(value, Listing) else (value,)
        for source in sources:
            if not isinstance(source, Mapping):
                hint = "Write <<: *name, where &name stands before a part with fields."
                self.found.append((line, Finding((*path, "<<"), "only fields can be merged", hint, as_written(source))))
        return [source for source in sources if isinstance(source, Mapping)]

    def checked(self, size: int, line: int) -> int:
        if size > MOST_NODES:
            hint = "Use fewer aliases, or split the conference."
            raise UnreadableError(line, f"this unfolds to more than {MOST_NODES:,} values", hint)
        return size


def _scalar(text: str) -> Scalar:
    if _NULL.fullmatch(text):
        return None
    if _BOOL.fullmatch(text):
        return text.lower() == "true"
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and not text.lstrip("+-").isdigit() and isfinite(float(text)):
        return float(text)
    return text


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1


def _advice(problem: str) -> str:
    for words, hint in (
        ("\\t", "Indent with spaces; tabs are not allowed."),
        ("mapping values", "Put a text that holds a colon in quotes, and check the indentation."),
        ("cannot start any token", "Put the text in quotes."),
        ("end of stream", "Close the quotes."),
        ("<stream end>", "Close the bracket or brace."),
        ("block end", "Check the indentation: items of a list, and fields of one thing, stand in one column."),
    ):
        if words in problem:
            return hint
    return "Check indentation, quotes and brackets near this line."
