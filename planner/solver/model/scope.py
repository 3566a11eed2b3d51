"""The part of a problem that one model is about: all of it, a plan, or a few of its sessions and what they touch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from planner.problem import Problem
from planner.solution import Assignment, Solution
from planner.solver.model.candidates import Candidates

Shares = Mapping[str, Mapping[str, int]]
"""By the wish that compares them, what each team or delegation bears of it."""


@dataclass(frozen=True)
class Scope:
    """What a model decides on, and what it knows.

    Attributes:
        free: sessions that are decided on.
        fixed: sessions that the model knows, each where it is; None for one that is left out.
        judged: sessions for which the rules on single sessions are posted.
        parties: delegations all of whose sessions are known; teams of others are left aside, and so for the next two.
        officers: officers.
        interpreters: interpreters.
        taken: tables taken by sessions that the model does not know, by room and slot.
        shares: what teams and delegations bear that are left aside.
        whole: whether nothing is left aside.
        candidates: slots and rooms of free sessions, where more is known of them than hard rules on them alone say.
        pinned: whether what hard pins fix is no decision; otherwise pins are only posted.
    """

    free: tuple[int, ...]
    fixed: Mapping[int, Assignment | None]
    judged: tuple[int, ...]
    parties: tuple[int, ...]
    officers: tuple[int, ...]
    interpreters: tuple[int, ...]
    taken: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    shares: Shares = field(default_factory=dict)
    whole: bool = True
    candidates: Mapping[int, Candidates] = field(default_factory=dict)
    pinned: bool = True

    @classmethod
    def everything(cls, problem: Problem, solution: Solution | None = None, *, audit: bool = False) -> Scope:
        """All sessions: free without a solution, and fixed where it has them with one.

        What is past is fixed in any case but for an audit, and is not judged.
        """
        numbers = tuple(range(len(problem.items)))
        to_come = tuple(number for number in numbers if number not in problem.past)
        fixed: Mapping[int, Assignment | None] = {} if audit else problem.past
        free = numbers if audit else to_come
        return cls(
            free=free if solution is None else (),
            fixed=fixed if solution is None else dict(enumerate(solution.assignments)),
            judged=to_come,
            parties=tuple(range(len(problem.parties))),
            officers=tuple(range(len(problem.officers))),
            interpreters=tuple(range(len(problem.interpreters))),
        )

    @classmethod
    def around(cls, problem: Problem, solution: Solution, free: Iterable[int], shares: Shares) -> Scope:
        """Sessions to decide on anew, and those that share somebody or an order with them."""
        chosen = set(free) - problem.past.keys()
        parties = {party for number in chosen for party in problem.items[number].parties}
        officers = {officer for number in chosen for officer in problem.items[number].officers}
        interpreters = {index for number in chosen for index in problem.assignable(number)}
        links = problem.links
        told = problem.change.told if problem.change else {}
        known = {
            number
            for number in (
                *(other for party in parties for other in links.of_party[party]),
                *(other for officer in officers for other in links.of_officer[officer]),
                *(other for index in interpreters for other in links.of_interpreter[index]),
            )
            if solution.assignments[number] is not None or number in told
        }
        known |= {other for number in chosen for other in links.of_session[number]}
        fixed = {number: solution.assignments[number] for number in sorted(known - chosen)}
        taken: dict[int, Counter[int]] = {}
        for number, assignment in enumerate(solution.assignments):
            if assignment is not None and number not in chosen and number not in known:
                cells = problem.cells_from(assignment.slot, problem.items[number].length)
                taken.setdefault(assignment.room, Counter()).update(cells)
        return cls(
            free=tuple(sorted(chosen)),
            fixed=fixed,
            judged=tuple(sorted(chosen)),
            parties=tuple(sorted(parties)),
            officers=tuple(sorted(officers)),
            interpreters=tuple(sorted(interpreters)),
            taken=taken,
            shares=shares,
            whole=False,
        )

    def settled(self, solution: Solution) -> Scope:
        """The same part with its free sessions where a solution has them."""
        return self.placed({number: solution.assignments[number] for number in self.free})

    def placed(self, chosen: Mapping[int, Assignment | None]) -> Scope:
        """The same part with its free sessions where they were chosen to be."""
        return replace(self, free=(), fixed={**self.fixed, **chosen})
