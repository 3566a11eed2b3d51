"""No list names the same thing twice."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from planner.consistency.finding import Finding, Path
from planner.scenario import Scenario

_PAIRS = ("between", "pairs")


def listed_twice(scenario: Scenario) -> Iterator[Finding]:
    """Yield every text that stands twice in a list of texts, wherever the list is."""
    yield from _within(scenario, ())


def _within(model: BaseModel, path: Path) -> Iterator[Finding]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        here = (*path, name)
        if isinstance(value, BaseModel):
            yield from _within(value, here)
        elif isinstance(value, tuple) and name not in _PAIRS:
            yield from _repeats(value, here)
            for index, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from _within(item, (*here, index))


def _repeats(items: tuple[object, ...], path: Path) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, item in enumerate(items):
        if isinstance(item, str):
            if item in seen:
                yield Finding((*path, index), f"{item} is listed twice", "Take one of them out.")
            seen.add(item)
