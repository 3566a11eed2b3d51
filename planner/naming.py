"""From the solver's raw answer to a plan: names, clock times, tables, and the delegates who fill the teams."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from planner.plan import Placement, Unplaced, session_uid
from planner.problem import Problem
from planner.reasons import first_reason
from planner.scenario import Delegation, Scenario
from planner.solution import Assignment, Solution
from planner.values import Window


@dataclass(frozen=True)
class _Sitting:
    number: int
    start: int
    end: int
    assignment: Assignment


def name_placements(scenario: Scenario, problem: Problem, solution: Solution) -> tuple[Placement, ...]:
    """Return the placements of a solution in the order of their start, then of their session's id."""
    sittings = [
        _Sitting(number, problem.slots[chosen.slot].start, problem.slots[chosen.slot].start + item.length, chosen)
        for number, (item, chosen) in enumerate(zip(problem.items, solution.assignments, strict=True))
        if chosen is not None
    ]
    sittings.sort(key=lambda sitting: (sitting.start, problem.items[sitting.number].id))
    tables = _tables(problem, sittings)
    delegates = _delegates(scenario, problem, sittings)
    conference = scenario.conference
    return tuple(
        Placement(
            session=problem.items[sitting.number].id,
            uid=session_uid(
                conference.id, conference.domain, problem.items[sitting.number].id, conference.secret or ""
            ),
            start=_moment(scenario, sitting.start),
            end=_moment(scenario, sitting.end),
            room=problem.places[sitting.assignment.room].id,
            table=tables.get(sitting.number),
            teams={problem.parties[party].id: team + 1 for party, team in sorted(sitting.assignment.teams.items())},
            delegates=delegates[sitting.number],
            interpreters=tuple(problem.interpreters[index].id for index in sorted(sitting.assignment.interpreters)),
            working_language=problem.languages[sitting.assignment.language],
            cases=problem.items[sitting.number].session.cases,
            leads=problem.items[sitting.number].session.leads,
        )
        for sitting in sittings
    )


def name_unplaced(problem: Problem, solution: Solution) -> tuple[Unplaced, ...]:
    """Return the sessions left out, of an open format only those of the form that counts, highest priority first."""
    not_counted: set[int] = set()
    for together, apart in problem.chains_with_forms.values():
        chosen = any(solution.assignments[number] is not None for number in together)
        not_counted.update(apart if chosen else together)
    missing = [
        Unplaced(session=item.id, priority=item.session.priority, reason=first_reason(problem, solution, number))
        for number, item in enumerate(problem.items)
        if solution.assignments[number] is None and number not in not_counted
    ]
    return tuple(sorted(missing, key=lambda unplaced: (unplaced.priority, unplaced.session)))


def _moment(scenario: Scenario, minute: int) -> datetime:
    origin = datetime.combine(min(day.date for day in scenario.conference.days), time())
    return (origin + timedelta(minutes=minute)).replace(tzinfo=ZoneInfo(scenario.conference.time_zone))


def _tables(problem: Problem, sittings: list[_Sitting]) -> dict[int, int]:
    """Number the tables: each session takes the lowest that is free, which never needs more than sessions run at once."""
    taken: dict[tuple[int, int], int] = {}
    tables: dict[int, int] = {}
    for sitting in sittings:
        room = sitting.assignment.room
        if problem.places[room].count > 1:
            table = 1
            while taken.get((room, table), sitting.start) > sitting.start:
                table += 1
            taken[room, table] = sitting.end
            tables[sitting.number] = table
    return tables


def _delegates(scenario: Scenario, problem: Problem, sittings: list[_Sitting]) -> dict[int, dict[str, tuple[str, ...]]]:
    """List who comes: officers first, then free members of the team sent, up to the team's size."""
    people = _People(scenario, problem)
    officers = {sitting.number: people.officers(sitting) for sitting in sittings}
    return {sitting.number: people.fill(sitting, officers[sitting.number]) for sitting in sittings}


class _People:
    def __init__(self, scenario: Scenario, problem: Problem) -> None:
        self.scenario = scenario
        self.problem = problem
        self.booked: dict[str, list[tuple[int, int]]] = defaultdict(list)

    def officers(self, sitting: _Sitting) -> dict[str, list[str]]:
        listed: dict[str, list[str]] = {
            self.problem.parties[party].id: [] for party in sorted(sitting.assignment.teams)
        }
        for officer in self.problem.items[sitting.number].officers:
            if officer in sitting.assignment.seated:
                named = self.problem.officers[officer]
                listed[self.problem.parties[named.party].id].append(named.id)
                self.booked[named.id].append((sitting.start, sitting.end))
        return listed

    def fill(self, sitting: _Sitting, officers: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
        """Add members to the officers who come; an officer whom the solution leaves out stays out."""
        listed: dict[str, tuple[str, ...]] = {}
        officers_here = {self.problem.officers[officer].id for officer in self.problem.items[sitting.number].officers}
        for party, team in sorted(sitting.assignment.teams.items()):
            delegation = self.scenario.delegations[party]
            names = list(officers[delegation.id])
            for member in self._members(delegation, team + 1, sitting):
                if len(names) < delegation.team_size and member not in officers_here:
                    names.append(member)
                    self.booked[member].append((sitting.start, sitting.end))
            listed[delegation.id] = tuple(names)
        return listed

    def _members(self, delegation: Delegation, team: int, sitting: _Sitting) -> list[str]:
        return [
            delegate.id
            for delegate in delegation.delegates
            if delegate.team in (None, team)
            and self._there(delegate.windows, sitting)
            and all(end <= sitting.start or sitting.end <= start for start, end in self.booked[delegate.id])
        ]

    def _there(self, windows: tuple[Window, ...], sitting: _Sitting) -> bool:
        start, end = (_moment(self.scenario, minute).replace(tzinfo=None) for minute in (sitting.start, sitting.end))
        return not windows or any(window.start <= start and end <= window.end for window in windows)
