"""Files of changes: YAML in, changes out, or everything that is wrong with them, each with its line."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path as FilePath
from typing import Any

from pydantic import Field, ValidationError

from planner.changes import Changes
from planner.changes_file.checking import checked
from planner.changes_file.ground import require_ground
from planner.changes_file.item import Item, read_item
from planner.changes_file.options import read_option
from planner.consistency import Finding
from planner.errors import InputError
from planner.plan import Plan
from planner.scenario import Scenario
from planner.scenario_file.compose import read_tree
from planner.scenario_file.fields import named
from planner.scenario_file.placing import Placed, content_of, located, placed, refusal, text_of
from planner.scenario_file.tree import Mapping, as_written, plain
from planner.scenario_file.wording import errors_of, explain
from planner.values import Frozen, Text

__all__ = ["given_changes", "parse_changes", "read_changes"]

_WHAT = "changes"


class _Top(Frozen):
    """The fields of the file itself; its changes are read one by one."""

    why: Text | None = None
    changes: tuple[Any, ...] = Field(min_length=1)


@dataclass(frozen=True)
class _Read:
    name: str
    why: str | None = None
    items: tuple[Item, ...] = ()
    flaws: tuple[Placed, ...] = ()


def read_changes(
    path: FilePath, scenario: Scenario, plan: Plan, now: datetime, options: Sequence[tuple[str, str]] = ()
) -> Changes:
    """Read changes from a YAML file, see ``parse_changes``."""
    return parse_changes(content_of(path, _WHAT), str(path), scenario, plan, now, options)


def parse_changes(
    content: str | bytes,
    name: str,
    scenario: Scenario,
    plan: Plan,
    now: datetime,
    options: Sequence[tuple[str, str]] = (),
) -> Changes:
    """Read changes from YAML text, and those that options give after them.

    Args:
        content: what stands in the file; bytes are taken as UTF-8.
        name: what to call it in errors: the path of the file, or ``stdin``.
        scenario: the one that the plan was made from; consistent.
        plan: what people were told; of this scenario, and sound.
        now: the moment, as the clock at the venue shows it.
        options: name and value of each option, such as ``("--late", "KHM=2026-02-05T17:00")``.

    Raises:
        InputError: when they are no changes, or cannot be made to this scenario and plan, with every flaw that was found.
    """
    return _changes(_read(content, name), scenario, plan, now, options)


def given_changes(scenario: Scenario, plan: Plan, now: datetime, options: Sequence[tuple[str, str]]) -> Changes:
    """Return the changes that options give; see ``parse_changes``."""
    return _changes(_Read(""), scenario, plan, now, options)


def _changes(read: _Read, scenario: Scenario, plan: Plan, now: datetime, options: Sequence[tuple[str, str]]) -> Changes:
    if not (read.items or read.flaws or options):
        raise InputError("Nothing changes.", hint="Give a file of changes, or an option such as --late.")
    require_ground(scenario, plan, now)
    given = [read_option(option, value) for option, value in options]
    items = [*read.items, *(item for item, _ in given)]
    flaws = [
        *read.flaws,
        *(item.place(finding) for item, found in given for finding in found),
        *(item.place(finding) for item, finding in checked(items, scenario, plan, now)),
    ]
    if flaws:
        if not read.name:
            raise refusal("These changes cannot be made", flaws, "Correct the options, or leave them out.")
        raise refusal(f"{read.name} is not a usable list of changes", flaws)
    return Changes(why=read.why, changes=tuple(item.change for item in items if item.change is not None))


def _read(content: str | bytes, name: str) -> _Read:
    text = text_of(content, name, _WHAT)
    if not isinstance(text, str):
        return _Read(name, flaws=(text,))
    reading = read_tree(text, "list of changes")
    flaws = [placed(name, line, finding, _WHAT) for line, finding in reading.found]
    tree = reading.tree
    if flaws and tree is None:
        return _Read(name, flaws=tuple(flaws))
    if not isinstance(tree, Mapping) or not tree.entries:
        empty = tree is None or plain(tree) in (None, {}, [])
        message = "the file is empty" if empty else "the file does not begin with the field changes"
        nothing = Finding((), message, f"Write for example {named(('changes',), _Top)}.", as_written(tree))
        return _Read(name, flaws=(*flaws, placed(name, tree.line if tree else 1, nothing, _WHAT)))
    data = plain(tree)
    try:
        why = _Top.model_validate_json(json.dumps(data), strict=True).why
    except ValidationError as error:
        why = None
        wrong = [explain(each, data, _Top) for each in errors_of(error, data)]
        flaws += [located(name, tree, finding, _WHAT) for finding in wrong]
    items: list[Item] = []
    listed = data.get("changes")
    for index, written in enumerate(listed if isinstance(listed, list) else ()):
        change, found = read_item(written)
        items.append(Item(f"changes[{index}]", change, written, _placing(name, tree, index)))
        flaws += map(items[-1].place, found)
    return _Read(name, why, tuple(items), tuple(flaws))


def _placing(name: str, tree: Mapping, index: int) -> Callable[[Finding], Placed]:
    def place(finding: Finding) -> Placed:
        return located(name, tree, replace(finding, path=("changes", index, *finding.path)), _WHAT)

    return place
