"""Where things stand in a board picture, in pixels; the template only draws them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from planner.agenda.board import Bar, Board, Row

_WIDTH, _LEFT, _MARGIN = 1680, 230, 24
_TOP = 132
_LANE, _GAP = 30, 8


@dataclass(frozen=True)
class Box:
    """A rectangle; ``name`` and ``note`` as they fit, ``full`` for the tooltip, ``when`` from start to end."""

    x: float
    y: float
    width: float
    height: float
    name: str
    note: str
    full: str
    when: str
    is_block: bool


@dataclass(frozen=True)
class Label:
    """Words at a point."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class DrawnRow:
    """A row: its name, a note below it, labels of its lanes, and boxes."""

    y: float
    height: float
    label: str
    full: str
    note: str
    lanes: tuple[Label, ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Drawing:
    """A board picture, ready to be drawn."""

    board: Board
    width: int
    height: float
    left: int
    right: int
    top: float
    bottom: float
    hours: tuple[Label, ...]
    halves: tuple[float, ...]
    bands: tuple[Box, ...]
    rows: tuple[DrawnRow, ...]


def draw(board: Board) -> Drawing:
    """Return the drawing of a board."""
    scale = _Scale(board)
    rows, y = [], float(_TOP)
    for row in board.rows:
        drawn = _row(row, y, scale)
        rows.append(drawn)
        y += drawn.height
    bands = tuple(_box(bar, _TOP - 30, y - _TOP + 30, scale) for bar in board.bands if scale.shows(bar))
    return Drawing(
        board=board,
        width=_WIDTH,
        height=y + _MARGIN + 20,
        left=_LEFT,
        right=_WIDTH - _MARGIN,
        top=_TOP,
        bottom=y,
        hours=tuple(Label(scale.x(moment), _TOP - 40, f"{moment:%H:%M}") for moment in scale.hours),
        halves=tuple(scale.x(moment + timedelta(minutes=30)) for moment in scale.hours[:-1]),
        bands=bands,
        rows=tuple(rows),
    )


class _Scale:
    """From moments to pixels, over whole hours."""

    def __init__(self, board: Board) -> None:
        self.start = board.opens.replace(minute=0, second=0)
        hours = -(-(board.closes - self.start) // timedelta(hours=1))
        self.hours = [self.start + timedelta(hours=hour) for hour in range(hours + 1)]
        self.pixels = (_WIDTH - _MARGIN - _LEFT) / hours

    def shows(self, bar: Bar) -> bool:
        return bar.start < self.hours[-1] and bar.end > self.start

    def x(self, moment: datetime) -> float:
        """Return the place of a moment; what lies outside is drawn at the edge."""
        inside = min(max(moment, self.start), self.hours[-1])
        return round(_LEFT + (inside - self.start) / timedelta(hours=1) * self.pixels, 1)


def _row(row: Row, y: float, scale: _Scale) -> DrawnRow:
    height = len(row.lanes) * _LANE + _GAP
    boxes = [_box(bar, y + _GAP / 2, height - _GAP, scale) for bar in row.across if scale.shows(bar)]
    lanes = []
    for number, (label, bars) in enumerate(row.lanes):
        top = y + _GAP / 2 + number * _LANE
        boxes += [_box(bar, top + 1, _LANE - 2, scale) for bar in bars if scale.shows(bar)]
        if label:
            lanes.append(Label(_LEFT - 10, top + _LANE / 2 + 4, label))
    room = _LEFT - _MARGIN - 10 - (48 if lanes else 0)
    return DrawnRow(y, height, fit(row.label, room, 13.5), row.label, row.note, tuple(lanes), tuple(boxes))


def _box(bar: Bar, y: float, height: float, scale: _Scale) -> Box:
    x = scale.x(bar.start)
    width = round(scale.x(bar.end) - x, 1)
    inside = width - 9
    name = fit(bar.names[0], inside, 11.5) if len(bar.names) == 1 else fit_names(bar.names, inside, 11.5)
    when = f"{bar.start:%H:%M}–{bar.end:%H:%M}"
    return Box(x, y, width, height, name, fit(bar.note, inside, 9.3), bar.full, when, bar.is_block)


def text_width(text: str, size: float) -> float:
    """Return about how many pixels a text takes in a bold face of ``size`` pixels."""
    return size * sum(map(_letter_width, text))


@lru_cache(maxsize=4096)
def _letter_width(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.0
    if sign.isspace():
        return 0.28
    return 0.71 if sign.isupper() else 0.6


def fit(text: str, pixels: float, size: float) -> str:
    """Return text that takes no more than ``pixels``, cut and marked with an ellipsis if it must be."""
    if text_width(text, size) <= pixels:
        return text
    while text and text_width(text + "…", size) > pixels:
        text = text[:-1]
    return text.rstrip() + "…" if text else ""


def fit_names(names: Sequence[str], pixels: float, size: float) -> str:
    """Return as many names as fit, and the number of the others: ``KHM THA +2``."""
    for shown in range(len(names), 0, -1):
        left = len(names) - shown
        text = " ".join([*names[:shown], *([f"+{left}"] if left else [])])
        if text_width(text, size) <= pixels:
            return text
    return fit(f"+{len(names)}", pixels, size)
