"""What calendars were told: every session and block as the revision that is out, and where a reader's copy differs.

The ledger is kept in the plan. It only grows: an entry that is cancelled stays, so that its UID is never used again and
whoever missed the cancellation can still get it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import AwareDatetime, Field

from planner.values import Frozen

_Number = Annotated[int, Field(ge=0)]


class Shown(Frozen):
    """What a calendar shows of an entry, as far as its cancellation repeats it."""

    start: AwareDatetime = Field(description="in the conference's zone")
    end: AwareDatetime = Field(description="in the conference's zone")
    summary: str = Field(description="title of the entry")
    location: str | None = Field(default=None, description="where it is; null for nowhere in particular")


class Copy(Frozen):
    """What one reader has of an entry, where that is not what the others have."""

    reader: str = Field(description="such as delegation/KHM, delegate/khm-1, interpreter/int-3, organiser or public")
    sequence: _Number = Field(description="SEQUENCE of this reader's copy")
    revised_at: AwareDatetime = Field(description="when this reader's copy was last changed, UTC")
    left: Shown | None = Field(
        default=None, description="what it showed when it was cancelled for this reader; null if the reader has it"
    )


class Revision(Frozen):
    """One calendar entry as it was last published; a session that comes back after a cancellation is a new entry."""

    entry: str = Field(description="id of the session, or block/ and the id of the block")
    generation: Annotated[int, Field(ge=1)] = Field(description="1, and one more each time it came back")
    uid: str = Field(description="permanent name in calendars, made of entry and generation")
    sequence: _Number = Field(description="SEQUENCE: how often what it says was changed; never lower")
    created_at: AwareDatetime = Field(description="when it was first published, UTC")
    revised_at: AwareDatetime = Field(description="when it was last changed, UTC")
    cancelled: bool = Field(default=False, description="whether it is held no more; then it never changes again")
    content: str = Field(description="SHA-256 of what it says; while this stays, nobody is told anything")
    shown: Shown = Field(description="what it shows, or last showed")
    readers: tuple[str, ...] = Field(description="whose calendars have it, or had it when it was cancelled")
    copies: tuple[Copy, ...] = Field(default=(), description="readers whose copy differs")

    @property
    def told(self) -> tuple[str, ...]:
        """Everybody who was ever told of it, each once."""
        return tuple(dict.fromkeys((*self.readers, *(copy.reader for copy in self.copies))))

    def standing(self, reader: str) -> Standing | None:
        """Return what a reader's calendar has of it; None for a reader who was never told of it."""
        own = next((copy for copy in self.copies if copy.reader == reader), None)
        if own is not None:
            cancelled = self.cancelled or own.left is not None
            return Standing(own.sequence, own.revised_at, cancelled, own.left is not None, own.left or self.shown)
        if reader in self.readers:
            return Standing(self.sequence, self.revised_at, self.cancelled, False, self.shown)
        return None


@dataclass(frozen=True)
class Standing:
    """What one reader's calendar has of an entry.

    Attributes:
        sequence: SEQUENCE of the copy.
        revised_at: when the copy was last changed, UTC.
        cancelled: whether it is cancelled for this reader.
        has_left: whether that is because the reader left it, when it went on.
        shown: what the reader was last told of it.
    """

    sequence: int
    revised_at: AwareDatetime
    cancelled: bool
    has_left: bool
    shown: Shown
