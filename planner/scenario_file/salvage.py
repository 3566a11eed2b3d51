"""What can still be checked of a scenario that has flaws: everything but the parts that could not be read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from planner.consistency import Path, did_you_mean
from planner.scenario import Conference, Scenario

_STAND_IN: dict[str, Any] = {
    "conference": {
        "id": "stand-in",
        "title": "stand-in",
        "venue": "stand-in",
        "time_zone": "UTC",
        "organiser": {"name": "stand-in", "mail": "stand-in@planner.example"},
        "days": [{"date": "2000-01-01", "opens": "00:00", "closes": "23:59"}],
        "working_languages": ["en"],
    },
    "rooms": [{"id": "stand-in", "name": "stand-in", "seats": 1}],
    "delegations": [{"id": "stand-in", "kind": "organisation", "name": "stand-in", "languages": ["en"]}],
}
_HARMLESS: dict[str, Any] = {
    "title": "stand-in",
    "name": "stand-in",
    "languages": ["en"],
    "pairs": [["en", "fr"]],
    "seats": 1,
    "kind": {"blocks": "break", "delegations": "organisation"},
    "role": None,
    "mail": None,
    "function": None,
}
"""Fields of items that no other check looks at, with what may stand in for them; None leaves them out."""
_BY_FIELD = ("conference", "rules", "formation")
_ROUNDS = 8


@dataclass(frozen=True)
class Salvaged:
    """The readable rest of a scenario.

    Attributes:
        scenario: without the parts that could not be read; stand-ins are where something must be.
        unsure: the sections of which something is missing.
        strays: what is written under fields that do not exist.
        kept: for each list that lost items, the places in the file of those that are left.
    """

    scenario: Scenario
    unsure: frozenset[str]
    strays: frozenset[str]
    kept: dict[Path, list[int]]

    def in_file(self, path: Path) -> Path:
        """Return the path that a field of the rest has in the file."""
        return _in_file(path, self.kept)


def validate(data: Any) -> Scenario:
    """Return the scenario; numbers must be numbers and texts texts, as the JSON Schema says."""
    return Scenario.model_validate_json(json.dumps(data), strict=True)


def real_path(error: ErrorDetails, data: Any) -> Path:
    """Return where an error stands in the data, without the steps that pydantic takes inside of a type."""
    path: list[str | int] = []
    for part in error["loc"]:
        if not _holds(data, part):
            break
        data = data[part]
        path.append(part)
    if error["type"] == "missing":
        path.append(error["loc"][-1])
    return tuple(path)


def _holds(data: Any, part: str | int) -> bool:
    if isinstance(data, list):
        return isinstance(part, int) and part < len(data)
    return isinstance(data, dict) and part in data


def salvage(data: dict[str, Any], errors: Sequence[ErrorDetails]) -> Salvaged | None:
    """Return what is left of a scenario without the parts that have errors; None when that cannot be told."""
    dropped: set[Path] = set()
    replaced: dict[Path, dict[str, Any]] = {}
    strays: set[str] = set()
    kept: dict[Path, list[int]] = {}
    rest: Any = data
    for _ in range(_ROUNDS):
        for error in errors:
            path = _in_file(real_path(error, rest), kept)
            if error["type"] == "extra_forbidden":
                strays.update(texts_in(_value(data, path)))
            field = _harmless(path, data, error["type"])
            if field and field not in dropped:
                replaced.setdefault(field[:-1], {})[str(field[-1])] = _substitute(field)
            else:
                dropped.add(_part(path, data))
        kept = {}
        rest = _without(data, (dropped, replaced), (), kept)
        _stand_in(rest)
        try:
            return Salvaged(validate(rest), sections_of(dropped), frozenset(strays), kept)
        except ValidationError as error:
            errors = error.errors()
    return None


def _part(path: Path, data: Any) -> Path:
    """Return the smallest part to leave out: an item that has fields, else a field of the conference, else a section."""
    for length in range(len(path), 0, -1):
        if isinstance(path[length - 1], int) and isinstance(_value(data, path[:length]), dict):
            return path[:length]
    return path[:2] if path[0] in _BY_FIELD else path[:1]


def _harmless(path: Path, data: Any, kind: str) -> Path | None:
    """Return the field that an error is in, when something can stand in for it without a difference to other checks."""
    if kind == "value_error" and path[0] == "delegations" and len(path) == 2:
        return (*path, "kind")
    for length in range(len(path), 2, -1):
        item, name = path[: length - 1], path[length - 1]
        if name in _HARMLESS and isinstance(item[-1], int) and path[0] != "tiers" and kind != "extra_forbidden":
            return path[:length] if isinstance(_value(data, item), dict) else None
    return None


def _substitute(field: Path) -> Any:
    value = _HARMLESS[str(field[-1])]
    return value[field[0]] if isinstance(value, dict) else value


def _value(data: Any, path: Path) -> Any:
    for part in path:
        if isinstance(data, dict):
            data = data.get(str(part))
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return None
    return data


def _without(
    data: Any, changes: tuple[set[Path], dict[Path, dict[str, Any]]], path: Path, kept: dict[Path, list[int]]
) -> Any:
    dropped, replaced = changes
    if isinstance(data, dict):
        new = replaced.get(path, {})
        names = [name for name in data if (*path, name) not in dropped and name not in new]
        rest = {name: _without(data[name], changes, (*path, name), kept) for name in names}
        return {**rest, **{name: value for name, value in new.items() if value is not None}}
    if isinstance(data, list):
        indices = [index for index in range(len(data)) if (*path, index) not in dropped]
        if len(indices) < len(data):
            kept[path] = indices
        return [_without(data[index], changes, (*path, index), kept) for index in indices]
    return data


def _in_file(path: Path, kept: dict[Path, list[int]]) -> Path:
    out: Path = ()
    for part in path:
        out = (*out, kept[out][part] if isinstance(part, int) and out in kept and part < len(kept[out]) else part)
    return out


def _stand_in(rest: dict[str, Any]) -> None:
    for section, value in _STAND_IN.items():
        if not rest.get(section):
            rest[section] = value
    for name, value in _STAND_IN["conference"].items():
        if not rest["conference"].get(name):
            rest["conference"] = {**rest["conference"], name: value}


def sections_of(paths: Iterable[Path]) -> frozenset[str]:
    """Return the parts of a scenario that these paths are in, such as ``rooms`` or ``conference.days``."""
    parts: set[str] = set()
    for path in paths:
        section = str(path[0])
        if section not in Scenario.model_fields:
            section = _meant(section, tuple(Scenario.model_fields))
        parts.add(section)
        if section == "conference":
            fields = tuple(Conference.model_fields)
            name = str(path[1]) if len(path) > 1 else ""
            meant = fields if not name else (name if name in fields else _meant(name, fields),)
            parts.update(f"conference.{field}" for field in meant)
    return frozenset(parts)


def _meant(name: str, fields: tuple[str, ...]) -> str:
    advice = did_you_mean(name, fields)
    return advice.removeprefix("Did you mean ").partition(" or ")[0].rstrip("?")


def texts_in(data: Any) -> Iterator[str]:
    """Yield every value in plain data, as text."""
    if isinstance(data, dict):
        for value in data.values():
            yield from texts_in(value)
    elif isinstance(data, list):
        for item in data:
            yield from texts_in(item)
    elif data is not None:
        yield str(data)
