"""Changes that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.changes import (
    ArrivesLate,
    BlockMoved,
    CasePriority,
    CaseWithdrawn,
    Change,
    LeadPriority,
    LeadWithdrawn,
    LeavesEarly,
    PartyJoins,
    PartyLeaves,
    SessionCancelled,
    SessionMoved,
    SessionPinned,
    SessionUnpinned,
    Withdraws,
)
from planner.changes_file.item import Item
from planner.consistency import Finding


def contradictions(items: Sequence[Item]) -> Iterator[tuple[Item, Finding]]:
    """Yield changes that decide what another one decides."""
    decided: dict[tuple[str, str], Item] = {}
    withdrawn: dict[tuple[str, str], Item] = {}
    for item in items:
        if isinstance(item.change, Withdraws):
            withdrawn.setdefault(("delegation", item.change.delegation), item)
        if isinstance(item.change, CaseWithdrawn):
            withdrawn.setdefault(("case", item.change.case), item)
    for item in items:
        key = None if item.change is None else _decides(item.change)
        if item.change is not None and key is not None and decided.setdefault(key, item) is not item:
            field, name = _subject(item.change)
            yield (
                item,
                Finding((field,), f"{decided[key].name} decides {' '.join(key)} already", "Keep one of them.", name),
            )
            continue
        for field in ("delegation", "case"):
            subject = str(getattr(item.change, field, ""))
            other = withdrawn.get((field, subject), item)
            if other is not item:
                yield item, Finding((field,), f"{other.name} withdraws this {field}", "Keep one of them.", subject)


def _decides(change: Change) -> tuple[str, str] | None:
    """Return what a change decides for good, in words."""
    if isinstance(change, ArrivesLate):
        return "the arrival of", change.delegation
    if isinstance(change, LeavesEarly):
        return "the departure of", change.delegation
    if isinstance(change, SessionMoved | SessionPinned | SessionUnpinned | SessionCancelled):
        return "the session", change.session
    if isinstance(change, CasePriority):
        return "the priority of", change.case
    if isinstance(change, LeadPriority | LeadWithdrawn):
        return "the lead", change.lead
    if isinstance(change, PartyJoins | PartyLeaves):
        return "who takes part:", f"{change.delegation} in {change.case}"
    if isinstance(change, BlockMoved):
        return "the block", change.block
    if isinstance(change, Withdraws):
        return "the stay of", change.delegation
    return ("the case", change.case) if isinstance(change, CaseWithdrawn) else None


def _subject(change: Change) -> tuple[str, str]:
    for field in ("session", "lead", "block", "delegation", "case"):
        name = getattr(change, field, None)
        if isinstance(name, str):
            return field, name
    raise AssertionError(change)
