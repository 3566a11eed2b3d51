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
    Withdraws,
)
from planner.consistency import Finding


def contradictions(changes: Sequence[Change | None]) -> Iterator[tuple[int, Finding]]:
    """Yield changes that decide what another one decides, with their number; None stands for one that was not read."""
    decided: dict[tuple[str, str], int] = {}
    withdrawn: dict[tuple[str, str], int] = {}
    for number, change in enumerate(changes):
        if isinstance(change, Withdraws):
            withdrawn.setdefault(("delegation", change.delegation), number)
        if isinstance(change, CaseWithdrawn):
            withdrawn.setdefault(("case", change.case), number)
    for number, change in enumerate(changes):
        if change is None:
            continue
        key = _decides(change)
        if key is not None and decided.setdefault(key, number) != number:
            field, name = _subject(change)
            yield number, Finding((field,), f"{_ordinal(decided[key])} decides {key[0]} {key[1]}", "Keep one.", name)
            continue
        for field in ("delegation", "case"):
            subject = str(getattr(change, field, ""))
            other = withdrawn.get((field, subject), number)
            if other != number:
                message = f"by {_ordinal(other)} this {field} is withdrawn"
                yield number, Finding((field,), message, "Keep one of them.", subject)


def _ordinal(number: int) -> str:
    return f"changes[{number}]"


def _decides(change: Change) -> tuple[str, str] | None:
    """Return what a change decides for good, in words."""
    if isinstance(change, ArrivesLate):
        return "the arrival of", change.delegation
    if isinstance(change, LeavesEarly):
        return "the departure of", change.delegation
    if isinstance(change, SessionMoved | SessionPinned | SessionCancelled):
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
