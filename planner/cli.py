"""The verbs: parse, call the workflow, print, and say by the exit code how it ended.

0: done and sound. 1: the answer is negative, such as no plan or a plan with violations. 2: it could not run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

import planner
from planner import console
from planner.cli_input import moment_of as _moment
from planner.cli_input import read as _read
from planner.cli_input import read_both as _read_both
from planner.cli_options import (
    AsJson,
    DeterministicLimit,
    Folder,
    PlanFile,
    ScenarioFile,
    Seed,
    Stamp,
    Target,
    Templates,
    TimeLimit,
    Workers,
)
from planner.errors import InputError, OutputError, PlannerError, UnsoundPlanError

if TYPE_CHECKING:
    from planner.plan import Plan

NEGATIVE, COULD_NOT_RUN = 1, 2

app = typer.Typer(
    name="planner",
    help="From the cases that delegations share to a verified plan, agendas and calendars.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@contextmanager
def _answering(as_json: bool = False) -> Iterator[None]:
    """Turn what went wrong into a message and an exit code; never into a traceback."""
    try:
        yield
    except UnsoundPlanError as error:
        console.tell_error(error, as_json=as_json)
        sys.stderr.write(_keep(Path("refused-plan.json"), error.plan_json, "The refused plan") + "\n")
        raise typer.Exit(COULD_NOT_RUN) from None
    except PlannerError as error:
        console.tell_error(error, as_json=as_json)
        raise typer.Exit(COULD_NOT_RUN) from None
    except OSError as error:
        sys.stderr.write(f"The output cannot be written: {error.strerror or error}.\n")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(COULD_NOT_RUN) from None
    except KeyboardInterrupt:
        sys.stderr.write("Stopped before there was anything to keep.\n")
        raise typer.Exit(COULD_NOT_RUN) from None


def _keep(path: Path, plan_json: str, what: str) -> str:
    """Write a plan to the folder one is in, and return a sentence that says where."""
    try:
        path.write_text(plan_json, encoding="utf-8")
    except OSError as error:
        return f"{what} could not be kept in {path.resolve()}: {error.strerror}."
    return f"{what} is kept in {path.resolve()}."


def _version(asked: bool) -> None:
    if asked:
        console.say(f"planner {planner.__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
def check(scenario: ScenarioFile, as_json: AsJson = False) -> None:
    """Read a scenario and tell everything that is wrong with it.

    Sessions that no plan could hold are listed with the reason. They are no error: a plan leaves them out.

    Example: planner check scenarios/small/scenario.yaml
    """
    with _answering(as_json):
        from planner.formation import form_sessions
        from planner.workflow import impossible_sessions

        read = _read(scenario)
        counts = {
            "delegations": len(read.delegations),
            "cases": len(read.cases),
            "leads": sum(len(case.leads) for case in read.cases),
            "sessions": len(form_sessions(read)),
            "rooms": len(read.rooms),
            "days": len(read.conference.days),
        }
        impossible = impossible_sessions(read)
        if as_json:
            console.say_json(console.check_data(scenario, counts, impossible))
            return
        console.say(
            f"{scenario} is consistent: " + ", ".join(console.number(count, name) for name, count in counts.items())
        )
        if read.conference.secret is None:
            console.say("  no conference.secret is given: whoever guesses session names can work out door codes")
        for session, reason in impossible.items():
            console.say(f"  {session} can be held in no plan: {reason}")


@app.command()
def sessions(scenario: ScenarioFile, as_json: AsJson = False) -> None:
    """Show which sessions are formed, and from which cases and leads.

    Example: planner sessions scenarios/small/scenario.yaml
    """
    with _answering(as_json):
        from planner.formation import form_sessions

        formed = form_sessions(_read(scenario))
        if as_json:
            console.say_json(console.sessions_data(formed))
        else:
            console.show_sessions(formed)


@app.command(name="import")
def import_(
    form: Annotated[
        Literal["b2bsp"],
        typer.Argument(metavar="b2bsp", help="What the file is: an instance of the published B2B benchmark."),
    ],
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file, MiniZinc data; - reads it from stdin.")],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="The scenario file to write; - writes it to stdout.")
    ] = "-",
    fairness: Annotated[
        int, typer.Option(min=0, help="The largest difference allowed between the breaks of two participants.")
    ] = 2,
    as_json: AsJson = False,
) -> None:
    """Make a scenario of another program's file.

    Example: planner import b2bsp tic-12.original.dzn -o tic-12.yaml
    """
    with _answering(as_json):
        from planner.importing.b2bsp import parse_instance, scenario_of
        from planner.importing.text import decoded, read_text
        from planner.scenario_file import scenario_text, write_scenario

        text = decoded(sys.stdin.buffer.read(), "stdin") if file == "-" else read_text(Path(file))
        name = "stdin" if file == "-" else file
        scenario = scenario_of(parse_instance(text, name), Path(name).stem, fairness)
        if output == "-":
            console.write(scenario_text(scenario))
            return
        write_scenario(scenario, Path(output))
        counts = {"delegations": len(scenario.delegations), "sessions": len(scenario.sessions)}
        if as_json:
            console.say_json({"scenario": output, **counts})
        else:
            said = ", ".join(console.number(count, things) for things, count in counts.items())
            console.say(f"{output} is written: {said}")


@app.command()
def solve(
    scenario: ScenarioFile,
    output: Target,
    time_limit: TimeLimit = 60.0,
    deterministic_limit: DeterministicLimit = None,
    seed: Seed = 0,
    workers: Workers = None,
    templates: Templates = None,
    stamp: Stamp = None,
    as_json: AsJson = False,
) -> None:
    """Make the plan, verify it, and write what every reader gets.

    Ctrl-C ends the search and keeps the best plan so far.

    Example: planner solve scenarios/small/scenario.yaml -o out
    """
    with _answering(as_json):
        from planner import workflow
        from planner.plan import Status
        from planner.solver.search import Effort

        read = _read(scenario)
        moment = _moment(stamp, scenario, reproducible=deterministic_limit is not None)
        effort = Effort(time_limit, deterministic_limit, seed, workers or (2 if deterministic_limit is None else 1))
        if output != "-":
            workflow.prepare(Path(output), templates)
        plan = workflow.solve(read, effort, moment, console.ProgressLine())
        if plan.status in (Status.infeasible, Status.unknown):
            pins = workflow.colliding_pins(read, effort) if plan.status is Status.infeasible else ()
            _tell_no_plan(plan, pins, as_json)
        elif output == "-":
            console.write(plan.to_json())
        else:
            with _keeping(plan):
                _, files = workflow.publish(read, plan, Path(output), templates)
            _show(plan, Path(output), files, as_json)


@app.command()
def demo(
    output: Target = "seoul",
    scenario: Annotated[
        Literal["seoul-2026", "small", "overfull"], typer.Option(help="The shipped scenario to solve.")
    ] = "seoul-2026",
    time_limit: TimeLimit = 60.0,
    deterministic_limit: DeterministicLimit = None,
    seed: Seed = 0,
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Solve a shipped scenario and write its folder.

    Example: planner demo -o seoul
    """
    from planner.resources import shipped

    path = shipped("scenarios") / scenario / "scenario.yaml"
    solve(str(path), output, time_limit, deterministic_limit, seed, workers, as_json=as_json)


