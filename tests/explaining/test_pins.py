"""Conflicts of pins alone: what a pin fixes is open again while it is explained."""

from __future__ import annotations

from planner.compiling import compile_problem
from planner.solver.conflicts import Oracle, wanted_of
from tests.verify.build import meeting, moment, scenario


def test_pins_that_collide_are_both_named() -> None:
    """KOR's one team is pinned to two sessions at nine."""
    given = scenario(
        sessions=[meeting("one"), meeting("other", "KOR", "KHM")],
        pins=[{"session": name, "start": moment("5 09:00")} for name in ("one", "other")],
    )
    problem = compile_problem(given)
    found = Oracle(problem).conflict(wanted_of(problem, [("session", "one"), ("session", "other")]))
    assert found is not None
    assert {member.subject[1] for member in found.members if member.rule == "pins"} == {"one", "other"}
