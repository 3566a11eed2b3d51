"""From the solver's raw answer to a plan: names, clock times, tables, and the delegates who fill the teams."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from planner.naming.people import list_delegates
from planner.naming.sitting import sittings_of
from planner.naming.tables import number_tables
from planner.plan import Placement, Unplaced, session_uid
from planner.problem import Problem
from planner.reasons import first_reason
from planner.scenario import Scenario
from planner.solution import Solution


def name_placements(scenario: Scenario, problem: Problem, solution: Solution) -> tuple[Placement, ...]:
    """Return the placements of a solution in the order of their start, then of their session's id."""
    conference = scenario.conference
    origin = datetime.combine(min(day.date for day in conference.days), time())
    zone = ZoneInfo(conference.time_zone)

    def moment(minute: int) -> datetime:
        return origin + timedelta(minutes=minute)

    sittings = sittings_of(scenario, problem, solution)
    tables = number_tables(problem, sittings)
    delegates = list_delegates(scenario, problem, sittings, moment)
    return tuple(
        Placement(
            session=sitting.id,
            uid=session_uid(conference.id, conference.domain, sitting.id, conference.secret or ""),
            start=moment(sitting.start).replace(tzinfo=zone),
            end=moment(sitting.end).replace(tzinfo=zone),
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
