"""What became of a session between two plans: the words of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from planner.plan import Placement


class Fate(StrEnum):
    """What became of a session, for whoever asks: the whole conference, a delegation, a person."""

    new = "new"
    moved = "moved"
    cancelled = "cancelled"
    unchanged = "unchanged"
    left_out = "left-out"
    dropped = "dropped"


class Ending(StrEnum):
    """Why a session that was held is held no more.

    ``left_out``: the plan has no room for it. ``withdrawn``: nobody asks for it any more. ``other_form``: its case is met in its
    other form. ``returned``: it comes back under a new calendar UID, as a session does that was cancelled in between.
    ``leaves``: it is held, without this reader.
    """

    left_out = "left-out"
    withdrawn = "withdrawn"
    other_form = "other-form"
    returned = "returned"
    leaves = "leaves"


class Aspect(StrEnum):
    """What can be different in a session that is held in both plans."""

    time = "time"
    room = "room"
    table = "table"
    parties = "parties"
    team = "team"
    delegates = "delegates"
    interpreters = "interpreters"
    language = "language"
    cases = "cases"
    leads = "leads"


@dataclass(frozen=True)
class Span:
    """From a first moment to the moment after the last; both aware, in the conference's zone."""

    start: datetime
    end: datetime


Value = Span | str | int | tuple[str, ...] | None


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was.

    Attributes:
        aspect: what it is.
        delegation: whose team or delegates; None for what is the whole session's.
        before, after: ids, in the order of the plan; None when there was or is none.
    """

    aspect: Aspect
    delegation: str | None
    before: Value
    after: Value


@dataclass(frozen=True)
class Outcome:
    """What became of one session.

    Attributes:
        session: its id.
        before, after: its placements; None where it was or is not held, or not with the reader who is asked for.
        differences: for a session that moved, what is not as it was; in the order of ``Aspect``.
        ending: for a cancelled session, why.
    """

    session: str
    fate: Fate
    before: Placement | None = None
    after: Placement | None = None
    differences: tuple[Difference, ...] = ()
    ending: Ending | None = None

    @property
    def is_news(self) -> bool:
        """Whether there is something to tell."""
        return self.fate is not Fate.unchanged

    @property
    def is_back(self) -> bool:
        """Whether a new session was there before, and was cancelled in between."""
        return self.fate is Fate.new and self.after is not None and self.after.generation > 1

    @property
    def aspects(self) -> frozenset[Aspect]:
        """What is different."""
        return frozenset(item.aspect for item in self.differences)
