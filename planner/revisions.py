"""What the next publication tells calendars: the ledger of a plan, carried on from the version that is out.

The rules are those of RFC 5546 (2009), sections 2.1.4 and 3.2.5:

- What an entry says changed: SEQUENCE rises by one, for everybody who has it. Nothing changed: nothing is touched.
- A reader leaves a session that goes on: only this reader's copy rises, and is cancelled.
- A reader joins: the entry as the others have it. If this reader left before, the UID is the same, as the session is, and
  the copy rises above the cancellation, which alone makes programs take it up again. It stays ahead of the others' from then on.
- A session is held no more: SEQUENCE rises once more, and the entry is closed for good.
- It comes back: programs differ in what they remember of a cancelled UID, so it is a new entry, of the next generation.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from planner.agenda import Event, Source, audience
from planner.agenda.entries import entry_uid
from planner.errors import InputError
from planner.ledger import Copy, Revision, Shown, Standing
from planner.plan import Placement, Plan
from planner.scenario import Conference, Scenario


def revise(scenario: Scenario, plan: Plan, before: tuple[Scenario, Plan] | None) -> Plan:
    """Return the plan with its ledger, and with UID, SEQUENCE and generation of every placement as the ledger has them.

    Whatever changed since ``before`` was changed at the moment the plan was made. Revising once more changes nothing.

    Args:
        scenario: a consistent scenario.
        plan: a plan of it.
        before: what was published last; with None, what the plan's own ledger says. If there is none either, everything
            is published for the first time.

    Raises:
        InputError: when the names that UIDs are made of were changed since they went out.
    """
    out = ledger_of(*before) if before else plan.revisions
    _require_same_names(scenario, out)
    ledger = _Publication(scenario, plan).carry_on(out) if out else _first(scenario, plan)
    live = {revision.entry: revision for revision in ledger if not revision.cancelled}
    placements = tuple(_numbered(item, live[item.session]) for item in plan.placements)
    return plan.model_copy(update={"placements": placements, "revisions": ledger})


def ledger_of(scenario: Scenario, plan: Plan) -> tuple[Revision, ...]:
    """Return the ledger of a plan; of one that has none, the ledger that its first publication amounts to."""
    return plan.revisions or _first(scenario, plan)


def _numbered(item: Placement, revision: Revision) -> Placement:
    return item.model_copy(
        update={"uid": revision.uid, "sequence": revision.sequence, "generation": revision.generation}
    )


def _first(scenario: Scenario, plan: Plan) -> tuple[Revision, ...]:
    """Return the ledger of a plan that is published as it is, with the numbers of its placements."""
    placed = {item.session: item for item in plan.placements}
    found = []
    for fresh in _Publication(scenario, plan).carry_on(()):
        own = placed.get(fresh.entry)
        numbers = {} if own is None else {"uid": own.uid, "sequence": own.sequence, "generation": own.generation}
        found.append(fresh.model_copy(update=numbers))
    return tuple(found)


@dataclass(frozen=True)
class _Wanted:
    """What an entry is to say from now on, and to whom."""

    entry: str
    content: str
    shown: Shown
    readers: tuple[str, ...]


class _Publication:
    """One publication: what is wanted, and when."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        self.conference = scenario.conference
        self.moment = plan.created_at.astimezone(UTC).replace(microsecond=0)
        readers = audience(scenario, plan)
        self.wanted = {
            entry: _Wanted(entry, _content(event, self.conference), _shown(event), readers[entry])
            for entry, event in Source(scenario, plan).events().items()
        }

    def carry_on(self, out: tuple[Revision, ...]) -> tuple[Revision, ...]:
        """Return the ledger that follows the one that is out, by entry and generation."""
        latest = {revision.entry: revision for revision in sorted(out, key=lambda item: item.generation)}
        ledger = [revision for revision in out if revision.cancelled]
        ledger += [
            self._closed(item) for name, item in latest.items() if not item.cancelled and name not in self.wanted
        ]
        for name, item in self.wanted.items():
            last = latest.get(name)
            ledger.append(self._opened(item, last) if last is None or last.cancelled else self._kept(item, last))
        return tuple(sorted(ledger, key=lambda item: (item.entry, item.generation)))

    def _opened(self, item: _Wanted, last: Revision | None) -> Revision:
        generation = 1 if last is None else last.generation + 1
        return Revision(
            entry=item.entry,
            generation=generation,
            uid=entry_uid(self.conference, item.entry, generation),
            sequence=0,
            created_at=self.moment,
            revised_at=self.moment,
            content=item.content,
            shown=item.shown,
            readers=item.readers,
        )

    def _kept(self, item: _Wanted, last: Revision) -> Revision:
        is_changed = item.content != last.content
        changes = {"content": item.content, "shown": item.shown, "readers": item.readers}
        if is_changed:
            changes |= {"sequence": last.sequence + 1, "revised_at": self._not_before(last.revised_at)}
        return self._with_copies(last.model_copy(update=changes), last, is_changed)

    def _closed(self, last: Revision) -> Revision:
        changes = {
            "sequence": last.sequence + 1,
            "revised_at": self._not_before(last.revised_at),
            "cancelled": True,
            "readers": last.readers,
        }
        return self._with_copies(last.model_copy(update=changes), last, is_changed=True)

    def _with_copies(self, fresh: Revision, last: Revision, is_changed: bool) -> Revision:
        copies = [
            self._copy(reader, had, fresh, is_changed) for reader in sorted(last.told) if (had := last.standing(reader))
        ]
        return fresh.model_copy(update={"copies": tuple(copy for copy in copies if copy is not None)})

    def _copy(self, reader: str, had: Standing, fresh: Revision, is_changed: bool) -> Copy | None:
        """Return how the copy of a reader who was told of an entry differs from it; None if it does not."""
        stays, was_in = reader in fresh.readers, not had.cancelled
        is_untouched = stays == was_in and not (stays and is_changed)
        left = None if stays else had.shown
        if is_untouched:
            sequence, revised = had.sequence, had.revised_at
        else:
            sequence, revised = had.sequence + 1, self._not_before(had.revised_at)
        if stays and sequence <= fresh.sequence:
            return None
        return Copy(reader=reader, sequence=sequence, revised_at=revised, left=left)

    def _not_before(self, earlier: datetime) -> datetime:
        """Return the moment of the publication, unless a clock went wrong: then what was said already."""
        return max(self.moment, earlier)


def _shown(event: Event) -> Shown:
    return Shown(start=event.start, end=event.end, summary=event.summary, location=event.location)


def _content(event: Event, conference: Conference) -> str:
    """Return the hash of everything that an entry says, whoever reads it."""
    organiser = conference.organiser
    said = [
        conference.time_zone,
        event.start.isoformat(),
        event.end.isoformat(),
        event.summary,
        event.location,
        event.description,
        event.category,
        organiser.name,
        organiser.mail,
    ]
    return "sha256:" + hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _require_same_names(scenario: Scenario, out: tuple[Revision, ...]) -> None:
    conference = scenario.conference
    if any(item.uid != entry_uid(conference, item.entry, item.generation) for item in out):
        raise InputError(
            "The id, the secret, or the domain of the conference was changed since calendars went out.",
            hint="Set them back (uid_domain keeps the domain when the organiser's mail address changes): with other "
            "names, every calendar would show every session twice.",
        )
