"""Timefold's Python package as a reference: its default configuration, a construction heuristic and then local search.

The time is Timefold's own, from the start of its solver. Not timed are the start of Java, the translation of the constraints,
and the way of the problem from Python to Java and of the plan back, which take longer than all of it does in Java. So only the
last plan is taken out of Java and counted anew; those before are told by their score.
"""

from __future__ import annotations

from planner.compiling import compile_problem
from planner.errors import PlannerError
from planner.scenario import Scenario
from tests.benchmarks.large import greedy
from tests.benchmarks.large.log import Log
from tests.benchmarks.large.possible import Possible
from tests.benchmarks.large.record import Step
from tests.benchmarks.large.timefold_problem import Translation


def run(scenario: Scenario, seconds: float, log: Log) -> None:
    """Search for so many seconds and tell each better plan that breaks no demand.

    Raises:
        PlannerError: when Timefold is not installed.
    """
    search(scenario, seconds, log, from_greedy=False)


def search(scenario: Scenario, seconds: float, log: Log, *, from_greedy: bool) -> None:
    """Search from nothing, or from the greedy plan, whose construction is timed as well.

    Raises:
        PlannerError: when Timefold is not installed.
    """
    try:
        from timefold.solver import SolverFactory
        from timefold.solver.config import Duration, ScoreDirectorFactoryConfig, SolverConfig, TerminationConfig
    except ImportError:
        raise PlannerError("Timefold is not installed.", "Install it with: pip install -e '.[bench]'") from None
    from tests.benchmarks.large import timefold_model as model
    from tests.benchmarks.large.timefold_listener import listen

    configuration = SolverConfig(
        solution_class=model.Timetable,
        entity_class_list=[model.Sitting, model.Attendance],
        score_director_factory_config=ScoreDirectorFactoryConfig(constraint_provider_function=model.constraints),
        termination_config=TerminationConfig(spent_limit=Duration(milliseconds=round(seconds * 1000))),
    )
    solver = SolverFactory.create(configuration).build_solver()
    log.begin()
    possible = Possible(compile_problem(scenario))
    first = greedy.construct(possible) if from_greedy else None
    if first is not None:
        log.note(first)
    before = log.seconds
    listen(solver, lambda spent, held, waiting: log.tell(Step(before + spent, held, waiting)))
    translation = Translation(possible)
    final = solver.solve(translation.timetable(first))
    if log.steps:
        log.close(translation.solution(final))
