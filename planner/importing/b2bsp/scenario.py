"""An instance of the benchmark as an ordinary scenario: one day, one room of tables, and breaks to be few and fair."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from planner.importing.b2bsp.instance import Instance, Meeting
from planner.rules import CATALOGUE, Kind, Level
from planner.scenario import (
    Conference,
    Day,
    Delegation,
    ExplicitSession,
    Organiser,
    Pin,
    Room,
    RuleId,
    RuleSetting,
    Scenario,
)
from planner.values import Window

_OPENS = datetime.combine(date(2022, 5, 2), time(8))
_SLOT = timedelta(minutes=30)
_NEVER = Window(start=_OPENS, end=_OPENS + timedelta(minutes=1))
"""A window too short for any session; no windows at all would mean always."""
_MOST_TABLES = 1000


def scenario_of(instance: Instance, name: str, fairness: int = 2) -> Scenario:
    """Return the scenario of an instance.

    Participants are delegations ``p1``, ``p2`` and so on, in the order of the file, and meetings are sessions ``m1``, ``m2``
    and so on. Its best plans have as many breaks as the published optimum, and it is infeasible when the instance is.

    Args:
        instance: as ``parse_instance`` returns it.
        name: title of the conference, and in plain letters its id.
        fairness: the largest difference allowed between the breaks of two participants.
    """
    sessions = tuple(_session(number, meeting, instance) for number, meeting in enumerate(instance.meetings))
    return Scenario(
        conference=_conference(instance, name),
        rooms=tuple(_rooms(instance)),
        delegations=tuple(
            Delegation(
                id=f"p{number}",
                kind="organisation",
                name=f"Participant {number}",
                languages=("en",),
                team_size=1,
                windows=_windows(slot not in forbidden for slot in range(instance.slots)) if forbidden else (),
            )
            for number, forbidden in enumerate(instance.forbidden, start=1)
        ),
        sessions=sessions,
        pins=tuple(
            Pin(session=session.id, start=_OPENS + slot * _SLOT)
            for session, slot in zip(sessions, instance.fixed, strict=True)
            if slot is not None
        ),
        rules=_rules(fairness),
    )


def _conference(instance: Instance, name: str) -> Conference:
    title = re.sub(r"\s+", " ", "".join(char if char.isprintable() else " " for char in name)).strip()[:500]
    return Conference(
        id=re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-_")[:64] or "b2bsp",
        title=title or "B2B meetings",
        venue="Tables",
        time_zone="UTC",
        organiser=Organiser(name="Organiser", mail="organiser@b2bsp.example"),
        days=(Day(date=_OPENS.date(), opens=_OPENS.time(), closes=(_OPENS + instance.slots * _SLOT).time()),),
        grid_minutes=_SLOT // timedelta(minutes=1),
        working_languages=("en",),
    )


def _rooms(instance: Instance) -> Iterable[Room]:
    """One room with all tables; more rooms when one may not have so many, and as many tables as can be used at once."""
    left = instance.tables
    if left > _MOST_TABLES:
        left = min(left, max(1, instance.participants // 2))
    number = 0
    while left > 0:
        number += 1
        name = "tables" if number == 1 else f"tables-{number}"
        yield Room(id=name, name=name.capitalize(), seats=2, count=min(left, _MOST_TABLES))
        left -= _MOST_TABLES


def _session(number: int, meeting: Meeting, instance: Instance) -> ExplicitSession:
    one, other = f"p{meeting.one + 1}", f"p{meeting.other + 1}"
    windows: tuple[Window, ...] = ()
    if meeting.half in (1, 2):
        windows = _windows((slot < instance.morning_slots) == (meeting.half == 1) for slot in range(instance.slots))
    return ExplicitSession(
        id=f"m{number + 1}",
        title=f"{one} and {other}",
        required=(one, other),
        minutes=_SLOT // timedelta(minutes=1),
        windows=windows,
        after=tuple(f"m{earlier + 1}" for earlier, later in instance.precedences if later == number),
    )


def _windows(allowed: Iterable[bool]) -> tuple[Window, ...]:
    """The unbroken runs of allowed slots; when there are none, a window too short for any session."""
    runs: list[list[int]] = []
    for slot, is_allowed in enumerate(allowed):
        if is_allowed and runs and runs[-1][1] == slot:
            runs[-1][1] = slot + 1
        elif is_allowed:
            runs.append([slot, slot + 1])
    return tuple(Window(start=_OPENS + first * _SLOT, end=_OPENS + end * _SLOT) for first, end in runs) or (_NEVER,)


def _rules(fairness: int) -> dict[RuleId, RuleSetting]:
    """Everything is held, breaks are few and fair, and nothing else is wished for."""
    rules = {RuleId(rule.id): RuleSetting(level=Level.off) for rule in CATALOGUE if rule.kind is Kind.wish}
    return rules | {
        RuleId("buffer"): RuleSetting(level=Level.off),
        RuleId("held"): RuleSetting(level=Level.hard, parameters={"at_most": 0}),
        RuleId("breaks"): RuleSetting(level=Level.soft, weight=1),
        RuleId("fair-breaks"): RuleSetting(level=Level.hard, parameters={"at_most": fairness}),
    }