@contextmanager
def _keeping(plan: Plan) -> Iterator[None]:
    """Keep a plan that was found when its pages cannot be written."""
    try:
        yield
    except (PlannerError, KeyboardInterrupt) as error:
        failed = error if isinstance(error, PlannerError) else OutputError("Stopped before the pages were written.")
        kept = _keep(Path(f"{plan.conference}-plan.json"), plan.to_json(), "The plan")
        failed.hint = f"{failed.hint} {kept} Write its pages with planner render.".strip()
        raise failed from None


def _tell_no_plan(plan: Plan, pins: Sequence[str], as_json: bool) -> None:
    if as_json:
        console.say_json({**console.plan_data(plan, None, []), "colliding_pins": pins})
    else:
        console.show_no_plan(plan, pins)
    raise typer.Exit(NEGATIVE)


def _show(plan: Plan, target: Path, files: list[Path], as_json: bool) -> None:
    if as_json:
        console.say_json(console.plan_data(plan, target, files))
    else:
        console.show_plan(plan, target, files)


@app.command()
def verify(scenario: ScenarioFile, plan: PlanFile, as_json: AsJson = False) -> None:
    """Hold a plan against its scenario, rule by rule, and count every cost anew.

    Example: planner verify scenarios/small/scenario.yaml out/plan.json
    """
    with _answering(as_json):
        from planner.verify import verify as verify_plan

        report = verify_plan(*_read_both(scenario, plan))
        if as_json:
            console.say_json(console.report_data(report))
        else:
            console.show_report(report)
        if not report.sound:
            raise typer.Exit(NEGATIVE)


