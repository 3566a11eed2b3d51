"""The decisions of the model, and the products of decisions that rules are written with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, IntVar

from planner.problem import Item, Problem
from planner.rules import Level
from planner.solution import Assignment, Solution
from planner.solver.candidates import Candidates


@dataclass(frozen=True)
class Carrier:
    """Whoever can be in one session at a time: a team, an officer, an interpreter.

    Attributes:
        subject: kind and name, as violations are about it.
        uses: sessions that it may be in, each with the decision that it is.
    """

    subject: tuple[str, str]
    uses: tuple[tuple[int, IntVar], ...]


class Variables:
    """Decisions for every session.

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
    certain is ``never``.
    """

    def __init__(self, problem: Problem, model: CpModel, *, audit: bool = False) -> None:
        self.problem = problem
        self.model = model
        self.defined = 0
        self.idle_cells: dict[tuple[str, int], list[IntVar]] | None = None
        self.break_cells: dict[tuple[str, int], list[IntVar]] | None = None
        self._products: dict[tuple[int, int], list[IntVar]] = {}
        self.never = model.new_constant(0)
        self._minutes: dict[int, IntVar] = {}
        self._days: dict[tuple[int, int], list[IntVar]] = {}
        self._buildings: dict[tuple[int, int], IntVar] = {}
        free_attendance = audit or problem.settings["attendance"].level is not Level.hard
        free_officers = audit or problem.settings["officer-present"].level is not Level.hard
        everybody = range(len(problem.interpreters))
        every_language = range(len(problem.languages))
        every_room = range(len(problem.places))
        self.held: list[IntVar] = []
        self.start: list[list[IntVar]] = []
        self.room: list[dict[int, IntVar]] = []
        self.language: list[dict[int, IntVar]] = []
        self.present: list[dict[int, IntVar]] = []
        self.team: list[dict[int, list[IntVar]]] = []
        self.seated: list[dict[int, IntVar]] = []
        self.interpreter: list[dict[int, IntVar]] = []
        for item in problem.items:
            held = model.new_bool_var(f"held {item.id}")
            self.held.append(held)
            candidates = Candidates.of_everything(problem) if audit else Candidates.of(problem, item)
            self.start.append(
                self._one(held, [f"{item.id} at {slot.start}" for slot in problem.slots], candidates.slots)
            )
            self.room.append(self._pick(held, every_room, f"{item.id} in room", candidates.rooms))
            pins = [pin for pin in problem.pins if problem.items[pin.item].session.chain == item.session.chain]
            pinned_languages = {pin.language for pin in pins if pin.language is not None}
            languages = every_language if audit else sorted({*item.languages, *pinned_languages})
            self.language.append(self._pick(held, languages, f"{item.id} speaks"))
            present = {
                party: held
                if party in item.always and not free_attendance
                else self._part(held, f"{item.id} with {problem.parties[party].id}")
                for party in item.parties
            }
            self.present.append(present)
            self.team.append(
                {
                    party: self._one(there, [f"{item.id} {party}/{k}" for k in range(problem.parties[party].teams)])
                    for party, there in present.items()
                }
            )
            self.seated.append(
                {
                    officer: self._part(present[problem.officers[officer].party], f"{item.id} officer {officer}")
                    if free_officers
                    else present[problem.officers[officer].party]
                    for officer in item.officers
                }
            )
            pinned_interpreters = {interpreter for pin in pins for interpreter in pin.interpreters}
            assignable = everybody if audit else sorted({*item.interpreters, *pinned_interpreters})
            self.interpreter.append({index: self._part(held, f"{item.id} interpreter {index}") for index in assignable})

    def _part(self, whole: IntVar, name: str) -> IntVar:
        """A decision that implies another."""
        part = self.model.new_bool_var(name)
        self.model.add_implication(part, whole)
        return part

    def _one(self, whole: IntVar, names: list[str], possible: Collection[int] | None = None) -> list[IntVar]:
        """Decisions of which exactly one holds when ``whole`` does, and none otherwise."""
        if len(names) == 1:
            return [whole]
        parts = [
            self.never if possible is not None and position not in possible else self.model.new_bool_var(name)
            for position, name in enumerate(names)
        ]
        self.model.add(cp_model.LinearExpr.sum(parts) == whole)
        return parts

    def _pick(
        self, whole: IntVar, options: Iterable[int], name: str, possible: Collection[int] | None = None
    ) -> dict[int, IntVar]:
        keys = list(options)
        return dict(zip(keys, self._one(whole, [f"{name} {key}" for key in keys], possible), strict=True))

    def define(self, name: str) -> IntVar:
        """A new auxiliary decision."""
        return self.model.new_bool_var(name)

    def clause(self, *literals: cp_model.LiteralT) -> None:
        """Define by a clause: at least one of the literals holds."""
        self.model.add_bool_or(literals)
        self.defined += 1

    def both(self, part: IntVar, item: int) -> list[IntVar]:
        """For each slot, whether ``part`` holds and the session starts there; ``part`` implies that it is held."""
        if part is self.never:
            return [self.never] * len(self.problem.slots)
        if part.index == self.held[item].index:
            return self.start[item]
        key = (part.index, item)
        if key not in self._products:
            products = [
                self.never if start is self.never else self.model.new_bool_var(f"{part.name} at {slot.start}")
                for slot, start in zip(self.problem.slots, self.start[item], strict=True)
            ]
            self.model.add(cp_model.LinearExpr.sum(products) == part)
            self.defined += 1
            for product, start in zip(products, self.start[item], strict=True):
                if start is not self.never:
                    self.model.add_implication(product, start)
                    self.defined += 1
            self._products[key] = products
        return self._products[key]

    def through(self, carrier: Carrier, minutes: Mapping[int, int], *, overnight: bool = True) -> list[list[IntVar]]:
        """For each slot, the decisions by which a session of the carrier lasts into it.

        A session counts for so many ``minutes`` from its start, ``overnight`` also on the days after. As sessions start on
        the grid only, two of them overlap exactly when they share a slot.
        """
        slots = self.problem.slots
        through: list[list[IntVar]] = [[] for _ in self.problem.slots]
        for number, literal in carrier.uses:
            for slot, start in enumerate(self.both(literal, number)):
                if start is not self.never:
                    for cell in self.problem.cells_from(slot, minutes[number]):
                        if overnight or slots[cell].day == slots[slot].day:
                            through[cell].append(start)
        return through

    def any_of(self, literals: list[IntVar], name: str) -> IntVar:
        """A decision that holds exactly when one of the literals does."""
        result = self.define(name)
        for literal in literals:
            self.clause(literal.negated(), result)
        self.clause(result.negated(), *literals)
        return result

    def teams(self) -> list[Carrier]:
        """Every team that may sit in a session."""
        carriers = []
        for index, party in enumerate(self.problem.parties):
            sessions = [number for number, item in enumerate(self.problem.items) if index in item.parties]
            for team in range(party.teams if sessions else 0):
                uses = tuple((number, self.team[number][index][team]) for number in sessions)
                carriers.append(Carrier(("team", f"{party.id}/{team + 1}"), uses))
        return carriers

    def officers(self) -> list[Carrier]:
        """Every officer."""
        return [
            Carrier(("delegate", officer.id), self._uses(self.seated, index))
            for index, officer in enumerate(self.problem.officers)
        ]

    def interpreters(self) -> list[Carrier]:
        """Every interpreter."""
        return [
            Carrier(("interpreter", interpreter.id), self._uses(self.interpreter, index))
            for index, interpreter in enumerate(self.problem.interpreters)
        ]

    @staticmethod
    def _uses(decisions: list[dict[int, IntVar]], index: int) -> tuple[tuple[int, IntVar], ...]:
        return tuple((number, options[index]) for number, options in enumerate(decisions) if index in options)

    def interval(self, item: int, part: IntVar) -> cp_model.IntervalVar:
        """The time of a session, counted only when ``part`` holds; ``part`` implies that it is held."""
        if item not in self._minutes:
            slots = self.problem.slots
            minute = self.model.new_int_var(0, slots[-1].start, f"{self.problem.items[item].id} starts at")
            starts = [slot.start for slot in slots]
            self.model.add(cp_model.LinearExpr.weighted_sum(self.start[item], starts) == minute)
            self.defined += 1
            self._minutes[item] = minute
        length = self.problem.items[item].length
        self.defined += 1
        return self.model.new_optional_fixed_size_interval_var(self._minutes[item], length, part, f"{part.name} time")

    def on_day(self, part: IntVar, item: int) -> list[IntVar]:
        """For each day, whether ``part`` holds and the session starts on it; ``part`` implies that it is held."""
        key = (part.index, item)
        if key not in self._days:
            days = [self.model.new_bool_var(f"{part.name} on {day}") for day in self.problem.days]
            for day, literal in enumerate(days):
                starts = [
                    start
                    for slot, start in zip(self.problem.slots, self.both(part, item), strict=True)
                    if slot.day == day
                ]
                self.model.add(cp_model.LinearExpr.sum(starts) == literal)
                self.defined += 1
            self._days[key] = days
        return self._days[key]

    def in_building(self, item: int, building: int) -> IntVar:
        """Whether a session is held in a building."""
        key = (item, building)
        if key not in self._buildings:
            rooms = [
                literal for room, literal in self.room[item].items() if self.problem.places[room].building == building
            ]
            self._buildings[key] = self.any_of(rooms, f"{self.problem.items[item].id} in building {building}")
        return self._buildings[key]

    def in_order(self) -> list[IntVar]:
        """Decisions in the order in which a person would take them: urgent and inflexible sessions first, each whole."""

        def freedom(number: int) -> tuple[int, int]:
            slots = sum(start is not self.never for start in self.start[number])
            return self.problem.items[number].session.priority, slots

        decisions: list[IntVar] = []
        for number in sorted(range(len(self.problem.items)), key=freedom):
            decisions += [self.held[number], *self.start[number], *self.room[number].values()]
            decisions += [team for teams in self.team[number].values() for team in teams]
        return [decision for decision in decisions if decision is not self.never]

    def values(self, solution: Solution) -> list[tuple[IntVar, bool]]:
        """Every decision with its value in a solution.

        Raises:
            KeyError: when the solution states something that this model has no decision for.
        """
        pairs: list[tuple[IntVar, bool]] = []
        for number, assignment in enumerate(solution.assignments):
            pairs.append((self.held[number], assignment is not None))
            chosen = assignment or _NOTHING
            _check(self.room[number], [chosen.room] if assignment else [])
            _check(self.language[number], [chosen.language] if assignment else [])
            _check(self.present[number], chosen.teams)
            _check(self.interpreter[number], chosen.interpreters)
            pairs += [(literal, slot == chosen.slot) for slot, literal in enumerate(self.start[number])]
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

    def solution(self, value: Callable[[IntVar], bool]) -> Solution:
        """Read a solution off the values of the decisions."""
        return Solution(tuple(self._assignment(number, item, value) for number, item in enumerate(self.problem.items)))

    def _assignment(self, number: int, item: Item, value: Callable[[IntVar], bool]) -> Assignment | None:
        if not value(self.held[number]):
            return None
        return Assignment(
            slot=next(slot for slot, literal in enumerate(self.start[number]) if value(literal)),
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
