"""Finds obstacles one after the other, cheap ones first: sessions alone, counting, sessions that share somebody, all together."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from planner.conflict import Conflict, Member
from planner.problem import Problem
from planner.proofs import Possible, Proof, narrowing, prove
from planner.rules import Level
from planner.solver.conflicts import Oracle, OutOfTimeError, Wanted, Ways, everything

Subject = tuple[str, str]

QUICK = 3.0
"""Seconds for the question whether all of it can be held."""

SMALL = 14
"""Sessions that are looked at together before all are."""


@dataclass(frozen=True)
class Obstacle:
    """Something that keeps sessions from being held together.

    Attributes:
        sessions: subjects that cannot all be held, important ones first; none when there is no plan at all.
        proof: the counting proof, if counting shows it.
        conflict: the smallest conflict, if it does not.
        set_aside: those of the sessions that were set aside to look for further obstacles.
    """

    sessions: tuple[Subject, ...]
    proof: Proof | None
    conflict: Conflict | None
    set_aside: tuple[Subject, ...]


class Finder:
    """Looks for obstacles to holding sessions.

    Args:
        problem: the rules and sessions.
        seconds: wall-clock time for all that is asked of the solver, None for no limit.

    Attributes:
        complete: whether the last search came to its end: what was not set aside can be held together.
    """

    def __init__(self, problem: Problem, seconds: float | None) -> None:
        self.problem = problem
        self.ends = None if seconds is None else time.monotonic() + seconds
        self.oracle = Oracle(problem, seconds)
        self.possible = Possible(problem)
        self.complete = False
        self._left: dict[Subject, Ways] = {}

    def all_wanted(self) -> Wanted:
        """Every session, and every case of open format in one form, important ones first."""
        wanted = everything(self.problem)
        return {
            subject: wanted[subject] for subject in sorted(wanted, key=lambda subject: self._priority(wanted, subject))
        }

    def obstacles(self, wanted: Wanted) -> Iterator[Obstacle]:
        """Yield one obstacle after the other; the least important sessions of each are set aside before the next is sought."""
        self.complete = False
        self._left = left = dict(wanted)
        try:
            for step in (self._no_plan, self._alone, self._counted, self._nearby, self._together):
                if step == self._nearby and self._is_clear(left):
                    break
                for obstacle in step(left):
                    for subject in obstacle.set_aside:
                        left.pop(subject, None)
                    yield obstacle
        except OutOfTimeError:
            return
        self.complete = True

    def _is_clear(self, left: Wanted) -> bool:
        """Whether all that is left can be held together, asked for a moment before single groups are looked at."""
        seconds = QUICK if self.ends is None else min(QUICK, max(0.0, self.ends - time.monotonic()))
        try:
            return Oracle(self.problem, seconds).can_hold(left)
        except OutOfTimeError:
            return False

    def finish(self) -> None:
        """Find out whether what was not set aside so far can be held together, when no more obstacles are asked for."""
        if not self.complete:
            try:
                self.complete = self.oracle.can_hold(self._left)
            except OutOfTimeError:
                return

    def _priority(self, wanted: Wanted, subject: Subject) -> int:
        return min(self.problem.items[number].session.priority for way in wanted[subject] for number in way)

    def _no_plan(self, left: dict[Subject, Ways]) -> Iterator[Obstacle]:
        """Pins, hard wishes and bounds on changes that no plan meets; one of each conflict is lifted to look for the next."""
        while self.problem.pins or self.oracle.hard_wishes or self.problem.change is not None:
            found = self.oracle.conflict({})
            if found is None:
                return
            yield Obstacle((), None, found, ())
            liftable = self.oracle.hard_wishes | {"pins", "most-changes"}
            lifted = next((member for member in found.demands if member.rule in liftable), None)
            if lifted is None:
                left.clear()
                return
            self._lift(lifted)

    def _lift(self, member: Member) -> None:
        problem = self.problem
        if member.rule == "pins":
            kept = tuple(pin for pin in problem.pins if problem.items[pin.item].id != member.subject[1])
            self.problem = replace(problem, pins=kept)
        else:
            soft = replace(problem.settings[member.rule], level=Level.off)
            self.problem = replace(problem, settings={**problem.settings, member.rule: soft})
        left = None if self.ends is None else max(0.0, self.ends - time.monotonic())
        self.oracle, self.possible = Oracle(self.problem, left), Possible(self.problem)

    def _alone(self, left: dict[Subject, Ways]) -> Iterator[Obstacle]:
        for subject, ways in list(left.items()):
            if all(not all(self.possible[number].slots for number in way) for way in ways):
                found = self.oracle.conflict({subject: ways})
                if found is not None:
                    yield Obstacle((subject,), None, found, (subject,))

    def _counted(self, left: dict[Subject, Ways]) -> Iterator[Obstacle]:
        """Counting proofs; each pool is told once."""
        told: set[tuple[str, int, int | None, tuple[int, ...]]] = set()
        while True:
            of = {number: subject for subject, ways in left.items() for way in ways for number in way}
            proofs = prove(self.problem, self.possible, left.values())
            if not proofs:
                return
            proof = proofs[0]
            pool = (proof.kind.value, proof.owner, proof.team, proof.units)
            place = {subject: position for position, subject in enumerate(left)}
            subjects = sorted((of[number] for number in proof.sessions), key=place.__getitem__)
            aside = tuple(subjects[-proof.lacking :])
            if pool in told:
                for subject in aside:
                    left.pop(subject)
                continue
            told.add(pool)
            yield Obstacle(tuple(subjects), proof, None, aside)

    def _nearby(self, left: dict[Subject, Ways]) -> Iterator[Obstacle]:
        """Conflicts among the sessions of a chain or an order, an officer, a delegation."""
        for group in self._groups():
            while True:
                near = {subject: ways for subject, ways in left.items() if all(set(way) & group for way in ways)}
                if not 1 < len(near) <= SMALL:
                    break
                found = self.oracle.conflict(near)
                if found is None:
                    break
                yield self._of(found)

    def _together(self, left: dict[Subject, Ways]) -> Iterator[Obstacle]:
        while (found := self.oracle.conflict(left)) is not None:
            yield self._of(found)
            if not found.held:
                return

    def _groups(self) -> Iterable[frozenset[int]]:
        links = self.problem.links
        groups = (*links.of_session, *map(frozenset, links.of_officer), *map(frozenset, links.of_party))
        known: set[frozenset[int]] = set()
        for group in groups:
            if len(group) > 1 and not any(group <= other for other in known):
                known.add(group)
                yield group

    @staticmethod
    def _of(conflict: Conflict) -> Obstacle:
        return Obstacle(conflict.held, None, conflict, conflict.held[-1:])


def members_of(obstacle: Obstacle, problem: Problem) -> tuple[Member, ...]:
    """Return the demands that an obstacle rests on: those of its conflict, and what its proof counted."""
    members = dict.fromkeys(obstacle.conflict.demands if obstacle.conflict else ())
    if obstacle.proof is not None:
        members |= dict.fromkeys(_counted_members(obstacle.proof, problem))
        members |= dict.fromkeys(narrowing(problem, obstacle.proof))
    return tuple(members)


def _counted_members(proof: Proof, problem: Problem) -> Iterator[Member]:
    for rule in sorted(proof.rules):
        if rule == "room-one-session":
            yield from (Member(rule, ("room", problem.places[unit].id)) for unit in proof.units)
        elif rule == "interpreter-one-place":
            yield from (Member(rule, ("interpreter", problem.interpreters[unit].id)) for unit in proof.units)
        elif rule == "officer-one-place":
            yield Member(rule, ("delegate", problem.officers[proof.owner].id))
        elif rule in ("team-one-place", "buffer"):
            yield Member(rule, ("team", f"{problem.parties[proof.owner].id}/{(proof.team or 0) + 1}"))
        elif rule == "most-a-day":
            for day in problem.days:
                yield Member(rule, ("team-day", f"{problem.parties[proof.owner].id}/1 {day}"))
        elif rule == "buffer" and proof.owner < 0:
            yield from (Member(rule, ("interpreter", problem.interpreters[unit].id)) for unit in proof.units)
        elif rule == "officer-present":
            for number in proof.sessions:
                own = (problem.officers[one] for one in problem.items[number].officers)
                yield from (Member(rule, ("delegate", one.id)) for one in own if one.party == proof.owner)
        elif rule == "attendance":
            yield from (Member(rule, ("session", problem.items[number].id)) for number in proof.sessions)
