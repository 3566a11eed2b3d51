"""Why a session of a changed plan is not as people were told: what is impossible now, and what it would cost to keep it so."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from planner.compare import Aspect
from planner.compiling import compile_problem
from planner.errors import InputError
from planner.explanation.asking import beside_it, number_of, pinned
from planner.explanation.price import Price, asked_plan, price_of
from planner.explanation.scenario import Explained
from planner.explanation.staying import Stayer
from planner.explanation.told import AsTold, as_told, differences, is_kept, since_told
from planner.obstacles import Finder
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.record import Told
from planner.scenario import Scenario
from planner.solver.conflicts import Wanted
from planner.solver.effort import Effort


@dataclass(frozen=True)
class News:
    """How many people are told something new, now and in a plan in which the session is as told.

    Attributes:
        sessions: ids of those that are as told now, and would not be then.
    """

    now: int
    then: int
    sessions: tuple[str, ...]


@dataclass(frozen=True)
class MovedAnswer:
    """Why a session is not as people were told.

    Attributes:
        told: what people were told; of a session that has started, how it was.
        now: where it is; None when it is not held.
        differs: what of when, where and with whom is not as told; nothing of a session that stays, or is not held.
        is_asked_for: whether the session is to be held at all.
        in_other_form: whether its case is held in the other form.
        gone: what can be kept by no plan, see ``AsTold``.
        searched: what it was looked for how to keep it; None when it is as told, but for what is gone.
        alone: what keeps it from being then and there, whatever else is planned.
        company: what keeps it from being there with the same people, whatever else is planned, if that is all.
        beside: what it cannot be held together with, as told or with other people then and there: of a session left out what
            the plan holds of the same or a higher priority, of one that is held all others.
        complete: whether it is certain that there is nothing more; else the time ended before.
        price: a plan in which it is as told, or with other people then and there, if one was found.
        news: what that plan would tell, if there is one.
    """

    scenario: Scenario
    problem: Problem
    session: str
    told: Told
    now: Placement | None
    differs: tuple[Aspect, ...] = ()
    is_asked_for: bool = True
    in_other_form: bool = False
    gone: tuple[tuple[Aspect, str], ...] = ()
    searched: AsTold | None = None
    alone: Explained | None = None
    company: Explained | None = None
    beside: Explained | None = None
    complete: bool = True
    price: Price | None = None
    news: News | None = None

    @property
    def stays(self) -> bool:
        """Whether it is when, where and with whom people were told."""
        return self.now is not None and not self.differs


def explain_moved(
    scenario: Scenario,
    plan: Plan,
    session: str,
    effort: Effort,
    *,
    report: Callable[[str], None] = lambda line: None,
) -> MovedAnswer:
    """Find why a session of a changed plan is not as people were told.

    Args:
        scenario: that the plan was made from, with the record of what people were told.
        plan: a verified plan.
        session: its id.
        effort: seconds for everything together, and seed and workers of the solve.
        report: told what is being done.

    Raises:
        InputError: when the plan changes no other, or people were not told of the session.
    """
    problem = compile_problem(scenario)
    told, is_past = _record(scenario, problem, session)
    now = next((item for item in plan.placements if item.session == session), None)
    answer = MovedAnswer(scenario, problem, session, told, now)
    if is_past or all(item.id != session for item in problem.items):
        return replace(answer, is_asked_for=is_past)
    differs = differences(told, now, scenario) if now else ()
    answer = replace(answer, differs=differs)
    if answer.stays:
        return answer
    number = number_of(problem, session)
    kept = as_told(problem, number)
    answer = replace(answer, gone=_gone(answer, kept), in_other_form=now is None and _other_form(problem, plan, number))
    if now and is_kept(problem, kept, told, now, scenario):
        return answer
    return _searched(replace(answer, searched=kept), plan, kept, effort, report)


def _record(scenario: Scenario, problem: Problem, session: str) -> tuple[Told, bool]:
    """What people were told of a session, and whether it had started."""
    record = scenario.replanning
    if record is None:
        raise InputError(
            "This is a first plan: nothing was moved in it.",
            hint="Give scenario.yaml and plan.json of a folder that replan wrote, or ask without --why-moved.",
        )
    past = next((one for one in record.past if one.session == session), None)
    found = past or next((one for one in record.told if one.session == session), None)
    if found is None:
        number_of(problem, session)
        raise InputError(
            f"People were told of no time for {session}: the plan before did not hold it.",
            hint="Ask without --why-moved why it is not held, or not earlier.",
        )
    return found, past is not None


def _gone(answer: MovedAnswer, kept: AsTold) -> tuple[tuple[Aspect, str], ...]:
    """What is gone, and who has come in without need."""
    known = {name for _, name in kept.gone}
    joined = [name for name in (answer.now.teams if answer.now else ()) if name not in answer.told.teams]
    return (*kept.gone, *((Aspect.parties, name) for name in joined if name not in known))


def _other_form(problem: Problem, plan: Plan, number: int) -> bool:
    own = problem.items[number].session
    held = {item.session for item in plan.placements}
    others = (item.session for item in problem.items if item.id in held and item.session.chain == own.chain)
    return own.form is not None and any(other.form not in (None, own.form) for other in others)


def _searched(
    answer: MovedAnswer, plan: Plan, kept: AsTold, effort: Effort, report: Callable[[str], None]
) -> MovedAnswer:
    report("looking for what keeps it from being as told")
    limit = effort.time_limit
    began = time.monotonic()
    ends = None if limit is None else began + limit / 3
    each = replace(effort, time_limit=None if limit is None else max(1.0, limit / 6))
    last = None if limit is None else began + limit
    stayer = Stayer(answer.scenario, answer.problem, plan, answer.session, each, last, report)
    problem, number = answer.problem, kept.pin.item
    only_it = {("session", answer.session): ((number,),)}
    alone, is_sure = _obstacle(pinned(problem, kept.spot), only_it, ends)
    if alone:
        return replace(answer, alone=stayer.helped(alone, whole=False))
    company, is_sure_of_all = _obstacle(pinned(problem, kept.pin), only_it, ends)
    is_there = answer.now is not None and not {Aspect.time, Aspect.room} & {*answer.differs}
    if company and is_there:
        return replace(answer, company=stayer.helped(company, whole=True))
    pin = kept.spot if company else kept.pin
    beside, is_sure_of_others = _obstacle(
        pinned(problem, pin), beside_it(problem, plan, number, bool(answer.now)), ends
    )
    report("solving with it as told")
    other = asked_plan(answer.scenario, each, lambda problem: pinned(problem, pin))
    price = price_of(plan, other, answer.session)
    return replace(
        answer,
        company=stayer.helped(company, whole=True),
        beside=stayer.helped(beside, whole=company is None),
        complete=is_sure and is_sure_of_all and is_sure_of_others,
        price=price,
        news=None if price is None else _news(answer.scenario, plan, other),
    )


def _obstacle(problem: Problem, wanted: Wanted, ends: float | None) -> tuple[Explained | None, bool]:
    """The first obstacle to holding something, and whether it is certain that there is this one or none."""
    finder = Finder(problem, None if ends is None else max(0.1, ends - time.monotonic()))
    found = next(finder.obstacles(wanted), None)
    return (Explained(found, (), ()), True) if found else (None, finder.complete)


def _news(scenario: Scenario, plan: Plan, other: Plan) -> News:
    now, then = since_told(scenario, plan), since_told(scenario, other)
    new_now, new_then = (tuple(item.session for item in one.sessions if item.is_news) for one in (now, then))
    return News(
        now.figures.people, then.figures.people, tuple(name for name in dict.fromkeys(new_then) if name not in new_now)
    )
