"""Minutes and slots of a problem as people say them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from planner.problem import Problem


class Clock:
    """Says times of a problem; days only where there are several."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._days = [date.fromisoformat(day) for day in problem.days]

    def cells(self, slots: Iterable[int]) -> str:
        """Unbroken rows of slots as times of days: ``Thu 5 Feb 11:00–12:30 and 14:30–16:00``."""
        rows: dict[int, list[tuple[int, int]]] = {}
        for slot in sorted(slots):
            opened = self.problem.slots[slot]
            end = min(opened.start + self.problem.grid, opened.closes)
            row = rows.setdefault(opened.day, [])
            if row and row[-1][1] == opened.start:
                row[-1] = (row[-1][0], end)
            else:
                row.append((opened.start, end))
        return "; ".join(self._day(day) + _and([f"{clock(a)}–{clock(b)}" for a, b in row]) for day, row in rows.items())

    def start(self, slot: int) -> str:
        """A start with its day: ``Thu 5 Feb 11:00``."""
        return self._day(self.problem.slots[slot].day) + clock(self.problem.slots[slot].start)

    def starts(self, slots: Iterable[int]) -> str:
        """Starts by day: ``at 10:00 and 11:00``."""
        by_day: dict[int, list[str]] = {}
        for slot in sorted(slots):
            by_day.setdefault(self.problem.slots[slot].day, []).append(clock(self.problem.slots[slot].start))
        return "; ".join(self._day(day) + _and(times) for day, times in by_day.items())

    def _day(self, day: int) -> str:
        if len(self._days) == 1:
            return ""
        when = self._days[day]
        return f"{when:%a} {when.day} {when:%b} "


def clock(minute: int) -> str:
    """A minute since midnight of some day as a time of day."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def _and(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
