"""A change of a scenario that only loosens it, with who would have to give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum

from planner.scenario import Scenario


class Giver(IntEnum):
    """Who gives something up, the cheapest first."""

    wish = 1
    hours = 2
    rooms = 3
    interpreters = 4
    programme = 5
    length = 6
    guests = 7
    absence = 8

    @property
    def said(self) -> str:
        """Who that is, in words."""
        return _SAID[self]


_SAID = {
    Giver.wish: "a wish of the organiser's",
    Giver.hours: "longer hours",
    Giver.rooms: "the rooms",
    Giver.interpreters: "the interpreters",
    Giver.programme: "the programme",
    Giver.length: "shorter sessions",
    Giver.guests: "a delegation's convenience",
    Giver.absence: "a delegation stays away",
}


@dataclass(frozen=True)
class Change:
    """One change.

    Attributes:
        text: what to do, as a request.
        apply: the scenario with the change.
    """

    giver: Giver
    text: str
    apply: Callable[[Scenario], Scenario] = field(compare=False, repr=False)


Ladder = tuple[Change, ...]
"""Changes of one kind, each of which allows more than the one before: the first that helps is enough."""


class Choice(tuple[Change, ...]):
    """Changes of one kind of which none allows more than another; those first that change least. One that helps is enough."""

    __slots__ = ()
