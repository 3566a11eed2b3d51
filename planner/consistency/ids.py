"""Every id is given once, and stays apart from others when it becomes the name of a folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.consistency.finding import ID_FIELDS, Finding, field_name, walk

_FOLDERS = ("room", "delegation", "delegate", "interpreter")
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10))}


def repeated_ids(data: Any) -> Iterator[Finding]:
    """Yield ids that are given twice, or that differ in letter case only; ``data`` is the plain tree of a scenario."""
    for kind, pattern in ID_FIELDS.items():
        first: dict[str, tuple[str, str]] = {}
        for path, name in walk(data, pattern):
            if name.lower() not in first:
                first[name.lower()] = (name, field_name(path))
                continue
            earlier, place = first[name.lower()]
            if name == earlier:
                yield Finding(path, f"this {kind} id is given twice, first at {place}", "Give each an id of its own.")
            else:
                yield Finding(
                    path,
                    f"this {kind} id differs from {earlier} at {place} only in upper and lower case",
                    "Give one of them another id; ids become names of folders, where case does not count.",
                )


def reserved_ids(data: Any) -> Iterator[Finding]:
    """Yield ids that cannot be what they become: a folder, or a part of a session's name."""
    for kind in _FOLDERS:
        for path, name in walk(data, ID_FIELDS[kind]):
            if name.lower() in _RESERVED:
                yield Finding(path, "Windows allows no folder of this name", "Choose another id.")
    for path, name in walk(data, ID_FIELDS["delegation"]):
        if name.lower() == "all":
            yield Finding(path, "this id stands for all parties in the names of sessions", "Choose another id.")


def borrowed_ids(data: Any) -> Iterator[Finding]:
    """Yield explicit sessions that are named like a case which they do not hold."""
    cases = {name.lower(): name for _, name in walk(data, ID_FIELDS["case"])}
    for path, name in walk(data, ID_FIELDS["session"]):
        held = {case.lower() for _, case in walk(data["sessions"][path[1]], ("cases", "*"))}
        if name.lower() in cases and name.lower() not in held:
            yield Finding(
                path,
                f"this session is named like the case {cases[name.lower()]}, which it does not hold",
                "Choose another id, or list the case under cases.",
            )
