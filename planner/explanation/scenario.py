"""Why a scenario has no plan, or none that holds everything, and what would help."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from planner.compiling import compile_problem
from planner.explanation.outcome import Outcome, Subject, holding
from planner.explanation.relaxer import QUICK, Relaxation, Relaxer
from planner.explanation.sets import Together, smallest_set
from planner.obstacles import Finder, Obstacle
from planner.problem import Problem
from planner.proofs import Tightness, tightness
from planner.relaxing import Change
from planner.scenario import Scenario
from planner.solver.effort import Effort

MOST_CANDIDATES = 4
"""Changes of each obstacle that sets of changes are made of."""


@dataclass(frozen=True)
class Explained:
    """An obstacle with what helps, each tried.

    Attributes:
        untried: changes that would lift it, and were not solved for want of time.
        not_enough: changes that would lift it, and alone do not let more be held.
    """

    obstacle: Obstacle
    relaxations: tuple[Relaxation, ...]
    untried: tuple[Change, ...]
    not_enough: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What keeps a scenario from holding everything.

    Attributes:
        before: what the best plan holds.
        explained: obstacles, those first that no plan gets over.
        complete: whether these are all: without what they set aside, everything can be held.
        together: a smallest set of changes that help together, if it was looked for.
        tight: how much of everything that sessions share is asked for, the tightest first.
    """

    scenario: Scenario
    problem: Problem
    before: Outcome
    explained: tuple[Explained, ...]
    complete: bool
    together: Together | None
    tight: tuple[Tightness, ...]

    @property
    def is_clear(self) -> bool:
        """Whether everything can be held."""
        return self.complete and not self.explained


def explain(
    scenario: Scenario,
    effort: Effort,
    *,
    obstacles: int = 4,
    relaxations: int = 3,
    report: Callable[[str], None] = lambda line: None,
) -> Answer:
    """Find what keeps a scenario from being held whole, and what would help.

    Args:
        scenario: a consistent scenario.
        effort: seconds for everything together, and seed and workers of each solve.
        obstacles: how many to tell at most.
        relaxations: how many to show for each at most.
        report: told what is being done.
    """
    began = time.monotonic()
    limit = effort.time_limit
    ends = None if limit is None else began + limit
    problem = compile_problem(scenario)
    finder = Finder(problem, None if limit is None else limit / 2)
    wanted = finder.all_wanted()
    tight = tightness(problem, finder.possible, wanted.values())
    found: list[Obstacle] = []
    report("looking for obstacles")
    for obstacle in finder.obstacles(wanted):
        found.append(obstacle)
        if len(found) == obstacles:
            finder.finish()
            break
    if not found:
        held = Outcome(finder.complete or None, 0 if finder.complete else None, finder.complete, ())
        return Answer(scenario, problem, held, (), finder.complete, None, tight)
    report("solving the scenario as it is")
    each = replace(effort, time_limit=None if limit is None else max(1.0, limit / 10))
    sessions = frozenset(wanted)
    aside = frozenset(subject for obstacle in found for subject in obstacle.set_aside)
    before = _before(scenario, each, found, sessions - aside if finder.complete else frozenset())
    relaxer = Relaxer(scenario, problem, before, each, ends)
    explained = tuple(
        relaxed(relaxer, obstacle, relaxations, report, sessions - (aside - {*obstacle.set_aside}))
        for obstacle in found
    )
    report("looking for changes that help together")
    together = _together(relaxer, explained, finder.complete, sessions)
    return Answer(scenario, problem, before, explained, finder.complete, together, tight)


def _before(scenario: Scenario, effort: Effort, found: Sequence[Obstacle], held: frozenset[Subject]) -> Outcome:
    """What the best plan holds; all that need not give way, if each obstacle is about one session alone."""
    best = Outcome.of(scenario, effort)
    if not held or best.is_best:
        return best
    known = Outcome.of(scenario, effort, holding(held, 2 * QUICK))
    if known.is_plan and all(len(obstacle.sessions) == 1 for obstacle in found):
        return replace(known, is_best=True)
    if known.cost is None or (best.cost is not None and best.cost <= known.cost):
        return best
    return replace(known, is_best=False)


def relaxed(
    relaxer: Relaxer, obstacle: Obstacle, most: int, report: Callable[[str], None], held: frozenset[Subject]
) -> Explained:
    """Return an obstacle with the changes that help, each tried by a whole solve, ``most`` of them at most.

    Args:
        held: sessions and cases that might all be held once the obstacle is lifted.
    """
    shown: list[Relaxation] = []
    untried: list[Change] = []
    not_enough: list[Change] = []
    for change in relaxer.helping(obstacle):
        if len(shown) == most:
            break
        if relaxer.is_over:
            untried.append(change)
            continue
        report(f"trying: {change.text}")
        relaxation = relaxer.verified([change], held)
        if relaxation is not None:
            shown.append(relaxation)
        else:
            not_enough.append(change)
    return Explained(obstacle, tuple(shown), tuple(untried), tuple(not_enough))


def _together(
    relaxer: Relaxer, explained: Sequence[Explained], complete: bool, sessions: frozenset[Subject]
) -> Together | None:
    """A smallest set of changes: of a scenario without any plan one that leaves one, else one that lets everything be held."""
    no_plan = [part for part in explained if not part.obstacle.sessions]
    if no_plan:
        parts, wanted = no_plan, frozenset[Subject]()
    else:
        parts, wanted = [*explained] if complete else [], sessions
    if len(parts) < 2:
        return None
    return smallest_set(relaxer, [(part.obstacle, _candidates(part)) for part in parts], wanted)


def _candidates(part: Explained) -> Sequence[Change]:
    helping = [change for relaxation in part.relaxations for change in relaxation.changes]
    return [*helping, *part.not_enough][:MOST_CANDIDATES]
