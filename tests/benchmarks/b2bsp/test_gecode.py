"""What is given to MiniZinc, and what is read from it."""

from __future__ import annotations

from planner.importing.b2bsp import Instance, Meeting
from tests.benchmarks.b2bsp.gecode import data_of, outcome_of
from tests.benchmarks.b2bsp.outcome import Outcome

ANSWERS = """\
start = [1, 3, 2]; total = 1;
----------
start = [1, 2, 3]; total = 0;
----------
"""


def test_numbers_begin_with_1_in_the_model() -> None:
    instance = Instance(
        participants=3,
        meetings=(Meeting(0, 1, 1), Meeting(1, 2, 2), Meeting(0, 2, 3)),
        tables=1,
        slots=4,
        morning_slots=2,
        forbidden=(frozenset(), frozenset({0, 3}), frozenset()),
        fixed=(None, None, 3),
        precedences=((0, 2),),
    )
    assert data_of(instance, 1).splitlines() == [
        "slots = 4;",
        "tables = 1;",
        "participants = 3;",
        "meetings = 3;",
        "fairness = 1;",
        "possible = [{2}, {3}, {4}];",
        "own = [{1, 3}, {1, 2}, {2, 3}];",
        "precedences = 1;",
        "earlier = [1];",
        "later = [3];",
    ]


def test_the_last_answer_is_the_best_and_proven_when_the_search_is_complete() -> None:
    printed = f"{ANSWERS}==========\n%%%mzn-stat: solveTime=1.25\n"
    assert outcome_of(printed, 2.0) == Outcome("optimal", 2.0, 1.25, 0, (0, 1, 2))


def test_answers_without_a_complete_search_are_not_proven() -> None:
    assert outcome_of(ANSWERS, 60.0) == Outcome("feasible", 60.0, None, 0, (0, 1, 2))


def test_no_answer_is_infeasible_only_when_it_says_so() -> None:
    assert outcome_of("=====UNSATISFIABLE=====\n", 2.0) == Outcome("infeasible", 2.0)
    assert outcome_of("=====UNKNOWN=====\n", 60.0) == Outcome("unknown", 60.0)
