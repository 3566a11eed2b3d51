"""Smallest conflicts: which demands cannot hold together, found by assumptions and shrunk by leaving out one after the other.

First the sessions: with all rules as they are, a smallest set of sessions that cannot all be held. Then the rules: for these
sessions, the rules and subjects that it takes. A set that is smallest in the first step stays so in the second, as fewer
rules never hinder more. CP-SAT's own set of assumptions is where shrinking begins; it need not be small (J. Marques-Silva,
"Minimal Unsatisfiability: Models, Algorithms and Applications", 2010, on deletion; U. Junker, "QuickXplain", 2004, on
preferences).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, CpSolver, IntVar

from planner.conflict import Conflict, Member
from planner.problem import Problem
from planner.rules import Kind, Level
from planner.solution import Solution
from planner.solver.model.counting import post_counts, post_delegation_counts
from planner.solver.model.posting import Posting
from planner.solver.model.scope import Scope
from planner.solver.model.variables import Variables

Ways = tuple[tuple[int, ...], ...]
"""Sets of sessions of which one is held whole: of an open format its two forms, else one session alone."""

Wanted = Mapping[tuple[str, str], Ways]
"""What is to be held, by subject."""

CHANGED_FIRST = (
    "pins",
    "most-changes",
    "buffer",
    "longest-run",
    "most-a-day",
    "case-order",
    "sittings",
    "room-one-session",
    "blocks",
    "hours",
    "features",
    "seats",
    "interpreter-one-place",
    "language",
    "kept-apart",
    "clearance",
    "windows",
    "officer-present",
    "officer-one-place",
    "team-one-place",
    "attendance",
    "formation",
    "past-kept",
)
"""Demands in the order in which an organiser would rather change them; conflicts about the first are preferred."""


def everything(problem: Problem) -> Wanted:
    """All sessions to come, and of each open format one of its forms."""
    wanted: dict[tuple[str, str], Ways] = {}
    for number, item in enumerate(problem.items):
        if number in problem.past:
            continue
        if item.session.form is None:
            wanted["session", item.id] = ((number,),)
        else:
            forms = problem.chains_with_forms[item.session.chain]
            wanted["case", item.session.chain] = tuple(tuple(form) for form in forms if form)
    return wanted


def wanted_of(problem: Problem, subjects: Iterable[tuple[str, str]]) -> Wanted:
    """What is to be held by subject, of those that a problem has."""
    known: dict[tuple[str, str], Ways] = {("session", item.id): ((n,),) for n, item in enumerate(problem.items)}
    known.update(everything(problem))
    return {subject: known[subject] for subject in subjects if subject in known}


class OutOfTimeError(Exception):
    """The time that was given ended before an answer."""


class Oracle:
    """Tells whether demands can hold together, within a time.

    Args:
        problem: the rules; what is held is wanted or not, so that the rule ``held`` itself is left aside.
        seconds: wall-clock time for all questions together, None for no limit.
        units: CP-SAT's deterministic time for each solve, None for no limit.
    """

    def __init__(self, problem: Problem, seconds: float | None = None, *, units: float | None = None) -> None:
        self.units = units
        held = replace(problem.settings["held"], level=Level.soft)
        self.problem = replace(problem, settings={**problem.settings, "held": held})
        self.ends = None if seconds is None else time.monotonic() + seconds
        hard = [rule for rule, setting in self.problem.settings.items() if setting.level is Level.hard]
        self.hard_wishes = frozenset(rule for rule in hard if problem.settings[rule].rule.kind is Kind.wish)
        self.hard_demands = frozenset(hard) - self.hard_wishes

    def can_hold(self, wanted: Wanted) -> bool:
        """Whether all of this can be held together.

        Raises:
            OutOfTimeError: when the time ended before that was known.
        """
        return self._model(wanted, frozenset()).conflicting() is None

    def held_together(self, wanted: Wanted) -> Solution | None:
        """Return some solution that holds all of this; None when there is none.

        Raises:
            OutOfTimeError: as ``can_hold``.
        """
        model = self._model(wanted, frozenset())
        return model.solution([Member("held", subject) for subject in wanted])

    def conflict(self, wanted: Wanted) -> Conflict | None:
        """Return a smallest conflict that keeps this from being held together, None when there is none.

        Sessions that stand first in ``wanted`` are kept in the conflict rather than later ones.

        Raises:
            OutOfTimeError: when the time ended before there was anything to tell.
        """
        loose = self._model(wanted, self.hard_wishes | {"pins"})
        found = loose.conflicting()
        if found is None:
            return None
        found, minimal = _shrunk(loose, _in_order(found, wanted))
        kept = {member.subject: wanted[member.subject] for member in found if member.rule == "held"}
        tight = self._tight(found, kept)
        try:
            cause = tight.conflicting()
        except OutOfTimeError:
            return Conflict(tuple(found), minimal=False)
        if cause is None:
            raise AssertionError("rules assumed one by one allow what they forbid together")
        cause, shrunk = _shrunk(tight, _in_order(cause, kept))
        return Conflict(tuple(_in_order(cause, kept)), minimal and shrunk and self._proven(tight, cause))

    def solution(self, conflict: Conflict, members: Collection[Member]) -> Solution | None:
        """Return a solution of the sessions of a conflict that meets some of its members, and nothing else; None for none.

        Raises:
            OutOfTimeError: when the time ended before.
        """
        return self._tight(conflict.members, wanted_of(self.problem, conflict.held)).solution(members)

    def _tight(self, members: Iterable[Member], kept: Wanted) -> _Assumed:
        """A model of the sessions, pins and hard wishes of a conflict, in which every rule is an assumption."""
        pinned = frozenset(member.subject[1] for member in members if member.rule == "pins")
        wishes = frozenset(member.rule for member in members) & self.hard_wishes
        return self._model(kept, self.hard_demands | wishes, pinned, wishes)

    def _proven(self, model: _Assumed, members: Sequence[Member]) -> bool:
        """Whether the members cannot hold together and all but any one of them can, each said by a solve of its own."""
        try:
            return model.solution(members) is None and all(
                model.solution([other for other in members if other != member]) for member in members
            )
        except OutOfTimeError:
            return False

    def _model(
        self,
        wanted: Wanted,
        explained: frozenset[str],
        pinned: frozenset[str] | None = None,
        wishes: frozenset[str] | None = None,
    ) -> _Assumed:
        """A model of what is wanted; with ``pinned`` and ``wishes`` of those pins and hard wishes only."""
        problem = self.problem
        if pinned is not None:
            pins = tuple(pin for pin in problem.pins if problem.items[pin.item].id in pinned)
            dropped = self.hard_wishes - (wishes or frozenset())
            settings = {
                rule: replace(setting, level=Level.off) if rule in dropped else setting
                for rule, setting in problem.settings.items()
            }
            problem = replace(problem, pins=pins, settings=settings)
        bounded = self.hard_wishes if wishes is None else wishes
        whole = bool(bounded) or _bounds_changes(problem)
        scope = _scope(problem, wanted, whole=whole, pinned="pins" not in explained)
        return _Assumed(problem, scope, wanted, explained, self._limit)

    def _limit(self, solver: CpSolver) -> None:
        if self.ends is not None:
            solver.parameters.max_time_in_seconds = max(0.0, self.ends - time.monotonic())
        if self.units is not None:
            solver.parameters.max_deterministic_time = self.units


@dataclass(frozen=True)
class _Handle:
    literal: IntVar
    member: Member


class _Assumed:
    """A model in which what is wanted, and the rules to be explained, are assumptions."""

    def __init__(
        self,
        problem: Problem,
        scope: Scope,
        wanted: Wanted,
        explained: frozenset[str],
        limit: Callable[[CpSolver], None],
    ) -> None:
        self.model = CpModel()
        self.limit = limit
        full = bool(explained - {"pins"} - {rule for rule, s in problem.settings.items() if s.rule.kind is Kind.wish})
        self.problem = problem
        self.variables = variables = Variables(problem, self.model, scope=scope, audit=full)
        posting = Posting(self.model, variables, problem, explained=explained)
        if not full:
            post_counts(self.model, variables, problem)
            post_delegation_counts(self.model, variables, problem)
        held = {Member("held", subject): _one_way(variables, subject, ways) for subject, ways in wanted.items()}
        self.literals: dict[Member, IntVar] = {**held, **posting.assumed}

    def conflicting(self, members: Iterable[Member] | None = None) -> list[Member] | None:
        """Some of the members, all if not given, that cannot hold together; None when they can."""
        chosen = list(self.literals if members is None else members)
        by_index = {self.literals[member].index: member for member in chosen}
        self.model.clear_assumptions()
        self.model.add_assumptions([self.literals[member] for member in chosen])
        solver = self._solver()
        if self._feasible(solver, self.model):
            return None
        named = [by_index[index] for index in solver.sufficient_assumptions_for_infeasibility() if index in by_index]
        return named or chosen

    def solution(self, members: Iterable[Member]) -> Solution | None:
        """A solution that meets the members, asked for without assumptions; nothing else is asked for."""
        model = self.model.clone()
        model.clear_assumptions()
        for member in members:
            model.add_bool_and([self.literals[member]])
        solver = self._solver()
        if not self._feasible(solver, model):
            return None
        known = {**self.variables.scope.fixed, **self.variables.assignments(solver.boolean_value)}
        return Solution(tuple(known.get(number) for number in range(len(self.problem.items))))

    def _solver(self) -> CpSolver:
        solver = CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.catch_sigint_signal = False
        solver.parameters.linearization_level = 0
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
        solver.parameters.max_presolve_iterations = 1
        self.limit(solver)
        return solver

    @staticmethod
    def _feasible(solver: CpSolver, model: CpModel) -> bool:
        status = solver.solve(model)
        if status == cp_model.MODEL_INVALID:
            raise AssertionError(f"the model is invalid: {model.validate()}")
        if status == cp_model.UNKNOWN:
            raise OutOfTimeError
        return status != cp_model.INFEASIBLE


def _one_way(variables: Variables, subject: tuple[str, str], ways: Ways) -> IntVar:
    name = " ".join(subject)
    return variables.any_of(
        [variables.all_of([variables.held[number] for number in way], f"{name} in a form") for way in ways], name
    )


def _shrunk(model: _Assumed, members: list[Member]) -> tuple[list[Member], bool]:
    """Leave out one member after the other, the last first, as long as the rest still conflicts; and whether time allowed it."""
    members = _narrowed(model, members)
    tried = len(members)
    while tried > 0:
        tried -= 1
        rest = members[:tried] + members[tried + 1 :]
        try:
            found = model.conflicting(rest)
        except OutOfTimeError:
            return members, False
        if found is not None:
            named = set(found)
            after = [member for member in members[tried + 1 :] if member in rest]
            before = [member for member in members[:tried] if member in named]
            members, tried = before + after, len(before)
    return members, True


def _narrowed(model: _Assumed, members: list[Member]) -> list[Member]:
    """What CP-SAT names of the members, if that conflicts by itself."""
    try:
        found = model.conflicting(members)
    except OutOfTimeError:
        return members
    if found is None:
        return list(model.literals)
    named = set(found)
    return [member for member in members if member in named]


def _in_order(members: Iterable[Member], wanted: Wanted) -> list[Member]:
    """What is held first, as it is wanted, then rules, those that an organiser would rather change first."""
    place = {subject: position for position, subject in enumerate(wanted)}
    rank = {rule: position for position, rule in enumerate(CHANGED_FIRST)}

    def key(member: Member) -> tuple[int, int, str, tuple[str, str]]:
        if member.rule == "held":
            return 0, place[member.subject], "", member.subject
        of_guest = member.rule == "windows" and member.subject[0] in ("delegation", "delegate")
        return 1, rank.get(member.rule, -1) + (len(rank) if of_guest else 0), member.rule, member.subject

    return sorted(members, key=key)


def _bounds_changes(problem: Problem) -> bool:
    """Whether some delegation allows fewer changes than it has sessions, so that all of them count together."""
    if problem.change is None or problem.settings["most-changes"].level is not Level.hard:
        return False
    own = [set(numbers) for numbers in problem.links.of_party]
    for number, told in problem.change.told.items():
        for party in told.teams:
            own[party].add(number)
    return any(party.most_changes < len(own[index]) for index, party in enumerate(problem.parties))


def _scope(problem: Problem, wanted: Wanted, *, whole: bool, pinned: bool) -> Scope:
    """Sessions wanted or pinned, with sittings before them and forms beside them; all when the whole plan is compared."""
    numbers = {number for ways in wanted.values() for way in ways for number in way}
    if problem.settings["pins"].level is Level.hard:
        numbers |= {pin.item for pin in problem.pins}
    if problem.settings["sittings"].level is Level.hard:
        for number in list(numbers):
            before = problem.items[number].follows
            while before is not None:
                numbers.add(before)
                before = problem.items[before].follows
    for together, apart in problem.chains_with_forms.values():
        if numbers & {*together, *apart}:
            numbers |= {*together, *apart}
    to_come = Scope.everything(problem)
    free = tuple(number for number in to_come.free if whole or number in numbers)
    return replace(to_come, free=free, judged=free, whole=whole, pinned=pinned)
