"""How hard to search, and what is told on the way."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """How hard to search.

    Attributes:
        time_limit: wall-clock seconds for all tiers together, None for no limit.
        deterministic_limit: CP-SAT's deterministic time for all tiers together. When it is given, everything runs in turn,
            the same effort gives the same answer, and the time limit is not looked at.
        workers: 1 runs everything in turn; with more, proving and improving run side by side.
    """

    time_limit: float | None = 60.0
    deterministic_limit: float | None = None
    seed: int = 0
    workers: int = 2

    @property
    def in_turn(self) -> bool:
        """Whether one thing is done after the other."""
        return self.workers == 1 or self.deterministic_limit is not None


@dataclass(frozen=True)
class Progress:
    """Where the search stands: ``value`` is None before the tier's first plan."""

    tier: str
    value: int | None
    bound: int | None
    seconds: float
