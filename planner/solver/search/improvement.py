"""Improving a plan by deciding on a few sessions anew, with everything else where it is (P. Shaw, 1998: large neighbourhoods)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from random import Random

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, CpSolver, LinearExpr, LinearExprT

from planner.problem import Problem
from planner.rules import Kind, Level
from planner.solution import Assignment
from planner.solver.evaluation import Settled, settle
from planner.solver.model.posting import Posting
from planner.solver.model.scope import Scope
from planner.solver.model.variables import Variables
from planner.solver.search.hinting import hint
from planner.solver.search.incumbent import Incumbent, Standing, tier_values
from planner.solver.search.narrowing import Narrowing
from planner.solver.search.neighbourhood import ONE_DAY, Neighbourhoods

_SECONDS, _UNITS = 0.3, 0.15
_LONGER = 5
"""How much longer a neighbourhood of a plan that is changed is searched: few plans are gentle, and they are worth it."""
_SIDEWAYS = 0.4
"""How many neighbourhoods are not searched from where their sessions are, so that what is found may be elsewhere and as good;
none of a plan that is changed, where nothing moves for nothing."""
_UNITS_A_SESSION = 0.0005
_SLACK = 40
_LARGEST_OBJECTIVE = 2**50


@dataclass(frozen=True)
class _Found:
    chosen: Mapping[int, Assignment | None]
    proven: bool


class Improver:
    """Improves the best plan, neighbourhood by neighbourhood."""

    def __init__(self, problem: Problem, incumbent: Incumbent, number: int = 0) -> None:
        self.problem = problem
        self.incumbent = incumbent
        self.narrowing = Narrowing(problem)
        self.random = Random(f"{incumbent.effort.seed} {number}")
        self.neighbourhoods = Neighbourhoods(problem, self.random)

    def step(self) -> bool:
        """Search one neighbourhood of the best plan; return whether that made it better."""
        seen = self.incumbent.best
        if seen is None:
            raise ValueError("there is no plan to improve yet")
        kind, sessions = self.neighbourhoods.draw(seen.solution)
        self.incumbent.spend(_UNITS_A_SESSION * len(sessions))
        gained, proven = self.renew(seen, sessions, same_day=kind == ONE_DAY)
        self.neighbourhoods.learn(kind, gained, proven)
        return gained

    def renew(self, seen: Standing, sessions: Sequence[int], *, same_day: bool = False) -> tuple[bool, bool]:
        """Decide on sessions of a plan anew; return whether the plan got better, and whether it is known what is best.

        What is as good is taken as well: other neighbourhoods may lead on from there.
        """
        scope = Scope.around(self.problem, seen.solution, sessions, seen.settled.shares)
        before = settle(self.problem, scope.settled(seen.solution))
        found = self._search(self.narrowing.narrowed(scope, seen.solution, same_day=same_day), seen, before)
        if found is None:
            return False, False
        if all(chosen == seen.solution.assignments[number] for number, chosen in found.chosen.items()):
            return False, found.proven
        return self._is_merged(seen, scope, found.chosen, before), found.proven

    def _is_merged(
        self, seen: Standing, scope: Scope, chosen: Mapping[int, Assignment | None], before: Settled
    ) -> bool:
        """Put what was chosen into the best plan, also when that is another one by now."""
        while True:
            try:
                after = settle(self.problem, scope.placed(chosen))
            except ValueError:
                return False
            if self.incumbent.merge(seen, chosen, before, after):
                return tier_values(self.problem, after.counts) < tier_values(self.problem, before.counts)
            best = self.incumbent.best
            if best is None or best is seen:
                return False
            seen = best
            scope = Scope.around(self.problem, seen.solution, scope.free, seen.settled.shares)
            before = settle(self.problem, scope.settled(seen.solution))

    def _search(self, scope: Scope, seen: Standing, before: Settled) -> _Found | None:
        model = CpModel()
        variables = Variables(self.problem, model, scope=scope)
        posting = Posting(model, variables, self.problem)
        for rule, setting in self.problem.settings.items():
            if setting.rule.kind is Kind.wish and setting.level is Level.hard:
                spare = setting.parameters["at_most"] - seen.settled.counts[rule]
                model.add(posting.count(rule) <= before.counts[rule] + spare)
        objective = self._objective(model, posting, tier_values(self.problem, before.counts))
        model.minimize(objective)
        if self.problem.change or self.random.random() >= _SIDEWAYS:
            hint(model, variables, seen.solution)
        solver = CpSolver()
        solver.parameters.cp_model_presolve = False
        solver.parameters.linearization_level = 0
        solver.parameters.symmetry_level = 0
        solver.parameters.inprocessing_dtime_ratio = 0.0
        left = self.incumbent.left()
        share = _SECONDS if self.incumbent.effort.deterministic_limit is None else _UNITS
        share *= 1 if self.problem.change is None else _LONGER
        self.incumbent.limit(solver, share if left is None else min(share, left))
        status = self.incumbent.solve(solver, model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return _Found(variables.assignments(solver.boolean_value), status == cp_model.OPTIMAL)

    def _objective(self, model: CpModel, posting: Posting, now: Sequence[int]) -> LinearExprT:
        """Weigh each tier above all that those after it may cost here; tiers that are proven stay as good as they are."""
        position = self.incumbent.position
        terms: list[tuple[LinearExprT, int]] = []
        for index, (_, rules) in enumerate(self.problem.tiers):
            cost = LinearExpr.sum([self.problem.settings[rule].weight * posting.count(rule) for rule in rules])
            most = now[index] if index <= position else now[index] + _SLACK
            model.add(cost <= most)
            if index >= position:
                terms.append((cost, most + 1))
        while prod(size for _, size in terms) > _LARGEST_OBJECTIVE:
            terms.pop()
        weights = [prod(size for _, size in terms[index + 1 :]) for index in range(len(terms))]
        return LinearExpr.sum([weight * cost for weight, (cost, _) in zip(weights, terms, strict=True)])
