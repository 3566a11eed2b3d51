"""A conflict: a smallest set of demands that cannot hold together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Member:
    """One demand of a conflict: a rule for one subject; of the rule ``held``, that one session or case is held."""

    rule: str
    subject: tuple[str, str]


@dataclass(frozen=True)
class Conflict:
    """Demands that cannot hold together.

    Attributes:
        members: the demands, those on what is held first.
        minimal: whether it is shown of each that the others can hold together; else the time ended before.
    """

    members: tuple[Member, ...]
    minimal: bool

    @property
    def held(self) -> tuple[tuple[str, str], ...]:
        """Sessions, and cases of open format, that cannot all be held."""
        return tuple(member.subject for member in self.members if member.rule == "held")

    @property
    def demands(self) -> tuple[Member, ...]:
        """All members but those on what is held."""
        return tuple(member for member in self.members if member.rule != "held")
