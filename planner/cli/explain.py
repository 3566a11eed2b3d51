"""The verb ``explain``."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from planner import console
from planner.cli.answering import NEGATIVE, answering
from planner.cli.options import AsJson, ScenarioFile, Seed, TimeLimit, Workers
from planner.cli.reading import given_both, given_scenario
from planner.errors import InputError

if TYPE_CHECKING:
    from planner.plan import Plan
    from planner.scenario import Scenario
    from planner.solver.effort import Effort


def explain(
    scenario: ScenarioFile,
    plan: Annotated[
        str | None,
        typer.Argument(metavar="[PLAN]", help="A plan.json of it, to ask about sessions; - reads it from stdin."),
    ] = None,
    session: Annotated[
        str | None, typer.Option(metavar="ID", help="Why this session is not held, or not earlier.")
    ] = None,
    at: Annotated[str | None, typer.Option(metavar="TIME", help="Why the session is not at this start.")] = None,
    room: Annotated[str | None, typer.Option(metavar="ID", help="Why the session is not in this room.")] = None,
    why_moved: Annotated[
        bool, typer.Option("--why-moved", help="Why the session of a changed plan is not as people were told.")
    ] = False,
    delegation: Annotated[
        str | None, typer.Option("--for", metavar="DELEGATION", help="Only what this delegation may know.")
    ] = None,
    time_limit: TimeLimit = 60.0,
    seed: Seed = 0,
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Tell why there is no plan, or none that holds everything, and what would help.

    With a plan and a session: why it is not held, not earlier, or not there and then, and what that would cost. With
    --why-moved and a plan that replan made: why it is not as people were told, and what it would cost to keep it so.

    Example: planner explain scenarios/overfull/scenario.yaml
    """
    with answering(as_json):
        from planner.solver.effort import Effort

        if session is None and (at or room or delegation or why_moved):
            raise InputError("Which session?", hint="Give its id with --session; planner sessions prints them.")
        if session is not None and plan is None:
            raise InputError("A session is explained in a plan.", hint="Give plan.json after the scenario.")
        if why_moved and (at or room):
            raise InputError("--why-moved asks for what people were told.", hint="Leave out --at and --room.")
        effort = Effort(time_limit, None, seed, workers or 2)
        if session is None or plan is None:
            is_clear = _of_scenario(given_scenario(scenario), effort, as_json)
        else:
            read, given = given_both(scenario, plan)
            _require_sound(read, given)
            if why_moved:
                is_clear = _of_move(read, given, session, delegation, effort, as_json)
            elif delegation is not None:
                is_clear = _to_delegation(read, given, session, delegation, as_json)
            else:
                is_clear = _of_session(read, given, (session, at, room), effort, as_json)
        if not is_clear:
            raise typer.Exit(NEGATIVE)


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _of_scenario(scenario: Scenario, effort: Effort, as_json: bool) -> bool:
    from planner.explanation import answer_data, told
    from planner.explanation import explain as explain_scenario

    answer = explain_scenario(scenario, effort, report=_tell)
    if as_json:
        console.say_json(answer_data(answer))
    else:
        console.say("\n".join(told(answer)))
    return answer.is_clear


def _of_session(
    scenario: Scenario, plan: Plan, asked: tuple[str, str | None, str | None], effort: Effort, as_json: bool
) -> bool:
    from planner.explanation import Question, explain_session, session_data, told_session

    session, at, room = asked
    question = Question(session, _moment(at), room)
    answer = explain_session(scenario, plan, question, effort, report=_tell)
    if as_json:
        console.say_json(session_data(answer))
    else:
        console.say("\n".join(told_session(answer)))
    return answer.alone is None and answer.beside is None


def _of_move(
    scenario: Scenario, plan: Plan, session: str, delegation: str | None, effort: Effort, as_json: bool
) -> bool:
    if delegation is not None:
        return _to_delegation(scenario, plan, session, delegation, as_json, moved=True)
    from planner.explanation import explain_moved, moved_data, told_moved

    answer = explain_moved(scenario, plan, session, effort, report=_tell)
    if as_json:
        console.say_json(moved_data(answer))
    else:
        console.say("\n".join(told_moved(answer)))
    return answer.alone is answer.company is answer.beside is None


def _to_delegation(
    scenario: Scenario, plan: Plan, session: str, delegation: str, as_json: bool, *, moved: bool = False
) -> bool:
    from planner.agenda import Source, why, why_moved
    from planner.render.why import why_data, why_lines
    from planner.render.why_moved import why_moved_data, why_moved_lines

    source = Source(scenario, plan)
    if moved:
        view = why_moved(source, delegation, session)
        data, lines = why_moved_data(view), why_moved_lines(view)
    else:
        of_now = why(source, delegation, session)
        data, lines = why_data(of_now), why_lines(of_now)
    if as_json:
        console.say_json(data)
    else:
        console.say("\n".join(lines))
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
    from planner.verify import verify

    report = verify(scenario, plan)
    if not report.sound:
        found = [*report.faults, *(str(violation) for violation in report.violations)]
        raise InputError(
            f"The plan does not fit the scenario: {'; '.join(found[:3])}", hint="Solve the scenario as it is now."
        )
