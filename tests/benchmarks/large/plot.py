"""Draws plots as SVG that can be read in light and in dark pages: panels side by side, with lines of points or of steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from math import ceil, log10
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

COLOURS = ("#2f81f7", "#db6d28", "#2da44e", "#a371f7", "#bf3989", "#9a6700")
_WIDTH, _HEIGHT, _ACROSS = 250, 230, 330

Point = tuple[float, float]


@dataclass(frozen=True)
class Panel:
    """A field of lines.

    Attributes:
        title: what the panel is of.
        below: what its horizontal axis is.
        lines: points of each line from left to right, by the line's name.
        columns: where the horizontal axis is marked, first and last mark at its ends.
        steps: whether a value holds until the next point; the axis is logarithmic then.
        top: the largest value shown; all of them if left out.
    """

    title: str
    below: str
    lines: Mapping[str, Sequence[Point]]
    columns: Sequence[float]
    steps: bool = False
    top: float | None = None


def draw(title: str, panels: Sequence[Panel]) -> str:
    """Return the picture of some panels; a line has the same colour in all of them."""
    names = list(dict.fromkeys(name for panel in panels for name in panel.lines))
    colours = dict(zip(names, cycle(COLOURS), strict=False))
    template = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    ).get_template("plot.svg.j2")
    return template.render(
        title=title,
        width=_ACROSS * len(panels) + 10,
        height=_HEIGHT + 125,
        legend=list(colours.items()) if len(names) > 1 else [],
        panels=[_drawn(panel, 60 + position * _ACROSS, colours) for position, panel in enumerate(panels)],
    )


def _drawn(panel: Panel, left: int, colours: dict[str, str]) -> dict[str, object]:
    values = [value for points in panel.lines.values() for _, value in points]
    rows = marks(min(max(values, default=1.0), panel.top or float("inf")))
    first, last = panel.columns[0], panel.columns[-1]

    def across(x: float) -> float:
        if panel.steps:
            return round(_WIDTH * log10(max(x, first) / first) / log10(last / first), 1)
        return round(_WIDTH * (x - first) / (last - first), 1)

    def down(value: float) -> float:
        return round(_HEIGHT * (1 - min(value, rows[-1]) / rows[-1]), 1)

    return {
        "left": left,
        "width": _WIDTH,
        "height": _HEIGHT,
        "title": panel.title,
        "below": panel.below,
        "rows": [(down(mark), f"{mark:,g}") for mark in rows],
        "columns": [(across(mark), f"{mark:,g}") for mark in panel.columns],
        "lines": [
            {
                "colour": colours[name],
                "path": _path([(across(x), down(value)) for x, value in points], _WIDTH if panel.steps else None),
                "dots": [] if panel.steps else [(across(x), down(value)) for x, value in points],
            }
            for name, points in panel.lines.items()
            if points
        ],
    }


def marks(largest: float) -> list[float]:
    """Return round numbers from 0 to the first that is not below the largest value or 1, three to six of them."""
    largest = max(largest, 1)
    exponent = 10.0 ** (ceil(log10(largest)) - 1)
    step = next(factor * exponent for factor in (0.2, 0.5, 1, 2, 5) if largest <= 5 * factor * exponent)
    return [round(step * number, 9) for number in range(max(2, ceil(largest / step)) + 1)]


def _path(points: Sequence[Point], until: float | None) -> str:
    """Return a line through points, or with ``until`` one that keeps each height to the next point and the last to there."""
    (x, y), *rest = points
    path = [f"M{x:g} {y:g}"]
    path += [f"H{x:g}V{y:g}" if until is not None else f"L{x:g} {y:g}" for x, y in rest]
    return "".join(path) + ("" if until is None else f"H{until:g}")
