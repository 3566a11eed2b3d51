"""Everything that is wrong with changes that could be read, each held against the scenario as those before it leave it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from planner.applying import apply_one, begin, tidy
from planner.changes import BlockMoved, CaseAdded, Change, LeadAdded, SessionMoved, SessionPinned
from planner.changes_file.contradictions import contradictions
from planner.changes_file.item import Item
from planner.changes_file.moments import wrong_times
from planner.changes_file.pinned import Clash, pin_clashes
from planner.changes_file.possible import impossible
from planner.changes_file.references import is_about_stray, unknown_names
from planner.consistency import Finding, Known, Path, cross_findings, field_name, id_findings
from planner.formation import form_sessions
from planner.plan import Plan
from planner.scenario import Scenario
from planner.scenario_file.formed import formed_findings
from planner.scenario_file.salvage import texts_in


def checked(items: Sequence[Item], scenario: Scenario, plan: Plan, now: datetime) -> Iterator[tuple[Item, Finding]]:
    """Yield what is wrong with each change; the path of a finding begins inside of the change."""
    contradictory = [*contradictions(items)]
    blamed = [item for item, _ in contradictory]
    yield from contradictory
    state = begin(scenario, plan, now)
    strays = {text for item in items if item.change is None for text in texts_in(item.written)}
    sound = not contradictory and not any(item.change is None for item in items)
    for item in items:
        if item.change is None or any(item is other for other in blamed):
            continue
        known = Known.of(state.model_dump(mode="json"), strays)
        found = [*unknown_names(item.change, state, known)]
        if not found and is_about_stray(item.change, state, known):
            continue
        changed = state
        if not found:
            found = [*wrong_times(item.change, state), *impossible(item.change, state)]
        if not found:
            changed = apply_one(state, item.change)
            found = [*_inconsistent(state, changed, item.change)]
        if found:
            sound = False
            strays.update(texts_in(item.written))
        else:
            state = changed
        yield from ((item, finding) for finding in found)
    if sound:
        yield from _pins_kept(items, begin(scenario, plan, now), tidy(state), plan)


def _inconsistent(before: Scenario, changed: Scenario, change: Change) -> Iterator[Finding]:
    """Yield what the change makes wrong in the scenario, said of the fields of the change."""
    tidied = tidy(changed)
    data = tidied.model_dump(mode="json")
    known = Known.of(data)
    for finding in (*id_findings(data), *cross_findings(tidied, known), *formed_findings(tidied, known)):
        path = _in_change(finding.path, before, change)
        if path is None:
            message = f"with this change {field_name(finding.path)} would be wrong: {finding.message}"
            yield Finding((), message, finding.hint)
        else:
            yield Finding(path, finding.message, finding.hint, finding.value)


def _in_change(path: Path, before: Scenario, change: Change) -> Path | None:
    """Return the field of the change that a field of the changed scenario comes from."""
    if isinstance(change, CaseAdded) and path[:2] == ("cases", len(before.cases)):
        return ("case", *path[2:])
    if isinstance(change, LeadAdded) and path[0] == "cases" and len(path) > 3:
        case = before.cases[int(path[1])]
        if case.id == change.case and path[2:4] == ("leads", len(case.leads)):
            return ("lead", *path[4:])
    field = str(path[2]) if len(path) > 2 else ""
    if isinstance(change, SessionMoved | SessionPinned) and path[0] == "pins":
        return path[2:] if field in type(change).model_fields and getattr(change, field) else ("session",)
    if isinstance(change, BlockMoved) and path[0] == "blocks":
        return (field,) if field in ("start", "end", "room") and getattr(change, field) else ("start",)
    if path[0] == "delegations" and field in ("arrival", "departure") and hasattr(change, "at"):
        return ("at",)
    return None


def _pins_kept(
    items: Sequence[Item], before: Scenario, changed: Scenario, plan: Plan
) -> Iterator[tuple[Item, Finding]]:
    """Yield sessions whose pins, of these changes or of earlier ones, cannot be kept whatever else is planned."""
    assert changed.replanning is not None
    past = {past.session for past in changed.replanning.past}
    formed = {session.id for session in form_sessions(changed)}
    pinned = {item.change.session: item for item in items if isinstance(item.change, SessionMoved | SessionPinned)}
    for name, item in pinned.items():
        if name not in formed:
            yield item, Finding(("session",), "other changes end this session", "Keep one of them.", name)
        elif isinstance(item.change, SessionMoved | SessionPinned):
            for clash in pin_clashes(name, changed, plan):
                yield item, Finding((_field(item.change, clash),), clash.message, clash.hint)
    for pin in changed.pins:
        if pin.session in pinned or pin.session in past:
            continue
        for clash in pin_clashes(pin.session, changed, plan):
            message = f"with this change the pin of {pin.session} cannot be kept: {clash.message}"
            hint = f"Write {{kind: session-unpinned, session: {pin.session}}} as well, or move or cancel the session."
            yield _culprit(items, before, pin.session, plan), Finding((), message, hint)


def _field(change: SessionMoved | SessionPinned, clash: Clash) -> str:
    if clash.of_room and change.room is not None:
        return "room"
    return "start" if clash.rule is not None and change.start is not None else "session"


def _culprit(items: Sequence[Item], before: Scenario, session: str, plan: Plan) -> Item:
    """Return the first change after which the pin of a session cannot be kept."""
    state = before
    for item in items:
        if item.change is not None:
            state = apply_one(state, item.change)
            if any(pin_clashes(session, tidy(state), plan)):
                return item
    return items[-1]
