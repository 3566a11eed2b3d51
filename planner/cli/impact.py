"""The verb ``impact``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from planner import console
from planner.cli import change_options as options
from planner.cli.answering import answering
from planner.cli.options import AsJson, PlanFile, ScenarioFile
from planner.cli.reading import given_both

if TYPE_CHECKING:
    from planner.impact import Affected, Impact, Placed, Reason, Standing


def impact(
    scenario: ScenarioFile,
    plan: PlanFile,
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
    as_json: AsJson = False,
) -> None:
    """Say what changes break of a plan, without searching for a new one.

    The old placements are held against the changed scenario by the verifier: which sessions can stay, which cannot and why,
    which are cancelled or new, and who is in them.

    Example: planner impact scenarios/small/scenario.yaml out/plan.json --now 2026-09-15T09:45 --late CHL=2026-09-15T13:30
    """
    with answering(as_json):
        from planner.applying import apply_changes
        from planner.impact import impact as impact_of

        read, given = given_both(scenario, plan)
        moment = options.given_now(now)
        what = options.changes_of(
            changes,
            read,
            given,
            moment,
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
        found = impact_of(read, given, apply_changes(read, given, what, moment))
        if as_json:
            console.say_json({**asdict(found), "harmless": found.harmless})
        else:
            _show(found)


def _show(found: Impact) -> None:
    """Print an impact for people, the worst first."""
    to_come = (found.staying, found.altered, found.placed, found.broken, found.cancelled)
    console.say(
        f"{console.number(len(found.past), 'sessions')} past or under way; of {sum(map(len, to_come))} to come "
        f"{len(found.staying)} can stay as told"
    )
    for reason in found.elsewhere:
        console.say(f"broken: {reason.message}")
    _rows("cannot stay", "because", ((each.told, _because(each.reasons)) for each in found.broken))
    _rows("put elsewhere", "where", ((each.told, _there(each)) for each in found.placed))
    _rows("stays, altered", "what", ((each.told, each.differences) for each in found.altered))
    _rows("cancelled", "", ((each, ()) for each in found.cancelled))
    if found.fresh:
        table = console.table_of("new", "minutes", "parties")
        for fresh in found.fresh:
            table.add_row(fresh.session, str(fresh.minutes), " ".join(fresh.parties))
        console.print_table(table)
    for hopeless in found.hopeless:
        console.say(f"{hopeless.session} can be held in no plan: {hopeless.reason}")
    _show_affected(found.affected)


def _rows(title: str, what: str, rows: Iterable[tuple[Standing, Iterable[str]]]) -> None:
    table = console.table_of(title, "when", "room", what)
    for told, lines in rows:
        for number, line in enumerate([*lines] or [""]):
            place = (
                (told.session, f"{told.start:%m-%d %H:%M}–{told.end:%H:%M}", told.room) if not number else ("", "", "")
            )
            table.add_row(*place, line)
    if table.rows:
        console.print_table(table)


def _because(reasons: Iterable[Reason]) -> Iterable[str]:
    return (f"{reason.rule}: {reason.message}" for reason in reasons)


def _there(placed: Placed) -> Iterable[str]:
    start = [f"{placed.new_start:%m-%d %H:%M}"] if placed.new_start else []
    room = [placed.new_room] if placed.new_room else []
    yield " in ".join([*start, *room])
    if placed.in_the_way:
        yield f"in the way: {', '.join(placed.in_the_way)}"
    yield from _because(placed.reasons)


def _show_affected(affected: Affected) -> None:
    if not affected.delegations:
        console.say("nobody is told anything new")
        return
    interpreters = f"; interpreters {', '.join(affected.interpreters)}" if affected.interpreters else ""
    console.say(
        f"concerned: {console.number(affected.seats, 'seats')} of {', '.join(affected.delegations)}{interpreters}"
    )
