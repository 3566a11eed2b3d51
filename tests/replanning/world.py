"""A conference of two days whose plan is changed in its first morning, at 10:05 on 5 February 2026.

By then ``case-1`` is over, and the first of two sittings of ``case-6`` is under way. ``case-3`` and ``case-4`` are met
together. ``lead-2`` of ``case-2`` is shared by Cambodia with Japan, and not with Korea, which leads the case.
"""

from __future__ import annotations

from datetime import datetime

from planner.applying import apply_changes
from planner.changes import Changes
from planner.changes_file import parse_changes
from planner.scenario import Scenario
from tests.verify.build import (
    Spot,
    block,
    case,
    conference,
    delegate,
    delegation,
    interpreter,
    meeting,
    moment,
    plan,
    room,
    scenario,
)

NOW = datetime.fromisoformat(moment("5 10:05"))
SCENARIO = scenario(
    conference=conference(working_languages=["en"]),
    blocks=[block("lunch", "5 13:00", "5 14:00", kind="lunch"), block("welcome", "5 08:00", "5 09:00")],
    rooms=[room("A", features=["video"]), room("B", seats=8), room("hall", count=3, seats=5)],
    delegations=[
        delegation("KOR", teams=2, delegates=[delegate("kor-1"), delegate("kor-2", officer_of=["case-2"])]),
        delegation("JPN", delegates=[delegate("jpn-1")]),
        delegation("KHM", languages=["km"], delegates=[delegate("khm-1")]),
        delegation("THA", delegates=[delegate("tha-1", officer_of=["case-5"])]),
    ],
    interpreters=[interpreter("int-1", ("en", "km"))],
    cases=[
        case("case-1", leads=[{"id": "lead-1", "title": "Wallet"}]),
        case(
            "case-2",
            required=["JPN", "KHM"],
            optional=["THA"],
            leads=[{"id": "lead-2", "title": "Parcel", "shared_by": "KHM", "shared_with": ["JPN"]}],
        ),
        case("case-3", leader="JPN", required=["KHM"], minutes=30),
        case("case-4", leader="KHM", required=["JPN"], minutes=30),
        case("case-5", leader="KOR", required=["THA", "KHM"], format="any", minutes=30),
        case("case-6", leader="THA", required=["KOR"], sittings=2),
    ],
    sessions=[meeting("brief", "KOR", "JPN", "THA", minutes=30, title="Briefing")],
)
SPOTS = (
    Spot("case-1", "5 09:00"),
    Spot("case-6", "5 10:00", "B", teams={"THA": 1, "KOR": 2}),
    Spot("case-2", "5 11:30", interpreters=("int-1",)),
    Spot("case-3", "5 15:00", "B", interpreters=("int-1",)),
    Spot("case-6.2", "6 09:00", "B"),
    Spot("case-5.all", "6 11:00", interpreters=("int-1",)),
    Spot("brief", "6 14:00"),
)
PLAN = plan(SCENARIO, *SPOTS)


def parsed(text: str) -> Changes:
    """Return the changes that a text gives for the plan of this conference."""
    return parse_changes(text, "f", SCENARIO, PLAN, NOW)


def changed(*written: str) -> Scenario:
    """Return the scenario after changes, each written on a line as in a file."""
    text = "changes:\n" + "".join(f"  - {line}\n" for line in written)
    return apply_changes(SCENARIO, PLAN, parsed(text), NOW)
