"""What would have kept a session as people were told: changes of the scenario with which it can stay, each tried."""

from __future__ import annotations

from collections.abc import Callable

from planner.explanation.asking import beside_it, number_of, pinned
from planner.explanation.outcome import Outcome, left_out
from planner.explanation.relaxer import Relaxer
from planner.explanation.scenario import Explained, relaxed
from planner.explanation.told import as_told
from planner.plan import Plan, Status
from planner.problem import Problem
from planner.scenario import Scenario
from planner.solver.effort import Effort

MOST = 3
"""Changes that are shown."""


class Stayer:
    """Looks for single changes with which a session of a changed plan is as told, and no more is left out than now.

    Args:
        scenario: that the plan was made from.
        problem: compiled from it.
        plan: in which the session is not as told.
        session: its id.
        effort: of each solve.
        ends: the moment of the monotonic clock at which to stop; None for never.
        report: told what is being done.
    """

    def __init__(
        self,
        scenario: Scenario,
        problem: Problem,
        plan: Plan,
        session: str,
        effort: Effort,
        ends: float | None,
        report: Callable[[str], None],
    ) -> None:
        self.scenario = scenario
        self.problem = problem
        self.session = session
        self.effort = effort
        self.ends = ends
        self.report = report
        cost = plan.tiers[0].value if plan.tiers else None
        self.before = Outcome(True, cost, plan.status is Status.optimal, left_out(plan))
        self.held = frozenset(beside_it(problem, plan, number_of(problem, session), is_held=True))

    def helped(self, found: Explained | None, *, whole: bool) -> Explained | None:
        """Return what is in the way with what would have lifted it.

        Args:
            found: what keeps the session from being as told.
            whole: whether the same people are to be in it, or only the time and the room to be as told.
        """
        if found is None:
            return None

        def narrow(problem: Problem) -> Problem:
            kept = as_told(problem, number_of(problem, self.session))
            return pinned(problem, kept.pin if whole else kept.spot)

        asked = f"{self.session} could {'stay as told' if whole else 'be then and there'}"
        relaxer = Relaxer(self.scenario, self.problem, self.before, self.effort, self.ends, narrow, asked)
        return relaxed(relaxer, found.obstacle, MOST, self.report, self.held)
