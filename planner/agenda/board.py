"""The organiser's boards: rooms against time and delegations against time, one of each a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from planner.agenda.source import Source
from planner.plan import Placement
from planner.scenario import Block


@dataclass(frozen=True)
class Bar:
    """A stretch of time in a lane.

    Attributes:
        names: what it is, the most telling first: ids of delegations, or the title of a block.
        note: one more thing worth a line, or nothing.
        full: all that there is to say, for a tooltip.
        is_block: whether it is a fixed part of the programme.
    """

    start: datetime
    end: datetime
    names: tuple[str, ...]
    note: str
    full: str
    is_block: bool = False


@dataclass(frozen=True)
class Row:
    """A room or a delegation; a lane for each of its tables or teams.

    Attributes:
        lanes: label (may be empty) and bars of each lane.
        across: bars that take all lanes.
    """

    label: str
    note: str
    lanes: tuple[tuple[str, tuple[Bar, ...]], ...]
    across: tuple[Bar, ...] = ()


@dataclass(frozen=True)
class Board:
    """One board picture.

    Attributes:
        subject: ``rooms`` or ``delegations``.
        opens, closes: the first and the last moment shown; blocks may reach beyond them.
        bands: blocks for everybody, drawn over all rows.
    """

    subject: str
    title: str
    date: date
    opens: datetime
    closes: datetime
    bands: tuple[Bar, ...]
    rows: tuple[Row, ...]


def boards(source: Source) -> tuple[Board, ...]:
    """Return the boards of every day of the conference, rooms first."""
    found = []
    for day in sorted(source.scenario.conference.days, key=lambda item: item.date):
        held = [item for item in source.plan.placements if item.start.astimezone(source.zone).date() == day.date]
        blocks = [item for item in source.scenario.blocks if item.start.date() == day.date]
        opens = min([source.moment(datetime.combine(day.date, day.opens)), *(item.start for item in held)])
        closes = max([source.moment(datetime.combine(day.date, day.closes)), *(item.end for item in held)])
        bands = tuple(_block(source, item) for item in blocks if item.delegations is None)
        for subject, rows in (
            ("rooms", _rooms(source, held, blocks)),
            ("delegations", _delegations(source, held, blocks)),
        ):
            span = opens.astimezone(source.zone), closes.astimezone(source.zone)
            found.append(Board(subject, source.scenario.conference.title, day.date, *span, bands, rows))
    return tuple(found)


def _rooms(source: Source, held: Sequence[Placement], blocks: Sequence[Block]) -> tuple[Row, ...]:
    rows = []
    for room in source.scenario.rooms:
        lanes: dict[int, list[Bar]] = defaultdict(list)
        for item in held:
            if item.room == room.id:
                lanes[item.table or 0].append(_bar(source, item, source.present(item), source.codes[item.session]))
        named = tuple((f"table {table}" if table else "", tuple(lanes[table])) for table in sorted(lanes or {0: []}))
        across = [_block(source, block) for block in blocks if block.delegations is not None and block.room == room.id]
        rows.append(Row(room.name, source.place(room.id).building or f"{room.seats} seats", named, tuple(across)))
    return tuple(rows)


def _delegations(source: Source, held: Sequence[Placement], blocks: Sequence[Block]) -> tuple[Row, ...]:
    rows = []
    held_of: dict[str, list[Placement]] = defaultdict(list)
    for item in held:
        for name in item.teams:
            held_of[name].append(item)
    for delegation in source.scenario.delegations:
        name = delegation.id
        lanes: dict[int, list[Bar]] = {team: [] for team in range(1, delegation.teams + 1)}
        for item in held_of[name]:
            others = tuple(other for other in source.present(item) if other != name)
            lanes[item.teams[name]].append(_bar(source, item, others, source.place(item.room).room))
        named = tuple((f"team {team}" if len(lanes) > 1 else "", tuple(bars)) for team, bars in lanes.items())
        across = [
            _block(source, block) for block in blocks if block.delegations is not None and name in block.delegations
        ]
        rows.append(Row(delegation.name, name, named, tuple(across)))
    return tuple(rows)


def _bar(source: Source, placement: Placement, names: tuple[str, ...], note: str) -> Bar:
    basics = source.basics(placement)
    place = f"{basics.place.room}, table {basics.place.table}" if basics.place.table else basics.place.room
    full = f"{placement.session} ({basics.code}): {' – '.join(basics.parties)}; {place}; {basics.working_language}"
    return Bar(basics.start, basics.end, names, note, full)


def _block(source: Source, block: Block) -> Bar:
    place = f"; {source.place(block.room).room}" if block.room else ""
    return Bar(
        source.moment(block.start), source.moment(block.end), (block.title,), "", block.title + place, is_block=True
    )
