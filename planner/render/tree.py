"""The folder that an organiser sends out: every reader's files in a folder of their own, written whole or not at all."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from planner import agenda
from planner.agenda import (
    DelegateAgenda,
    DelegationAgenda,
    InterpreterAgenda,
    Pair,
    Source,
    change_notice,
    organiser_changes,
)
from planner.changes import Changes
from planner.errors import OutputError
from planner.plan import Plan
from planner.render.board import draw
from planner.render.html import Pages
from planner.render.ics import calendar_file
from planner.render.limits import draw_limits
from planner.render.outbox import OUTBOX_FILES, outbox
from planner.scenario import Scenario
from planner.scenario_file import is_written_by_planner, scenario_text, yaml_text

_OURS = re.compile(
    r"plan\.json|scenario\.yaml|changes\.yaml|index\.html|limits\.html|changes\.html|programme\.ics|board-(rooms|delegations)-[0-9-]+\.svg"
    r"|(delegations|delegates|interpreters)/[^/]+/(agenda\.(html|ics)|notice\.html)|rooms/[^/]+/door-[0-9-]+\.html"
    r"|public/programme\.(html|ics)|" + OUTBOX_FILES
)
Version = tuple[Scenario, Plan]
_Personal = DelegationAgenda | DelegateAgenda | InterpreterAgenda
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def render(
    scenario: Scenario,
    plan: Plan,
    target: Path,
    templates: Path | None = None,
    idle_by_delegation: Mapping[str, tuple[int, int]] | None = None,
    before: Version | None = None,
    changes: Changes | None = None,
) -> list[Path]:
    """Write everything that readers get into a folder, and return the files written.

    The folder is replaced as a whole: it is made beside the old one and takes its place when it is complete. The same
    scenario, plan and templates give the same bytes.

    Args:
        scenario: a consistent scenario.
        plan: a verified plan of it.
        target: the folder; what it holds must come from the planner.
        templates: the organiser's own templates; those that are missing are taken from the shipped ones.
        idle_by_delegation: idle slots and breaks by delegation id, for the organiser's overview.
        before: the scenario and the plan that readers had; with it, those who must hear something new get a notice, calendar
            files of what changed and mail drafts, and the organiser a page that says what changed.
        changes: what led from that plan to this one, for the organiser.

    Raises:
        InputError: when a template is wrong, or a plan is not one of its scenario.
        OutputError: when the folder holds other things, or cannot be written.
    """
    pages = Pages(templates)
    files = dict(_files(scenario, plan, pages, idle_by_delegation or {}, has_changes=before is not None))
    if before is not None:
        files |= dict(_notices(Pair(before, (scenario, plan)), pages))
        files |= outbox(scenario, plan, before)
    if changes is not None:
        files["changes.yaml"] = yaml_text(changes).encode()
    return write_tree(files, target)


def write_tree(files: Mapping[str, bytes], target: Path) -> list[Path]:
    """Write files, by path within the folder, as the whole content of a folder; return their paths in order.

    Raises:
        OutputError: when two paths differ in capitals only, when the folder holds what the planner did not write, or
            when it cannot be written.
    """
    _require_distinct(files)
    target = target.resolve()
    try:
        require_replaceable(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as workshop:
            fresh, old = Path(workshop, "fresh"), Path(workshop, "old")
            fresh.mkdir()
            for name, content in files.items():
                path = fresh / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            _swap(fresh, target, old)
    except OSError as error:
        raise OutputError(
            f"The folder {target} cannot be written: {error.strerror or error}.",
            "Give a folder on a disk with room, in a place where you may write.",
        ) from error
    return [target / name for name in sorted(files)]


def _swap(fresh: Path, target: Path, old: Path) -> None:
    try:
        if target.exists():
            target.rename(old)
        fresh.rename(target)
    except BaseException:
        if old.exists() and not target.exists():
            old.rename(target)
        raise


def _require_distinct(files: Mapping[str, bytes]) -> None:
    """Many disks do not tell capitals apart: there, one reader would get the files of another."""
    seen: dict[str, str] = {}
    for name in files:
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            raise OutputError(
                f"{other} and {name} would be one file on disks that do not tell capitals apart.",
                "Give ids that differ in more than capitals.",
            )


def require_replaceable(target: Path) -> None:
    """Refuse a folder that the planner must not replace.

    Raises:
        OutputError: when it is a file, the folder one is in, or holds what the planner did not write.
    """
    target = target.resolve()
    advice = "Give a new folder, or one that the planner wrote before."
    if not target.exists():
        above = next(folder for folder in target.parents if folder.exists())
        if not above.is_dir():
            raise OutputError(f"{target} cannot be made: {above} is a file.", advice)
        if not os.access(above, os.W_OK):
            raise OutputError(f"{target} cannot be made: you may not write to {above}.", advice)
        return
    if not target.is_dir():
        raise OutputError(f"{target} is a file, not a folder.", advice)
    if target in (Path.cwd(), *Path.cwd().parents):
        raise OutputError(f"{target} is the folder you are in, and would be replaced as a whole.", advice)
    held = [path for path in target.rglob("*") if not path.is_dir() and path.name not in _LITTER]
    foreign = sorted(path.relative_to(target).as_posix() for path in held if not _is_ours(path, target))
    if foreign:
        raise OutputError(f"{target} holds what the planner did not write: {', '.join(foreign[:3])}.", advice)
    if held and not _holds_plan(target):
        raise OutputError(f"{target} is not empty, and holds no plan of the planner.", advice)


def _is_ours(path: Path, target: Path) -> bool:
    name = path.relative_to(target).as_posix()
    return bool(_OURS.fullmatch(name)) and (name != "scenario.yaml" or is_written_by_planner(path))


def _holds_plan(target: Path) -> bool:
    try:
        return b'"planner.plan/' in (target / "plan.json").read_bytes()
    except FileNotFoundError:
        return False


def _files(
    scenario: Scenario, plan: Plan, pages: Pages, idle: Mapping[str, tuple[int, int]], *, has_changes: bool
) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the content of every file."""
    source = Source(scenario, plan)
    yield "plan.json", plan.to_json().encode()
    yield "scenario.yaml", scenario_text(scenario).encode()
    programme = agenda.organiser_programme(source, idle, has_changes=has_changes)
    yield "index.html", pages.render("index.html.j2", programme)
    yield "limits.html", pages.render("limits.html.j2", draw_limits(agenda.limits(source)))
    yield "programme.ics", calendar_file(programme.calendar)
    for board in agenda.boards(source):
        yield f"board-{board.subject}-{board.date}.svg", pages.render("board.svg.j2", draw(board))
    for folder, template, view in _personal(source):
        yield f"{folder}/agenda.html", pages.render(template, view)
        yield f"{folder}/agenda.ics", calendar_file(view.calendar)
    for room in scenario.rooms:
        for sheet in agenda.door_sheets(source, room.id):
            yield f"rooms/{room.id}/door-{sheet.date}.html", pages.render("door.html.j2", sheet)
    public = agenda.public_programme(source)
    yield "public/programme.html", pages.render("public.html.j2", public)
    yield "public/programme.ics", calendar_file(public.calendar)


def _notices(pair: Pair, pages: Pages) -> Iterator[tuple[str, bytes]]:
    """Yield the notice of everybody who must hear something new, and what changed for the organiser."""
    for reader in pair.readers:
        view = change_notice(pair, reader)
        if view is not None:
            kind, _, name = reader.partition("/")
            yield f"{kind}s/{name}/notice.html", pages.render("notice.html.j2", view)
    yield "changes.html", pages.render("changes.html.j2", organiser_changes(pair, with_notices=True))


def _personal(source: Source) -> Iterator[tuple[str, str, _Personal]]:
    """Yield folder, template and view of everybody who gets an agenda."""
    for delegation in source.delegations:
        yield f"delegations/{delegation}", "delegation.html.j2", agenda.delegation_agenda(source, delegation)
    for person in source.delegates:
        yield f"delegates/{person}", "delegate.html.j2", agenda.delegate_agenda(source, person)
    for interpreter in source.interpreters:
        yield f"interpreters/{interpreter}", "interpreter.html.j2", agenda.interpreter_agenda(source, interpreter)
