"""A scenario as a YAML file that people like to read: what is as usual is left out, and short things stand on one line."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Mapping
from datetime import datetime, time
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from planner.errors import OutputError
from planner.scenario import Scenario

HEADING = (
    "# Written by the planner, and replaced when it is written again. Take this line out once the file is yours.\n"
)
_WIDTH = 120
_PLAIN = re.compile(r"\w([\w ./@()'+-]|:(?=\w))*")
"""What needs no quotes in any place; other texts get them."""


def scenario_text(scenario: Scenario) -> str:
    """Return a scenario as YAML; ``parse_scenario`` makes an equal scenario of it."""
    return HEADING + yaml_text(scenario)


def yaml_text(model: BaseModel) -> str:
    """Return what is not as usual of a file's content as YAML."""
    parts = _plain(model.model_dump(exclude_defaults=True))
    return "\n".join(_section(name, part) for name, part in parts.items())


def write_scenario(scenario: Scenario, target: Path) -> None:
    """Write a scenario to a file, whole or not at all.

    Raises:
        OutputError: when there is something that the planner did not write, or the file cannot be written.
    """
    target = target.resolve()
    try:
        if target.exists() and not is_written_by_planner(target):
            raise OutputError(
                f"{target} exists, and the planner did not write it.", "Give a new file, or one that it wrote before."
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name[:60]}-", dir=target.parent) as workshop:
            fresh = Path(workshop, "fresh")
            fresh.write_text(scenario_text(scenario), encoding="utf-8", newline="\n")
            fresh.replace(target)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputError(
            f"The file {target} cannot be written: {reason}.",
            "Give a file on a disk with room, in a place where you may write.",
        ) from error


def is_written_by_planner(target: Path) -> bool:
    """Tell whether a file is a scenario that the planner wrote and nobody made their own, by its first line."""
    if not target.is_file():
        return False
    with target.open("rb") as file:
        return file.read(len(HEADING.encode())) == HEADING.encode()


def _plain(data: Any) -> Any:
    """Return what pydantic dumps as what stands in a file: moments to the minute, names of choices, lists."""
    if isinstance(data, Mapping):
        return {str(name): _plain(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_plain(value) for value in data]
    if isinstance(data, Enum):
        return data.value
    if isinstance(data, datetime | time):
        return data.isoformat(timespec="minutes")
    return data


def _section(name: str, part: Any) -> str:
    """Return one part of the top level, each member of a list or mapping on a line or in a block of its own."""
    if isinstance(part, list):
        styled: Any = CommentedSeq(_styled(member) for member in part)
    elif isinstance(part, dict):
        styled = CommentedMap((key, _styled(value)) for key, value in part.items())
    else:
        styled = _styled(part)
    if part in ([], {}):
        styled.fa.set_flow_style()
    yaml = YAML()
    yaml.width = 2**20
    yaml.indent(mapping=2, sequence=4, offset=2)
    text = io.StringIO()
    yaml.dump({name: styled}, text)
    return text.getvalue()


def _styled(node: Any) -> Any:
    """Return a tree of which every part that fits on a line stands on one."""
    if isinstance(node, dict):
        styled: Any = CommentedMap((name, _styled(value)) for name, value in node.items())
    elif isinstance(node, list):
        styled = CommentedSeq(_styled(value) for value in node)
    else:
        return DoubleQuotedScalarString(node) if isinstance(node, str) and not _PLAIN.fullmatch(node) else node
    if _fits(node):
        styled.fa.set_flow_style()
    return styled


def _fits(node: Any) -> bool:
    """Tell whether a list or mapping goes on one line; several mappings never do."""
    if isinstance(node, dict):
        return _length(node) <= _WIDTH and all(_fits(value) for value in node.values())
    if isinstance(node, list):
        return (
            _length(node) <= _WIDTH
            and all(_fits(value) for value in node)
            and sum(isinstance(value, dict) for value in node) < 2
        )
    return True


def _length(node: Any) -> int:
    """Characters of a node on one line, about."""
    if isinstance(node, dict):
        return sum(len(name) + 2 + _length(value) + 2 for name, value in node.items())
    if isinstance(node, list):
        return sum(_length(value) + 2 for value in node) + 2
    return len(str(node))
