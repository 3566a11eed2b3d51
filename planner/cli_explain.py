"""What ``planner explain`` does once its files are read: asks, and prints the answer."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime

from planner import console
from planner.agenda import Source, why
from planner.errors import InputError
from planner.explanation import Question, answer_data, explain_session, session_data, told, told_session
from planner.explanation import explain as explain_scenario
from planner.plan import Plan
from planner.render.why import why_data, why_lines
from planner.scenario import Scenario
from planner.solver.effort import Effort
from planner.verify import verify


@dataclass(frozen=True)
class Asked:
    """What is asked of a session, as it was written."""

    session: str | None
    at: str | None
    room: str | None
    delegation: str | None


def explain(
    scenario: Scenario,
    plan: Plan | None,
    effort: Effort,
    asked: Asked,
    *,
    as_json: bool,
) -> bool:
    """Print an explanation, and return whether nothing is in the way.

    Raises:
        InputError: when what is asked for needs a plan or a session that is not given, or is none.
    """
    session = asked.session
    if session is None and (asked.at or asked.room or asked.delegation):
        raise InputError("Which session?", hint="Give its id with --session; planner sessions prints them.")
    if session is not None and plan is None:
        raise InputError("A session is explained in a plan.", hint="Give plan.json after the scenario.")
    if session is None or plan is None:
        return _of_scenario(scenario, effort, as_json)
    _require_sound(scenario, plan)
    if asked.delegation is not None:
        return _to_delegation(scenario, plan, session, asked.delegation, as_json)
    return _of_session(scenario, plan, Question(session, _moment(asked.at), asked.room), effort, as_json)


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _of_scenario(scenario: Scenario, effort: Effort, as_json: bool) -> bool:
    answer = explain_scenario(scenario, effort, report=_tell)
    if as_json:
        console.say_json(answer_data(answer))
    else:
        console.say("\n".join(told(answer)))
    return answer.is_clear


def _of_session(scenario: Scenario, plan: Plan, question: Question, effort: Effort, as_json: bool) -> bool:
    answer = explain_session(scenario, plan, question, effort, report=_tell)
    if as_json:
        console.say_json(session_data(answer))
    else:
        console.say("\n".join(told_session(answer)))
    return answer.alone is None and answer.beside is None


def _to_delegation(scenario: Scenario, plan: Plan, session: str, delegation: str, as_json: bool) -> bool:
    view = why(Source(scenario, plan), delegation, session)
    if as_json:
        console.say_json(why_data(view))
    else:
        console.say("\n".join(why_lines(view)))
    return True


def _moment(at: str | None) -> datetime | None:
    if at is None:
        return None
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is not None:
        raise InputError(
            f"--at {at!r} is no moment by the clock at the venue.", hint="Write for example 2026-02-05T11:00."
        )
    return moment


def _require_sound(scenario: Scenario, plan: Plan) -> None:
    report = verify(scenario, plan)
    if not report.sound:
        found = [*report.faults, *(str(violation) for violation in report.violations)]
        raise InputError(
            f"The plan does not fit the scenario: {'; '.join(found[:3])}", hint="Solve the scenario as it is now."
        )
