"""What the command line prints: tables and sentences, or JSON; results to stdout, progress to stderr."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from planner.errors import InputError, PlannerError
from planner.plan import Plan, Status
from planner.rules import CATALOGUE

if TYPE_CHECKING:
    from planner.formation import Session
    from planner.solver.search import Progress
    from planner.verify import Report, Violation


def prepare_streams() -> None:
    """Write files and pipes as UTF-8 everywhere, and what a terminal cannot show as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="backslashreplace")
            else:
                stream.reconfigure(encoding="utf-8")


def write(text: str) -> None:
    """Write to stdout; a reader that has gone away, such as ``head``, changes nothing about how a verb ends."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str) -> None:
    """Print a result."""
    write(f"{text}\n")


def number(count: int, things: str) -> str:
    """Say how many there are: ``1 day``, ``2 days``."""
    return f"{count} {things.removesuffix('s') if count == 1 else things}"


def say_json(data: object) -> None:
    """Print a result for programs."""
    say(json.dumps(data, indent=2, ensure_ascii=False, default=str))


def tell_error(error: PlannerError, *, as_json: bool = False) -> None:
    """Print what is wrong, where, and what to do, to stderr; as JSON to stdout for programs."""
    flaws = error.flaws if isinstance(error, InputError) else ()
    if as_json:
        say_json({"error": error.message, "hint": error.hint, "flaws": [vars(flaw) for flaw in flaws]})
        return
    lines = [f"{error.message}" + (":" if flaws else "")]
    lines += [f"  {flaw}" for flaw in flaws]
    lines += [error.hint] if error.hint else []
    sys.stderr.write("\n".join(lines) + "\n")


class ProgressLine:
    """Prints the search's progress to stderr, a line when a tier begins, and then no more than two a second."""

    def __init__(self) -> None:
        self._tier = ""
        self._last = -1.0

    def __call__(self, progress: Progress) -> None:
        """Print one line, or leave it out when the last one is too recent."""
        if progress.tier == self._tier and 0 <= progress.seconds - self._last < 0.5:
            return
        self._tier, self._last = progress.tier, progress.seconds
        value = "-" if progress.value is None else str(progress.value)
        bound = "-" if progress.bound is None else str(progress.bound)
        sys.stderr.write(
            f"{progress.tier:<10} value {value:>7}  bound {bound:>7}  gap {_gap(progress.value, progress.bound):>7}"
            f"  {progress.seconds:7.1f} s\n"
        )
        sys.stderr.flush()


def _gap(value: int | None, bound: int | None) -> str:
    return "-" if value is None or bound is None else str(value - bound)


def table_of(*columns: str) -> Table:
    """Return a table without lines; columns of numbers stand to the right."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        number = column in {"value", "bound", "gap", "seconds", "minutes", "weight", "priority", "count", "cost"}
        table.add_column(column, justify="right" if number else "left", overflow="fold")
    return table


def print_table(table: Table) -> None:
    """Print a table as wide as the terminal, or as 140 characters."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 140
    text = io.StringIO()
    Console(file=text, force_terminal=sys.stdout.isatty(), width=width, highlight=False, markup=False).print(table)
    write(text.getvalue())


