"""What each reader must hear of since the version that this reader last had: one message for each entry concerned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from planner.agenda import ORGANISER, Event, Reader, Source, readers_of
from planner.errors import InputError
from planner.ledger import Revision, Standing
from planner.messages import Message
from planner.plan import Plan
from planner.render.invitations import cancellation_file, invitation_file
from planner.render.wording import Telling, told
from planner.revisions import ledger_of, revise
from planner.scenario import Scenario


def messages(scenario: Scenario, plan: Plan, had: tuple[Scenario, Plan] | None) -> tuple[Message, ...]:
    """Return what brings every reader's calendar from one version to another, in the order in which it must arrive.

    A reader's messages stand together: first what ends, then what is new or changed, by start. The organiser's come last and
    have no address, like those of everybody whose address the scenario does not know. Nothing is told of what is over, both
    as the reader knows it and as it is now. The same versions give the same messages.

    Args:
        scenario: a consistent scenario.
        plan: a plan of it; one without a ledger is taken to be published right after ``had``.
        had: the version that readers last had, any earlier one that was published; None if they had none.

    Raises:
        InputError: when the plan does not come after ``had``.
    """
    if not plan.revisions:
        plan = revise(scenario, plan, had)
    before = {revision.uid: revision for revision in ledger_of(*had)} if had else {}
    _require_follows(plan, before)
    source = Source(scenario, plan)
    readers = (readers_of(had[0]) if had else {}) | readers_of(scenario)
    writer = _Writer(source, before)
    found: dict[str, list[tuple[datetime, str, Message]]] = {name: [] for name in readers}
    for revision in plan.revisions:
        for name in revision.told:
            if name in readers:
                found[name] += writer.messages(readers[name], revision)
    ordered = sorted(found, key=lambda name: name == ORGANISER)
    return tuple(message for name in ordered for *_, message in sorted(found[name], key=_order))


def _order(item: tuple[datetime, str, Message]) -> tuple[bool, datetime, str]:
    start, uid, message = item
    return message.kind != "cancellation", start, uid


def _require_follows(plan: Plan, before: dict[str, Revision]) -> None:
    now = {revision.uid: revision for revision in plan.revisions}
    if any(uid not in now or now[uid].sequence < revision.sequence for uid, revision in before.items()):
        raise InputError(
            "The plan was not made from the version that readers had: its ledger does not know what they were told.",
            hint="Publish versions one after the other, or give the version that the plan was made from.",
        )


class _Writer:
    """Writes the messages of one version to readers who had another."""

    def __init__(self, source: Source, before: dict[str, Revision]) -> None:
        self.source = source
        self.before = before
        self.events = {event.uid: event for event in source.events().values()}

    def messages(self, reader: Reader, revision: Revision) -> Iterator[tuple[datetime, str, Message]]:
        """Yield the message that a reader must get of an entry, if any, with what orders it."""
        earlier = self.before.get(revision.uid)
        had, now = earlier.standing(reader.id) if earlier else None, revision.standing(reader.id)
        if had is not None and had.cancelled:
            had = None
        if now is None or self._is_quiet(had, now):
            return
        if now.cancelled:
            event = self.source.entries.tombstone(revision, now)
            message = self._cancellation(reader, event, lives_on=now.has_left)
        else:
            event = self.source.entries.copy(reader.id, self.events[revision.uid])
            message = self._invitation(reader, event, had)
        yield event.start, event.uid, message

    def _is_quiet(self, had: Standing | None, now: Standing) -> bool:
        """Whether there is nothing to tell: nothing new, or all of it over."""
        if had is None:
            return now.cancelled or self.source.entries.is_over(now.shown.end)
        if not now.cancelled and now.sequence == had.sequence:
            return True
        return self.source.entries.is_over(max(had.shown.end, now.shown.end))

    def _invitation(self, reader: Reader, event: Event, had: Standing | None) -> Message:
        calendar = self.source.bare_calendar(reader.name, (event,))
        telling = Telling("update" if had else "invitation", event, had.shown if had else None)
        return self._message(reader, telling, invitation_file(calendar, event, reader))

    def _cancellation(self, reader: Reader, event: Event, lives_on: bool) -> Message:
        calendar = self.source.bare_calendar(reader.name, (event,))
        telling = Telling("cancellation", event, lives_on=lives_on)
        return self._message(reader, telling, cancellation_file(calendar, event, reader, lives_on))

    def _message(self, reader: Reader, telling: Telling, content: bytes) -> Message:
        subject, text = told(telling, self.source.masthead, reader.name)
        event = telling.event
        return Message(reader.id, reader.mail, telling.kind, event.uid, event.sequence, subject, text, content)
