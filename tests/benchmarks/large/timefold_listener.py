"""Hears of Timefold's better plans without taking them out of Java, which the listener of its Python package does each time.

Importing this module starts Java.
"""
# mypy: disable-error-code="untyped-decorator"

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ai.timefold.solver.core.api.solver.event import SolverEventListener
from jpype import JImplements, JOverride
from timefold.solver import Solver


def listen(solver: Solver, tell: Callable[[float, int, int], object]) -> None:
    """Tell the seconds that Timefold has spent, the medium and the soft cost of each better plan that breaks nothing hard."""

    @JImplements(SolverEventListener)
    class Listener:
        @JOverride
        def bestSolutionChanged(self, event: Any) -> None:  # noqa: N802
            score = event.getNewBestScore()
            if score.isFeasible():
                tell(event.getTimeMillisSpent() / 1000, -int(score.mediumScore()), -int(score.softScore()))

    solver._delegate.addEventListener(Listener())
