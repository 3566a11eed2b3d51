"""What the verifier says of each demand: who, what, when. One plan for each, with every kind of wrong in it."""

from __future__ import annotations

from typing import Any

import pytest

from planner.rules import CATALOGUE, Kind
from planner.verify import verify
from tests.verify.build import (
    Data,
    Spot,
    block,
    case,
    conference,
    day,
    delegate,
    delegation,
    interpreter,
    meeting,
    moment,
    plan,
    room,
    scenario,
    window,
)

AT_NINE = "s (2026-02-05 09:00–10:00)"
AT_HALF = "t (2026-02-05 09:30–10:30)"
AT_TEN = "t (2026-02-05 10:00–11:00)"
KOR_TWICE: Data = {"sessions": [meeting("s", "KOR"), meeting("t", "KOR")]}


def _told(session: str, start: str) -> Data:
    """An hour of KOR and JPN in room A, as people know it."""
    day, clock = start.split()
    end = f"{day} {int(clock[:2]) + 1:02}{clock[2:]}"
    teams = {"KOR": 1, "JPN": 1}
    return {"session": session, **window(start, end), "room": "A", "teams": teams, "delegates": {}, "language": "en"}


def _past(session: str, start: str) -> Data:
    formed = {"chain": session, "leader": "KOR", "required": ["JPN"], "minutes": 60, "classification": "open"}
    return {**_told(session, start), "formed": formed}


