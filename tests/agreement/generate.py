"""Small consistent scenarios by seed, which use everything that a scenario can say.

They are made to be tight: few slots, few seats, few interpreters, odd lengths and hours that end within a grid cell, so that
every rule decides something somewhere.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from pydantic import ValidationError

from planner.consistency import Known, check
from planner.formation import form_sessions
from planner.rules import CATALOGUE, Kind
from planner.scenario import Scenario
from planner.scenario_file.formed import formed_findings

Data = dict[str, Any]
T = TypeVar("T")

_COUNTRIES = ("KOR", "JPN", "KHM", "FRA", "VNM")
_LANGUAGES = ("en", "fr", "ko")
_FEATURES = ("secure-line", "video-link")
_LEVELS = ("open", "secret")


def generate(seed: int) -> Scenario:
    """Return the scenario of a seed: 2 to 6 delegations, 1 to 3 rooms, 1 or 2 days, up to 6 cases."""
    return Scenario.model_validate(generate_data(seed))


def generate_data(seed: int) -> Data:
    """Return the scenario of a seed as a file would have it."""
    return _first_consistent(_Maker, seed)


def generate_tiny(seed: int) -> Scenario:
    """Return a scenario of so few slots, rooms and sessions that often all its answers can be looked at."""
    return Scenario.model_validate(_first_consistent(_TinyMaker, seed))


def _first_consistent(maker: type[_Maker], seed: int) -> Data:
    """Throw candidates away until one is consistent."""
    rng = random.Random(seed)
    while True:
        data = maker(rng).data()
        if is_consistent(data):
            return data


def is_consistent(data: Data) -> bool:
    """Whether the file checks find nothing in a scenario."""
    try:
        scenario = Scenario.model_validate(data)
    except ValidationError:
        return False
    return not check(scenario) and not [*formed_findings(scenario, Known.of(data))]


class _Maker:
    """Makes one candidate; nearly all are consistent."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.grid = rng.choice((15, 20, 30, 30, 45, 60))
        self.days = self._days()
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

    def data(self) -> Data:
        self.rooms = self._rooms()
        self.delegations = self._delegations()
        self.names = [delegation["id"] for delegation in self.delegations]
        self.interpreters = [self._interpreter(number) for number in range(self.rng.choice((0, 1, 1, 2, 3)))]
        self.cases = [self._case(number) for number in range(self.rng.choice((1, 2, 2, 3, 3, 4, 5, 6)))]
        self._order()
        self._officers()
        data: Data = {
            "conference": self._conference(),
            "rooms": self.rooms,
            "walks": self._walks(),
            "blocks": self._blocks(),
            "delegations": self.delegations,
            "interpreters": self.interpreters,
            "cases": self.cases,
            "sessions": self._explicit(),
            "formation": {
                "together": self.chance(0.7),
                "longest_minutes": self.grid * self.rng.randint(1, 4),
                "minutes_per_lead": self.rng.choice((self.grid, self.grid - 5)),
            },
            "rules": self._rules(),
            "tiers": self._tiers() if self.chance(0.3) else [],
        }
        data["pins"] = self._pins(data)
        return data

    def _conference(self) -> Data:
        return {
            "id": "test",
            "title": "Test",
            "venue": "Hall",
            "time_zone": "Europe/Berlin" if self.days[0]["date"] == "2026-03-28" else "Asia/Seoul",
            "organiser": {"name": "Office", "mail": "office@example.org"},
            "days": self.days,
            "grid_minutes": self.grid,
            "working_languages": self.some(_LANGUAGES, 2, 1),
            "clearances": _LEVELS,
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
            days.append({"date": dates[index], "opens": _clock(opens), "closes": _clock(opens + minutes)})
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

    def _windows(self, probability: float) -> list[Data]:
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
                windows += [_window(span[0], middle), _window(middle, span[1])]
            else:
                windows.append(_window(*span))
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
                "features": self.some(_FEATURES),
                "clearance": self.rng.choice((None, "secret", "secret", "secret")),
                "windows": self._windows(0.15),
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
                    **_window(*span),
                    "room": self.rng.choice(self.rooms)["id"] if self.chance(0.7) else None,
                    "delegations": None if self.chance(0.5) else self.some(_COUNTRIES[:2], 2, 1),
                    "blocks": kinds,
                }
            )
        return blocks

    def _delegations(self) -> list[Data]:
        number = self.rng.choice((2, 3, 3, 4, 5, 6))
        names = (*_COUNTRIES, "IOM")[:number]
        return [self._delegation(name, names) for name in names]

    def _delegation(self, name: str, names: Sequence[str]) -> Data:
        teams = self.rng.choice((1, 1, 1, 2, 2, 3)) if name == "KOR" else self.rng.choice((1, 1, 1, 2))
        officers_team = self.rng.randint(1, teams) if self.chance(0.5) else None
        delegates = [
            {
                "id": f"{name.lower()}-{number}",
                "name": f"{name} {number}",
                "languages": self.some(_LANGUAGES, 1, 1) if self.chance(0.25) else [],
                "team": officers_team if number < 2 else self.rng.choice((None, teams)),
                "windows": self._windows(0.15),
            }
            for number in range(self.rng.choice((0, 1, 2, 3)))
        ]
        data: Data = {
            "id": name,
            "kind": "organisation" if name == "IOM" else "country",
            "name": name.title(),
            "languages": self.some(_LANGUAGES, 2, 1),
            "clearance": self.rng.choice((None, "secret", "secret", "secret")),
            "teams": teams,
            "team_size": self.rng.choice((1, 1, 2, 3)),
            "delegates": delegates,
            "windows": self._windows(0.12),
            "longest_run": self.rng.choice((None, None, 1, 2)),
            "most_sessions_a_day": self.rng.choice((None, None, 1, 2)),
            "not_with": self.some([other for other in names if other != name], 1, 1) if self.chance(0.1) else [],
        }
        if self.chance(0.15):
            data["arrival"] = self._moment(0).isoformat()
        if self.chance(0.15):
            data["departure"] = self._moment(-1).isoformat()
        return data

    def _interpreter(self, number: int) -> Data:
        pairs = [("en", "fr"), ("fr", "en"), ("en", "ko"), ("fr", "ko")]
        chosen = {frozenset(pair): pair for pair in self.some(pairs, 2, 1)}
        return {
            "id": f"interpreter-{number}",
            "name": f"Interpreter {number}",
            "pairs": list(chosen.values()),
            "windows": self._windows(0.2),
            "clearance": self.rng.choice((None, "secret", "secret")),
            "longest_run_minutes": self.rng.choice((None, self.grid, 2 * self.grid)),
            "rest_minutes": self.rng.choice((5, 30, 60)),
        }

    def _minutes(self) -> int:
        return self.rng.choice((self.grid, self.grid, 2 * self.grid, self.grid - 5, self.grid + 5, 2 * self.grid - 5))

    def _parties(self) -> Data:
        leader, *others = self.some(self.names, least=2)
        required, optional, quorum = others, [], None
        if len(others) > 1 and self.chance(0.4):
            split = self.rng.randint(0, len(others) - 1)
            required, optional = others[:split], others[split:]
        elif self.chance(0.15):
            required, optional = [], others
        if self.chance(0.25):
            of = self.some(self.names, 3, 1)
            quorum = {"of": of, "at_least": self.rng.randint(1, len(of))}
        return {"leader": leader, "required": required, "optional": optional, "quorum": quorum}

    def _case(self, number: int) -> Data:
        case: Data = {
            "id": f"case-{number}",
            "title": f"Case {number}",
            "classification": self.rng.choice((None, None, "open", "secret")),
            "priority": self.rng.randint(1, 3),
            **self._parties(),
            "format": self.rng.choice(("bilateral", "multilateral", "multilateral", "any", "any")),
            "features": self.some(self._offered(), 1),
            "language": self.rng.choice(_LANGUAGES) if self.chance(0.15) else None,
        }
        if self.chance(0.3):
            case["sittings"] = self.rng.choice((2, 2, 3))
            case["sitting_gap_minutes"] = self.rng.choice((0, 5, self.grid, 2 * self.grid, 12 * 60, 24 * 60))
        if self.chance(0.2):
            case["minutes_per_lead"] = self.rng.choice((10, self.grid - 5, self.grid))
        elif self.chance(0.9):
            case["minutes"] = self._minutes()
        if self.chance(0.5):
            case["leads"] = [self._lead(f"lead-{number}-{k}", case) for k in range(self.rng.randint(1, 2))]
        return case

    def _offered(self) -> list[str]:
        return sorted({feature for room in self.rooms for feature in room["features"]})

    def _lead(self, name: str, case: Data) -> Data:
        inside = _inside(case)
        return {
            "id": name,
            "title": name.title(),
            "priority": self.rng.choice((None, None, 1, 3)),
            "shared_by": self.rng.choice((None, self.rng.choice(inside))),
            "shared_with": None if self.chance(0.5) else self.some(inside, least=1),
        }

    def _order(self) -> None:
        """Put some cases before others; only ever a lower number before a higher one."""
        for number, case in enumerate(self.cases[1:], start=1):
            if self.chance(0.2):
                other = self.rng.randrange(number)
                if self.chance(0.5):
                    case["after"] = [f"case-{other}"]
                else:
                    self.cases[other].setdefault("before", []).append(case["id"])

    def _officers(self) -> None:
        for delegation in self.delegations:
            for delegate in delegation["delegates"][:2]:
                mine = [case for case in self.cases if delegation["id"] in _inside(case)]
                for case in self.some(mine, 3):
                    if self.chance(0.6):
                        delegate.setdefault("officer_of", []).append(case["id"])
                    else:
                        case.setdefault("officers", []).append(delegate["id"])

    def _explicit(self) -> list[Data]:
        sessions: list[Data] = []
        if self.chance(0.2):
            parties = self._parties()
            officers = [
                delegate["id"]
                for delegation in self.delegations
                if delegation["id"] in _inside(parties)
                for delegate in delegation["delegates"][:1]
            ]
            sessions.append(
                {
                    "id": "meeting",
                    "title": "Meeting",
                    **parties,
                    "minutes": self._minutes(),
                    "priority": self.rng.choice((None, 1, 3)),
                    "classification": self.rng.choice((None, "secret")),
                    "features": self.some(self._offered(), 1),
                    "officers": self.some(officers),
                }
            )
        single = [case for case in self.cases if case.get("sittings", 1) == 1 and not case.get("before")]
        if single and self.chance(0.1):
            case = self.rng.choice(single)
            sessions.append({"id": "taken-over", "cases": [case["id"]], "minutes": self.rng.choice((None, self.grid))})
        return sessions

    def _rules(self) -> Data:
        rules: Data = {}
        rewritten = self.rng.choice((0.0, 0.15, 0.4))
        for rule in CATALOGUE:
            if not self.chance(rewritten):
                continue
            setting: Data = {"level": self.rng.choice((None, "hard", "soft", "soft", "off"))}
            if setting["level"] == "hard" and rule.kind is Kind.wish:
                setting["level"] = "hard" if self.chance(0.6) else "soft"
                setting["parameters"] = {"at_most": self.rng.choice((0, 1, 2, 4, 8))}
            if self.chance(0.5):
                setting["weight"] = self.rng.choice((0, 1, 2, 5, 100))
            rules[rule.id] = setting
        if self.chance(0.5):
            minutes = self.rng.choice((0, 10, self.grid, self.grid + 5, 90))
            rules.setdefault("buffer", {})["parameters"] = {"minutes": minutes}
        if self.chance(0.5):
            minutes = self.rng.choice((0, 10, self.grid, 2 * self.grid))
            rules.setdefault("longest-run", {})["parameters"] = {"pause_minutes": minutes}
        return rules

    def _tiers(self) -> list[Data]:
        rules = self.some([rule.id for rule in CATALOGUE], 16, 2)
        cut = self.rng.randint(1, len(rules))
        return [{"name": "first", "rules": rules[:cut]}, {"name": "second", "rules": rules[cut:]}]

    def _pins(self, data: Data) -> list[Data]:
        if not self.chance(0.3) or not is_consistent(data):
            return []
        scenario = Scenario.model_validate(data)
        pins: list[Data] = []
        for session in self.some(form_sessions(scenario), 2, 1):
            day = self.rng.randrange(len(self.days))
            opens, closes = self.openings[day]
            slots = -(-(closes - opens) // timedelta(minutes=self.grid))
            start = opens + timedelta(minutes=self.grid) * self.rng.randrange(slots)
            teams = {delegation.id: delegation.teams for delegation in scenario.delegations}
            pins.append(
                {
                    "session": session.id,
                    "start": start.isoformat() if self.chance(0.6) else None,
                    "room": self.rng.choice(self.rooms)["id"] if self.chance(0.4) else None,
                    "teams": {name: self.rng.randint(1, teams[name]) for name in session.parties if self.chance(0.25)},
                    "interpreters": [one["id"] for one in self.interpreters if self.chance(0.15)],
                    "language": self.rng.choice(_LANGUAGES) if self.chance(0.15) else None,
                }
            )
        return pins


class _TinyMaker(_Maker):
    """Two to four slots, a room or two, two or three sessions or so."""

    def data(self) -> Data:
        data = super().data()
        keep = self.rng.choice((2, 2, 3))
        gone = {case["id"] for case in data["cases"][keep:]}
        data["cases"] = data["cases"][:keep]
        for case in data["cases"]:
            for field in ("before", "after"):
                case[field] = [name for name in case.get(field, ()) if name not in gone]
        for delegation in data["delegations"]:
            for delegate in delegation["delegates"]:
                delegate["officer_of"] = [name for name in delegate.get("officer_of", ()) if name not in gone]
        data["sessions"] = [session for session in data["sessions"] if not gone & set(session.get("cases", ()))]
        data["pins"] = self._pins(data) if self.chance(0.2) else []
        return data

    def _days(self) -> list[Data]:
        days = super()._days()[: self.rng.choice((1, 2))]
        for day in days:
            hours, minutes = map(int, day["opens"].split(":"))
            opens = min(hours * 60 + minutes, 21 * 60)
            length = self.grid * (1 if len(days) > 1 and self.chance(0.4) else 2) + self.rng.choice((0, 0, 5))
            day |= {"opens": _clock(opens), "closes": _clock(opens + length)}
        return days

    def _rooms(self) -> list[Data]:
        return super()._rooms()[: self.rng.choice((1, 1, 2))]

    def _delegations(self) -> list[Data]:
        return super()._delegations()[:3]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _window(start: datetime, end: datetime) -> Data:
    return {"start": start.isoformat(), "end": end.isoformat()}


def _inside(case: Data) -> list[str]:
    """Delegations that a case names, each once."""
    of = case["quorum"]["of"] if case["quorum"] else []
    return list(dict.fromkeys((case["leader"], *case["required"], *of, *case["optional"])))
