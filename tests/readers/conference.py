"""A conference made by hand, in which everything confidential has a word of its own that a leak would show.

Special: a case with a lead that one party may not know of; a multilateral session without its optional party; a case of open
format held apart; sessions left out; explicit sessions of two cases, no party of which shares both but the host;
blocks for one delegation only; a room of tables; a session that says what it is about in its title; hostile texts.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from planner.formation import form_sessions
from planner.plan import Options, Placement, Plan, RuleCost, Status, TierReport, Unplaced, Versions, session_uid
from planner.rules import Level
from planner.scenario import Scenario

SEOUL = ZoneInfo("Asia/Seoul")
HOSTILE = "<script>alert('x')</script> & \"quoted\", a; b\\c"


def _person(name: str, function: str | None = None, **more: Any) -> dict[str, Any]:
    return {"id": f"p-{name}", "name": f"Person{name}", "function": function, **more}


def a_case(name: str, leader: str, required: list[str], leads: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "id": f"case-{name}",
        "title": f"Title{name} of the matter",
        "leader": leader,
        "required": required,
        "minutes": 30,
        "leads": [
            {"id": f"lead-{name}-{at}", "title": f"Lead{name}{at} text", **lead} for at, lead in enumerate(leads)
        ],
        **more,
    }


def a_block(name: str, title: str, kind: str, start: str, end: str, **more: Any) -> dict[str, Any]:
    return {"id": f"b-{name}", "title": title, "kind": kind, "start": start, "end": end, **more}


def scenario() -> Scenario:
    """Return the scenario."""
    return Scenario.model_validate(
        {
            "conference": {
                "id": "demo",
                "title": "Forum, 2026; \\ with <b>marks</b>",
                "venue": "Harbour Hall",
                "time_zone": "Asia/Seoul",
                "organiser": {"name": 'The "Host" Office', "mail": "office@forum.example"},
                "days": [
                    {"date": "2026-02-05", "opens": "09:00", "closes": "18:00"},
                    {"date": "2026-02-06", "opens": "09:00", "closes": "13:00"},
                ],
                "working_languages": ["en"],
            },
            "blocks": [
                a_block("open", "Opening & welcome", "ceremony", "2026-02-05T09:00", "2026-02-05T09:30", room="hall"),
                a_block("pray", "Prayertime", "prayer", "2026-02-05T12:00", "2026-02-05T12:30"),
                a_block("visit", "Visitjapanonly", "reception", "2026-02-05T17:30", "2026-02-06T00:30",
                       room="r1", delegations=["JPN"]),
            ],
            "rooms": [
                {"id": "r1", "name": "Room One", "building": "East", "seats": 12},
                {"id": "r2", "name": "Room Two", "building": "West", "seats": 12},
                {"id": "hall", "name": "Hall of Tables", "building": "West", "seats": 8, "count": 3},
            ],
            "walks": [{"between": ["East", "West"], "minutes": 10}],
            "delegations": [
                {"id": "KOR", "kind": "country", "name": "Hostland", "languages": ["ko", "en"], "role": "host", "teams": 2,
                 "delegates": [_person("Korone", "Head", team=1), _person("Kortwo", team=2)]},
                {"id": "KHM", "kind": "country", "name": "Khmerland – កម្ពុជា", "languages": ["km"],
                 "delegates": [_person("Khmone", HOSTILE, officer_of=["case-Alpha"]), _person("Khmtwo")]},
                {"id": "JPN", "kind": "country", "name": "Sunland", "languages": ["ja", "en"],
                 "delegates": [_person("Jpnone")]},
                {"id": "THA", "kind": "country", "name": "Thailand, Kingdom", "languages": ["th", "en"],
                 "delegates": [_person("Thaone")]},
                {"id": "LAO", "kind": "country", "name": "Farawayland", "languages": ["lo"]},
                {"id": "POL-X", "kind": "organisation", "name": "Policebody", "languages": ["en"],
                 "delegates": [_person("Polone")]},
            ],
            "interpreters": [
                {"id": "i-km", "name": "Interpkm", "pairs": [["km", "en"]]},
                {"id": "i-two", "name": "Interptwo", "pairs": [["fr", "en"], ["km", "en"]]},
            ],
            "cases": [
                a_case("Alpha", "KOR", ["KHM"], [{}, {"shared_with": []}], classification="secret", priority=1),
                a_case("Bravo", "KOR", ["JPN"], [{}], title=HOSTILE + " Titlebravo"),
                a_case("Charlie", "KHM", ["JPN"], [{}, {"shared_with": ["JPN"]}], optional=["THA", "POL-X"], sittings=2),
                a_case("Delta", "JPN", ["THA", "KOR"], [{"shared_with": ["THA"]}, {}], format="any"),
                a_case("Echo", "KOR", ["THA"], [{}], priority=3),
                a_case("Golf", "KOR", ["KHM"], [{}]),
                a_case("Hotel", "KOR", ["JPN"], [{}]),
                a_case("India", "THA", ["POL-X"], [{}]),
                a_case("Juliet", "KOR", ["KHM"], [{}]),
                a_case("Kilo", "KOR", ["LAO"], [{}]),
            ],
            "sessions": [
                {"id": "x-mixed", "title": "Golfandhotel", "cases": ["case-Golf", "case-Hotel"],
                 "required": ["KOR", "KHM", "JPN"], "minutes": 60},
                {"id": "x-late", "title": "Julietandkilo", "cases": ["case-Juliet", "case-Kilo"],
                 "required": ["KOR", "KHM", "LAO"]},
                {"id": "x-free", "title": "Freetalk", "required": ["THA", "POL-X"], "minutes": 30},
            ],
        }
    )  # fmt: skip


def moment(day: int, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 2, day, hour, minute, tzinfo=SEOUL)


_HELD: tuple[tuple[str, int, str, str, int | None, dict[str, int], dict[str, tuple[str, ...]], tuple[str, ...]], ...] = (
    ("case-Alpha", 5, "10:00", "r1", None, {"KOR": 1, "KHM": 1}, {"KOR": ("p-Korone",), "KHM": ("p-Khmone",)}, ("i-km",)),
    ("case-Bravo", 5, "10:00", "r2", None, {"KOR": 2, "JPN": 1}, {"KOR": ("p-Kortwo",), "JPN": ("p-Jpnone",)}, ()),
    ("case-Charlie", 5, "11:00", "hall", 2, {"KHM": 1, "JPN": 1, "POL-X": 1},
     {"KHM": ("p-Khmone", "p-Khmtwo")}, ("i-km", "i-two")),
    ("case-Charlie.2", 6, "09:00", "hall", 1, {"KHM": 1, "JPN": 1, "THA": 1}, {"THA": ("p-Thaone",)}, ("i-two",)),
    ("case-Delta.THA", 5, "14:00", "hall", 1, {"JPN": 1, "THA": 1}, {"JPN": ("p-Jpnone",), "THA": ("p-Thaone",)}, ()),
    ("case-Delta.KOR", 6, "10:00", "r1", None, {"KOR": 2, "JPN": 1}, {"KOR": ("p-Kortwo",)}, ()),
    ("x-mixed", 5, "15:00", "r1", None, {"KOR": 1, "KHM": 1, "JPN": 1}, {"KOR": ("p-Korone",), "KHM": ("p-Khmtwo",)}, ("i-km",)),
    ("x-free", 6, "09:00", "r2", None, {"THA": 1, "POL-X": 1}, {"POL-X": ("p-Polone",)}, ()),
)  # fmt: skip


def plan(given: Scenario | None = None) -> Plan:
    """Return a plan of the scenario; cases Echo and India and the session about Juliet and Kilo are left out."""
    given = given or scenario()
    formed = {session.id: session for session in form_sessions(given)}
    placements = []
    for name, day, clock, room, table, teams, delegates, interpreters in _HELD:
        start = moment(day, clock)
        placements.append(
            Placement(
                session=name,
                uid=session_uid("demo", given.conference.domain, name),
                sequence=3 if name == "case-Alpha" else 0,
                start=start,
                end=start + timedelta(minutes=formed[name].length_minutes),
                room=room,
                table=table,
                teams=teams,
                delegates=delegates,
                interpreters=interpreters,
                working_language="en",
                cases=formed[name].cases,
                leads=formed[name].leads,
            )
        )
    return Plan(
        conference="demo",
        scenario_hash=given.hash,
        versions=Versions(planner="0", ortools="9", python="3"),
        seed=90210,
        options=Options(seed=90210, workers=1),
        created_at=datetime(2026, 1, 20, 9, 30, 15, tzinfo=UTC),
        status=Status.feasible,
        tiers=(TierReport(name="held", status=Status.feasible, value=77, bound=76, seconds=1.5),),
        placements=tuple(placements),
        unplaced=(
            Unplaced(session="case-Echo", priority=3, reason="Reasonecho: Sunland is busy"),
            Unplaced(session="case-India", priority=2, reason="Reasonindia"),
            Unplaced(session="x-late", priority=2, reason="Reasonlate"),
        ),
        costs=(RuleCost(rule="idle", tier="quality", level=Level.soft, count=4, weight=2, cost=8),),
    )
