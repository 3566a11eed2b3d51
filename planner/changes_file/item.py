"""One change as it was written: in a file, or as an option of the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import ValidationError

from planner.changes import Change, Reasoned
from planner.consistency import Finding, did_you_mean
from planner.scenario_file.placing import Placed
from planner.scenario_file.wording import errors_of, explain

KINDS: dict[str, type[Reasoned]] = {
    get_args(model.model_fields["kind"].annotation)[0]: model for model in get_args(get_args(Change)[0])
}
"""The models by the word that stands under ``kind``."""

_EXAMPLE = "{kind: arrives-late, delegation: KHM, at: 2026-02-05T17:00}"


@dataclass(frozen=True)
class Item:
    """One change as it was written.

    Attributes:
        name: what other flaws call it, such as ``changes[0]`` or ``--late KHM=2026-02-05T17:00``.
        change: None when it could not be read.
        written: plain data, whatever it is.
        place: turns a finding, whose path begins inside of the change, into a flaw of the file or of the option.
    """

    name: str
    change: Change | None
    written: Any
    place: Callable[[Finding], Placed]


def read_item(data: Any) -> tuple[Change | None, list[Finding]]:
    """Return the change that stands in plain data, or everything that is wrong with its fields."""
    if not isinstance(data, dict):
        return None, [Finding((), "there must be fields here", f"Write them as name: value, such as {_EXAMPLE}.")]
    if "kind" not in data:
        return None, [Finding((), "it is not said what changes", f"Add the field kind, for example {_EXAMPLE}.")]
    kind = data["kind"]
    if not isinstance(kind, str) or kind not in KINDS:
        return None, [Finding(("kind",), "there is no such kind of change", did_you_mean(str(kind), KINDS))]
    model = KINDS[kind]
    try:
        return model.model_validate_json(json.dumps(data), strict=True), []  # type: ignore[return-value]
    except ValidationError as error:
        return None, [explain(each, data, model) for each in errors_of(error, data)]
