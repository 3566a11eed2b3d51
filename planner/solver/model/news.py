"""What would be news to people when a plan is changed: for each session, each delegation and interpreter of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from ortools.sat.python.cp_model import IntVar
from ortools.sat.python.cp_model_helper import Literal

from planner.problem import Before, Change, Problem
from planner.solver.model.variables import Variables

Weighed = tuple[tuple[int, Literal], ...]
"""Decisions, each with what it costs when it holds."""


@dataclass(frozen=True)
class Piece:
    """News of one session for one delegation or interpreter.

    Attributes:
        who: index of the delegation or interpreter.
        people: how many are told.
        is_told: whether they are told that something differs from what they knew.
        soon: decisions of which one holds when they are told something about the next minutes, see the rule ``notice``.
        cost: for one person, see the rule ``disturbance``.
    """

    who: int
    is_interpreter: bool
    people: int
    is_told: Literal
    soon: tuple[Literal, ...]
    cost: Weighed


def news(variables: Variables, problem: Problem) -> list[Piece]:
    """Return all news that sessions of the scope can make, made once for each set of variables; none for a first plan."""
    if "news" not in variables.made:
        change = problem.change
        variables.made["news"] = [] if change is None else list(_News(variables, problem, change).pieces())
    return cast("list[Piece]", variables.made["news"])


@dataclass(frozen=True)
class _Kept:
    """What stays of a session: its time; its room; and what else everybody in it is told."""

    time: IntVar
    room: IntVar
    rest: IntVar


@dataclass(frozen=True)
class _Guest:
    """A delegation or an interpreter of a session, with the decision that they come."""

    who: int
    is_interpreter: bool
    people: int
    comes: IntVar


class _News:
    def __init__(self, variables: Variables, problem: Problem, change: Change) -> None:
        self.variables = variables
        self.problem = problem
        self.change = change
        self.time, self.room, self.team = (problem.parameter("disturbance", name) for name in ("time", "room", "team"))
        self.everything = self.time + self.room + self.team
        self.soon_until = change.now + problem.parameter("notice", "minutes")
        self._chains = {problem.items[number].session.chain for number in change.told}

    def pieces(self) -> Iterator[Piece]:
        """News of every session that is not past: of those that people were told of, and of new ones."""
        for number in self.variables.known:
            before = self.change.told.get(number)
            if before is not None:
                kept = self._kept(number, before)
                for guest in self._guests(number, before):
                    yield self._of_known(number, before, kept, guest)
            elif number not in self.change.past:
                for guest in self._guests(number, None):
                    yield self._of_new(number, guest)

    def _of_new(self, number: int, guest: _Guest) -> Piece:
        """A new session disturbs nobody, unless it is the other form of a case that people were to meet."""
        soon = self._starting(number, guest, self.soon_until)
        item = self.problem.items[number]
        if item.session.form is None or item.session.chain not in self._chains:
            return Piece(guest.who, guest.is_interpreter, guest.people, self.variables.never, soon, ())
        weight = self._joining(guest)
        cost = [(weight * self._urgency(start, guest), literal) for start, literal in self._starts(number, guest)]
        return Piece(guest.who, guest.is_interpreter, guest.people, guest.comes, soon, tuple(cost))

    def _guests(self, number: int, before: Before | None) -> Iterator[_Guest]:
        """Everybody who was told of a session or may come to it."""
        variables, item = self.variables, self.problem.items[number]
        for party in dict.fromkeys((*item.parties, *(before.teams if before else ()))):
            seats = item.seats_of.get(party, self.problem.parties[party].team_size)
            yield _Guest(party, False, seats, variables.present[number].get(party, variables.never))
        assigned = variables.interpreter[number]
        for index in sorted({*assigned, *(before.interpreters if before else ())}):
            yield _Guest(index, True, 1, assigned.get(index, variables.never))

    def _kept(self, number: int, before: Before) -> _Kept:
        variables = self.variables
        lasts = self.problem.items[number].length == before.length
        time = variables.start[number].get(before.slot, variables.never) if lasts else variables.never
        present = variables.present[number]
        parties: list[Literal] = [present.get(party, variables.never) for party in before.teams]
        parties += [literal.negated() for party, literal in present.items() if party not in before.teams]
        language = variables.language[number].get(before.language, variables.never)
        return _Kept(
            time=time,
            room=variables.room[number].get(before.room, variables.never),
            rest=variables.all_of([language, *parties], "language and parties as told"),
        )

    def _of_known(self, number: int, before: Before, kept: _Kept, guest: _Guest) -> Piece:
        if guest.who in (before.interpreters if guest.is_interpreter else before.teams):
            cost = self._as_told(number, before, kept, guest)
            is_told: Literal = self._any_of([literal for _, literal in cost])
        else:
            cost = ((self._joining(guest), guest.comes),)
            is_told = guest.comes
        urgency = self._urgency(before.start, guest)
        joins_as_interpreter = guest.is_interpreter and guest.who not in before.interpreters
        sooner = [
            (self.time * (self._urgency(start, guest) - urgency), literal)
            for start, literal in self._starts(number, guest)
            if start < before.start and not joins_as_interpreter
        ]
        return Piece(
            who=guest.who,
            is_interpreter=guest.is_interpreter,
            people=guest.people,
            is_told=is_told,
            soon=(is_told,) if before.start < self.soon_until else self._starting(number, guest, self.soon_until),
            cost=(*((urgency * weight, literal) for weight, literal in cost), *sooner),
        )

    def _as_told(self, number: int, before: Before, kept: _Kept, guest: _Guest) -> Weighed:
        """What is not as a guest was told: time, room, and the rest; a delegation that does not come is told all of it."""
        variables = self.variables
        if guest.is_interpreter:
            rest = variables.all_of([kept.rest, guest.comes], "comes as told")
            return (
                (self.time, kept.time.negated()),
                (self.room, kept.room.negated()),
                (self.team, rest.negated()),
            )
        teams = variables.team[number].get(guest.who, [])
        team = before.teams[guest.who]
        same_team = teams[team] if team < len(teams) else variables.never
        return (
            (self.time, variables.all_of([guest.comes, kept.time], "still at that time").negated()),
            (self.room, variables.all_of([guest.comes, kept.room], "still in that room").negated()),
            (self.team, variables.all_of([kept.rest, same_team], "comes as told").negated()),
        )

    def _any_of(self, literals: list[Literal]) -> Literal:
        """Whether something is told: not all of it is as it was."""
        return self.variables.all_of([literal.negated() for literal in literals], "is told nothing").negated()

    def _joining(self, guest: _Guest) -> int:
        """What it costs that somebody is told of a session for the first time."""
        return self.team if guest.is_interpreter else self.everything

    def _starting(self, number: int, guest: _Guest, before: int) -> tuple[Literal, ...]:
        return tuple(literal for start, literal in self._starts(number, guest) if start < before)

    def _starts(self, number: int, guest: _Guest) -> Iterator[tuple[int, IntVar]]:
        """Minutes at which the session may start, each with the decision that it does and that the guest comes."""
        for slot, literal in self.variables.both(guest.comes, number).items():
            yield self.problem.slots[slot].start, literal

    def _urgency(self, start: int, guest: _Guest) -> int:
        """One, and one more for each hour by which a start is nearer than it should be, and more for whom was moved before."""
        moved = self.change.moved_interpreters if guest.is_interpreter else self.change.moved_parties
        again = self.problem.parameter("disturbance", "again") if guest.who in moved else 0
        near = self.problem.parameter("disturbance", "near_hours")
        return 1 + max(0, near - (start - self.change.now) // 60) + again
