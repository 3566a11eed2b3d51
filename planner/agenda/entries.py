"""What the plan's ledger adds to calendar entries: UID, SEQUENCE and moments, each reader's copy, and what is cancelled."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from planner.agenda.parts import Event
from planner.ledger import Revision, Standing
from planner.plan import Placement, Plan, session_uid
from planner.scenario import Conference, Scenario


class Mark(NamedTuple):
    """What marks an entry in every calendar; the moments are in UTC."""

    uid: str
    sequence: int
    created: datetime
    revised: datetime


class Entries:
    """The ledger of a plan, for those who make calendars; a plan without one is as it was first published.

    Args:
        scenario: a consistent scenario.
        plan: a plan of it.
    """

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        self._plan = plan
        self._conference = scenario.conference
        self._zone = ZoneInfo(scenario.conference.time_zone)
        self._live = {revision.entry: revision for revision in plan.revisions if not revision.cancelled}
        self._by_uid = {revision.uid: revision for revision in plan.revisions}
        self.now = None if scenario.replanning is None else scenario.replanning.now.replace(tzinfo=self._zone)

    @property
    def since(self) -> datetime:
        """When the first entry was published, UTC."""
        return min((item.created_at for item in self._plan.revisions), default=self._plan.created_at).astimezone(UTC)

    def mark(self, entry: str, placement: Placement | None = None) -> Mark:
        """Return what marks an entry in every calendar; the placement of a session counts when the plan has no ledger."""
        live = self._live.get(entry)
        if live is not None:
            return Mark(live.uid, live.sequence, live.created_at, live.revised_at)
        moment = self._plan.created_at.astimezone(UTC)
        if placement is not None:
            return Mark(placement.uid, placement.sequence, moment, moment)
        return Mark(entry_uid(self._conference, entry), 0, moment, moment)

    def copy(self, reader: str, event: Event) -> Event:
        """Return an entry as one reader has it: what it says is the same for all, its SEQUENCE may be higher."""
        revision = self._by_uid.get(event.uid)
        standing = revision.standing(reader) if revision else None
        if standing is None or standing.cancelled:
            return event
        return replace(event, sequence=standing.sequence, revised=standing.revised_at)

    def cancelled(self, reader: str) -> tuple[Event, ...]:
        """Return the entries that a reader was told of and that are cancelled for this reader, until they are over."""
        return tuple(self._cancelled.get(reader, ()))

    @cached_property
    def _cancelled(self) -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = defaultdict(list)
        for revision in self._plan.revisions:
            for reader in revision.told:
                standing = revision.standing(reader)
                if standing and standing.cancelled and not self.is_over(standing.shown.end):
                    found[reader].append(self.tombstone(revision, standing))
        return found

    def tombstone(self, revision: Revision, standing: Standing) -> Event:
        """Return what remains of an entry that is cancelled for a reader: what this reader was last told of it."""
        shown = standing.shown
        return Event(
            uid=revision.uid,
            sequence=standing.sequence,
            created=revision.created_at,
            revised=standing.revised_at,
            start=shown.start.astimezone(self._zone),
            end=shown.end.astimezone(self._zone),
            summary=shown.summary,
            location=shown.location,
            description=None,
            category=None,
            cancelled=True,
        )

    def is_over(self, end: datetime) -> bool:
        """Whether something with this end is over; before a plan is first changed, nothing is."""
        return self.now is not None and end <= self.now


def entry_uid(conference: Conference, entry: str, generation: int = 1) -> str:
    """Return the UID of a session or a block; blocks are in the programme, so theirs need no secret."""
    secret = "" if entry.startswith("block/") else conference.secret or ""
    return session_uid(conference.id, conference.domain, entry, secret, generation)
