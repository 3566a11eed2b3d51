"""Why one session is not held, not earlier, or not in another room, and what it would cost."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from planner.compiling import compile_problem
from planner.errors import InputError
from planner.explanation.asking import beside_it, number_of, pinned
from planner.explanation.outcome import Narrowing, Outcome, left_out
from planner.explanation.price import Price, asked_plan, price_of
from planner.explanation.relaxer import Relaxer
from planner.explanation.scenario import Explained, relaxed
from planner.obstacles import Finder, Obstacle
from planner.plan import Plan, Status
from planner.problem import Fixed, Problem, Span
from planner.scenario import Scenario
from planner.solver.effort import Effort


@dataclass(frozen=True)
class Question:
    """What is asked of a session: that it is held, and where or when if that is given.

    Attributes:
        start: by the clock at the venue.
        room: id of the room.
        earlier: before it is held in the plan; asked by itself of a session that is held.
    """

    session: str
    start: datetime | None = None
    room: str | None = None
    earlier: bool = False


@dataclass(frozen=True)
class SessionAnswer:
    """Why a session is not as asked.

    Attributes:
        is_held: whether the plan holds it.
        alone: the obstacle that no plan gets over, if there is one, with what helps.
        beside: what it cannot be held together with, of what the plan holds: of a session left out those of the same or a
            higher priority, of one that is held all others; with what helps.
        complete: whether it is certain that there is nothing more; else the time ended before.
        price: a plan in which it is as asked, if one was found.
    """

    scenario: Scenario
    problem: Problem
    question: Question
    is_held: bool
    alone: Explained | None
    beside: Explained | None
    complete: bool
    price: Price | None


def explain_session(
    scenario: Scenario,
    plan: Plan,
    question: Question,
    effort: Effort,
    *,
    relaxations: int = 3,
    report: Callable[[str], None] = lambda line: None,
) -> SessionAnswer:
    """Find why a session is not as asked in a plan of a scenario.

    Args:
        scenario: that the plan was made from.
        plan: a verified plan.
        question: what is asked for.
        effort: seconds for everything together, and seed and workers of each solve.
        relaxations: how many changes to show at most.
        report: told what is being done.

    Raises:
        InputError: when there is no such session, room or start, or the session is as asked already.
    """
    began = time.monotonic()
    limit = effort.time_limit
    problem = compile_problem(scenario)
    number = number_of(problem, question.session)
    question = _sensible(scenario, plan, question)
    narrow = _narrowing(scenario, plan, question)
    asked = narrow(problem)
    finder = Finder(asked, None if limit is None else limit / 3)
    report("looking for obstacles")
    is_held = any(item.session == question.session for item in plan.placements)
    alone = next(finder.obstacles({("session", question.session): ((number,),)}), None)
    kept = beside_it(problem, plan, number, is_held)
    beside = None if alone else next(finder.obstacles(kept), None)
    complete = finder.complete or alone is not None or beside is not None
    each = replace(effort, time_limit=None if limit is None else max(1.0, limit / 6))
    price = None
    if alone is None:
        report("solving with what is asked for")
        price = price_of(plan, asked_plan(scenario, each, narrow), question.session)
    relaxer = Relaxer(
        scenario,
        problem,
        Outcome(True, plan.tiers[0].value if plan.tiers else None, plan.status is Status.optimal, left_out(plan)),
        each,
        None if limit is None else began + limit,
        narrow,
    )

    def with_help(obstacle: Obstacle | None) -> Explained | None:
        if obstacle is None or is_held:
            return None if obstacle is None else Explained(obstacle, (), ())
        return relaxed(relaxer, obstacle, relaxations, report, frozenset(kept))

    return SessionAnswer(scenario, asked, question, is_held, with_help(alone), with_help(beside), complete, price)


def _sensible(scenario: Scenario, plan: Plan, question: Question) -> Question:
    """The question with what it leaves open: of a session that is held, why it is not earlier."""
    placed = next((item for item in plan.placements if item.session == question.session), None)
    if question.room is not None and question.room not in {room.id for room in scenario.rooms}:
        raise InputError(f"There is no room {question.room!r}.", hint="Give the id of a room of the scenario.")
    if placed is None:
        return question
    if question.start is None and question.room is None:
        return replace(question, earlier=True)
    same_start = question.start in (None, placed.start.replace(tzinfo=None))
    if same_start and question.room in (None, placed.room):
        raise InputError(f"{question.session} is held there and then already.", hint="Ask for another time or room.")
    return question


def _narrowing(scenario: Scenario, plan: Plan, question: Question) -> Narrowing:
    """What the question asks of a problem: a pin more, or an earlier end of its window."""
    placed = next((item for item in plan.placements if item.session == question.session), None)
    origin = datetime.combine(min(day.date for day in scenario.conference.days), datetime.min.time())

    def narrow(problem: Problem) -> Problem:
        number = number_of(problem, question.session)
        slot = None
        if question.start is not None:
            minute = (question.start - origin) // timedelta(minutes=1)
            slot = next((index for index, slot in enumerate(problem.slots) if slot.start == minute), None)
            if slot is None:
                raise InputError(
                    f"No session starts at {question.start:%Y-%m-%d %H:%M}.",
                    hint=f"Sessions start every {problem.grid} minutes from the opening of each day.",
                )
        room = None if question.room is None else [room.id for room in scenario.rooms].index(question.room)
        asked = Fixed(item=number, slot=slot, room=room, teams={}, interpreters=(), language=None)
        items = list(problem.items)
        if question.earlier and placed is not None:
            before = (placed.start.replace(tzinfo=None) - origin) // timedelta(minutes=1) + items[number].length
            windows = tuple(Span(span.start, min(span.end, before - 1)) for span in items[number].windows)
            items[number] = replace(items[number], windows=windows)
        return pinned(replace(problem, items=tuple(items)), asked)

    return narrow
