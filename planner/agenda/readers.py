"""Who gets a calendar: every reader by id, and which sessions and blocks stand in whose."""

from __future__ import annotations

from dataclasses import dataclass

from planner.plan import Placement, Plan
from planner.scenario import Block, BlockKind, Scenario

ORGANISER = "organiser"
PUBLIC = "public"
PUBLIC_KINDS = frozenset({BlockKind.plenary, BlockKind.ceremony})


@dataclass(frozen=True)
class Reader:
    """Somebody who gets an agenda.

    Attributes:
        id: such as ``delegation/KHM``, ``delegate/khm-1``, ``interpreter/int-3`` or ``organiser``.
        folder: of this reader's files; empty for the organiser, whose files are at the top.
        name: as calendars show it.
        mail: address that is written to; None if there is none. The organiser is not written to.
        is_group: whether several people read the mailbox.
    """

    id: str
    folder: str
    name: str
    mail: str | None
    is_group: bool


def readers_of(scenario: Scenario) -> dict[str, Reader]:
    """Return everybody who gets an agenda, by id: delegations, delegates, interpreters, and the organiser last."""
    people = [person for delegation in scenario.delegations for person in delegation.delegates]
    readers = [
        *(_reader("delegation", item.id, item.name, item.mail, is_group=True) for item in scenario.delegations),
        *(_reader("delegate", item.id, item.name, item.mail) for item in people),
        *(_reader("interpreter", item.id, item.name, item.mail) for item in scenario.interpreters),
        Reader(ORGANISER, "", scenario.conference.organiser.name, None, is_group=True),
    ]
    return {reader.id: reader for reader in readers}


def audience(scenario: Scenario, plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return whose calendars each entry stands in: ids of readers by id of the session, or ``block/`` and the block's."""
    home = {person.id: item.id for item in scenario.delegations for person in item.delegates}
    found = {item.session: _of_session(item, home) for item in plan.placements}
    return found | {f"block/{block.id}": _of_block(block, scenario) for block in scenario.blocks}


def _reader(kind: str, name: str, title: str, mail: str | None, is_group: bool = False) -> Reader:
    return Reader(f"{kind}/{name}", f"{kind}s/{name}", title, mail, is_group)


def _of_session(placement: Placement, home: dict[str, str]) -> tuple[str, ...]:
    people = dict.fromkeys(
        name for owner, listed in placement.delegates.items() for name in listed if home[name] == owner
    )
    return (
        *(f"delegation/{name}" for name in placement.teams),
        *(f"delegate/{name}" for name in people),
        *(f"interpreter/{name}" for name in placement.interpreters),
        ORGANISER,
    )


def _of_block(block: Block, scenario: Scenario) -> tuple[str, ...]:
    whom = [item for item in scenario.delegations if block.delegations is None or item.id in block.delegations]
    people = [person for item in whom for person in item.delegates]
    is_for_all = block.delegations is None
    return (
        *(f"delegation/{item.id}" for item in whom),
        *(f"delegate/{person.id}" for person in people),
        *(f"interpreter/{item.id}" for item in scenario.interpreters if is_for_all),
        ORGANISER,
        *((PUBLIC,) if is_for_all and block.kind in PUBLIC_KINDS else ()),
    )
