"""A calendar program that plays by RFC 5546, strictly: whatever the rules do not foresee is an error.

It reads with ``vobject``, which shares nothing with the writer, and knows nothing of plans.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import vobject

Content = tuple[object, ...]


class ProtocolError(AssertionError):
    """What an organiser must not send."""


@dataclass(frozen=True)
class Known:
    """What the program knows of a UID; ``content`` is everything but attendees."""

    sequence: int
    stamp: datetime
    end: datetime
    content: Content
    is_live: bool


@dataclass
class Client:
    """One mailbox with its calendar.

    Args:
        address: of the mailbox; None for somebody who opens files by hand.
        forgets: whether it drops what is cancelled altogether, as some programs do.
    """

    address: str | None
    forgets: bool = False
    known: dict[str, Known] = field(default_factory=dict)

    def receive(self, data: bytes) -> None:
        """Take up a file: section 3.2.1 for PUBLISH, 3.2.2 for REQUEST, 3.2.5 for CANCEL."""
        calendar = vobject.readOne(data.decode())
        method = calendar.method.value
        events = calendar.contents.get("vevent", [])
        uids = [event.uid.value for event in events]
        _require(len(set(uids)) == len(uids), "a UID occurs twice")
        if method == "PUBLISH":
            for event in events:
                _require(self._attendees(event) == [], "a published entry asks somebody")
                self._take(event)
            return
        _require(method in ("REQUEST", "CANCEL"), f"method {method}")
        _require(len(events) == 1, "a message is of one UID")
        (event,) = events
        if method == "REQUEST":
            _require(self._attendees(event) == [f"mailto:{self.address}"], "asks somebody else")
            _require(_status(event) != "CANCELLED", "a request is not cancelled")
            self._take(event)
        else:
            self._end(event)

    def live(self, now: datetime | None) -> dict[str, Known]:
        """Return what the calendar shows of what is not over."""
        return {uid: one for uid, one in self.known.items() if one.is_live and (now is None or one.end > now)}

    def _take(self, event: Any) -> None:
        fresh = Known(_number(event), _stamp(event), _utc(event.dtend), _content(event), _status(event) != "CANCELLED")
        old = self.known.get(event.uid.value)
        if old is None or self._supersedes(fresh, old):
            self._keep(event.uid.value, fresh)

    def _end(self, event: Any) -> None:
        attendees = self._attendees(event)
        _require(attendees in ([], [f"mailto:{self.address}"]), "cancels for somebody else")
        _require(bool(attendees) or _status(event) == "CANCELLED", "cancels nothing")
        _require(_status(event) in ("CANCELLED", None), "what is cancelled is confirmed")
        old = self.known.get(event.uid.value)
        if old is None:
            _require(self.forgets, "cancels what was never told")
            return
        if not old.is_live:
            return
        _require(_number(event) > old.sequence, "a cancellation must have a higher SEQUENCE")
        self._keep(
            event.uid.value, Known(_number(event), _stamp(event), _utc(event.dtend), _content(event), is_live=False)
        )

    def _supersedes(self, fresh: Known, old: Known) -> bool:
        """Order of messages, section 2.1.5: SEQUENCE first, then DTSTAMP."""
        if fresh.sequence == old.sequence:
            same = (fresh.content, fresh.is_live) == (old.content, old.is_live)
            _require(same and fresh.stamp == old.stamp, "something changed, and SEQUENCE stays")
        if fresh.sequence > old.sequence:
            _require(fresh.stamp >= old.stamp, "a later SEQUENCE has an earlier DTSTAMP")
        return fresh.sequence > old.sequence

    def _keep(self, uid: str, fresh: Known) -> None:
        if self.forgets and not fresh.is_live:
            self.known.pop(uid, None)
        else:
            self.known[uid] = fresh

    def _attendees(self, event: Any) -> list[str]:
        return [item.value for item in event.contents.get("attendee", [])]


def _require(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise ProtocolError(otherwise)


def _number(event: Any) -> int:
    return int(event.sequence.value)


def _status(event: Any) -> str | None:
    return event.status.value if "status" in event.contents else None


def _utc(moment: Any) -> datetime:
    found: datetime = moment.value.astimezone(UTC)
    return found


def _stamp(event: Any) -> datetime:
    _require(event.dtstamp.value == event.contents["last-modified"][0].value, "two moments of the last change")
    return _utc(event.dtstamp)


def _content(event: Any) -> Content:
    def text(name: str) -> object:
        return event.contents[name][0].value if name in event.contents else None

    names = ("summary", "location", "description", "categories", "created", "organizer", "transp")
    return (_utc(event.dtstart), _utc(event.dtend), *(text(name) for name in names))
