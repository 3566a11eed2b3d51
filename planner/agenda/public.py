"""What hangs on walls: the public programme, and the sheets on room doors. No parties, no cases, no people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from planner.agenda.parts import BlockView, Calendar, DayView, Masthead, by_day
from planner.agenda.readers import PUBLIC, PUBLIC_KINDS
from planner.agenda.source import Source
from planner.scenario import BlockKind


@dataclass(frozen=True)
class PublicProgramme:
    """The plenaries and ceremonies for everybody."""

    masthead: Masthead
    days: tuple[DayView[BlockView], ...]
    calendar: Calendar


@dataclass(frozen=True)
class DoorEntry:
    """A line on a door: a session by its code and table, or a block for everybody by its title."""

    start: datetime
    end: datetime
    code: str | None
    table: int | None
    title: str | None


@dataclass(frozen=True)
class DoorSheet:
    """What is in one room on one day."""

    masthead: Masthead
    room: str
    building: str | None
    date: date
    entries: tuple[DoorEntry, ...]


def public_programme(source: Source) -> PublicProgramme:
    """Return the programme that anybody may see."""
    blocks = [view for view in source.blocks() if BlockKind(view.kind) in PUBLIC_KINDS]
    return PublicProgramme(
        masthead=source.masthead,
        days=by_day(source.masthead.days, blocks),
        calendar=source.calendar(PUBLIC, "Programme", [view.event for view in blocks]),
    )


def door_sheets(source: Source, room: str) -> tuple[DoorSheet, ...]:
    """Return the sheets for the door of a room, one for each day."""
    place = source.place(room)
    entries = [
        DoorEntry(
            item.start.astimezone(source.zone),
            item.end.astimezone(source.zone),
            source.codes[item.session],
            item.table,
            None,
        )
        for item in source.plan.placements
        if item.room == room
    ]
    entries += [
        DoorEntry(source.moment(block.start), source.moment(block.end), None, None, block.title)
        for block in source.scenario.blocks
        if block.room == room and block.delegations is None
    ]
    entries.sort(key=lambda entry: (entry.table or 0, entry.code or ""))
    return tuple(
        DoorSheet(source.masthead, place.room, place.building, day.date, day.entries)
        for day in by_day(source.masthead.days, entries)
    )
