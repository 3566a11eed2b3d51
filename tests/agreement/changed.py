"""Generated scenarios whose plan is being changed: something has started, something was told, something is different now."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from functools import cache

from planner.plan import Plan
from planner.recording import record_of
from planner.scenario import Scenario
from tests.agreement.frame import Data
from tests.agreement.generate import generate
from tests.agreement.making import is_consistent
from tests.agreement.readings import plan_of, solved


@cache
def generate_changed(seed: int) -> Scenario | None:
    """Return the scenario of a seed after a change of its plan; None when it had no plan."""
    before = generate(seed)
    problem, answer = solved(before)
    if answer.solution is None:
        return None
    plan = plan_of(before, problem, answer.solution)
    return changed(before, plan, random.Random(f"change of {seed}"))


def changed(before: Scenario, plan: Plan, rng: random.Random) -> Scenario:
    """Return a scenario with the record of its plan at some moment, and with a few things that differ from then on."""
    now = _moment(before, rng)
    record = record_of(before, plan, now)
    movable = [*(delegation.id for delegation in before.delegations), *(one.id for one in before.interpreters)]
    record = record.model_copy(update={"moved": tuple(name for name in movable if rng.random() < 0.3)})
    given = before.model_copy(update={"replanning": record, "pins": ()})
    while True:
        data = given.model_dump()
        for change in (_absences, _outages, _cap, _late, _withdrawn, _cancelled, _weights):
            if rng.random() < 0.35:
                change(data, now, rng)
        if is_consistent(data):
            return Scenario.model_validate(data)


def _moment(scenario: Scenario, rng: random.Random) -> datetime:
    """A moment from half an hour before the first day opens to the end of the last."""
    days = sorted(scenario.conference.days, key=lambda day: day.date)
    first = datetime.combine(days[0].date, days[0].opens) - timedelta(minutes=30)
    last = datetime.combine(days[-1].date, days[-1].closes)
    day = rng.choice(days)
    start, end = (datetime.combine(day.date, moment) for moment in (day.opens, day.closes))
    moment = start + timedelta(minutes=5) * rng.randint(-6, (end - start) // timedelta(minutes=5))
    return min(max(moment, first), last)


def _absences(data: Data, now: datetime, rng: random.Random) -> None:
    delegation = rng.choice(data["delegations"])
    absence = {
        "team": rng.randint(1, delegation["teams"]),
        "start": now,
        "end": now + timedelta(hours=rng.randint(1, 6)),
    }
    delegation["absences"] = [absence]


def _outages(data: Data, now: datetime, rng: random.Random) -> None:
    room = rng.choice(data["rooms"])
    if room["features"]:
        lost = [rng.choice(room["features"])]
        room["outages"] = [{"features": lost, "start": now, "end": now + timedelta(hours=rng.randint(1, 6))}]


def _cap(data: Data, now: datetime, rng: random.Random) -> None:
    for delegation in data["delegations"]:
        delegation["most_changes"] = rng.choice((None, 0, 0, 1, 2))


def _late(data: Data, now: datetime, rng: random.Random) -> None:
    rng.choice(data["delegations"])["arrival"] = now + timedelta(minutes=rng.choice((30, 60, 120)))


def _withdrawn(data: Data, now: datetime, rng: random.Random) -> None:
    matter = rng.choice(data["cases"])
    if matter["leads"] and rng.random() < 0.5:
        matter = rng.choice(matter["leads"])
    matter["withdrawn"] = True


def _cancelled(data: Data, now: datetime, rng: random.Random) -> None:
    told = data["replanning"]["told"]
    if told:
        data["cancelled"] = [rng.choice(told)["session"]]


def _weights(data: Data, now: datetime, rng: random.Random) -> None:
    draw = rng.choice
    data["rules"]["disturbance"] = {
        "parameters": {
            "time": draw((0, 3, 9)),
            "room": draw((0, 2, 5)),
            "near_hours": draw((0, 2, 8)),
            "again": draw((0, 3)),
        }
    }
    data["rules"]["notice"] = {"parameters": {"minutes": draw((0, 60, 180))}}
    if rng.random() < 0.4:
        data["rules"][draw(("past-kept", "most-changes"))] = {"level": draw(("soft", "off"))}
    if rng.random() < 0.3:
        wish = draw(("notice", "disturbance"))
        data["rules"][wish] = {**data["rules"][wish], "level": "hard"}
        data["rules"][wish]["parameters"] = {**data["rules"][wish]["parameters"], "at_most": draw((0, 5, 40))}
