"""What a mail says of one calendar entry, in few words: what it is, when and where, and what it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planner.agenda import Event, Masthead
from planner.ledger import Shown
from planner.render import words
from planner.render.ics_entry import clean

_HEADS = {"invitation": "New", "update": "Changed", "cancellation": "Cancelled"}
_OPENINGS = {
    "invitation": "This is new in your agenda.",
    "update": "This has changed in your agenda.",
    "cancellation": "This is no longer in your agenda.",
}


@dataclass(frozen=True)
class Telling:
    """What is to be told of an entry.

    Attributes:
        kind: what happened to it, as its reader sees it.
        event: the entry now; of one that ended, what the reader was last told.
        had: what the reader was told before a change; None otherwise.
    """

    kind: Literal["invitation", "update", "cancellation"]
    event: Event
    had: Shown | None = None


def told(telling: Telling, masthead: Masthead, reader: str) -> tuple[str, str]:
    """Return subject and text of the mail that tells a reader."""
    event = telling.event
    moment = f"{event.start.day} {words.MONTHS[event.start.month - 1]} {words.clock(event.start)}"
    subject = f"{_HEADS[telling.kind]}: {event.summary}, {moment}"
    lines = [
        f"For: {reader}",
        "",
        _opening(telling),
        "",
        event.summary,
        *_facts(telling),
        *([event.description] if event.description else []),
        "",
        f"Times are those of the venue ({masthead.zone}). Open the attached calendar file to bring your calendar up to date.",
        "",
        f"{masthead.title}, {masthead.organiser}, {masthead.mail}",
    ]
    return " ".join(clean(subject).split("\n")), clean("\n".join(lines)) + "\n"


def _opening(telling: Telling) -> str:
    return _OPENINGS[telling.kind]


def _facts(telling: Telling) -> list[str]:
    """Return when and where it is, each with what it was if that is another."""
    event, had = telling.event, telling.had
    when, where = _when(event), event.location
    if had is None:
        return [f"When: {when}", *([f"Where: {where}"] if where else [])]
    zone = event.start.tzinfo
    was = _when(had.model_copy(update={"start": had.start.astimezone(zone), "end": had.end.astimezone(zone)}))
    facts = [f"When: {when}" + (f" (was: {was})" if was != when else "")]
    if where or had.location:
        facts.append(f"Where: {where or 'no place'}" + (f" (was: {had.location})" if had.location != where else ""))
    if had.summary != event.summary:
        facts.append(f"It was: {had.summary}")
    return facts


def _when(span: Event | Shown) -> str:
    first = f"{words.weekday(span.start.date())} {words.day(span.start.date())}, {words.clock(span.start)}"
    if span.start.date() == span.end.date():
        return f"{first}–{words.clock(span.end)}"
    return f"{first} – {words.day(span.end.date())}, {words.clock(span.end)}"
