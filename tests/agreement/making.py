"""One candidate for a generated scenario; most candidates are consistent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from pydantic import ValidationError

from planner.consistency import Known, check
from planner.formation import form_sessions
from planner.rules import CATALOGUE, Kind
from planner.scenario import Scenario
from planner.scenario_file.formed import formed_findings
from tests.agreement.frame import COUNTRIES, LANGUAGES, Data, Frame

FIRST_PLAN = [rule for rule in CATALOGUE if not rule.changes_only]
"""Rules that are not about changing a plan."""


def is_consistent(data: Data) -> bool:
    """Whether the file checks find nothing in a scenario."""
    try:
        scenario = Scenario.model_validate(data)
    except ValidationError:
        return False
    return not check(scenario) and not [*formed_findings(scenario, Known.of(data))]


def inside(case: Data) -> list[str]:
    """Delegations that a case names, each once."""
    of = case["quorum"]["of"] if case["quorum"] else []
    return list(dict.fromkeys((case["leader"], *case["required"], *of, *case["optional"])))


class Maker(Frame):
    """Draws who comes, what they share, and the rules."""

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

    def _delegations(self) -> list[Data]:
        number = self.rng.choice((2, 3, 3, 4, 5, 6))
        names = (*COUNTRIES, "IOM")[:number]
        return [self._delegation(name, names) for name in names]

    def _delegation(self, name: str, names: Sequence[str]) -> Data:
        teams = self.rng.choice((1, 1, 1, 2, 2, 3)) if name == "KOR" else self.rng.choice((1, 1, 1, 2))
        officers_team = self.rng.randint(1, teams) if self.chance(0.5) else None
        delegates = [
            {
                "id": f"{name.lower()}-{number}",
                "name": f"{name} {number}",
                "languages": self.some(LANGUAGES, 1, 1) if self.chance(0.25) else [],
                "team": officers_team if number < 2 else self.rng.choice((None, teams)),
                "windows": self.windows(0.15),
            }
            for number in range(self.rng.choice((0, 1, 2, 3)))
        ]
        data: Data = {
            "id": name,
            "kind": "organisation" if name == "IOM" else "country",
            "name": name.title(),
            "languages": self.some(LANGUAGES, 2, 1),
            "clearance": self.rng.choice((None, "secret", "secret", "secret")),
            "teams": teams,
            "team_size": self.rng.choice((1, 1, 2, 3)),
            "delegates": delegates,
            "windows": self.windows(0.12),
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
            "windows": self.windows(0.2),
            "clearance": self.rng.choice((None, "secret", "secret")),
            "longest_run_minutes": self.rng.choice((None, self.grid, 2 * self.grid)),
            "rest_minutes": self.rng.choice((5, 30, 60)),
        }

    def _minutes(self) -> int:
        return self.rng.choice(
            (self.grid, 2 * self.grid, self.grid - 5, self.grid + 5, self.grid + 5, 2 * self.grid - 5)
        )

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
            "language": self.rng.choice(LANGUAGES) if self.chance(0.15) else None,
        }
        if self.chance(0.2):
            case["minutes_per_lead"] = self.rng.choice((10, self.grid - 5, self.grid))
        elif self.chance(0.9):
            case["minutes"] = self._minutes()
        if self.chance(0.3):
            just_missed = -case.get("minutes", 0) % self.grid + 5
            case["sittings"] = self.rng.choice((2, 2, 3))
            case["sitting_gap_minutes"] = self.rng.choice(
                (0, just_missed, just_missed, self.grid, 2 * self.grid, 12 * 60, 24 * 60)
            )
        if self.chance(0.5):
            case["leads"] = [self._lead(f"lead-{number}-{k}", case) for k in range(self.rng.randint(1, 2))]
        return case

    def _offered(self) -> list[str]:
        return sorted({feature for room in self.rooms for feature in room["features"]})

    def _lead(self, name: str, case: Data) -> Data:
        parties = inside(case)
        return {
            "id": name,
            "title": name.title(),
            "priority": self.rng.choice((None, None, 1, 3)),
            "shared_by": self.rng.choice((None, self.rng.choice(parties))),
            "shared_with": None if self.chance(0.5) else self.some(parties, least=1),
        }

    def _order(self) -> None:
        """Put some cases before others; only ever a lower number before a higher one."""
        for number, case in enumerate(self.cases[1:], start=1):
            if self.chance(0.35):
                other = self.rng.randrange(number)
                if self.chance(0.5):
                    case["after"] = [f"case-{other}"]
                else:
                    self.cases[other].setdefault("before", []).append(case["id"])

    def _officers(self) -> None:
        for delegation in self.delegations:
            for delegate in delegation["delegates"][:2]:
                mine = [case for case in self.cases if delegation["id"] in inside(case)]
                for case in self.some(mine, 3):
                    if self.chance(0.6):
                        delegate.setdefault("officer_of", []).append(case["id"])
                    else:
                        case.setdefault("officers", []).append(delegate["id"])

    def _explicit(self) -> list[Data]:
        sessions: list[Data] = []
        if self.chance(0.25):
            parties = self._parties()
            officers = [
                delegate["id"]
                for delegation in self.delegations
                if delegation["id"] in inside(parties)
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
                    "windows": self.windows(0.3),
                }
            )
        single = [case for case in self.cases if case.get("sittings", 1) == 1 and not case.get("before")]
        if single and self.chance(0.15):
            case = self.rng.choice(single)
            sessions.append({"id": "taken-over", "cases": [case["id"]], "minutes": self.rng.choice((None, self.grid))})
        if sessions and self.chance(0.7):
            other = self.rng.choice(sessions)["id"]
            order = self.rng.choice(("before", "after"))
            sessions.append(
                {"id": "next", "title": "Next", **self._parties(), "minutes": self._minutes(), order: [other]}
            )
        return sessions

    def _rules(self) -> Data:
        rules: Data = {}
        rewritten = self.rng.choice((0.0, 0.15, 0.4))
        for rule in FIRST_PLAN:
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
        if self.chance(0.3):
            rules.setdefault("early", {}).setdefault("parameters", {})["priority"] = self.rng.randint(1, 3)
        return rules

    def _tiers(self) -> list[Data]:
        rules = self.some([rule.id for rule in FIRST_PLAN], 16, 2)
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
                    "language": self.rng.choice(LANGUAGES) if self.chance(0.15) else None,
                }
            )
        return pins