def show_rows(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table, or nothing when it has no rows."""
    if rows:
        table = table_of(*columns)
        for row in rows:
            table.add_row(*row)
        print_table(table)


def show_plan(plan: Plan, target: Path | None, files: Sequence[Path]) -> None:
    """Print status, tiers, what is left out, and where the files are."""
    say(f"{plan.status.value}: {len(plan.placements)} sessions held, {len(plan.unplaced)} left out")
    show_search(plan)
    if target is not None:
        say(f"verified; {len(files)} files in {target}")
        say(f"the organiser's page: {target / 'index.html'}")


def show_search(plan: Plan) -> None:
    """Print how each tier ended, and what is left out."""
    table = table_of("tier", "status", "value", "bound", "gap", "seconds")
    for tier in plan.tiers:
        table.add_row(
            tier.name,
            tier.status.value,
            "-" if tier.value is None else str(tier.value),
            "-" if tier.bound is None else str(tier.bound),
            "-" if tier.gap is None else str(tier.gap),
            f"{tier.seconds:.1f}",
        )
    print_table(table)
    if plan.unplaced:
        table = table_of("left out", "priority", "reason")
        for unplaced in plan.unplaced:
            table.add_row(unplaced.session, str(unplaced.priority), unplaced.reason)
        print_table(table)


def show_no_plan(plan: Plan, pins: Sequence[str]) -> None:
    """Print how the search ended without a plan, and what to do about it."""
    say(f"{plan.status.value}: there is no plan")
    if plan.status is Status.infeasible and pins:
        say(f"The pins of these sessions cannot all be kept: {', '.join(pins)}. Without what they ask there is a plan.")
        say("Loosen one of them, or give the rule pins the level soft.")
    elif plan.status is Status.infeasible:
        say("No plan meets every hard rule. Sessions may be left out, so rules made hard must collide;")
        say("give one the level soft to see what it costs.")
    else:
        limit = "time" if plan.options.clock == "wall" else "deterministic"
        say(f"No plan was found within the limit. Give a larger --{limit}-limit.")


def show_sessions(sessions: Sequence[Session]) -> None:
    """Print what was formed, and from what."""
    table = table_of("session", "minutes", "priority", "form", "parties", "cases and leads")
    for session in sessions:
        form = "bilateral" if session.is_bilateral else "multilateral"
        optional = [f"({name})" for name in session.parties if name not in session.always]
        table.add_row(
            session.id,
            str(session.length_minutes),
            str(session.priority),
            f"{form}, {session.form.value}" if session.form else form,
            " ".join([*session.always, *optional]),
            " ".join([*session.cases, *(f"[{lead}]" for lead in session.leads)]),
        )
    print_table(table)
    chains = len({session.chain for session in sessions})
    minutes = sum(session.length_minutes for session in sessions)
    say(f"{len(sessions)} sessions in {chains} chains, {minutes} minutes; parties in brackets are not required")


def show_report(report: Report) -> None:
    """Print every finding and every cost of a verification."""
    for fault in report.faults:
        say(f"fault: {fault}")
    for violation in report.violations:
        say(f"broken: {violation}")
    for breach in report.relaxed:
        say(f"broken, but made soft: {breach}")
    table = table_of("rule", "count", "weight", "cost")
    for row in report.costs:
        table.add_row(row.rule, str(row.count), str(row.weight), str(row.cost))
    print_table(table)
    say(", ".join(f"{name} {value}" for name, value in report.tiers))
    found = len(report.faults) + len(report.violations)
    say("sound: nothing found" if report.sound else f"not sound: {found} findings")


def show_rules() -> None:
    """Print the catalogue."""
    table = table_of("rule", "kind", "level", "weight", "tier", "statement")
    for rule in CATALOGUE:
        table.add_row(rule.id, rule.kind.value, rule.level.value, str(rule.weight), rule.tier, rule.statement)
    print_table(table)


def rules_data() -> list[dict[str, Any]]:
    """The catalogue as plain data."""
    return [
        {
            "id": rule.id,
            "title": rule.title,
            "kind": rule.kind.value,
            "statement": rule.statement,
            "subject": rule.subject,
            "measure": rule.measure,
            "level": rule.level.value,
            "weight": rule.weight,
            "tier": rule.tier,
            "parameters": [vars(parameter) for parameter in rule.parameters],
        }
        for rule in CATALOGUE
    ]


def sessions_data(sessions: Sequence[Session]) -> list[dict[str, Any]]:
    """Formed sessions as plain data."""
    return [
        {
            "session": session.id,
            "chain": session.chain,
            "form": session.form.value if session.form else None,
            "cases": session.cases,
            "leads": session.leads,
            "leader": session.leader,
            "required": session.required,
            "optional": session.optional,
            "quorum": session.quorum.model_dump() if session.quorum else None,
            "officers": session.officers,
            "minutes": session.length_minutes,
            "priority": session.priority,
            "classification": session.classification,
            "features": session.features,
            "language": session.language,
            "sitting": session.sitting,
            "follows": session.follows,
        }
        for session in sessions
    ]


def report_data(report: Report) -> dict[str, Any]:
    """A verification as plain data."""
    return {
        "sound": report.sound,
        "faults": report.faults,
        "violations": [_violation_data(found) for found in report.violations],
        "relaxed": [_violation_data(found) for found in report.relaxed],
        "costs": [row.model_dump(mode="json") for row in report.costs],
        "tiers": [{"name": name, "value": value} for name, value in report.tiers],
    }


def _violation_data(found: Violation) -> dict[str, Any]:
    return {"rule": found.rule, "subject": found.subject, "message": found.message}


def plan_data(plan: Plan, target: Path | None, files: Sequence[Path]) -> dict[str, Any]:
    """What a run gave, as plain data."""
    return {
        "status": plan.status.value,
        "held": len(plan.placements),
        "tiers": [{**tier.model_dump(mode="json"), "gap": tier.gap} for tier in plan.tiers],
        "unplaced": [unplaced.model_dump(mode="json") for unplaced in plan.unplaced],
        "costs": [row.model_dump(mode="json") for row in plan.costs],
        "folder": None if target is None else str(target),
        "files": len(files),
    }


def check_data(name: str, counts: Mapping[str, int], impossible: Mapping[str, str]) -> dict[str, Any]:
    """What a check found, as plain data."""
    return {"scenario": name, "consistent": True, **counts, "impossible": dict(impossible)}
