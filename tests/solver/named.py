"""For each demand a tiny scenario in which it alone decides what can be held, with both optima worked out by hand.

Unless it says otherwise, a scenario has one morning with one slot of an hour or two of half an hour, and nothing is wished for
but that every session is held.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from planner.compiling import compile_problem
from planner.plan import Plan
from planner.rules import CATALOGUE, Kind
from planner.scenario import Scenario
from planner.solver.search import Effort, search
from tests.agreement.readings import plan_of
from tests.verify.build import (
    block,
    case,
    conference,
    day,
    delegate,
    delegation,
    interpreter,
    meeting,
    moment,
    room,
    scenario,
    window,
)

Data = dict[str, Any]


@dataclass(frozen=True)
class NamedCase:
    """One demand and a scenario that it decides.

    Attributes:
        on: the least cost with the demand hard; None when there is no plan at all.
        subject: what every best plan breaks the demand for when it is off, at no cost.
        also_off: other demands that would decide the same and are off throughout.
        soft: demands that are soft throughout, and counted once each in ``on``.
    """

    name: str
    rule: str
    parts: Data
    subject: tuple[str, str]
    on: int | None = 1
    also_off: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()

    def scenario(self, level: str) -> Scenario:
        """Return the scenario with the demand at a level."""
        rules: dict[str, Data] = {
            rule.id: {"level": "off"} for rule in CATALOGUE if rule.kind is Kind.wish and rule.id != "held"
        }
        rules |= {rule: {"level": "off"} for rule in self.also_off}
        rules |= {rule: {"level": "soft", "weight": 1} for rule in self.soft}
        rules[self.rule] = {"level": level, **self.parts.get("rules", {}).get(self.rule, {})}
        tiers = [{"name": "all", "rules": ["held"]}]
        return scenario(**{**self.parts, "rules": rules, "tiers": tiers})

    def optimum(self, level: str) -> tuple[int | None, Plan | None]:
        """Return the proven least cost with the demand at a level, and a plan of it."""
        given = self.scenario(level)
        problem = compile_problem(given)
        answer = search(problem, Effort(time_limit=None, deterministic_limit=5.0, workers=1), lambda progress: None)
        if answer.solution is None:
            assert answer.infeasible
            return None, None
        (tier,) = answer.tiers
        assert tier.proven
        return tier.value, plan_of(given, problem, answer.solution)


def _morning(closes: str = "10:00", grid: int = 60) -> Data:
    return conference(days=[day("2026-02-05", "09:00", closes)], grid_minutes=grid)


def _parties(*own: Data) -> list[Data]:
    """The delegations given, and those of KOR, JPN, KHM and FRA that are not."""
    names = [delegation["id"] for delegation in own]
    return [*own, *(delegation(name) for name in ("KOR", "JPN", "KHM", "FRA") if name not in names)]


def _half_hours(*parties: Sequence[str]) -> list[Data]:
    return [meeting(f"meet-{number}", *names, minutes=30) for number, names in enumerate(parties, start=1)]


_ONE_SLOT: Data = {"conference": _morning(), "delegations": _parties()}
_TWO_SLOTS: Data = {"conference": _morning(grid=30), "delegations": _parties()}
_SHARED_KOR: Data = {"sessions": _half_hours(("KOR", "JPN"), ("KOR", "KHM"))}
_MEET: Data = {"sessions": [meeting("meet")]}
_FRENCH = _parties(delegation("FRA", languages=["fr"]), delegation("KHM", languages=["fr"]))
_OFFICER = delegation("KOR", teams=2, delegates=[delegate("kim")])
_BOTH_NEED_KIM = [meeting("one", officers=["kim"]), meeting("other", "KOR", "KHM", officers=["kim"])]

NAMED = (
    NamedCase(
        "a pin asks for each form of an open format",
        "formation",
        {
            "cases": [case("talk", format="any", required=["JPN", "KHM"])],
            "pins": [{"session": "talk.all"}, {"session": "talk.JPN"}],
        },
        ("case", "talk"),
        soft=("pins",),
    ),
    NamedCase(
        "the second hour would end half an hour after closing",
        "hours",
        {
            **_ONE_SLOT,
            "conference": _morning("10:30"),
            "sessions": [meeting("first"), meeting("second")],
            "pins": [{"session": "first", "start": moment("5 09:00")}],
        },
        ("session", "second"),
        also_off=("buffer",),
    ),
    NamedCase(
        "JPN is there for half of the hour",
        "windows",
        {**_ONE_SLOT, **_MEET, "delegations": _parties(delegation("JPN", windows=[window("5 09:00", "5 09:30")]))},
        ("delegation", "JPN"),
    ),
    NamedCase(
        "JPN leaves before the end",
        "windows",
        {**_ONE_SLOT, **_MEET, "delegations": _parties(delegation("JPN", departure=moment("5 09:55")))},
        ("delegation", "JPN"),
    ),
    NamedCase(
        "the session's own window ends five minutes early",
        "windows",
        {**_ONE_SLOT, "sessions": [meeting("meet", windows=[window("5 09:00", "5 09:55")])]},
        ("session", "meet"),
    ),
    NamedCase(
        "a plenary for JPN takes the last five minutes",
        "blocks",
        {**_ONE_SLOT, **_MEET, "blocks": [block("plenary", "5 09:55", "5 10:30", delegations=["JPN"])]},
        ("block", "plenary"),
    ),
    NamedCase(
        "KOR is to meet two others in the only slot",
        "team-one-place",
        {**_ONE_SLOT, **_SHARED_KOR},
        ("team", "KOR/1"),
        also_off=("buffer",),
    ),
    NamedCase(
        "two teams, one officer",
        "officer-one-place",
        {**_ONE_SLOT, "delegations": _parties(_OFFICER), "sessions": _BOTH_NEED_KIM},
        ("delegate", "kim"),
    ),
    NamedCase(
        "two teams, and the officer can be with one of them",
        "officer-present",
        {**_ONE_SLOT, "delegations": _parties(_OFFICER), "sessions": _BOTH_NEED_KIM},
        ("delegate", "kim"),
    ),
    NamedCase(
        "two sessions need the one interpreter",
        "interpreter-one-place",
        {
            **_ONE_SLOT,
            "delegations": _FRENCH,
            "interpreters": [interpreter("ann", ("en", "fr"))],
            "sessions": _half_hours(("KOR", "FRA"), ("JPN", "KHM")),
        },
        ("interpreter", "ann"),
        also_off=("buffer",),
    ),
    NamedCase(
        "two sessions, one room",
        "room-one-session",
        {**_ONE_SLOT, "rooms": [room("A")], "sessions": _half_hours(("KOR", "JPN"), ("KHM", "FRA"))},
        ("room", "A"),
    ),
    NamedCase(
        "three sessions, two tables",
        "room-one-session",
        {
            **_ONE_SLOT,
            "rooms": [room("A", count=2)],
            "delegations": [delegation(name, teams=3) for name in ("KOR", "JPN")],
            "sessions": _half_hours(*[("KOR", "JPN")] * 3),
        },
        ("room", "A"),
    ),
    NamedCase(
        "four people, three seats", "seats", {**_ONE_SLOT, **_MEET, "rooms": [room("A", seats=3)]}, ("session", "meet")
    ),
    NamedCase(
        "the room with the line has one seat",
        "features",
        {
            **_ONE_SLOT,
            "rooms": [room("A"), room("B", seats=1, features=["line"])],
            "sessions": [meeting("meet", features=["line"])],
        },
        ("session", "meet"),
    ),
    NamedCase(
        "only the room is not cleared",
        "clearance",
        {
            **_ONE_SLOT,
            "delegations": [delegation("KOR", clearance="secret"), delegation("JPN", clearance="secret")],
            "rooms": [room("A", clearance="confidential")],
            "sessions": [meeting("meet", classification="secret")],
        },
        ("session", "meet"),
    ),
    NamedCase(
        "JPN must come and is not there",
        "attendance",
        {**_ONE_SLOT, **_MEET, "delegations": _parties(delegation("JPN", windows=[window("5 09:00", "5 09:30")]))},
        ("session", "meet"),
    ),
    NamedCase(
        "one of a quorum of two is not there",
        "attendance",
        {
            **_ONE_SLOT,
            "sessions": [meeting("meet", "KOR", quorum={"of": ["JPN", "KHM"], "at_least": 2})],
            "delegations": _parties(delegation("JPN", windows=[window("5 09:00", "5 09:30")])),
        },
        ("session", "meet"),
    ),
    NamedCase(
        "FRA speaks French, and nobody interprets",
        "language",
        {**_ONE_SLOT, "delegations": _FRENCH, "sessions": [meeting("meet", "KOR", "FRA")]},
        ("session", "meet"),
    ),
    NamedCase(
        "an officer speaks French only, and nobody interprets",
        "language",
        {
            **_ONE_SLOT,
            "delegations": _parties(delegation("KOR", delegates=[delegate("kim", languages=["fr"])])),
            "sessions": [meeting("meet", officers=["kim"])],
        },
        ("session", "meet"),
    ),
    NamedCase("two half hours touch", "buffer", {**_TWO_SLOTS, **_SHARED_KOR}, ("team", "KOR/1")),
    NamedCase(
        "the buildings are ten minutes apart",
        "buffer",
        {
            **_TWO_SLOTS,
            "rooms": [room("A", building="east", features=["line"]), room("B", building="west", features=["screen"])],
            "walks": [{"between": ["east", "west"], "minutes": 10}],
            "sessions": [
                meeting("one", minutes=30, features=["line"]),
                meeting("other", "KOR", "KHM", minutes=30, features=["screen"]),
            ],
            "rules": {"buffer": {"parameters": {"minutes": 0}}},
        },
        ("team", "KOR/1"),
    ),
    NamedCase(
        "KOR wants a pause after each session",
        "longest-run",
        {**_TWO_SLOTS, **_SHARED_KOR, "delegations": _parties(delegation("KOR", longest_run=1))},
        ("team", "KOR/1"),
        also_off=("buffer",),
    ),
    NamedCase(
        "the interpreter rests after half an hour",
        "longest-run",
        {
            **_TWO_SLOTS,
            "delegations": _FRENCH,
            "interpreters": [interpreter("ann", ("en", "fr"), longest_run_minutes=30)],
            "sessions": _half_hours(("KOR", "FRA"), ("JPN", "KHM")),
        },
        ("interpreter", "ann"),
        also_off=("buffer",),
    ),
    NamedCase(
        "KOR wants one session a day",
        "most-a-day",
        {**_TWO_SLOTS, **_SHARED_KOR, "delegations": _parties(delegation("KOR", most_sessions_a_day=1))},
        ("team-day", "KOR/1 2026-02-05"),
        also_off=("buffer",),
    ),
    NamedCase(
        "the second sitting would follow after five minutes too few",
        "sittings",
        {**_TWO_SLOTS, "cases": [case("talk", minutes=30, sittings=2, sitting_gap_minutes=5)]},
        ("session", "talk.2"),
        also_off=("buffer",),
    ),
    NamedCase(
        "who comes first leaves last",
        "case-order",
        {
            **_TWO_SLOTS,
            "delegations": _parties(
                delegation("JPN", arrival=moment("5 09:30")), delegation("KHM", departure=moment("5 09:30"))
            ),
            "cases": [
                case("first", required=["JPN"], minutes=30, before=["later"]),
                case("later", required=["KHM"], minutes=30),
            ],
        },
        ("order", "first < later"),
        also_off=("buffer",),
    ),
    NamedCase(
        "the session that comes first leaves last",
        "case-order",
        {
            **_TWO_SLOTS,
            "delegations": _parties(
                delegation("JPN", arrival=moment("5 09:30")), delegation("KHM", departure=moment("5 09:30"))
            ),
            "sessions": [
                meeting("later", "KOR", "KHM", minutes=30, after=["first"]),
                meeting("first", minutes=30),
            ],
        },
        ("order", "first < later"),
        also_off=("buffer",),
    ),
    NamedCase(
        "a pin before JPN arrives",
        "pins",
        {
            **_TWO_SLOTS,
            "delegations": _parties(delegation("JPN", arrival=moment("5 09:30"))),
            "sessions": _half_hours(("KOR", "JPN")),
            "pins": [{"session": "meet-1", "start": moment("5 09:00")}],
        },
        ("pin", "meet-1"),
        on=None,
    ),
    NamedCase(
        "KOR must not sit with JPN",
        "kept-apart",
        {**_ONE_SLOT, **_MEET, "delegations": _parties(delegation("KOR", not_with=["JPN"]))},
        ("session", "meet"),
    ),
    NamedCase(
        "it is nine already",
        "past-kept",
        {**_ONE_SLOT, **_MEET, "replanning": {"now": moment("5 09:00")}},
        ("session", "meet"),
    ),
    NamedCase(
        "JPN comes late, and KOR must be told nothing new",
        "most-changes",
        {
            **_TWO_SLOTS,
            "delegations": _parties(delegation("KOR", most_changes=0), delegation("JPN", arrival=moment("5 09:30"))),
            "sessions": _half_hours(("KOR", "JPN")),
            "replanning": {
                "now": moment("5 08:00"),
                "told": [
                    {
                        "session": "meet-1",
                        **window("5 09:00", "5 09:30"),
                        "room": "A",
                        "teams": {"KOR": 1, "JPN": 1},
                        "delegates": {"KOR": (), "JPN": ()},
                        "language": "en",
                    }
                ],
            },
        },
        ("delegation", "KOR"),
        on=None,
    ),
)
