"""The frame of a generated conference: days, rooms, blocks, and the drawing of times and windows."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

Data = dict[str, Any]
T = TypeVar("T")

COUNTRIES = ("KOR", "JPN", "KHM", "FRA", "VNM")
LANGUAGES = ("en", "fr", "ko")
FEATURES = ("secure-line", "video-link")
LEVELS = ("open", "secret")


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def window(start: datetime, end: datetime) -> Data:
    return {"start": start.isoformat(), "end": end.isoformat()}


class Frame:
    """Draws when and where the conference is."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.grid = rng.choice((15, 20, 30, 30, 45, 60))
        self.days = self._days()
        self.rooms: list[Data] = []
        self.openings = [
            (
                datetime.combine(date.fromisoformat(day["date"]), time.fromisoformat(day["opens"])),
                datetime.combine(date.fromisoformat(day["date"]), time.fromisoformat(day["closes"])),
            )
            for day in self.days
        ]

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def some(self, items: Sequence[T], most: int | None = None, least: int = 0) -> list[T]:
        """Return a random selection, in random order."""
        most = len(items) if most is None else min(most, len(items))
        return self.rng.sample(list(items), self.rng.randint(min(least, most), most))

    def _conference(self) -> Data:
        return {
            "id": "test",
            "title": "Test",
            "venue": "Hall",
            "time_zone": "Europe/Berlin" if self.days[0]["date"] == "2026-03-28" else "Asia/Seoul",
            "organiser": {"name": "Office", "mail": "office@example.org"},
            "days": self.days,
            "grid_minutes": self.grid,
            "working_languages": self.some(LANGUAGES, 2, 1),
            "clearances": LEVELS,
        }

    def _days(self) -> list[Data]:
        """One or two days, sometimes with a short night between them, sometimes with the clock changed in it."""
        number = self.rng.choice((1, 2, 2))
        short_night = number == 2 and self.chance(0.15)
        dates = self.rng.choice((("2026-02-05", "2026-02-06"),) * 5 + (("2026-03-28", "2026-03-29"),))
        days: list[Data] = []
        for index in range(number):
            minutes = self.grid * self.rng.randint(3, 8 if number == 1 else 5)
            if self.chance(0.4):
                minutes += self.rng.choice((5, 10, self.grid - 5))
            opens = self.rng.choice((480, 540, 550))
            if short_night:
                opens = 23 * 60 + 55 - minutes if index == 0 else self.rng.choice((0, 15, 25))
                if dates[0] == "2026-03-28" and index == 1:
                    opens = 185
            days.append({"date": dates[index], "opens": clock(opens), "closes": clock(opens + minutes)})
        return days

    def _moment(self, day: int) -> datetime:
        """A moment within the opening hours of a day, to five minutes; opening and closing included."""
        opens, closes = self.openings[day]
        steps = (closes - opens) // timedelta(minutes=5)
        return opens + timedelta(minutes=5) * self.rng.randint(0, steps)

    def _span(self, day: int | None = None) -> tuple[datetime, datetime] | None:
        """A span within the opening hours of a day, often on the grid at one end."""
        day = self.rng.randrange(len(self.days)) if day is None else day
        start, end = sorted((self._on_grid(day), self._moment(day) if self.chance(0.5) else self._on_grid(day)))
        return (start, end) if start < end else None

    def _on_grid(self, day: int) -> datetime:
        opens, closes = self.openings[day]
        cells = (closes - opens) // timedelta(minutes=self.grid)
        return opens + timedelta(minutes=self.grid) * self.rng.randint(0, cells)

    def windows(self, probability: float) -> list[Data]:
        if not self.chance(probability):
            return []
        windows: list[Data] = []
        for day in range(len(self.days)):
            opens, closes = self.openings[day]
            span = (opens, closes) if self.chance(0.4) else self._span(day)
            if span is None:
                continue
            if self.chance(0.15) and span[1] - span[0] >= timedelta(minutes=2 * self.grid):
                middle = span[0] + timedelta(minutes=self.grid)
                windows += [window(span[0], middle), window(middle, span[1])]
            else:
                windows.append(window(*span))
        return windows

    def _rooms(self) -> list[Data]:
        number = self.rng.choice((1, 2, 2, 3))
        buildings = ("main", "annex") if self.chance(0.45) else ("main",)
        return [
            {
                "id": f"room-{index}",
                "name": f"Room {index}",
                "building": self.rng.choice(buildings),
                "seats": self.rng.choice((3, 4, 5, 6, 8, 12)),
                "features": self.some(FEATURES),
                "clearance": self.rng.choice((None, "secret", "secret", "secret")),
                "windows": self.windows(0.15),
                "count": self.rng.choice((1, 1, 1, 1, 2, 3)),
            }
            for index in range(number)
        ]

    def _walks(self) -> list[Data]:
        if len({room["building"] for room in self.rooms}) < 2:
            return []
        return [{"between": ["main", "annex"], "minutes": self.rng.choice((0, 5, 10, 20, 30, 45, 60))}]

    def _blocks(self) -> list[Data]:
        blocks: list[Data] = []
        for index in range(self.rng.choice((0, 0, 1, 1, 2))):
            span = self._span()
            if span is None:
                continue
            kinds = self.rng.choice(
                (
                    ["delegations", "room"],
                    ["delegations"],
                    ["room"],
                    ["interpreters"],
                    ["room", "interpreters"],
                    ["delegations", "interpreters"],
                    ["delegations", "room", "interpreters"],
                    [],
                )
            )
            blocks.append(
                {
                    "id": f"block-{index}",
                    "title": f"Block {index}",
                    "kind": self.rng.choice(("plenary", "break", "lunch", "prayer")),
                    **window(*span),
                    "room": self.rng.choice(self.rooms)["id"] if self.chance(0.7) else None,
                    "delegations": None if self.chance(0.5) else self.some(COUNTRIES[:2], 2, 1),
                    "blocks": kinds,
                }
            )
        return blocks
