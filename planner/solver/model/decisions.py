"""The decisions of the model: for each session whether, when, where and with whom it is held."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, IntVar

from planner.problem import Item, Problem
from planner.rules import Level
from planner.solution import Assignment, Solution
from planner.solver.model.candidates import Candidates
from planner.solver.model.literals import Literals
from planner.solver.model.scope import Scope

Options = dict[int, IntVar]
"""Decisions by the index of what they stand for. What is missing is impossible."""


class Decisions(Literals):
    """Decisions for every session that the scope knows, by its number.

    Attributes:
        held: whether it is held.
        start: for each slot, whether it starts there; exactly one when held.
        room: for each room, whether it is there; exactly one when held.
        language: for each language, whether it is the working language; exactly one when held.
        present: for each party, whether it is present.
        team: for each party and team, whether that team comes; exactly one when present.
        seated: for each officer, whether the officer comes.
        interpreter: for each interpreter, whether assigned.

    With ``audit`` nothing is decided beforehand: every value that a plan can state has a variable, so that a fixed plan can be
    held against the rules one by one. Without it, what a hard rule decides alone shares a variable, and what it excludes for
    certain has none; so for hard pins, unless the scope leaves them open. Sessions that the scope fixes have constants only.
    """

    def __init__(self, problem: Problem, model: CpModel, *, scope: Scope | None = None, audit: bool = False) -> None:
        super().__init__(model)
        self.problem = problem
        self.scope = scope or Scope.everything(problem, audit=audit)
        self.audit = audit
        settings = problem.settings
        self._free_attendance = audit or settings["attendance"].level is not Level.hard
        self._free_officers = audit or settings["officer-present"].level is not Level.hard
        self._pinned = self.scope.pinned and settings["pins"].level is Level.hard
        held = settings["held"]
        self._all_held = not audit and held.level is Level.hard and held.parameters["at_most"] == 0
        self.held: dict[int, IntVar] = {}
        self.start: dict[int, Options] = {}
        self.room: dict[int, Options] = {}
        self.language: dict[int, Options] = {}
        self.present: dict[int, Options] = {}
        self.team: dict[int, dict[int, list[IntVar]]] = {}
        self.seated: dict[int, Options] = {}
        self.interpreter: dict[int, Options] = {}
        free = set(self.scope.free)
        self.known = tuple(sorted({*free, *self.scope.fixed}))
        for number in self.known:
            if number in free:
                self._decide(number, problem.items[number])
            else:
                self._settle(number, problem.items[number], self.scope.fixed[number])

    def _decide(self, number: int, item: Item) -> None:
        problem = self.problem
        forced = self._all_held and item.session.form is None
        held = self.always if forced else self.model.new_bool_var(f"held {item.id}")
        candidates = self._candidates(number)
        pins = problem.pins_of_chain.get(item.session.chain, ())
        pinned_languages = {pin.language for pin in pins if pin.language is not None}
        languages = range(len(problem.languages)) if self.audit else sorted({*item.languages, *pinned_languages})
        assignable = range(len(problem.interpreters)) if self.audit else problem.assignable(number)
        self.held[number] = held
        self.start[number] = self._pick(held, sorted(candidates.slots), f"{item.id} at")
        self.room[number] = self._pick(held, sorted(candidates.rooms), f"{item.id} in room")
        self.language[number] = self._pick(held, languages, f"{item.id} speaks")
        self.present[number] = {
            party: held
            if party in item.always and not self._free_attendance
            else self._part(held, f"{item.id} with {problem.parties[party].id}")
            for party in item.parties
        }
        self.team[number] = {
            party: list(self._pick(there, range(problem.parties[party].teams), f"{item.id} {party}/").values())
            for party, there in self.present[number].items()
        }
        self.seated[number] = {
            officer: self._part(self.present[number][problem.officers[officer].party], f"{item.id} officer {officer}")
            if self._free_officers
            else self.present[number][problem.officers[officer].party]
            for officer in item.officers
        }
        self.interpreter[number] = {index: self._part(held, f"{item.id} interpreter {index}") for index in assignable}

    def _candidates(self, number: int) -> Candidates:
        if self.audit:
            return Candidates.of_everything(self.problem)
        known = self.scope.candidates.get(number) or Candidates.of(self.problem, self.problem.items[number])
        return known.pinned(self.problem.pins_of_item.get(number, ())) if self._pinned else known

    def _settle(self, number: int, item: Item, chosen: Assignment | None) -> None:
        """Constants for a session that is where ``chosen`` says.

        Raises:
            ValueError: when it says what there is no decision for.
        """
        stated = chosen or _NOTHING
        if not (stated.teams.keys() <= set(item.parties) and stated.seated <= set(item.officers)):
            raise ValueError(f"the solution states what the model has no decision for: guests of {item.id}")
        always, never = self.always, self.never
        self.held[number] = always if chosen else never
        self.start[number] = {stated.slot: always} if chosen else {}
        self.room[number] = {stated.room: always} if chosen else {}
        self.language[number] = {stated.language: always} if chosen else {}
        self.present[number] = {party: always if party in stated.teams else never for party in item.parties}
        self.team[number] = {
            party: [
                always if stated.teams.get(party) == team else never
                for team in range(self.problem.parties[party].teams)
            ]
            for party in item.parties
        }
        self.seated[number] = {officer: always if officer in stated.seated else never for officer in item.officers}
        self.interpreter[number] = dict.fromkeys(sorted(stated.interpreters), always)

    def _part(self, whole: IntVar, name: str) -> IntVar:
        """A decision that implies another."""
        part = self.model.new_bool_var(name)
        if not self.holds(whole):
            self.model.add_implication(part, whole)
        return part

    def _pick(self, whole: IntVar, possible: Collection[int], name: str) -> Options:
        """Decisions of which exactly one holds when ``whole`` does; ``whole`` itself where there is one thing only."""
        if len(possible) == 1:
            return dict.fromkeys(possible, whole)
        options = {key: self.model.new_bool_var(f"{name} {key}") for key in possible}
        if self.holds(whole):
            self.model.add_exactly_one(options.values())
        else:
            self.model.add(cp_model.LinearExpr.sum(list(options.values())) == whole)
        return options

    def in_order(self) -> list[IntVar]:
        """Decisions in the order in which a person would take them: urgent and inflexible sessions first, each whole."""

        def freedom(number: int) -> tuple[int, int]:
            return self.problem.items[number].session.priority, len(self.start[number])

        decisions: list[IntVar] = []
        for number in sorted(self.scope.free, key=freedom):
            decisions += [self.held[number], *self.start[number].values(), *self.room[number].values()]
            decisions += [team for teams in self.team[number].values() for team in teams]
        return decisions

    def values(self, solution: Solution) -> list[tuple[IntVar, bool]]:
        """Every decision with its value in a solution.

        Raises:
            KeyError: when the solution states something that this model has no decision for.
        """
        pairs: list[tuple[IntVar, bool]] = []
        for number in self.scope.free:
            assignment = solution.assignments[number]
            pairs.append((self.held[number], assignment is not None))
            chosen = assignment or _NOTHING
            _check(self.start[number], [chosen.slot] if assignment else [])
            _check(self.room[number], [chosen.room] if assignment else [])
            _check(self.language[number], [chosen.language] if assignment else [])
            _check(self.present[number], chosen.teams)
            _check(self.interpreter[number], chosen.interpreters)
            pairs += [(literal, slot == chosen.slot) for slot, literal in self.start[number].items()]
            pairs += [(literal, room == chosen.room) for room, literal in self.room[number].items()]
            pairs += [(literal, language == chosen.language) for language, literal in self.language[number].items()]
            pairs += [(literal, party in chosen.teams) for party, literal in self.present[number].items()]
            pairs += [
                (literal, chosen.teams.get(party) == team)
                for party, literals in self.team[number].items()
                for team, literal in enumerate(literals)
            ]
            pairs += [(literal, officer in chosen.seated) for officer, literal in self.seated[number].items()]
            pairs += [(literal, index in chosen.interpreters) for index, literal in self.interpreter[number].items()]
        return pairs

    def assignments(self, value: Callable[[IntVar], bool]) -> dict[int, Assignment | None]:
        """Read where the free sessions are off the values of the decisions."""
        return {number: self._assignment(number, value) for number in self.scope.free}

    def solution(self, value: Callable[[IntVar], bool]) -> Solution:
        """Read a whole solution off the values of the decisions."""
        chosen = {**self.scope.fixed, **self.assignments(value)}
        return Solution(tuple(chosen[number] for number in range(len(self.problem.items))))

    def _assignment(self, number: int, value: Callable[[IntVar], bool]) -> Assignment | None:
        if not value(self.held[number]):
            return None
        return Assignment(
            slot=next(slot for slot, literal in self.start[number].items() if value(literal)),
            room=next(room for room, literal in self.room[number].items() if value(literal)),
            language=next(language for language, literal in self.language[number].items() if value(literal)),
            teams={
                party: next(team for team, literal in enumerate(literals) if value(literal))
                for party, literals in self.team[number].items()
                if value(self.present[number][party])
            },
            seated=frozenset(officer for officer, literal in self.seated[number].items() if value(literal)),
            interpreters=frozenset(index for index, literal in self.interpreter[number].items() if value(literal)),
        )


_NOTHING = Assignment(slot=-1, room=-1, language=-1, teams={}, seated=frozenset(), interpreters=frozenset())


def _check(decisions: Mapping[int, IntVar], stated: Iterable[int]) -> None:
    for key in stated:
        decisions[key]
