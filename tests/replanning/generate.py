"""Seeded sets of changes over a scenario and its plan, all of them possible; for tests and for measurements."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from planner.applying import begin
from planner.applying.spans import opening_hours
from planner.changes import Changes
from planner.changes_file import parse_changes
from planner.changes_file.item import KINDS
from planner.errors import InputError
from planner.formation import form_sessions
from planner.plan import Plan
from planner.scenario import Scenario

Written = dict[str, Any]
_TRIES = 40


@dataclass(frozen=True)
class ChangeSet:
    """What changes at one moment."""

    seed: int
    now: datetime
    changes: Changes

    def __str__(self) -> str:
        return f"{self.seed}: {', '.join(change.kind for change in self.changes.changes)} at {self.now:%d %H:%M}"


def change_set(
    scenario: Scenario,
    plan: Plan,
    seed: int,
    *,
    kinds: Sequence[str] = (),
    size: int = 1,
    after: datetime | None = None,
) -> ChangeSet | None:
    """Return a set of changes that can be made; None when no change of these kinds was found for the seed.

    Args:
        scenario: the one that the plan was made from.
        plan: what people were told.
        seed: the same seed gives the same set.
        kinds: from which the kinds are drawn; all of them, if empty.
        size: how many changes are wanted; there may be fewer.
        after: the moment is not before this one.
    """
    random = Random(seed)
    now = _moment(scenario, plan, random, after)
    drawing = _Drawing(begin(scenario, plan, now), random)
    found: list[Written] = []
    changes: Changes | None = None
    for _ in range(_TRIES):
        written = drawing.change(random.choice(sorted(kinds or KINDS)))
        if written is None:
            continue
        try:
            text = json.dumps({"changes": [*found, written]}, default=_shown)
            changes = parse_changes(text, "generated", scenario, plan, now)
        except InputError:
            continue
        found.append(written)
        if len(found) == size:
            break
    return None if changes is None else ChangeSet(seed, now, changes)


def _moment(scenario: Scenario, plan: Plan, random: Random, after: datetime | None) -> datetime:
    """Return a moment from an hour before the first opening to the last start that somebody was told."""
    zone = ZoneInfo(scenario.conference.time_zone)
    starts = [placement.start.astimezone(zone).replace(tzinfo=None) for placement in plan.placements]
    first = after or opening_hours(scenario)[0].start - timedelta(hours=1)
    minutes = max(0, (max(starts, default=first) - first) // timedelta(minutes=5) - 1)
    return first + timedelta(minutes=5 * random.randint(0, minutes))


def _shown(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


class _Drawing:
    """Draws changes that are likely to be possible."""

    def __init__(self, scenario: Scenario, random: Random) -> None:
        assert scenario.replanning is not None
        self.scenario, self.random = scenario, random
        self.now = scenario.replanning.now
        past = {past.session for past in scenario.replanning.past}
        self.to_come = [session for session in form_sessions(scenario) if session.id not in past]
        coming = {name for session in self.to_come for name in session.cases}
        self.cases = [case for case in scenario.cases if case.id in coming and not case.withdrawn]
        self.leads = [lead for case in self.cases for lead in case.leads if not lead.withdrawn]

    def change(self, kind: str) -> Written | None:
        """Return a change of a kind as it would be written; None when there is nothing to change."""
        fields = self._draw(kind)
        return None if fields is None else {"kind": kind, **fields}

    def _draw(self, kind: str) -> Written | None:
        draws: dict[str, Callable[[], Written]] = {
            "arrives-late": lambda: {"delegation": self._delegation(), "at": self._later()},
            "leaves-early": lambda: {"delegation": self._delegation(), "at": self._later()},
            "withdraws": lambda: {"delegation": self._delegation()},
            "team-away": self._team_away,
            "team-added": lambda: {"delegation": self._delegation()},
            "delegate-away": lambda: {"delegate": self._delegate(), **self._span()},
            "room-lost": self._room_lost,
            "interpreter-away": lambda: {"interpreter": self._any(self.scenario.interpreters).id, **self._span()},
            "case-added": self._case_added,
            "case-withdrawn": lambda: {"case": self._any(self.cases).id},
            "case-priority": lambda: {"case": self._any(self.cases).id, "priority": self.random.randint(1, 4)},
            "lead-added": lambda: {"case": self._any(self.cases).id, "lead": self._new("lead", "New lead")},
            "lead-withdrawn": lambda: {"lead": self._any(self.leads).id},
            "lead-priority": lambda: {"lead": self._any(self.leads).id, "priority": self.random.randint(1, 4)},
            "party-joins": self._party_joins,
            "party-leaves": self._party_leaves,
            "session-pinned": lambda: {"session": self._any(self.to_come).id},
            "session-unpinned": lambda: {"session": self._any(self.scenario.pins).session},
            "session-moved": self._session_moved,
            "session-cancelled": lambda: {"session": self._any(self.to_come).id},
            "sitting-added": lambda: {"case": self._any(self.scenario.cases).id},
            "block-moved": self._block_moved,
        }
        try:
            return draws[kind]()
        except IndexError:
            return None

    def _any(self, things: Sequence[Any]) -> Any:
        return self.random.choice(things)

    def _delegation(self) -> str:
        return str(self._any([name for session in self.to_come for name in session.parties]))

    def _delegate(self) -> str:
        officers = [name for session in self.to_come for name in session.officers]
        people = [delegate.id for delegation in self.scenario.delegations for delegate in delegation.delegates]
        return str(self._any(officers or people))

    def _later(self) -> datetime:
        """Return a moment of opening hours after now."""
        moments = [
            opens + timedelta(minutes=30 * step)
            for opens, closes in opening_hours(self.scenario)
            for step in range((closes - opens) // timedelta(minutes=30))
            if opens + timedelta(minutes=30 * step) > self.now
        ]
        return datetime.fromisoformat(_shown(self._any(moments)))

    def _span(self) -> Written:
        """Return from now on, for the rest, both, or a time in between."""
        start = self._later()
        hours = timedelta(hours=self.random.randint(1, 5))
        spans: list[Written] = [{}, {"end": start + hours}, {"start": start}, {"start": start, "end": start + hours}]
        return self.random.choice(spans)

    def _new(self, kind: str, title: str) -> Written:
        return {"id": f"new-{kind}-{self.random.randint(1, 10**6)}", "title": title}

    def _team_away(self) -> Written:
        name = self._delegation()
        teams = next(each.teams for each in self.scenario.delegations if each.id == name)
        return {"delegation": name, "team": self.random.randint(1, teams), **self._span()}

    def _room_lost(self) -> Written:
        room = self._any(self.scenario.rooms)
        lost = {"features": [self._any(room.features)]} if room.features and self.random.random() < 0.5 else {}
        return {"room": room.id, **self._span(), **lost}

    def _case_added(self) -> Written:
        like = self._any(self.cases)
        return {
            "case": {
                **self._new("case", "New case"),
                "leader": like.leader,
                "required": [name for name in like.parties if name != like.leader][:2],
                "priority": self.random.randint(1, 3),
                "minutes": self._any([25, 50]),
            }
        }

    def _party_joins(self) -> Written:
        case = self._any(self.cases)
        outside = [each.id for each in self.scenario.delegations if each.id not in case.parties]
        return {"case": case.id, "delegation": self._any(outside), "role": self._any(["required", "optional"])}

    def _party_leaves(self) -> Written:
        case = self._any([case for case in self.cases if len(case.parties) > 2])
        return {"case": case.id, "delegation": self._any(case.parties[1:])}

    def _session_moved(self) -> Written:
        session = self._any(self.to_come)
        room = {"room": self._any(self.scenario.rooms).id} if self.random.random() < 0.5 else {}
        return {"session": session.id, "start": self._later(), **room}

    def _block_moved(self) -> Written:
        block = self._any([block for block in self.scenario.blocks if block.start > self.now])
        return {"block": block.id, "start": block.start + timedelta(minutes=30 * self._any([-2, -1, 1, 2]))}
