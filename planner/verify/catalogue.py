"""Every rule of the catalogue with the function that reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from planner.verify import chains, changes, course, people, places, wishes
from planner.verify.reading import Reading
from planner.verify.report import Finding

DEMANDS: dict[str, Callable[[Reading], Iterable[Finding]]] = {
    "formation": chains.formation,
    "hours": places.hours,
    "windows": people.windows,
    "blocks": places.blocks,
    "team-one-place": people.team_one_place,
    "officer-one-place": people.officer_one_place,
    "officer-present": people.officer_present,
    "interpreter-one-place": people.interpreter_one_place,
    "room-one-session": places.room_one_session,
    "seats": places.seats,
    "features": places.features,
    "clearance": places.clearance,
    "attendance": people.attendance,
    "language": people.language,
    "buffer": course.buffer,
    "longest-run": course.longest_run,
    "most-a-day": course.most_a_day,
    "sittings": course.sittings,
    "case-order": chains.case_order,
    "pins": chains.pins,
    "kept-apart": people.kept_apart,
    "past-kept": changes.past_kept,
    "most-changes": changes.most_changes,
}
"""What finds all places where a demand is broken, by rule id."""

WISHES: dict[str, Callable[[Reading], int]] = {
    "held": wishes.held,
    "notice": changes.notice,
    "disturbance": changes.disturbance,
    "optional-present": wishes.optional_present,
    "early": wishes.early,
    "breaks": wishes.breaks,
    "idle": wishes.idle,
    "fair-idle": wishes.fair_idle,
    "fair-breaks": wishes.fair_breaks,
    "room-changes": wishes.room_changes,
    "continuity": wishes.continuity,
    "balance": wishes.balance,
    "few-interpreters": wishes.few_interpreters,
}
"""What counts the cost of a wish before its weight, by rule id."""

VERIFIED: dict[str, Callable[[Reading], Iterable[Finding]] | Callable[[Reading], int]] = {**DEMANDS, **WISHES}
"""What reads each rule, by rule id."""
