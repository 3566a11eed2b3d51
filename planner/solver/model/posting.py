"""Decides what becomes of what the rules yield: left bare when hard, penalised when soft, not called when off.

To explain why there is no plan, hard rules are assumed subject by subject instead, so that some can be left aside.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr, LinearExprT

from planner.conflict import Member
from planner.problem import Problem
from planner.rules import Kind, Level
from planner.solver.model.constraints import CONSTRAINTS, Constraints, Subject
from planner.solver.model.counting import Tables, post_busy_counts, post_counts, post_table_counts, tables_to_count
from planner.solver.model.preferences import PREFERENCES
from planner.solver.model.variables import Variables


class Posting:
    """The rules of a problem, posted on a model. In a scope that leaves something aside, hard wishes are not bounded.

    Demands and wishes made hard are posted at once; a wish is counted when its count is first asked for, so that an early
    tier of the search does not carry the wishes of later ones. With ``audit`` every demand is posted as breakable.

    Attributes:
        broken: for each demand posted as breakable, the decision that it is broken, by subject.
        assumed: for each hard rule of those to be ``explained``, and each subject of it, the decision that it holds.
    """

    def __init__(
        self,
        model: CpModel,
        variables: Variables,
        problem: Problem,
        *,
        audit: bool = False,
        explained: Collection[str] = (),
    ) -> None:
        self.model = model
        self.variables = variables
        self.problem = problem
        self.broken: dict[str, dict[Subject, IntVar]] = {}
        self.assumed: dict[Member, IntVar] = {}
        self._counts: dict[str, LinearExprT] = {}
        self._busy_counted = False
        self._tables_counted = False
        self._proves = not audit and not explained and bool(variables.scope.free) and variables.scope.whole
        for rule, setting in problem.settings.items():
            level = Level.soft if audit else setting.level
            if setting.rule.kind is Kind.demand and level is Level.hard and rule in explained:
                self._assume(rule)
            elif setting.rule.kind is Kind.demand and level is not Level.off:
                self._demand(rule, breakable=level is Level.soft)
            elif setting.rule.kind is Kind.wish and level is Level.hard and variables.scope.whole:
                bounded = model.add(self.count(rule) <= setting.parameters["at_most"])
                if rule in explained:
                    bounded.only_enforce_if(self._assumed(Member(rule, ("plan", ""))))
        if self._proves:
            post_counts(model, variables, problem)

    def count(self, rule: str) -> LinearExprT:
        """Count of a soft rule: subjects for which a demand is broken, or what a wish measures."""
        if rule not in self._counts:
            if rule in self.broken:
                self._counts[rule] = LinearExpr.sum(list(self.broken[rule].values()))
            else:
                self._counts[rule] = PREFERENCES[rule](self.model, self.variables, self.problem)
            if self._proves and "courses" in self.variables.made and not self._busy_counted:
                self._busy_counted = True
                post_busy_counts(self.variables, self.problem)
        return self._counts[rule]

    @cached_property
    def tables(self) -> list[Tables]:
        """Interchangeable tables to count in clauses where proofs are hard."""
        return tables_to_count(self.variables, self.problem) if self._proves else []

    def count_tables(self) -> None:
        """Count the tables; once is enough."""
        if not self._tables_counted:
            self._tables_counted = True
            post_table_counts(self.variables, self.problem, self.tables)

    def _demand(self, rule: str, *, breakable: bool) -> None:
        broken: dict[Subject, IntVar] = {}
        for subject, constraint in self._yielded(rule):
            if breakable:
                if subject not in broken:
                    broken[subject] = self.model.new_bool_var(f"{rule} broken for {' '.join(subject)}")
                constraint.only_enforce_if(broken[subject].negated())
        if breakable:
            self.broken[rule] = broken

    def _assume(self, rule: str) -> None:
        for subject, constraint in self._yielded(rule):
            constraint.only_enforce_if(self._assumed(Member(rule, subject)))

    def _assumed(self, member: Member) -> IntVar:
        if member not in self.assumed:
            self.assumed[member] = self.model.new_bool_var(f"{member.rule} holds for {' '.join(member.subject)}")
        return self.assumed[member]

    def _yielded(self, rule: str) -> Constraints:
        """What a rule yields.

        Raises:
            AssertionError: when it added a constraint that it did not yield.
        """
        before, defined = _constraints(self.model), self.variables.defined
        yielded = 0
        for subject, constraint in CONSTRAINTS[rule](self.model, self.variables, self.problem):
            yielded += 1
            yield subject, constraint
        added = _constraints(self.model) - before - (self.variables.defined - defined)
        if added != yielded:
            raise AssertionError(f"rule {rule} added {added} constraints and yielded {yielded}")


def _constraints(model: CpModel) -> int:
    return len(model.proto.constraints)
