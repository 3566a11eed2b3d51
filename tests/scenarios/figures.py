"""The figures that a scenario's README states, counted anew from the scenario."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path

from planner.formation import Session, form_sessions
from planner.record import Form
from planner.scenario import Delegation, Format, Role, Scenario

BUFFER_MINUTES = 5


def working_slots(scenario: Scenario) -> list[datetime]:
    """Starts of the grid slots that no block for everybody touches."""
    grid = timedelta(minutes=scenario.conference.grid_minutes)
    slots = []
    for day in scenario.conference.days:
        start = datetime.combine(day.date, day.opens)
        while start + grid <= datetime.combine(day.date, day.closes):
            if not any(
                block.start < start + grid and start < block.end
                for block in scenario.blocks
                if block.delegations is None and "delegations" in block.blocks
            ):
                slots.append(start)
            start += grid
    return slots


def slots_of(session: Session, scenario: Scenario) -> int:
    """Grid slots that a session takes with its buffer."""
    return -(-(session.length_minutes + BUFFER_MINUTES) // scenario.conference.grid_minutes)


def load(scenario: Scenario) -> dict[str, int]:
    """Percent of the working slots that a team of each delegation sits in, if everyone invited comes.

    A case whose format is open counts with the form that takes the delegation longer; sessions are shared evenly
    among the teams.
    """
    formed = form_sessions(scenario)
    slots = len(working_slots(scenario))

    def percent(delegation: Delegation) -> int:
        busy: Counter[tuple[str, Form | None]] = Counter()
        for session in formed:
            if delegation.id in session.parties:
                busy[session.chain, session.form] += slots_of(session, scenario)
        chains = {chain for chain, _ in busy}
        total = sum(max(count for (chain, _), count in busy.items() if chain == name) for name in chains)
        return round(100 * total / (delegation.teams * slots))

    return {delegation.id: percent(delegation) for delegation in scenario.delegations}


def figures(scenario: Scenario) -> dict[str, str]:
    """Return every figure of the table "Counted from the file" that is not zero, by its label."""
    formed = form_sessions(scenario)
    counted = Counter((session.chain, session.form) for session in formed)
    forms = {chain: [count for (name, _), count in counted.items() if name == chain] for chain, _ in counted}
    busiest = max(load(scenario).items(), key=lambda item: item[1])
    apart = {
        frozenset((one.id, other.id))
        for one, other in combinations(scenario.delegations, 2)
        if one.id in other.not_with or other.id in one.not_with
    }
    priorities = Counter(case.priority for case in scenario.cases)
    values: dict[str, object] = {
        "Days": len(scenario.conference.days),
        "Slots free for sessions": len(working_slots(scenario)),
        "Countries": sum(delegation.kind == "country" for delegation in scenario.delegations),
        "Organisations": sum(delegation.kind == "organisation" for delegation in scenario.delegations),
        "Delegates": sum(len(delegation.delegates) for delegation in scenario.delegations),
        "Teams of the host": sum(
            delegation.teams for delegation in scenario.delegations if delegation.role is Role.host
        ),
        "Observers": sum(delegation.role is Role.observer for delegation in scenario.delegations),
        "Late arrivals": sum(delegation.arrival is not None for delegation in scenario.delegations),
        "Early departures": sum(delegation.departure is not None for delegation in scenario.delegations),
        "Pairs kept apart": len(apart),
        "Interpreters": len(scenario.interpreters),
        "Buildings": len({room.building for room in scenario.rooms}),
        "Rooms": len(scenario.rooms),
        "Delegations that lead cases": len({case.leader for case in scenario.cases}),
        "Cases": len(scenario.cases),
        "Leads": sum(len(case.leads) for case in scenario.cases),
        "Cases of priority 1, 2, 3": ", ".join(str(priorities[priority]) for priority in (1, 2, 3)),
        "Cases with an open format": sum(case.format is Format.any for case in scenario.cases),
        "Cases with two sittings": sum(case.sittings == 2 for case in scenario.cases),
        "Cases that must precede another": sum(len(case.before) + len(case.after) for case in scenario.cases),
        "Sessions about no case": sum(not session.cases for session in scenario.sessions),
        "Pins": len(scenario.pins),
        "Sessions formed": len(formed),
        "Sessions of which a full plan holds": " to ".join(
            str(total) for total in sorted({sum(map(min, forms.values())), sum(map(max, forms.values()))})
        ),
        "Sessions formed with the host": sum(_host(scenario) in session.parties for session in formed),
        "Busiest teams": f"{busiest[0]}, {busiest[1]} %",
    }
    return {label: str(value) for label, value in values.items() if value != 0}


def _host(scenario: Scenario) -> str:
    return next(delegation.id for delegation in scenario.delegations if delegation.role is Role.host)


def stated(readme: Path) -> dict[str, str]:
    """Return the table under the heading "Counted from the file" of a README, by label."""
    section = readme.read_text(encoding="utf-8").partition("### Counted from the file\n")[2].partition("\n#")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return {label.strip(): value.strip() for label, value in rows[2:]}