@app.command()
def render(
    scenario: ScenarioFile, plan: PlanFile, output: Folder, templates: Templates = None, as_json: AsJson = False
) -> None:
    """Verify a plan and write what every reader gets, without solving anew.

    Example: planner render scenarios/small/scenario.yaml out/plan.json -o out --templates mine
    """
    with _answering(as_json):
        from planner import workflow

        if str(output) == "-":
            raise InputError("A folder cannot be written to stdout.", hint="Give a folder, for example -o out.")
        read, given = _read_both(scenario, plan)
        report, files = workflow.publish(read, given, output, templates)
        if not report.sound:
            if as_json:
                console.say_json(console.report_data(report))
            else:
                console.show_report(report)
            raise typer.Exit(NEGATIVE)
        _show(given, output, files, as_json)


@app.command()
def explain(
    scenario: ScenarioFile,
    plan: Annotated[
        str | None, typer.Argument(metavar="[PLAN]", help="A plan.json of it, to ask about sessions.")
    ] = None,
    session: Annotated[
        str | None, typer.Option(metavar="ID", help="Why this session is not held, or not earlier.")
    ] = None,
    at: Annotated[str | None, typer.Option(metavar="TIME", help="Why the session is not at this start.")] = None,
    room: Annotated[str | None, typer.Option(metavar="ID", help="Why the session is not in this room.")] = None,
    for_: Annotated[
        str | None, typer.Option("--for", metavar="DELEGATION", help="Only what this delegation may know.")
    ] = None,
    time_limit: TimeLimit = 60.0,
    seed: Seed = 0,
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Tell why there is no plan, or none that holds everything, and what would help.

    With a plan and a session: why it is not held, not earlier, or not there and then, and what that would cost.

    Example: planner explain scenarios/overfull/scenario.yaml
    """
    with _answering(as_json):
        from planner import cli_explain
        from planner.solver.effort import Effort

        read, given = (_read(scenario), None) if plan is None else _read_both(scenario, plan)
        effort = Effort(time_limit, None, seed, workers or 2)
        asked = cli_explain.Asked(session, at, room, for_)
        if not cli_explain.explain(read, given, effort, asked, as_json=as_json):
            raise typer.Exit(NEGATIVE)


@app.command()
def rules(as_json: AsJson = False) -> None:
    """Print the catalogue of rules.

    Example: planner rules --json
    """
    with _answering(as_json):
        if as_json:
            console.say_json(console.rules_data())
        else:
            console.show_rules()


@app.command()
def schema(
    of: Annotated[
        Literal["scenario", "plan"], typer.Argument(metavar="[scenario|plan]", help="Which file's schema.")
    ] = "scenario",
) -> None:
    """Print the JSON Schema of a scenario file or of plan.json, for editors.

    Example: planner schema scenario > scenario.schema.json
    """
    with _answering():
        from planner.schema import schema_text

        console.write(schema_text(of))


def main() -> None:
    """Run the command line."""
    try:
        console.prepare_streams()
        app()
    except KeyboardInterrupt:
        raise SystemExit(COULD_NOT_RUN) from None
