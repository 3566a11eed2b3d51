"""From a scenario, its plan and what changes to the changed scenario, from which the next plan is made.

What is past stays as it was, whatever changes: it is written down in the section ``replanning``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from planner import changes as kinds
from planner.applying import cases, people, places, sessions, withdrawing
from planner.applying.beginning import begin
from planner.applying.tidying import tidy
from planner.changes import Change, Changes
from planner.plan import Plan
from planner.scenario import Scenario

__all__ = ["apply_changes", "apply_one", "begin", "tidy"]

APPLIED: dict[type[kinds.Reasoned], Callable[[Scenario, Any], Scenario]] = {
    kinds.ArrivesLate: people.arrives_late,
    kinds.LeavesEarly: people.leaves_early,
    kinds.Withdraws: withdrawing.withdraws,
    kinds.TeamAway: people.team_away,
    kinds.TeamAdded: people.team_added,
    kinds.DelegateAway: people.delegate_away,
    kinds.RoomLost: places.room_lost,
    kinds.InterpreterAway: places.interpreter_away,
    kinds.CaseAdded: cases.case_added,
    kinds.CaseWithdrawn: cases.case_withdrawn,
    kinds.CasePriority: cases.case_priority,
    kinds.LeadAdded: cases.lead_added,
    kinds.LeadWithdrawn: cases.lead_withdrawn,
    kinds.LeadPriority: cases.lead_priority,
    kinds.PartyJoins: cases.party_joins,
    kinds.PartyLeaves: cases.party_leaves,
    kinds.SessionPinned: sessions.session_pinned,
    kinds.SessionUnpinned: sessions.session_unpinned,
    kinds.SessionMoved: sessions.session_moved,
    kinds.SessionCancelled: sessions.session_cancelled,
    kinds.SittingAdded: cases.sitting_added,
    kinds.BlockMoved: places.block_moved,
}
"""What each kind of change does to a scenario that is being changed."""


def apply_changes(scenario: Scenario, plan: Plan, changes: Changes, now: datetime) -> Scenario:
    """Return the changed scenario.

    It is consistent when the changes passed ``planner.changes_file`` for the same scenario, plan and moment.

    Args:
        scenario: the one that the plan was made from.
        plan: what people were told.
        changes: in the order in which they are applied.
        now: the moment, as the clock at the venue shows it; sessions that have started by then are past.
    """
    changed = begin(scenario, plan, now)
    for change in changes.changes:
        changed = apply_one(changed, change)
    return tidy(changed)


def apply_one(scenario: Scenario, change: Change) -> Scenario:
    """Return the scenario with one change more; ``begin`` comes before the first, ``tidy`` after the last."""
    return APPLIED[type(change)](scenario, change)
