"""Timefold's Python package as a reference: its default configuration, a construction heuristic and then local search.

The clock starts when the problem is handed over; the start of Java and the translation of the constraints come before. A
second thread takes each better plan out of Java, the latest first, while the solver goes on.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from planner.compiling import compile_problem
from planner.errors import PlannerError
from planner.scenario import Scenario
from planner.solution import Assignment, Solution
from tests.benchmarks.large.log import Log
from tests.benchmarks.large.possible import Possible

if TYPE_CHECKING:
    from tests.benchmarks.large.timefold_model import Timetable

_LONGEST = 3


def run(scenario: Scenario, seconds: float, log: Log) -> None:
    """Search for so many seconds and note each better plan that breaks no demand.

    Raises:
        PlannerError: when Timefold is not installed.
    """
    try:
        from timefold.solver import SolverManager
        from timefold.solver.config import Duration, ScoreDirectorFactoryConfig, SolverConfig, TerminationConfig
    except ImportError:
        raise PlannerError("Timefold is not installed.", "Install it with: pip install -e '.[bench]'") from None
    from tests.benchmarks.large import timefold_model as model

    configuration = SolverConfig(
        solution_class=model.Timetable,
        entity_class_list=[model.Sitting, model.Attendance],
        score_director_factory_config=ScoreDirectorFactoryConfig(constraint_provider_function=model.constraints),
        termination_config=TerminationConfig(spent_limit=Duration(milliseconds=round(seconds * 1000))),
    )
    with SolverManager.create(configuration) as manager:
        log.begin()
        possible = Possible(compile_problem(scenario))

        def take(found: Timetable) -> None:
            if found.score is not None and found.score.is_feasible:
                log.note(solution_of(possible, found))

        final = manager.solve_and_listen(1, timetable_of(possible), take).get_final_best_solution()
        take(final)
    last = log.steps[-1] if log.steps else None
    if last is not None and (-final.score.medium_score, -final.score.soft_score) != (last.held, last.waiting):
        raise AssertionError(f"Timefold counts {final.score}, and the plan costs {last}")


def timetable_of(possible: Possible) -> Timetable:
    """Return the problem as Timefold sees it, with the teams of a party dealt out in turn and nothing else decided."""
    from tests.benchmarks.large import timefold_model as model

    problem = possible.problem
    starts = [model.Start(slot, at.day) for slot, at in enumerate(problem.slots)]
    rooms = [model.Hall(index, place.seats, place.count) for index, place in enumerate(problem.places)]
    keys = count()
    teams = [
        [model.Team(number, [model.TeamDay(next(keys)) for _ in problem.days]) for number in range(party.teams)]
        for party in problem.parties
    ]
    turns = [count() for _ in problem.parties]
    positions = [_positions(possible, party) for party in range(len(problem.parties))]
    sittings: list[model.Sitting] = []
    attendances: list[model.Attendance] = []
    for number, item in enumerate(problem.items):
        sittings.append(
            model.Sitting(
                id=number,
                slots=-(-(item.length + possible.buffer) // problem.grid),
                weight=item.held_weight,
                seats=sum(item.seats_of[party] for party in item.always),
                starts=[starts[slot] for slot in possible.starts[number]],
                rooms=[rooms[room] for room in possible.rooms[number]],
            )
        )
        for party in item.parties:
            required = party in item.always
            there = possible.there(party, item.length)
            attendances.append(
                model.Attendance(
                    id=len(attendances),
                    session=number,
                    party=party,
                    required=required,
                    seats=item.seats_of[party],
                    working=positions[party],
                    free=[slot in there for slot in range(len(problem.slots))] if not required else [],
                    only=required and len(teams[party]) == 1,
                    teams=teams[party],
                    team=teams[party][next(turns[party]) % len(teams[party])] if required else None,
                )
            )
    parts = [model.Part(number) for number in range(_LONGEST)]
    return model.Timetable(parts, sittings, attendances)


def solution_of(possible: Possible, timetable: Timetable) -> Solution:
    """Return the raw answer that a timetable without broken demands stands for."""
    items = possible.problem.items
    teams: list[dict[int, int]] = [{} for _ in items]
    for attendance in timetable.attendances:
        if attendance.team is not None:
            teams[attendance.session][attendance.party] = attendance.team.number
    return Solution(
        tuple(
            None
            if sitting.start is None or sitting.room is None
            else Assignment(
                sitting.start.slot,
                sitting.room.index,
                items[sitting.id].languages[0],
                teams[sitting.id],
                frozenset(),
                frozenset(),
            )
            for sitting in timetable.sittings
        )
    )


def _positions(possible: Possible, party: int) -> list[int]:
    """Return the position of every slot among the working slots of its day, -1 for one that is none."""
    positions = []
    for slot, at in enumerate(possible.problem.slots):
        bit = slot - possible.first_slot[at.day]
        working = possible.working[party][at.day]
        positions.append((working & ((1 << bit) - 1)).bit_count() if working >> bit & 1 else -1)
    return positions
