"""What a check has found, and the names that a scenario uses, also in parts that could not be read."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str | int, ...]
"""Where something stands in a scenario: ``("delegations", 3, "languages", 0)``."""


@dataclass(frozen=True)
class Finding:
    """A flaw without the line it stands in.

    Attributes:
        path: the field.
        value: the offending value; None stands for "as it is written in the file".
    """

    path: Path
    message: str
    hint: str
    value: str | None = None


def field_name(path: Path) -> str:
    """Return a path as people read it: ``delegations[3].languages[0]``; nothing for the file as a whole."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def walk(data: Any, pattern: Path, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield the texts that ``pattern`` leads to in plain data, ``"*"`` standing for every item of a list."""
    if not pattern:
        if isinstance(data, str | int):
            yield path, str(data)
    elif pattern[0] == "*":
        for index, item in enumerate(data if isinstance(data, list | tuple) else ()):
            yield from walk(item, pattern[1:], (*path, index))
    elif isinstance(data, dict) and pattern[0] in data:
        yield from walk(data[pattern[0]], pattern[1:], (*path, pattern[0]))


ID_FIELDS: dict[str, Path] = {
    "block": ("blocks", "*", "id"),
    "room": ("rooms", "*", "id"),
    "delegation": ("delegations", "*", "id"),
    "delegate": ("delegations", "*", "delegates", "*", "id"),
    "interpreter": ("interpreters", "*", "id"),
    "case": ("cases", "*", "id"),
    "lead": ("cases", "*", "leads", "*", "id"),
    "session": ("sessions", "*", "id"),
}
"""Where the ids of each kind stand."""


@dataclass(frozen=True)
class Known:
    """The names that may be referred to.

    Attributes:
        names: by kind (the keys of ``ID_FIELDS``, and ``feature``), in the order of the file.
        strays: names written where no field is; they may be meant for anything, so nothing is said about them.
        unsure: parts of the scenario of which something could not be read, such as ``rooms`` or ``conference.days``;
            what they lack is not held against others.
    """

    names: dict[str, tuple[str, ...]]
    strays: frozenset[str] = field(default_factory=frozenset)
    unsure: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, data: Any, strays: Iterable[str] = (), unsure: Iterable[str] = ()) -> Known:
        """Return the names in plain data, which need not be a valid scenario."""
        patterns: dict[str, Path] = {**ID_FIELDS, "feature": ("rooms", "*", "features", "*")}
        names = {
            kind: tuple(dict.fromkeys(name for _, name in walk(data, pattern))) for kind, pattern in patterns.items()
        }
        return cls(names, frozenset(strays), frozenset(unsure))

    def has(self, kind: str, name: str) -> bool:
        """Tell whether there is such a name."""
        return name in self.names[kind] or name in self.strays

    def sure(self, *parts: str) -> bool:
        """Tell whether all of these parts could be read."""
        return self.unsure.isdisjoint(parts)


def did_you_mean(name: str, options: Collection[str], otherwise: str = "") -> str:
    """Return advice for a name that is not among the options: the nearest ones, or else all of them if they are few."""
    lower = {option.lower(): option for option in options}
    near = [lower[match] for match in difflib.get_close_matches(name.lower(), lower, n=2, cutoff=0.6)]
    if near:
        return f"Did you mean {' or '.join(near)}?"
    if otherwise or not options:
        return otherwise or "Take it out."
    few = list(options)[:12]
    return f"Write one of {', '.join(few)}{', …' if len(options) > len(few) else ''}."
