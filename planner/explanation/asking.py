"""What a question asks of a problem: that one session is as asked, and that the others need not give way."""

from __future__ import annotations

from dataclasses import replace

from planner.errors import InputError
from planner.plan import Plan
from planner.problem import Fixed, Problem
from planner.rules import Level
from planner.solver.conflicts import Wanted, Ways, everything


def number_of(problem: Problem, session: str) -> int:
    """Return the index of a session.

    Raises:
        InputError: when there is none of that id.
    """
    for number, item in enumerate(problem.items):
        if item.id == session:
            return number
    raise InputError(
        f"There is no session {session!r}.", hint="planner sessions prints the sessions of a scenario with their ids."
    )


def pinned(problem: Problem, pin: Fixed) -> Problem:
    """Return the problem with one more pin that must be kept; pins that may be broken are left aside."""
    pins = problem.settings["pins"]
    kept = problem.pins if pins.level is Level.hard else ()
    return replace(
        problem,
        settings={**problem.settings, "pins": replace(pins, level=Level.hard)},
        tiers=tuple((name, tuple(rule for rule in rules if rule != "pins")) for name, rules in problem.tiers),
        pins=(*kept, pin),
    )


def beside_it(problem: Problem, plan: Plan, number: int, is_held: bool) -> Wanted:
    """Return the session, and what the plan holds that it must not push out, important ones first.

    A case of open format may be held in either form. That of the session itself is held in its form, if at all.
    """
    own = problem.items[number].session
    held = {item.session for item in plan.placements}
    kept: dict[int, tuple[tuple[str, str], Ways]] = {}
    for subject, ways in _each(problem, number).items():
        numbers = [one for way in ways for one in way]
        priority = min(problem.items[one].session.priority for one in numbers)
        if any(problem.items[one].id in held for one in numbers) and (is_held or priority <= own.priority):
            kept[min(numbers)] = subject, ways
    ordered = sorted(kept, key=lambda one: (problem.items[one].session.priority, one))
    return {("session", own.id): ((number,),), **dict(kept[one] for one in ordered)}


def _each(problem: Problem, number: int) -> Wanted:
    """Everything that may be held beside a session."""
    own = problem.items[number].session
    wanted: dict[tuple[str, str], Ways] = {("session", problem.items[one].id): ((one,),) for one in problem.past}
    wanted |= everything(problem)
    if own.form is not None:
        del wanted["case", own.chain]
        wanted |= {
            ("session", item.id): ((one,),)
            for one, item in enumerate(problem.items)
            if item.session.form is own.form and item.session.chain == own.chain
        }
    wanted.pop(("session", own.id), None)
    return wanted
