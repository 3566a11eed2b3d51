"""Every answer that a tiny scenario has, so that nothing is left to a search."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations, product
from math import prod

from planner import verify
from planner.problem import Problem
from planner.scenario import Scenario
from planner.solution import Assignment, Solution
from tests.agreement.readings import plan_of

_OF_ONE_SESSION = frozenset(
    ("hours", "windows", "blocks", "officer-present", "seats", "features", "clearance", "attendance", "language")
)
"""Rules that look at one session at a time: what breaks them alone breaks them in company."""

Options = list[list[Assignment | None]]


def options_of(scenario: Scenario, problem: Problem, most: int) -> Options | None:
    """Return for each session all that may become of it: left out, or any placement that the verifier does not refuse alone.

    Returns:
        None when there are more than ``most`` placements of one session to look at, or more than ``most`` answers in all.
    """
    numbers = range(len(problem.items))
    if max((_number_of_assignments(problem, number) for number in numbers), default=0) > most:
        return None
    options: Options = []
    for number in numbers:
        alone = [chosen for chosen in _assignments(problem, number) if _stands(scenario, problem, number, chosen)]
        options.append([None, *alone])
        if prod(len(choices) for choices in options) > most:
            return None
    return options


def best(scenario: Scenario, problem: Problem, options: Options) -> tuple[int, ...] | None:
    """Return the lexicographically least tier values of all answers that the verifier finds sound; None if there are none."""
    least: tuple[int, ...] | None = None
    for assignments in product(*options):
        report = verify.verify(scenario, plan_of(scenario, problem, Solution(assignments)))
        values = tuple(value for _, value in report.tiers)
        if not report.violations and (least is None or values < least):
            least = values
    return least


def _stands(scenario: Scenario, problem: Problem, number: int, chosen: Assignment) -> bool:
    alone = Solution(tuple(chosen if other == number else None for other in range(len(problem.items))))
    report = verify.verify(scenario, plan_of(scenario, problem, alone))
    return not any(violation.rule in _OF_ONE_SESSION for violation in report.violations)


def _number_of_assignments(problem: Problem, number: int) -> int:
    item = problem.items[number]
    people = prod(
        1
        + problem.parties[party].teams * 2 ** sum(problem.officers[officer].party == party for officer in item.officers)
        for party in item.parties
    )
    places = len(problem.slots) * len(problem.places) * len(problem.languages)
    return int(places * people * 2 ** len(problem.interpreters))


def _assignments(problem: Problem, number: int) -> Iterator[Assignment]:
    item = problem.items[number]
    sent = [[None, *range(problem.parties[party].teams)] for party in item.parties]
    for slot, room, language, teams, interpreters in product(
        range(len(problem.slots)),
        range(len(problem.places)),
        range(len(problem.languages)),
        product(*sent),
        _subsets(range(len(problem.interpreters))),
    ):
        present = {party: team for party, team in zip(item.parties, teams, strict=True) if team is not None}
        officers = [officer for officer in item.officers if problem.officers[officer].party in present]
        for seated in _subsets(officers):
            yield Assignment(slot, room, language, present, seated, interpreters)


def _subsets(items: range | list[int]) -> Iterator[frozenset[int]]:
    subsets = chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))
    return (frozenset(subset) for subset in subsets)
