"""Conferences whose plan changes at random, version by version; the plans need not satisfy the rules.

What has started stays; everything else may change, be cancelled, or come back.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from planner.plan import Placement, Plan, session_uid
from planner.record import Replanning
from planner.revisions import revise
from planner.scenario import Scenario
from tests.readers import conference

START = datetime(2026, 2, 4, 18, tzinfo=conference.SEOUL)
STEP = timedelta(hours=2)


@dataclass(frozen=True, eq=False)
class Version:
    """A version that was published."""

    scenario: Scenario
    plan: Plan

    @property
    def pair(self) -> tuple[Scenario, Plan]:
        """Scenario and plan, as functions take them."""
        return self.scenario, self.plan

    @property
    def now(self) -> datetime | None:
        """The moment of the change; None for the first version."""
        replanning = self.scenario.replanning
        return None if replanning is None else replanning.now.replace(tzinfo=conference.SEOUL)


def scenario(**of_conference: Any) -> Scenario:
    """Return the conference by hand, in which some readers have a mail address and some have none."""
    given = conference.scenario()
    delegations = tuple(
        item.model_copy(
            update={
                "mail": None if item.id in ("KHM", "LAO") else f"{item.id.lower()}@missions.example",
                "delegates": tuple(
                    person.model_copy(update={"mail": f"{person.id.lower()}@people.example"} if at % 2 == 0 else {})
                    for at, person in enumerate(item.delegates)
                ),
            }
        )
        for item in given.delegations
    )
    interpreters = (given.interpreters[0].model_copy(update={"mail": "i.km@people.example"}), given.interpreters[1])
    return given.model_copy(
        update={
            "delegations": delegations,
            "interpreters": interpreters,
            "conference": given.conference.model_copy(update=of_conference),
        }
    )


def plan(given: Scenario) -> Plan:
    """Return the plan by hand, with SEQUENCE 0 and every delegation present listed."""
    found = conference.plan(given)
    secret = given.conference.secret or ""
    placements = tuple(
        item.model_copy(
            update={
                "uid": session_uid("demo", given.conference.domain, item.session, secret),
                "sequence": 0,
                "delegates": {name: item.delegates.get(name, ()) for name in item.teams},
            }
        )
        for item in found.placements
    )
    return found.model_copy(update={"placements": placements})


def first(given: Scenario) -> Version:
    """Return the first version that is published of a scenario."""
    return Version(given, revise(given, plan(given), None))


def follow(before: Version, placements: dict[str, Placement], hours: float = 24, **of_scenario: Any) -> Version:
    """Return the version that is published after another, some hours later, with these placements and changes.

    By the clock of the conference it is the evening before, or two hours after the version before.
    """
    now = START if before.now is None else before.now + STEP
    changed = before.scenario.model_copy(update={"replanning": Replanning(now=now.replace(tzinfo=None)), **of_scenario})
    fresh = before.plan.model_copy(
        update={
            "placements": tuple(sorted(placements.values(), key=lambda item: (item.start, item.session))),
            "created_at": before.plan.created_at + timedelta(hours=hours),
            "revisions": (),
        }
    )
    return Version(changed, revise(changed, fresh, before.pair))


@cache
def history(seed: int, changes: int = 10) -> tuple[Version, ...]:
    """Return the versions of one conference: the first, and so many random changes of it."""
    rng = random.Random(seed)
    versions = [first(scenario(secret="hush") if seed % 2 else scenario())]
    pool = {item.session: item for item in versions[0].plan.placements}
    for _ in range(changes):
        before = versions[-1]
        editor = _Editor(rng, before, pool)
        for _ in range(rng.randint(2, 8)):
            rng.choice(editor.edits)()
        versions.append(follow(before, editor.placements, **editor.of_scenario))
        pool |= {item.session: item for item in versions[-1].plan.placements}
    return tuple(versions)


class _Editor:
    """Changes one version at random."""

    def __init__(self, rng: random.Random, before: Version, pool: dict[str, Placement]) -> None:
        self.rng = rng
        self.now = START if before.now is None else before.now + STEP
        self.given = before.scenario
        self.pool = pool
        self.ledger = before.plan.revisions
        self.placements = {item.session: item for item in before.plan.placements}
        self.of_scenario: dict[str, Any] = {}
        self.edits: list[Callable[[], None]] = [
            self.move,
            self.move,
            self.room,
            self.table,
            self.language,
            self.delegation,
            self.delegation,
            self.delegate,
            self.delegate,
            self.interpreter,
            self.interpreter,
            self.come_back,
            self.come_back,
            self.come_back,
            self.cancel,
            self.cancel,
            self.revive,
            self.revive,
            self.block,
            self.block,
            self.rename,
        ]

    def _any(self) -> Placement | None:
        to_come = [item for item in self.placements.values() if item.start > self.now]
        return self.rng.choice(to_come) if to_come else None

    def _change(self, item: Placement | None, **changes: Any) -> None:
        if item is not None:
            self.placements[item.session] = item.model_copy(update=changes)

    def move(self) -> None:
        item = self._any()
        if item is not None:
            self._later(item)

    def _later(self, item: Placement) -> None:
        start = self.now + timedelta(minutes=30 * self.rng.randint(1, 60))
        self._change(item, start=start, end=start + (item.end - item.start))

    def room(self) -> None:
        self._change(self._any(), room=self.rng.choice(["r1", "r2"]), table=None)

    def table(self) -> None:
        self._change(self._any(), room="hall", table=self.rng.randint(1, 3))

    def language(self) -> None:
        self._change(self._any(), working_language=self.rng.choice(["en", "fr"]))

    def delegation(self) -> None:
        item = self._any()
        if item is None:
            return
        name = self.rng.choice(self.given.delegations).id
        if name in item.teams and len(item.teams) > 1:
            kept = [other for other in item.teams if other != name]
            changes = {
                "teams": {other: item.teams[other] for other in kept},
                "delegates": {other: item.delegates[other] for other in kept},
            }
        else:
            changes = {"teams": {**item.teams, name: 1}, "delegates": {**item.delegates, name: ()}}
        self._change(item, **changes)

    def delegate(self) -> None:
        item = self._any()
        people = [
            (person.id, owner.id)
            for owner in self.given.delegations
            for person in owner.delegates
            if item is not None and owner.id in item.teams
        ]
        if item is not None and people:
            name, owner = self.rng.choice(people)
            self._change(item, delegates={**item.delegates, owner: _toggled(item.delegates[owner], name)})

    def interpreter(self) -> None:
        item = self._any()
        if item is not None:
            name = self.rng.choice(self.given.interpreters).id
            self._change(item, interpreters=_toggled(item.interpreters, name))

    def come_back(self) -> None:
        """Let somebody who left a session that goes on come back to it."""
        gone = [
            (self.placements[item.entry], copy.reader)
            for item in self.ledger
            for copy in item.copies
            if copy.left and item.entry in self.placements and self.placements[item.entry].start > self.now
        ]
        if not gone:
            return
        item, reader = self.rng.choice(gone)
        kind, _, name = reader.partition("/")
        home = {person.id: owner.id for owner in self.given.delegations for person in owner.delegates}
        if kind == "interpreter" and name not in item.interpreters:
            self._change(item, interpreters=(*item.interpreters, name))
        if kind == "delegation" and name not in item.teams:
            self._change(item, teams={**item.teams, name: 1}, delegates={**item.delegates, name: ()})
        if kind == "delegate" and name not in item.delegates.get(home[name], ()):
            listed = (*item.delegates.get(home[name], ()), name)
            teams = {**item.teams, home[name]: item.teams.get(home[name], 1)}
            self._change(item, teams=teams, delegates={**item.delegates, home[name]: listed})

    def cancel(self) -> None:
        item = self._any()
        if item is not None:
            del self.placements[item.session]

    def revive(self) -> None:
        gone = [item for name, item in self.pool.items() if name not in self.placements]
        if gone:
            item = self.rng.choice(gone)
            self.placements[item.session] = item
            if item.start <= self.now or self.rng.random() < 0.5:
                self._later(item)

    def block(self) -> None:
        """Move, cancel, restore or narrow a block that is to come."""
        blocks = list(self.of_scenario.get("blocks", self.given.blocks))
        known = {block.id: block for block in conference.scenario().blocks}
        name = self.rng.choice(["b-open", "b-pray", "b-visit", "b-visit"])
        at = next((at for at, block in enumerate(blocks) if block.id == name), None)
        if at is None:
            if known[name].start > self.now.replace(tzinfo=None):
                blocks.append(known[name])
        elif blocks[at].start > self.now.replace(tzinfo=None):
            match self.rng.randint(1, 3):
                case 1:
                    del blocks[at]
                case 2:
                    later = timedelta(minutes=30)
                    update = {"start": blocks[at].start + later, "end": blocks[at].end + later}
                    blocks[at] = blocks[at].model_copy(update=update)
                case _:
                    some = self.rng.choice([None, ("JPN",), ("KHM", "KOR")])
                    blocks[at] = blocks[at].model_copy(update={"delegations": some})
        self.of_scenario["blocks"] = tuple(blocks)

    def rename(self) -> None:
        delegations = list(self.of_scenario.get("delegations", self.given.delegations))
        at = self.rng.randrange(len(delegations))
        delegations[at] = delegations[at].model_copy(update={"name": f"Renamed {self.rng.randint(1, 99)}"})
        self.of_scenario["delegations"] = tuple(delegations)


def _toggled(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(other for other in names if other != name) if name in names else (*names, name)
