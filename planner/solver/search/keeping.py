"""A first plan when a plan is changed: everything that can stay as people were told stays, and the rest is placed around it."""

from __future__ import annotations

from collections.abc import Sequence

from planner.problem import Before, Problem
from planner.solution import Assignment, Solution
from planner.solver.evaluation import is_sound
from planner.solver.model.scope import Scope
from planner.solver.search.incumbent import Incumbent


def keep_what_stays(problem: Problem, incumbent: Incumbent) -> tuple[Solution, list[int]]:
    """Return the plan as people know it less what cannot stay, and the sessions that are to be placed, urgent ones first.

    What cannot stay is found by halving: all together, if that breaks a rule the first half and then the second, and so on.
    Urgent sessions come first, so that of two that clash the more urgent one stays.
    """
    told = problem.change.told if problem.change else {}
    proposal = {number: _as_told(problem, number, before) for number, before in told.items()}
    solution = Solution(tuple(problem.past.get(number) for number in range(len(problem.items))))
    loose = [number for number in range(len(problem.items)) if number not in problem.past]

    def add(numbers: Sequence[int]) -> None:
        nonlocal solution
        if not numbers or incumbent.stopped.is_set():
            return
        chosen = {number: proposal[number] for number in numbers}
        if is_sound(problem, Scope.around(problem, solution, numbers, {}).placed(chosen)):
            solution = solution.changed(chosen)
        elif len(numbers) > 1:
            add(numbers[: len(numbers) // 2])
            add(numbers[len(numbers) // 2 :])

    def urgency(number: int) -> tuple[int, int]:
        return problem.items[number].session.priority, number

    add(sorted((number for number, chosen in proposal.items() if chosen is not None), key=urgency))
    return solution, sorted((number for number in loose if solution.assignments[number] is None), key=urgency)


def _as_told(problem: Problem, number: int, before: Before) -> Assignment | None:
    """A session as people were told of it; None when that cannot even be said any more."""
    item = problem.items[number]
    teams = {party: team for party, team in before.teams.items() if party in item.parties}
    known = before.slot >= 0 and before.room >= 0 and before.language in item.languages
    if not known or any(team >= problem.parties[party].teams for party, team in teams.items()):
        return None
    return Assignment(
        slot=before.slot,
        room=before.room,
        language=before.language,
        teams=teams,
        seated=frozenset(officer for officer in item.officers if problem.officers[officer].party in teams),
        interpreters=before.interpreters,
    )
