"""Makes large conferences such as trade fairs and coordination weeks, always the same for the same numbers.

A few parties lead most sessions and bring several teams, most parties have one team and few sessions. Rooms and tables are so
few that three quarters of their time is needed. All is in one building: on a grid of half an hour, a walk between two
buildings costs a whole slot. Everybody speaks English, so nobody interprets. What a plan costs is, first, sessions left out,
then twice the breaks and the idle slots.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from random import Random
from typing import Any

from planner.rules import CATALOGUE, Kind
from planner.scenario import Scenario
from tests.benchmarks.large.attendees import Attendee, Caucus, attendees, caucuses
from tests.benchmarks.large.clock import (
    BUFFER_MINUTES,
    CLOSES,
    GRID_MINUTES,
    OPENS,
    clock,
    common_blocks,
    minutes_of,
    open_slots,
)
from tests.benchmarks.large.gatherings import Gathering, gatherings

TABLE_LOAD = 0.78
ROOM_LOAD = 0.7
WAITING = ("breaks", "idle")


def large_conference(parties: int, seed: int = 1, days: int | None = None, sessions_per_party: float = 4.5) -> Scenario:
    """Return a large conference.

    Args:
        parties: number of delegations, at least 20.
        days: two for up to 150 parties, three up to 400, four up to 700, else five, if left out.
        sessions_per_party: sessions over parties; as each session has two to six parties, a party is in more of them.
    """
    random = Random(seed)
    length = days or usual_days(parties)
    asked = gatherings(parties, round(parties * sessions_per_party), random)
    held = caucuses(parties, length, random)
    there = attendees(parties, length, asked, held, random)
    width = len(str(parties))
    names = [f"P{number + 1:0{width}}" for number in range(parties)]
    return Scenario.model_validate(
        {
            "conference": _conference(parties, seed, length),
            "blocks": [*_common(length), *_caucuses(held, names)],
            "rooms": list(_rooms(asked, there, len(open_slots(length)))),
            "delegations": [
                {
                    "id": name,
                    "kind": "organisation",
                    "name": f"Party {name[1:]}",
                    "languages": ["en"],
                    "teams": attendee.teams,
                    "team_size": attendee.team_size,
                    **attendee.limits,
                }
                for name, attendee in zip(names, there, strict=True)
            ],
            "sessions": [_session(number, gathering, names) for number, gathering in enumerate(asked, 1)],
            "rules": {
                "buffer": {"parameters": {"minutes": BUFFER_MINUTES}},
                **{
                    rule.id: {"level": "off"}
                    for rule in CATALOGUE
                    if rule.kind is Kind.wish and rule.id not in ("held", *WAITING)
                },
            },
            "tiers": [{"name": "held", "rules": ["held"]}, {"name": "waiting", "rules": WAITING}],
        }
    )


def usual_days(parties: int) -> int:
    """Return how many days a conference of so many parties usually has."""
    return 2 + sum(parties > limit for limit in (150, 400, 700))


def _conference(parties: int, seed: int, days: int) -> dict[str, Any]:
    return {
        "id": f"large-{parties}-{seed}",
        "title": f"Conference of {parties} parties",
        "venue": "Exhibition centre",
        "time_zone": "Europe/Berlin",
        "organiser": {"name": "Office", "mail": "office@example.org"},
        "days": [
            {"date": clock(day, 0)[:10], "opens": f"{OPENS:%H:%M}", "closes": f"{CLOSES:%H:%M}"} for day in range(days)
        ],
        "grid_minutes": GRID_MINUTES,
        "working_languages": ["en"],
    }


def _common(days: int) -> Iterable[dict[str, Any]]:
    for name, title, kind, day, first, slots in common_blocks(days):
        room = {"room": "plenary"} if kind in ("plenary", "ceremony") else {}
        yield {
            "id": name,
            "title": title,
            "kind": kind,
            "start": clock(day, first),
            "end": clock(day, first + slots),
            **room,
        }


def _caucuses(held: list[Caucus], names: list[str]) -> Iterable[dict[str, Any]]:
    for number, caucus in enumerate(held, 1):
        yield {
            "id": f"caucus-{number}",
            "title": f"Caucus {number}",
            "kind": "plenary",
            "start": clock(caucus.day, caucus.first),
            "end": clock(caucus.day, caucus.first + 2),
            "delegations": [names[party] for party in caucus.members],
        }


def _rooms(asked: list[Gathering], there: list[Attendee], slots: int) -> Iterable[dict[str, Any]]:
    """Yield tables for four and for six, rooms for twelve, and larger ones, each as many as the sessions need at the load."""
    needed = dict.fromkeys(("four", "six", "twelve", "large", "video", "secure-line"), 0)
    for gathering in asked:
        seats = sum(there[party].team_size for party in gathering.parties)
        size = "four" if seats <= 4 else "six" if seats <= 6 else "twelve" if seats <= 12 else "large"
        kind = gathering.features[0] if gathering.features else size
        needed[kind] += gathering.slots

    def enough(kind: str, load: float) -> int:
        return ceil(needed[kind] / (load * slots))

    for kind, seats in (("four", 4), ("six", 6)):
        yield {
            "id": f"hall-{kind}",
            "name": f"Hall of tables for {kind}",
            "seats": seats,
            "count": max(2, enough(kind, TABLE_LOAD)),
        }
    for number in range(enough("twelve", ROOM_LOAD)):
        yield {"id": f"room-{number + 1}", "name": f"Room {number + 1}", "seats": 12}
    for number in range(enough("large", ROOM_LOAD) - 1):
        yield {"id": f"large-{number + 1}", "name": f"Large room {number + 1}", "seats": 24}
    for feature in ("video", "secure-line"):
        for number in range(enough(feature, ROOM_LOAD)):
            yield {
                "id": f"{feature}-{number + 1}",
                "name": f"Room {feature} {number + 1}",
                "seats": 20,
                "features": [feature],
            }
    yield {"id": "plenary", "name": "Plenary hall", "seats": 40, "features": ["video", "secure-line"]}


def _session(number: int, gathering: Gathering, names: list[str]) -> dict[str, Any]:
    optional = [] if gathering.optional is None else [names[gathering.optional]]
    return {
        "id": f"s{number}",
        "title": f"Session {number}",
        "required": [names[party] for party in gathering.parties],
        "optional": optional,
        "minutes": minutes_of(gathering.slots),
        "priority": gathering.priority,
        "features": gathering.features,
    }
