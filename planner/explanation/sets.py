"""A smallest set of changes that lets everything be held, or leaves a plan at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from planner.explanation.outcome import Subject
from planner.explanation.relaxer import Relaxation, Relaxer
from planner.obstacles import Obstacle
from planner.relaxing import Change


@dataclass(frozen=True)
class Together:
    """The best set that was found.

    Attributes:
        holds_all: whether everything was to be held with it; else that there is a plan at all.
        relaxation: it, solved and verified; None when none was found.
        at_least: so many of the changes are needed at least; as many as the set has when it is proven a smallest one, more than
            there are when all of them together are not enough.
    """

    holds_all: bool
    relaxation: Relaxation | None
    at_least: int


def smallest_set(
    relaxer: Relaxer, candidates: Sequence[tuple[Obstacle, Sequence[Change]]], sessions: frozenset[Subject]
) -> Together:
    """Try sets of changes, small ones and cheap ones first, until one lets all sessions be held, or, without any, leaves a plan.

    A set that leaves one of the obstacles as it is need not be solved; that is asked of each obstacle alone, which is quick.
    What is left is solved whole (hitting sets of conflicts; R. Reiter, "A Theory of Diagnosis from First Principles", 1987).
    """
    changes = sorted(dict.fromkeys(change for _, own in candidates for change in own), key=lambda change: change.giver)
    obstacles = [obstacle for obstacle, _ in candidates]
    at_least, sure = 1, True
    for size in range(1, len(changes) + 1):
        at_least = size if sure else at_least
        for chosen in combinations(changes, size):
            if relaxer.is_over:
                return Together(bool(sessions), None, at_least)
            if not all(relaxer.lifts(chosen, obstacle, wholly=True) for obstacle in obstacles):
                continue
            after = relaxer.outcome(chosen, sessions)
            if after is None:
                continue
            if after.is_plan and not (sessions and after.left_out):
                return Together(bool(sessions), relaxer.relaxation(chosen, after), at_least)
            sure = sure and after.is_plan is False
    return Together(bool(sessions), None, len(changes) + 1 if sure else at_least)