SAID: list[tuple[str, Data, list[Spot], list[str]]] = [
    (
        "formation",
        {
            "cases": [
                case("c", required=["JPN", "KHM"], format="any"),
                case("d", leads=[{"id": "l", "title": "L"}]),
            ],
            "sessions": [meeting("s", cases=["d"]), meeting("t", cases=["d"])],
        },
        [Spot("c.all", "5 09:00"), Spot("c.JPN", "5 11:00")],
        ["c is held both together and apart", "d is in 2 session chains", "l of d is in 2 session chains"],
    ),
    (
        "hours",
        {"conference": conference(days=[day("2026-02-05")]), "sessions": [meeting("s", minutes=600)]},
        [Spot("s", "5 16:00")],
        [
            "s (2026-02-05 16:00–2026-02-06 02:00) does not start on the grid within the opening hours of one day, "
            "or ends after closing"
        ],
    ),
    (
        "windows",
        {
            "rooms": [room("A", windows=[window("6 09:00", "6 10:00")])],
            "delegations": [
                delegation("KOR", arrival=moment("5 09:30"), departure=moment("5 09:45")),
                delegation("JPN", windows=[window("6 09:00", "6 10:00")]),
            ],
            "sessions": [meeting("s")],
        },
        [Spot("s", "5 09:00")],
        [
            f"{AT_NINE} starts before KOR arrives (2026-02-05 09:30)",
            f"{AT_NINE} ends after KOR departs (2026-02-05 09:45)",
            f"{AT_NINE} is not within a window of delegation JPN",
            f"{AT_NINE} is not within a window of room A",
        ],
    ),
    (
        "blocks",
        {
            "interpreters": [interpreter("mia")],
            "blocks": [
                block("opening", "5 09:30", "5 11:00", room="A", blocks=["delegations", "room", "interpreters"]),
            ],
            "sessions": [meeting("s")],
        },
        [Spot("s", "5 09:00", interpreters=("mia",))],
        [f"{AT_NINE} runs during Opening (2026-02-05 09:30–11:00), which holds KOR, JPN, room A, mia"],
    ),
    (
        "team-one-place",
        KOR_TWICE,
        [Spot("s", "5 09:00"), Spot("t", "5 09:30", "B")],
        [f"team KOR/1 is in {AT_NINE} and in {AT_HALF}"],
    ),
    (
        "officer-one-place",
        {**KOR_TWICE, "delegations": [delegation("KOR", delegates=[delegate("ann")])]},
        [
            Spot("s", "5 09:00", delegates={"KOR": ("ann",)}),
            Spot("t", "5 09:30", "B", delegates={"KOR": ("ann",)}),
        ],
        [f"delegate ann is in {AT_NINE} and in {AT_HALF}"],
    ),
    (
        "officer-present",
        {
            "delegations": [delegation("KOR", teams=2, delegates=[delegate("ann", team=2)]), delegation("JPN")],
            "sessions": [meeting("s", officers=["ann"])],
        },
        [Spot("s", "5 09:00", delegates={"KOR": ()})],
        [
            f"ann is an officer of {AT_NINE} and is not sent with KOR",
            f"ann is of team KOR/2, and KOR/1 is sent to {AT_NINE}",
        ],
    ),
    (
        "interpreter-one-place",
        {**KOR_TWICE, "interpreters": [interpreter("mia")]},
        [Spot("s", "5 09:00", interpreters=("mia",)), Spot("t", "5 09:30", "B", interpreters=("mia",))],
        [f"interpreter mia is in {AT_NINE} and in {AT_HALF}"],
    ),
    (
        "room-one-session",
        {**KOR_TWICE, "rooms": [room("T", count=2)]},
        [Spot("s", "5 09:00", "T"), Spot("t", "5 09:30", "T")],
        [
            f"{AT_NINE} has table None of Room T, which has tables 1 to 2",
            f"{AT_HALF} has table None of Room T, which has tables 1 to 2",
        ],
    ),
    (
        "seats",
        {"rooms": [room("A", seats=3)], "sessions": [meeting("s")]},
        [Spot("s", "5 09:00")],
        [f"{AT_NINE} needs 4 seats and Room A has 3"],
    ),
    (
        "features",
        {"rooms": [room("A", features=["video"])], "sessions": [meeting("s", features=["line", "video", "booth"])]},
        [Spot("s", "5 09:00")],
        [f"{AT_NINE} needs line, booth, which Room A lacks"],
    ),
    (
        "clearance",
        {"interpreters": [interpreter("mia")], "sessions": [meeting("s", "KOR", classification="secret")]},
        [Spot("s", "5 09:00", interpreters=("mia",))],
        [f"{AT_NINE} is secret, for which KOR, mia, room A is not cleared"],
    ),
    (
        "attendance",
        {"sessions": [meeting("s", quorum={"of": ["JPN"], "at_least": 1})]},
        [Spot("s", "5 09:00", teams={"KOR": 1, "KHM": 1})],
        [f"{AT_NINE}: JPN is missing, 0 of at least 1 of a quorum are present, KHM is no party"],
    ),
    (
        "language",
        {"delegations": [delegation("KOR", languages=["ko"]), delegation("JPN")], "sessions": [meeting("s")]},
        [Spot("s", "5 09:00", language="fr")],
        [
            f"{AT_NINE} is held in fr, which is not its working language, "
            "and which KOR does not speak and nobody interprets for KOR, "
            "and which JPN does not speak and nobody interprets for JPN"
        ],
    ),
    (
        "buffer",
        {
            **KOR_TWICE,
            "rooms": [room("A"), room("X", building="annex")],
            "walks": [{"between": ["main", "annex"], "minutes": 10}],
        },
        [Spot("s", "5 09:00"), Spot("t", "5 10:00", "X")],
        [f"team KOR/1 needs 15 minutes between {AT_NINE} and {AT_TEN}"],
    ),
    (
        "longest-run",
        {
            **KOR_TWICE,
            "delegations": [delegation("KOR", longest_run=1)],
            "interpreters": [interpreter("mia", longest_run_minutes=110)],
        },
        [Spot("s", "5 09:00", interpreters=("mia",)), Spot("t", "5 10:00", interpreters=("mia",))],
        [
            f"team KOR/1 sits in 2 sessions from {AT_NINE} to {AT_TEN} without a pause; the limit is 1",
            f"interpreter mia works 120 minutes from {AT_NINE} to {AT_TEN} without a rest; the limit is 110",
        ],
    ),
    (
        "most-a-day",
        {**KOR_TWICE, "delegations": [delegation("KOR", most_sessions_a_day=1)]},
        [Spot("s", "5 09:00"), Spot("t", "5 12:00")],
        ["team KOR/1 sits in 2 sessions on 2026-02-05; the limit is 1"],
    ),
    (
        "sittings",
        {"cases": [case("s", sittings=4, sitting_gap_minutes=90)]},
        [Spot("s", "5 09:00"), Spot("s.2", "5 11:00"), Spot("s.4", "5 15:00")],
        [
            f"s.2 (2026-02-05 11:00–12:00) is to start at least 90 minutes after the end of {AT_NINE}",
            "s.4 (2026-02-05 15:00–16:00) is held and s.3, which it follows, is not",
        ],
    ),
    (
        "case-order",
        {"cases": [case("s", after=["t"]), case("t")]},
        [Spot("s", "5 09:00"), Spot("t", "5 10:00")],
        [f"{AT_TEN} of t ends after {AT_NINE} of s starts"],
    ),
    (
        "case-order",
        {"sessions": [meeting("s", after=["t"]), meeting("t")]},
        [Spot("s", "5 09:00"), Spot("t", "5 10:00")],
        [f"{AT_TEN} ends after {AT_NINE} starts"],
    ),
    (
        "pins",
        {
            "conference": conference(working_languages=["en", "fr"]),
            "interpreters": [interpreter("mia")],
            "sessions": [meeting("s"), meeting("t")],
            "pins": [
                {
                    "session": "s",
                    "start": moment("5 10:00"),
                    "room": "B",
                    "language": "fr",
                    "teams": {"KOR": 2, "JPN": 1},
                    "interpreters": ["mia"],
                },
                {"session": "t"},
            ],
        },
        [Spot("s", "5 09:00")],
        [
            f"{AT_NINE} is pinned and differs in start (pinned 2026-02-05 10:00), room (pinned B), "
            "language (pinned fr), team (pinned KOR/2), interpreter (pinned mia)",
            "t is pinned and not held",
        ],
    ),
    (
        "kept-apart",
        {"delegations": [delegation("KOR", not_with=["JPN"]), delegation("JPN")], "sessions": [meeting("s")]},
        [Spot("s", "5 09:00")],
        [f"{AT_NINE} brings together KOR and JPN, who are kept apart"],
    ),
    (
        "past-kept",
        {
            "sessions": [meeting("s"), meeting("t", "KOR", "KHM"), meeting("u")],
            "replanning": {"now": moment("5 09:30"), "past": [_past("s", "5 09:00"), _past("u", "5 09:30")]},
        },
        [Spot("s", "5 10:00", "B", teams={"KOR": 1, "JPN": 2}, interpreters=()), Spot("t", "5 09:00")],
        [
            "s (2026-02-05 10:00–11:00) had started by 2026-02-05 09:30 and differs in start, room, teams",
            "u had started by 2026-02-05 09:30 and is not held",
            "t (2026-02-05 09:00–10:00) starts by 2026-02-05 09:30, and had not been told so",
        ],
    ),
    (
        "most-changes",
        {
            "delegations": [delegation("KOR", most_changes=1), delegation("JPN")],
            "sessions": [meeting("s"), meeting("t")],
            "replanning": {"now": moment("5 08:00"), "told": [_told("s", "5 09:00"), _told("t", "5 11:00")]},
        },
        [Spot("s", "5 10:00"), Spot("t", "5 12:00")],
        ["KOR is told something new about 2 sessions (s, t), not 1"],
    ),
]


@pytest.mark.parametrize(("rule", "parts", "spots", "messages"), SAID, ids=[row[0] for row in SAID])
def test_what_is_said(rule: str, parts: dict[str, Any], spots: list[Spot], messages: list[str]) -> None:
    given = scenario(**parts)
    found = verify(given, plan(given, *spots)).violations
    assert [violation.message for violation in found if violation.rule == rule] == messages


def test_every_demand_is_said_something_of() -> None:
    assert [*dict.fromkeys(row[0] for row in SAID)] == [rule.id for rule in CATALOGUE if rule.kind is Kind.demand]
