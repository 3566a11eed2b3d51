"""The first reading of the demands: one generator a rule.

Each takes the model, the variables and the problem and yields every constraint it adds with its subject, the thing that a
person could change. None knows whether its rule is hard or soft; that is decided where they are posted.
"""

from __future__ import annotations

from planner.solver.model.constraints import changes, order, people, places, times
from planner.solver.model.constraints.kinds import Constraints, Generator, Subject

CONSTRAINTS: dict[str, Generator] = {
    "formation": order.formation,
    "hours": times.hours,
    "windows": times.windows,
    "blocks": times.blocks,
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
    "buffer": times.buffer,
    "longest-run": times.longest_run,
    "most-a-day": times.most_a_day,
    "sittings": order.sittings,
    "case-order": order.case_order,
    "pins": order.pins,
    "kept-apart": people.kept_apart,
    "past-kept": changes.past_kept,
    "most-changes": changes.most_changes,
}
"""The generator of each demand, by rule id."""

__all__ = ["CONSTRAINTS", "Constraints", "Generator", "Subject"]
