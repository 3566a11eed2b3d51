"""The decisions of the model seen as rules need them: who sits where when, on which day, in which building."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, IntVar, LinearExprT

from planner.problem import Problem
from planner.solver.model.decisions import Decisions, Options
from planner.solver.model.scope import Scope


@dataclass(frozen=True)
class Carrier:
    """Whoever can be in one session at a time: a team, an officer, an interpreter; or a room, in as many as it has tables.

    Attributes:
        subject: kind and name, as violations are about it.
        owner: index of its delegation, or its own.
        uses: sessions that it may be in, each with the decision that it is.
    """

    subject: tuple[str, str]
    owner: int
    uses: tuple[tuple[int, IntVar], ...]


class Variables(Decisions):
    """Decisions, and the products of decisions that rules are written with; each is made once.

    Attributes:
        shares: by the wish that compares them, what each team or delegation bears of it.
    """

    def __init__(self, problem: Problem, model: CpModel, *, scope: Scope | None = None, audit: bool = False) -> None:
        super().__init__(problem, model, scope=scope, audit=audit)
        self.shares: dict[str, dict[str, LinearExprT]] = {}
        self.made: dict[str, object] = {}
        self._products: dict[tuple[int, int], Options] = {}
        self._cells: dict[tuple[int, int], range] = {}
        self._minutes: dict[int, IntVar] = {}
        self._days: dict[tuple[int, int], list[IntVar]] = {}
        self._buildings: dict[tuple[int, int], IntVar] = {}
        self._teams: list[Carrier] | None = None

    def both(self, part: IntVar, item: int) -> Options:
        """For each slot, whether ``part`` holds and the session starts there; ``part`` implies that it is held."""
        start = self.start[item]
        if self.fails(part):
            return {}
        if self.holds(part) or part.index == self.held[item].index:
            return start
        key = (part.index, item)
        if key not in self._products:
            products = {slot: self.define(f"{part.name} at {self.problem.slots[slot].start}") for slot in start}
            self.model.add(cp_model.LinearExpr.sum(list(products.values())) == part)
            self.defined += 1
            for slot, product in products.items():
                self.clause(product.negated(), start[slot])
            self._products[key] = products
        return self._products[key]

    def cells(self, slot: int, minutes: int) -> range:
        """Slots that start within so many minutes of one, itself first, over nights as well."""
        key = (slot, minutes)
        if key not in self._cells:
            self._cells[key] = self.problem.cells_from(slot, minutes)
        return self._cells[key]

    def through(self, carrier: Carrier, minutes: Mapping[int, int], *, overnight: bool = True) -> list[list[IntVar]]:
        """For each slot, the decisions by which a session of the carrier lasts into it.

        A session counts for so many ``minutes`` from its start, ``overnight`` also on the days after. As sessions start on
        the grid only, two of them overlap exactly when they share a slot.
        """
        slots = self.problem.slots
        through: list[list[IntVar]] = [[] for _ in slots]
        for number, literal in carrier.uses:
            for slot, start in self.both(literal, number).items():
                for cell in self.cells(slot, minutes[number]):
                    if overnight or slots[cell].day == slots[slot].day:
                        through[cell].append(start)
        return through

    def teams(self) -> list[Carrier]:
        """Every team that may sit in a session."""
        if self._teams is None:
            known = set(self.known)
            self._teams = []
            for index in self.scope.parties:
                party = self.problem.parties[index]
                sessions = [number for number in self.problem.links.of_party[index] if number in known]
                for team in range(party.teams if sessions else 0):
                    uses = [(number, self.team[number][index][team]) for number in sessions]
                    possible = tuple((number, literal) for number, literal in uses if not self.fails(literal))
                    self._teams.append(Carrier(("team", f"{party.id}/{team + 1}"), index, possible))
        return self._teams

    def officers(self) -> list[Carrier]:
        """Every officer."""
        return [
            Carrier(("delegate", self.problem.officers[index].id), index, self._uses(self.seated, index))
            for index in self.scope.officers
        ]

    def interpreters(self) -> list[Carrier]:
        """Every interpreter."""
        return [
            Carrier(("interpreter", self.problem.interpreters[index].id), index, self._uses(self.interpreter, index))
            for index in self.scope.interpreters
        ]

    def rooms(self) -> list[Carrier]:
        """Every room, those of interchangeable tables too."""
        return [
            Carrier(("room", room.id), index, self._uses(self.room, index))
            for index, room in enumerate(self.problem.places)
        ]

    def _uses(self, decisions: Mapping[int, Options], index: int) -> tuple[tuple[int, IntVar], ...]:
        return tuple(
            (number, options[index])
            for number, options in decisions.items()
            if index in options and not self.fails(options[index])
        )

    def chains_with_forms(self) -> dict[str, tuple[list[int], list[int]]]:
        """Sessions of each chain whose form is open, as the problem gives them, of those that the scope knows."""
        chains = self.problem.chains_with_forms
        return {name: forms for name, forms in chains.items() if all(one in self.held for one in forms[0] + forms[1])}

    def only_known(self, sessions: Iterable[int]) -> list[int]:
        """Those of the sessions that the scope knows."""
        return [number for number in sessions if number in self.held]

    def cell(self, slot: int) -> cp_model.IntervalVar:
        """The time of one grid cell."""
        self.defined += 1
        start = self.problem.slots[slot].start
        return self.model.new_fixed_size_interval_var(start, 1, f"cell {start}")

    def interval(self, item: int, part: IntVar) -> cp_model.IntervalVar:
        """The time of a session, counted only when ``part`` holds; ``part`` implies that it is held."""
        length = self.problem.items[item].length
        slots = self.problem.slots
        self.defined += 1
        if self.holds(part) and len(self.start[item]) == 1:
            (slot,) = self.start[item]
            return self.model.new_fixed_size_interval_var(slots[slot].start, length, f"{part.name} time")
        if item not in self._minutes:
            minute = self.model.new_int_var(0, slots[-1].start, f"{self.problem.items[item].id} starts at")
            starts = [slots[slot].start for slot in self.start[item]]
            self.model.add(cp_model.LinearExpr.weighted_sum(list(self.start[item].values()), starts) == minute)
            self.defined += 1
            self._minutes[item] = minute
        return self.model.new_optional_fixed_size_interval_var(self._minutes[item], length, part, f"{part.name} time")

    def on_day(self, part: IntVar, item: int) -> list[IntVar]:
        """For each day, whether ``part`` holds and the session starts on it; ``part`` implies that it is held."""
        key = (part.index, item)
        if key not in self._days:
            by_day: list[list[IntVar]] = [[] for _ in self.problem.days]
            for slot, start in self.both(part, item).items():
                by_day[self.problem.slots[slot].day].append(start)
            self._days[key] = [
                self.any_of(starts, f"{part.name} on {day}")
                for day, starts in zip(self.problem.days, by_day, strict=True)
            ]
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
