"""Frozen scenarios with one thing of them replaced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, Protocol, TypeVar

from planner.scenario import Delegation, Scenario

Section = Literal["blocks", "rooms", "delegations", "interpreters", "cases", "sessions"]


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=_Named)


def one(items: Sequence[Item], name: str) -> Item:
    """Return the item of this id, which must be there."""
    return next(item for item in items if item.id == name)


def edited(scenario: Scenario, section: Section, name: str, **fields: Any) -> Scenario:
    """Return the scenario with fields of one item replaced."""
    items = tuple(item.model_copy(update=fields) if item.id == name else item for item in getattr(scenario, section))
    return scenario.model_copy(update={section: items})


def without(names: tuple[str, ...], *gone: str) -> tuple[str, ...]:
    """Return a list of ids without some of them."""
    return tuple(name for name in names if name not in gone)


def people_of(delegation: Delegation) -> Iterator[str]:
    """Yield the ids of a delegation's delegates."""
    return (delegate.id for delegate in delegation.delegates)
