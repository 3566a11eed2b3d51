"""Scenario files: YAML in, a scenario out, or everything that is wrong with the file, each with its line; and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from planner.consistency import Finding, Known, cross_findings, field_name, id_findings
from planner.errors import Flaw, InputError
from planner.scenario import Scenario
from planner.scenario_file.compose import Reading, read_tree
from planner.scenario_file.formed import formed_findings
from planner.scenario_file.salvage import salvage, sections_of, texts_in, validate
from planner.scenario_file.tree import Mapping, Node, as_written, locate, plain
from planner.scenario_file.wording import errors_of, explain, hidden_country_errors
from planner.scenario_file.writing import is_written_by_planner, scenario_text, write_scenario

__all__ = ["is_written_by_planner", "parse_scenario", "read_scenario", "scenario_text", "write_scenario"]


def read_scenario(path: FilePath) -> Scenario:
    """Read a scenario from a YAML file.

    Raises:
        InputError: when the file cannot be read or is no sound scenario, with every flaw that was found, by line.
    """
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"{path} cannot be read: {reason}",
            [
                Flaw(
                    str(path), "scenario", "", f"the file cannot be read: {reason}", "Give the path of a scenario file."
                )
            ],
            "Give the path of a scenario file.",
        ) from None
    return parse_scenario(content, str(path))


def parse_scenario(content: str | bytes, name: str = "stdin") -> Scenario:
    """Read a scenario from YAML text; bytes are taken as UTF-8.

    Args:
        content: what stands in the file.
        name: what to call it in errors: the path of the file, or ``stdin``.

    Raises:
        InputError: when it is no sound scenario, with every flaw that was found, by line.
    """
    scenario, flaws = _read(content, name)
    if scenario is not None and not flaws:
        return scenario
    ordered = [flaw for _, flaw in sorted(dict.fromkeys(flaws), key=lambda item: (item[0], item[1].field))]
    count = "one flaw" if len(ordered) == 1 else f"{len(ordered)} flaws"
    raise InputError(f"{name} is not a usable scenario: {count}", ordered, "Correct the file and check it again.")


def _read(content: str | bytes, name: str) -> tuple[Scenario | None, list[tuple[int, Flaw]]]:
    try:
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        wrong = Finding(
            (), "the file is not in UTF-8", "Save it with the encoding UTF-8.", f"{error.object[error.start]:#04x}"
        )
        return None, [_placed(name, line, wrong)]
    reading = read_tree(text)
    tree = reading.tree
    flaws = [_placed(name, line, finding) for line, finding in reading.found]
    if flaws and tree is None:
        return None, flaws
    if not isinstance(tree, Mapping) or not tree.entries:
        empty = tree is None or plain(tree) in (None, {}, [])
        message = "the file is empty" if empty else "the file does not begin with the fields of a scenario"
        hint = "Begin with conference:, rooms: and delegations:."
        return None, [*flaws, _placed(name, tree.line if tree else 1, Finding((), message, hint, as_written(tree)))]
    scenario, findings = _findings(plain(tree), reading)
    return scenario, [*flaws, *(_located(name, tree, finding) for finding in findings)]


def _findings(data: dict[str, Any], reading: Reading) -> tuple[Scenario | None, list[Finding]]:
    """Return the scenario, if the data is one, and everything that is wrong with it."""
    strays = frozenset(text for _, node in reading.doubled for text in texts_in(plain(node)))
    unsure = sections_of(path for path, _ in reading.doubled)
    ids = [*id_findings(data)]
    try:
        scenario = validate(data)
    except ValidationError as error:
        errors = errors_of(error, data)
        findings = [*(explain(each, data) for each in errors), *hidden_country_errors(data, errors), *ids]
        rest = salvage(data, errors)
        if rest is not None:
            known = Known.of(data, strays | rest.strays, unsure | rest.unsure)
            findings.extend(
                replace(finding, path=rest.in_file(finding.path)) for finding in _cross_findings(rest.scenario, known)
            )
        return None, findings
    return scenario, [*ids, *_cross_findings(scenario, Known.of(data, strays, unsure))]


def _cross_findings(scenario: Scenario, known: Known) -> Iterator[Finding]:
    yield from cross_findings(scenario, known)
    yield from formed_findings(scenario, known)


def _located(name: str, tree: Node, finding: Finding) -> tuple[int, Flaw]:
    line, node = locate(tree, finding.path)
    return _placed(name, line, finding, as_written(node))


def _placed(name: str, line: int, finding: Finding, written: str = "") -> tuple[int, Flaw]:
    value = written if finding.value is None else finding.value
    return line, Flaw(f"{name}:{line}", field_name(finding.path), value, finding.message, finding.hint)
