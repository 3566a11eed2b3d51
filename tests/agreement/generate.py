"""Small consistent scenarios by seed, which use everything that a scenario can say.

They are made to be tight: few slots, few seats, few interpreters, odd lengths and hours that end within a grid cell, so that
every rule decides something somewhere.
"""

from __future__ import annotations

import random

from planner.scenario import Scenario
from tests.agreement.frame import Data, clock
from tests.agreement.making import Maker, is_consistent


def generate(seed: int) -> Scenario:
    """Return the scenario of a seed: 2 to 6 delegations, 1 to 3 rooms, 1 or 2 days, up to 6 cases."""
    return Scenario.model_validate(generate_data(seed))


def generate_data(seed: int) -> Data:
    """Return the scenario of a seed as a file would have it."""
    return _first_consistent(Maker, seed)


def generate_tiny(seed: int) -> Scenario:
    """Return a scenario of so few slots, rooms and sessions that often all its answers can be looked at."""
    return Scenario.model_validate(_first_consistent(_TinyMaker, seed))


def _first_consistent(maker: type[Maker], seed: int) -> Data:
    """Throw candidates away until one is consistent."""
    rng = random.Random(seed)
    while True:
        data = maker(rng).data()
        if is_consistent(data):
            return data


class _TinyMaker(Maker):
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
        data["sessions"] = [
            session
            for session in data["sessions"]
            if session["id"] == "meeting" or (set(session.get("cases", ())) - gone)
        ]
        data["pins"] = self._pins(data) if self.chance(0.2) else []
        return data

    def _days(self) -> list[Data]:
        days = super()._days()[: self.rng.choice((1, 2))]
        for day in days:
            hours, minutes = map(int, day["opens"].split(":"))
            opens = min(hours * 60 + minutes, 21 * 60)
            length = self.grid * (1 if len(days) > 1 and self.chance(0.4) else 2) + self.rng.choice((0, 0, 5))
            day |= {"opens": clock(opens), "closes": clock(opens + length)}
        return days

    def _rooms(self) -> list[Data]:
        return super()._rooms()[: self.rng.choice((1, 1, 2))]

    def _delegations(self) -> list[Data]:
        return super()._delegations()[:3]
