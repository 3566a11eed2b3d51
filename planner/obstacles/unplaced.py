"""The real reason beside every session that a plan leaves out: what it cannot be held with, by counting or by a conflict.

It is what the session would have to push out that counts: sessions held of the same or a higher priority. Where that is not known
quickly, the reason says what is in the way in this plan.
"""

from __future__ import annotations

from collections.abc import Sequence

from planner.naming import name_unplaced
from planner.obstacles.finding import Obstacle
from planner.obstacles.wording import Wording
from planner.plan import Unplaced
from planner.problem import Problem
from planner.proofs import Possible, prove
from planner.proofs.wording import listed
from planner.reasons import hopeless
from planner.scenario import Scenario
from planner.solution import Solution
from planner.solver.conflicts import Oracle, OutOfTimeError, Wanted

MOST_COUNTED, MOST_SESSIONS, MOST_SEARCHED = 30, 200, 4
"""Sessions left out that are counted for; sessions of a problem up to which that is done; conflicts that are searched for."""

UNITS = 0.5
"""CP-SAT's deterministic time for each question, so that the same plan has the same reasons."""


def explained_unplaced(scenario: Scenario, problem: Problem, solution: Solution) -> tuple[Unplaced, ...]:
    """Return the sessions that a solution leaves out, high priority first, each with its reason."""
    unplaced = name_unplaced(problem, solution)
    if not unplaced or len(problem.items) > MOST_SESSIONS:
        return unplaced
    explainer = _Explainer(scenario, problem, solution)
    return tuple(item.model_copy(update={"reason": explainer.reason(item)}) for item in unplaced)


class _Explainer:
    def __init__(self, scenario: Scenario, problem: Problem, solution: Solution) -> None:
        self.problem = problem
        self.solution = solution
        self.wording = Wording(scenario, problem)
        self.possible = Possible(problem)
        self.oracle = Oracle(problem, units=UNITS)
        self.alone = hopeless(problem)
        self.numbers = {item.id: number for number, item in enumerate(problem.items)}
        self._to_count, self._to_search = MOST_COUNTED, MOST_SEARCHED

    def reason(self, unplaced: Unplaced) -> str:
        if unplaced.session in self.alone:
            return self.alone[unplaced.session]
        wanted = self._wanted(self.numbers[unplaced.session])
        return self._counted(unplaced.session, wanted) or self._searched(unplaced.session, wanted) or unplaced.reason

    def _wanted(self, number: int) -> Wanted:
        """The session, and those held of the same or a higher priority."""
        items = self.problem.items
        least = items[number].session.priority
        held = [
            other
            for other, chosen in enumerate(self.solution.assignments)
            if chosen is not None and items[other].session.priority <= least
        ]
        held.sort(key=lambda other: items[other].session.priority)
        return {("session", items[one].id): ((one,),) for one in (number, *held)}

    def _counted(self, session: str, wanted: Wanted) -> str | None:
        if self._to_count == 0:
            return None
        self._to_count -= 1
        proofs = prove(self.problem, self.possible, wanted.values())
        if not proofs:
            return None
        proof = min(proofs, key=lambda proof: len(proof.sessions))
        others = [self.problem.items[number].id for number in proof.sessions]
        obstacle = Obstacle((), proof, None, ())
        return self._said(session, others, self.wording.reasons(obstacle))

    def _searched(self, session: str, wanted: Wanted) -> str | None:
        if self._to_search == 0:
            return None
        self._to_search -= 1
        try:
            conflict = self.oracle.conflict(wanted)
        except OutOfTimeError:
            return None
        if conflict is None:
            return (
                "It could be held beside all that are held of the same or a higher priority; the search ended before it "
                "found a plan that does."
            )
        return self._said(session, [name for _, name in conflict.held], self.wording.demands(conflict))

    @staticmethod
    def _said(session: str, sessions: Sequence[str], reasons: Sequence[str]) -> str:
        others = [name for name in sessions if name != session]
        beside = (
            f"It cannot be held beside {listed(others, most=4)}, of the same or a higher priority. " if others else ""
        )
        return beside + " ".join(reasons[:4])
