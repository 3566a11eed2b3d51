"""Scenario files: YAML in, a scenario out, or everything that is wrong with the file, each with its line; and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from planner.consistency import Finding, Known, cross_findings, id_findings
from planner.scenario import Scenario
from planner.scenario_file.compose import Reading, read_tree
from planner.scenario_file.formed import formed_findings
from planner.scenario_file.placing import Placed, content_of, located, placed, refusal, text_of
from planner.scenario_file.salvage import salvage, sections_of, texts_in, validate
from planner.scenario_file.tree import Mapping, as_written, plain
from planner.scenario_file.wording import errors_of, explain, hidden_country_errors
from planner.scenario_file.writing import is_written_by_planner, scenario_text, write_scenario, yaml_text

__all__ = ["is_written_by_planner", "parse_scenario", "read_scenario", "scenario_text", "write_scenario", "yaml_text"]

_WHAT = "scenario"


def read_scenario(path: FilePath) -> Scenario:
    """Read a scenario from a YAML file.

    Raises:
        InputError: when the file cannot be read or is no sound scenario, with every flaw that was found, by line.
    """
    return parse_scenario(content_of(path, _WHAT), str(path))


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
    raise refusal(f"{name} is not a usable scenario", flaws)


def _read(content: str | bytes, name: str) -> tuple[Scenario | None, list[Placed]]:
    text = text_of(content, name, _WHAT)
    if not isinstance(text, str):
        return None, [text]
    reading = read_tree(text)
    tree = reading.tree
    flaws = [placed(name, line, finding, _WHAT) for line, finding in reading.found]
    if flaws and tree is None:
        return None, flaws
    if not isinstance(tree, Mapping) or not tree.entries:
        empty = tree is None or plain(tree) in (None, {}, [])
        message = "the file is empty" if empty else "the file does not begin with the fields of a scenario"
        hint = "Begin with conference:, rooms: and delegations:."
        nothing = Finding((), message, hint, as_written(tree))
        return None, [*flaws, placed(name, tree.line if tree else 1, nothing, _WHAT)]
    scenario, findings = _findings(plain(tree), reading)
    return scenario, [*flaws, *(located(name, tree, finding, _WHAT) for finding in findings)]


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
