"""The common changes as options of the command line: short texts such as ``KHM=2026-02-05T17:00``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planner.changes_file.item import Item, read_item
from planner.consistency import Finding, field_name
from planner.errors import Flaw
from planner.scenario_file.placing import Placed

_AFTER_ALL_LINES = 10**9


def read_option(option: str, value: str) -> tuple[Item, list[Finding]]:
    """Return the change that an option gives, or everything that is wrong with it.

    Args:
        option: one of ``OPTIONS``.
        value: as it was given.
    """
    written = {name: part for name, part in OPTIONS[option](value).items() if part is not None}
    change, found = read_item(written)
    name = f"{option} {value}"
    return Item(name, change, written, _placing(name, written)), found


def _placing(name: str, written: dict[str, Any]) -> Callable[[Finding], Placed]:
    def place(finding: Finding) -> Placed:
        value: Any = written
        for part in finding.path:
            value = value.get(part, "") if isinstance(value, dict) else ""
        shown = finding.value if finding.value is not None else "" if isinstance(value, dict) else str(value)
        field = field_name(finding.path) or str(written["kind"])
        return _AFTER_ALL_LINES, Flaw(name, field, shown, finding.message, finding.hint)

    return place


def _moment(kind: str) -> Callable[[str], dict[str, Any]]:
    def read(value: str) -> dict[str, Any]:
        delegation, _, at = value.partition("=")
        return {"kind": kind, "delegation": delegation, "at": at or None}

    return read


def _withdraws(value: str) -> dict[str, Any]:
    return {"kind": "withdraws", "delegation": value}


def _team_away(value: str) -> dict[str, Any]:
    team, _, span = value.partition("=")
    delegation, _, number = team.partition("/")
    whole = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else number or None
    return {"kind": "team-away", "delegation": delegation, "team": whole, **_span(span)}


def _away(kind: str, field: str) -> Callable[[str], dict[str, Any]]:
    def read(value: str) -> dict[str, Any]:
        name, _, span = value.partition("=")
        return {"kind": kind, field: name, **_span(span)}

    return read


def _room_lost(value: str) -> dict[str, Any]:
    place, _, span = value.partition("=")
    room, _, feature = place.partition("/")
    return {"kind": "room-lost", "room": room, **_span(span), "features": [feature] if feature else None}


def _unpin(value: str) -> dict[str, Any]:
    return {"kind": "session-unpinned", "session": value}


def _cancel(value: str) -> dict[str, Any]:
    return {"kind": "session-cancelled", "session": value}


def _move(value: str) -> dict[str, Any]:
    session, _, rest = value.partition("=")
    start, _, room = rest.partition("@")
    return {"kind": "session-moved", "session": session, "start": start or None, "room": room or None}


def _span(value: str) -> dict[str, Any]:
    start, _, end = value.partition("..")
    return {"start": start or None, "end": end or None}


OPTIONS: dict[str, Callable[[str], dict[str, Any]]] = {
    "--late": _moment("arrives-late"),
    "--leaves-early": _moment("leaves-early"),
    "--withdraws": _withdraws,
    "--team-away": _team_away,
    "--delegate-away": _away("delegate-away", "delegate"),
    "--interpreter-away": _away("interpreter-away", "interpreter"),
    "--room-lost": _room_lost,
    "--unpin": _unpin,
    "--cancel": _cancel,
    "--move": _move,
}
"""What reads the value of each option."""
