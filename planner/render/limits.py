"""Where things stand in the pictures of what limits a plan, in pixels; the template only draws them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from planner.agenda.limits import Cell, Kind, Limits
from planner.render.words import weekday

_WIDTH, _LEFT, _MARGIN, _GAP = 1240, 310, 12, 18
_TOP, _ROW = 46, 24


@dataclass(frozen=True)
class Square:
    """A cell: ``shade`` from 0 to 4, how much is used; None when nothing is available. ``text`` is how many are left."""

    x: float
    y: float
    width: float
    shade: int | None
    text: str


@dataclass(frozen=True)
class Line:
    """A row: what it is, how much of it is used, and its squares."""

    y: float
    label: str
    note: str
    share: int
    squares: tuple[Square, ...]


@dataclass(frozen=True)
class Mark:
    """Words above the rows."""

    x: float
    text: str


@dataclass(frozen=True)
class Picture:
    """A picture of one kind of resource."""

    title: str
    about: str
    width: int
    height: float
    row: int
    days: tuple[Mark, ...]
    hours: tuple[Mark, ...]
    lines: tuple[Line, ...]
    more: int


@dataclass(frozen=True)
class LimitsPage:
    """The page, ready to be drawn."""

    view: Limits
    pictures: tuple[Picture, ...]


def draw_limits(view: Limits) -> LimitsPage:
    """Return the page of what limits a plan."""
    return LimitsPage(view, tuple(_picture(view, kind) for kind in view.kinds if kind.resources))


def _picture(view: Limits, kind: Kind) -> Picture:
    cells = sum(len(starts) for starts in view.starts)
    width = (_WIDTH - _LEFT - _MARGIN - _GAP * (len(view.starts) - 1)) / cells
    columns = _columns(view, width)
    lines = []
    for number, resource in enumerate(kind.resources):
        y = float(_TOP + number * _ROW)
        flat = [cell for day in resource.days for cell in day]
        squares = tuple(_square(cell, columns[cell.start], y, width) for cell in flat)
        lines.append(Line(y, resource.label, resource.note, resource.share, squares))
    return Picture(
        title=kind.title,
        about="; ".join(f"{line.label}: {line.share} per cent used" for line in lines),
        width=_WIDTH,
        height=_TOP + len(lines) * _ROW + _MARGIN,
        row=_ROW,
        days=tuple(Mark(columns[starts[0]], weekday(starts[0].date())) for starts in view.starts if starts),
        hours=tuple(Mark(x, f"{start:%H}") for start, x in columns.items() if start.minute == 0),
        lines=tuple(lines),
        more=kind.more,
    )


def _columns(view: Limits, width: float) -> dict[datetime, float]:
    columns: dict[datetime, float] = {}
    x = float(_LEFT)
    for starts in view.starts:
        for start in starts:
            columns[start] = round(x, 2)
            x += width
        x += _GAP
    return columns


def _square(cell: Cell, x: float, y: float, width: float) -> Square:
    if cell.available == 0:
        return Square(x, y, round(width - 1, 2), None, "")
    shade = 4 if cell.is_full else min(3, -(-4 * cell.used // cell.available))
    text = str(cell.available - cell.used) if 0 < cell.used < cell.available else ""
    return Square(x, y, round(width - 1, 2), shade, text)
