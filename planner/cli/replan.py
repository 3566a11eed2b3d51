"""The verb ``replan``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner import console
from planner.cli import change_options as options
from planner.cli.answering import answering, keeping
from planner.cli.options import (
    AsJson,
    DeterministicLimit,
    Folder,
    PlanFile,
    ScenarioFile,
    Seed,
    Stamp,
    Templates,
    TimeLimit,
    Workers,
)
from planner.cli.reading import given_both, given_moment
from planner.cli.telling import explain_commands, tell_no_plan, tell_why_left_out
from planner.errors import OutputError

if TYPE_CHECKING:
    from planner.changes import Changes
    from planner.repair import Repair
    from planner.scenario import Scenario
    from planner.solver.search import Effort

MOST_ALTERNATIVES = 3

Alternatives = Annotated[
    int,
    typer.Option(
        min=0,
        max=MOST_ALTERNATIVES,
        help="Also search for so many plans that tell people more and are better otherwise; each as long as for the plan, "
        "and in a folder of its own: new-alternative-1.",
    ),
]


def replan(
    scenario: ScenarioFile,
    plan: PlanFile,
    output: Folder,
    now: options.Now,
    changes: options.ChangesFile = None,
    late: options.Late = None,
    leaves_early: options.LeavesEarly = None,
    withdraws: options.Withdraws = None,
    team_away: options.TeamAway = None,
    delegate_away: options.DelegateAway = None,
    interpreter_away: options.InterpreterAway = None,
    room_lost: options.RoomLost = None,
    unpin: options.Unpin = None,
    cancel: options.Cancel = None,
    move: options.Move = None,
    alternatives: Alternatives = 0,
    time_limit: TimeLimit = 60.0,
    deterministic_limit: DeterministicLimit = None,
    seed: Seed = 0,
    workers: Workers = None,
    templates: Templates = None,
    stamp: Stamp = None,
    as_json: AsJson = False,
) -> None:
    """Change a plan so that the past stays and as few people as possible are told something new.

    Writes the changed scenario, the new plan with all that readers get, notices of what is new for each, calendar files of
    what changed, and mail drafts. Ctrl-C ends the search and keeps the best plan so far.

    Example: planner replan scenarios/small/scenario.yaml out/plan.json -o new --now 2026-09-15T09:45 --room-lost cabin
    """
    with answering(as_json):
        from planner import workflow
        from planner.applying import apply_changes
        from planner.plan import Status
        from planner.repair import Repair
        from planner.solver.search import Effort

        before = given_both(scenario, plan)
        moment = given_moment(stamp, scenario, reproducible=deterministic_limit is not None)
        clock = options.given_now(now)
        what = options.changes_of(
            changes,
            *before,
            clock,
            late=late,
            leaves_early=leaves_early,
            withdraws=withdraws,
            team_away=team_away,
            delegate_away=delegate_away,
            interpreter_away=interpreter_away,
            room_lost=room_lost,
            unpin=unpin,
            cancel=cancel,
            move=move,
        )
        changed = apply_changes(*before, what, clock)
        effort = Effort(time_limit, deterministic_limit, seed, workers or (2 if deterministic_limit is None else 1))
        _require_new(output, plan)
        for folder in (output, *(_folder(output, position) for position in range(1, alternatives + 1))):
            workflow.prepare(folder, templates)
        found = workflow.solve(changed, effort, moment, console.ProgressLine(), before)
        if found.status in (Status.infeasible, Status.unknown):
            pins = workflow.colliding_pins(changed, effort) if found.status is Status.infeasible else ()
            kept = None if found.status is Status.unknown else _kept(changed, output)
            tell_no_plan(found, pins, as_json, str(kept or ""), kept)
        repair = Repair(before, changed, found)
        with keeping(found):
            _, files = workflow.publish(changed, found, output, templates, before, what)
        others = _alternatives(repair, alternatives, effort, output, templates, what)
        if as_json:
            console.say_json({**_data(repair, output), "files": len(files), "alternatives": others})
        else:
            _show(repair, output, files, others, alternatives)


def _require_new(output: Path, plan: str) -> None:
    """Refuse the folder of the plan that is changed: people were told of it, and it is compared with and gone back to."""
    if plan != "-" and Path(plan).resolve().parent == output.resolve():
        raise OutputError(
            f"{output} holds the plan that is to be changed.", "Give another folder, so that you keep it."
        )


def _kept(changed: Scenario, output: Path) -> Path | None:
    """Write a scenario that has no plan beside the folder that stays unwritten, so that it can be explained."""
    from planner.scenario_file import write_scenario

    target = output.with_name(f"{output.name}-scenario.yaml")
    try:
        write_scenario(changed, target)
    except OutputError:
        return None
    return target


def _folder(output: Path, position: int) -> Path:
    return output.with_name(f"{output.name}-alternative-{position}")


def _alternatives(
    repair: Repair, number: int, effort: Effort, output: Path, templates: Path | None, what: Changes
) -> list[dict[str, Any]]:
    """Search for alternatives and write each to a folder beside the plan's; return what is told of them."""
    from planner import workflow

    told: list[dict[str, Any]] = []
    for position, other in enumerate(workflow.alternatives(repair, number, effort, console.ProgressLine()), 1):
        folder = _folder(output, position)
        workflow.publish(other.scenario, other.plan, folder, templates, repair.before, what)
        told.append(_data(other, folder))
    return told


def _stale(output: Path, others: list[dict[str, Any]]) -> list[str]:
    """Folders of alternatives beside the plan's that were not written this time."""
    written = {other["folder"] for other in others}
    folders = (_folder(output, position) for position in range(1, MOST_ALTERNATIVES + 1))
    return [str(folder) for folder in folders if folder.exists() and str(folder) not in written]


def _data(repair: Repair, folder: Path) -> dict[str, Any]:
    return {
        "folder": str(folder),
        "certified": repair.is_certified,
        "claim": repair.claim,
        "figures": vars(repair.comparison.figures),
        "tiers": [tier.model_dump(mode="json") for tier in repair.plan.tiers],
        "unplaced": [unplaced.model_dump(mode="json") for unplaced in repair.plan.unplaced],
        "explain": explain_commands(repair.plan, str(folder / "scenario.yaml"), folder / "plan.json"),
    }


def _show(repair: Repair, output: Path, files: list[Path], others: list[dict[str, Any]], alternatives: int) -> None:
    from planner.cli.compared import show_comparison

    show_comparison(repair.comparison)
    console.show_search(repair.plan)
    console.say(repair.claim)
    console.say(f"verified; {len(files)} files in {output}")
    console.say(f"what changed: {output / 'changes.html'}")
    if alternatives and not repair.is_certified:
        console.say("no alternative was looked for: this plan is not proven to be the gentlest; give more time")
    elif alternatives and not others:
        console.say("no alternative was found that is better otherwise")
    if stale := _stale(output, others):
        console.say(f"of an earlier run, and not of this plan: {', '.join(stale)}")
    for other in others:
        figures, tiers = other["figures"], other["tiers"]
        costs = ", ".join(f"{tier['name']} {tier['value']}" for tier in tiers)
        console.say(f"alternative in {other['folder']}: {figures['people']} people told; {costs}")
    tell_why_left_out(repair.plan, str(output / "scenario.yaml"))
