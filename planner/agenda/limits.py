"""What limits a plan, for the organiser: how much of everything that sessions share is used when, the tightest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from planner.agenda.parts import Masthead
from planner.agenda.source import Source
from planner.plan import Placement
from planner.values import Window

MOST_ROWS = 12
"""Rows of each picture; the others are less tight."""


@dataclass(frozen=True)
class Cell:
    """One cell of the grid: how many could sit, be held or be interpreted all through it, and how many are in it."""

    start: datetime
    used: int
    available: int

    @property
    def is_full(self) -> bool:
        """Whether nothing is left."""
        return 0 < self.available <= self.used


@dataclass(frozen=True)
class Resource:
    """A delegation with its teams, a room, or an interpreter.

    Attributes:
        note: how many teams or tables there are, where there are several.
    """

    label: str
    note: str
    days: tuple[tuple[Cell, ...], ...]

    @property
    def share(self) -> int:
        """Used of what there is, in per cent, over all cells."""
        cells = [cell for day in self.days for cell in day]
        available = sum(cell.available for cell in cells)
        return round(100 * sum(min(cell.used, cell.available) for cell in cells) / available) if available else 0

    @property
    def full(self) -> int:
        """Cells in which nothing is left."""
        return sum(cell.is_full for day in self.days for cell in day)


@dataclass(frozen=True)
class Kind:
    """Resources of one kind, the tightest first; ``more`` are not shown."""

    title: str
    resources: tuple[Resource, ...]
    more: int


@dataclass(frozen=True)
class NotHeld:
    """A session left out, with the reason."""

    id: str
    priority: int
    reason: str


@dataclass(frozen=True)
class Limits:
    """What limits a plan.

    Attributes:
        starts: the starts of the cells of each day.
    """

    masthead: Masthead
    days: tuple[date, ...]
    starts: tuple[tuple[datetime, ...], ...]
    kinds: tuple[Kind, ...]
    left_out: tuple[NotHeld, ...]


def limits(source: Source) -> Limits:
    """Return what limits the plan of a source."""
    looker = _Looker(source)
    return Limits(
        masthead=source.masthead,
        days=source.masthead.days,
        starts=looker.starts,
        kinds=(
            _kind("Teams of delegations", looker.delegations()),
            _kind("Rooms", looker.rooms()),
            _kind("Interpreters", looker.interpreters()),
        ),
        left_out=tuple(NotHeld(item.session, item.priority, item.reason) for item in source.plan.unplaced),
    )


def _kind(title: str, resources: Iterable[Resource]) -> Kind:
    tight = sorted(resources, key=lambda resource: (-resource.share, -resource.full, resource.label))
    return Kind(title, tuple(tight[:MOST_ROWS]), max(0, len(tight) - MOST_ROWS))


class _Looker:
    def __init__(self, source: Source) -> None:
        self.source = source
        scenario = source.scenario
        self.cell = timedelta(minutes=scenario.conference.grid_minutes)
        self.starts = tuple(
            tuple(self._cells(datetime.combine(day.date, day.opens), datetime.combine(day.date, day.closes)))
            for day in sorted(scenario.conference.days, key=lambda day: day.date)
        )
        moments = {start: source.moment(start) for starts in self.starts for start in starts}
        self.seconds = {start: (begun.timestamp(), (begun + self.cell).timestamp()) for start, begun in moments.items()}

    def _cells(self, opens: datetime, closes: datetime) -> Iterator[datetime]:
        while opens < closes:
            yield opens
            opens += self.cell

    def delegations(self) -> Iterator[Resource]:
        blocks = [block for block in self.source.scenario.blocks if "delegations" in block.blocks]
        for delegation in self.source.scenario.delegations:
            spans = [
                (block.start, block.end)
                for block in blocks
                if block.delegations is None or delegation.id in block.delegations
            ]
            teams = f"{delegation.teams} teams" if delegation.teams > 1 else ""
            first, last = delegation.arrival or datetime.min, delegation.departure or datetime.max
            around = [(datetime.min, first), (last, datetime.max)]
            held = self.source.of_delegation[delegation.id]
            yield self._resource(delegation.name, teams, delegation.teams, delegation.windows, [*spans, *around], held)

    def rooms(self) -> Iterator[Resource]:
        for room in self.source.scenario.rooms:
            spans = [
                (block.start, block.end)
                for block in self.source.scenario.blocks
                if "room" in block.blocks and block.room == room.id
            ]
            spans += self._for_everybody()
            held = [item for item in self.source.plan.placements if item.room == room.id]
            tables = f"{room.count} tables" if room.count > 1 else ""
            yield self._resource(room.name, tables, room.count, room.windows, spans, held)

    def _for_everybody(self) -> list[tuple[datetime, datetime]]:
        """Blocks that hold all delegations: no room is wanted then."""
        blocks = self.source.scenario.blocks
        return [(one.start, one.end) for one in blocks if "delegations" in one.blocks and one.delegations is None]

    def interpreters(self) -> Iterator[Resource]:
        for voice in self.source.scenario.interpreters:
            spans = [(one.start, one.end) for one in self.source.scenario.blocks if "interpreters" in one.blocks]
            held = [item for item in self.source.plan.placements if voice.id in item.interpreters]
            yield self._resource(voice.name, "", 1, voice.windows, [*spans, *self._for_everybody()], held)

    def _resource(
        self,
        label: str,
        note: str,
        size: int,
        windows: tuple[Window, ...],
        taken: Sequence[tuple[datetime, datetime]],
        held: Sequence[Placement],
    ) -> Resource:
        def there(start: datetime) -> bool:
            end = start + self.cell
            inside = not windows or any(one.start <= start and end <= one.end for one in windows)
            return inside and not any(begins < end and start < ends for begins, ends in taken)

        sat = [(item.start.timestamp(), item.end.timestamp()) for item in held]

        def cell(start: datetime) -> Cell:
            begins, ends = self.seconds[start]
            used = sum(first < ends and begins < last for first, last in sat)
            return Cell(start, used, size if used or there(start) else 0)

        days = tuple(tuple(map(cell, starts)) for starts in self.starts)
        return Resource(label, note, days)
