"""The answer to what changes break: sessions that stay, that are altered, broken, cancelled and new, and who is in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Reason:
    """Why a session cannot stay: the rule that breaks, and a sentence with names and times, for the organiser only."""

    rule: str
    message: str


@dataclass(frozen=True)
class Standing:
    """A session as people were told of it, by the clock at the venue."""

    session: str
    start: datetime
    end: datetime
    room: str


@dataclass(frozen=True)
class Broken:
    """A session that cannot stay where and as people were told."""

    told: Standing
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Altered:
    """A session that can stay where it is, though something else of it changes: its length, its parties, its matter."""

    told: Standing
    differences: tuple[str, ...]


@dataclass(frozen=True)
class Placed:
    """A session that a change puts elsewhere.

    Attributes:
        in_the_way: sessions that cannot stay where they are because of it.
        reasons: what else stands in its way there, if nothing moves.
    """

    told: Standing
    new_start: datetime | None
    new_room: str | None
    in_the_way: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Fresh:
    """A session that nobody was told of, with those without whom it is not held."""

    session: str
    minutes: int
    parties: tuple[str, ...]


@dataclass(frozen=True)
class Hopeless:
    """A session that no plan could hold any more, even if there were no others."""

    session: str
    reason: str


@dataclass(frozen=True)
class Affected:
    """Who is in sessions that are broken, altered, put elsewhere, cancelled or new; ids, sorted.

    Attributes:
        seats: people in those sessions, one who is in two counted twice.
    """

    delegations: tuple[str, ...]
    delegates: tuple[str, ...]
    interpreters: tuple[str, ...]
    seats: int


@dataclass(frozen=True)
class Impact:
    """What changes break of a plan.

    Attributes:
        now: the moment of the change, by the clock at the venue.
        past: sessions that have started; they stay as they were.
        staying: sessions to come that can stay exactly as people were told.
        cancelled: sessions that are not asked for any more.
        elsewhere: rules that break for the plan as a whole rather than for a session.
    """

    now: datetime
    past: tuple[str, ...]
    staying: tuple[str, ...]
    altered: tuple[Altered, ...]
    placed: tuple[Placed, ...]
    broken: tuple[Broken, ...]
    cancelled: tuple[Standing, ...]
    fresh: tuple[Fresh, ...]
    hopeless: tuple[Hopeless, ...]
    elsewhere: tuple[Reason, ...]
    affected: Affected

    @property
    def harmless(self) -> bool:
        """Whether everybody can be left with what they were told, and nothing is new."""
        return not (self.altered or self.placed or self.broken or self.cancelled or self.fresh or self.elsewhere)
