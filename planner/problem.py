"""A scenario in integers: what the solver reads.

Moments are minutes since midnight of the first day by the clock at the venue; everything named outside has an index here,
its position in the scenario. The mapping between ids and indices is made in ``planner.compiling`` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from planner.formation import Session
from planner.record import Form
from planner.settings import Setting
from planner.solution import Assignment

Key = TypeVar("Key")


@dataclass(frozen=True)
class Span:
    """A half-open span of minutes."""

    start: int
    end: int

    def overlaps(self, start: int, end: int) -> bool:
        """Whether the span and [start, end) have a moment in common."""
        return self.start < end and start < self.end


@dataclass(frozen=True)
class Slot:
    """A start on the grid. ``whole`` tells that the grid cell which it opens ends before the day closes."""

    day: int
    start: int
    closes: int
    whole: bool


@dataclass(frozen=True)
class Party:
    """A delegation. ``rank`` is its clearance, 0 the lowest; ``absences`` are of its teams, by number from 0."""

    id: str
    teams: int
    team_size: int
    languages: frozenset[int]
    rank: int
    windows: tuple[Span, ...]
    longest_run: int | None
    most_a_day: int | None
    apart: frozenset[int]
    absences: Mapping[int, tuple[Span, ...]]
    most_changes: int


@dataclass(frozen=True)
class Officer:
    """A delegate who must sit in some session. ``team`` is the fixed team, from 0; ``languages`` are the own ones, if any."""

    id: str
    party: int
    team: int | None
    languages: frozenset[int]
    windows: tuple[Span, ...]


@dataclass(frozen=True)
class Interpreter:
    """An interpreter with the language pairs, each both ways."""

    id: str
    pairs: frozenset[tuple[int, int]]
    rank: int
    windows: tuple[Span, ...]
    longest_run_minutes: int | None
    rest_minutes: int


@dataclass(frozen=True)
class Place:
    """A room, or ``count`` interchangeable tables in one place; ``outages`` are features that it lacks for a time."""

    id: str
    building: int
    seats: int
    features: frozenset[str]
    rank: int
    windows: tuple[Span, ...]
    outages: tuple[tuple[frozenset[str], Span], ...]
    count: int

    def offers(self, features: frozenset[str], start: int, end: int) -> bool:
        """Whether it has all of these features from start to end, in minutes."""
        lost = (lacking for lacking, span in self.outages if span.overlaps(start, end))
        return features <= self.features and not any(features & lacking for lacking in lost)


@dataclass(frozen=True)
class Item:
    """A session to be placed.

    Attributes:
        parties: indices, leader first; ``always`` are those without whom it is not held.
        officers: indices of the officers who come with their delegation.
        seats_of: seats that each party takes when present.
        languages: working languages allowed.
        interpreters: interpreters that could cover somebody of it in an allowed language.
        windows: it is held inside one of them.
    """

    id: str
    session: Session
    length: int
    parties: tuple[int, ...]
    always: frozenset[int]
    quorum: tuple[int, ...]
    at_least: int
    officers: tuple[int, ...]
    seats_of: Mapping[int, int]
    rank: int
    languages: tuple[int, ...]
    interpreters: tuple[int, ...]
    windows: tuple[Span, ...]
    follows: int | None
    held_weight: int


@dataclass(frozen=True)
class Stop:
    """A block. ``parties`` and ``room`` are what it keeps from sessions, and all interpreters if ``interpreters``."""

    id: str
    span: Span
    parties: frozenset[int]
    room: int | None
    interpreters: bool


@dataclass(frozen=True)
class Order:
    """Sessions of which all of the earlier end before any of the later starts. ``name`` is ``earlier < later`` in ids."""

    name: str
    earlier: tuple[int, ...]
    later: tuple[int, ...]


@dataclass(frozen=True)
class Fixed:
    """A pin. ``slot`` is -1 when the pinned start is on no slot."""

    item: int
    slot: int | None
    room: int | None
    teams: Mapping[int, int]
    interpreters: tuple[int, ...]
    language: int | None


@dataclass(frozen=True)
class Before:
    """A session as people were told of it.

    Attributes:
        start: minute.
        length: in minutes.
        slot: that starts then, -1 when none does.
        room: -1 when there is no such room any more; so for the language.
        teams: team (from 0) of each party that was to come.
        interpreters: who was to interpret.
    """

    start: int
    length: int
    slot: int
    room: int
    language: int
    teams: Mapping[int, int]
    interpreters: frozenset[int]


@dataclass(frozen=True)
class Change:
    """A plan that is being changed.

    Attributes:
        now: minute; no session that has not started by then starts by then.
        past: sessions that have, where they are.
        told: sessions to come, as people were told of them.
        moved_parties: delegations whom an earlier change has moved.
        moved_interpreters: interpreters whom an earlier change has moved.
    """

    now: int
    past: Mapping[int, Assignment]
    told: Mapping[int, Before]
    moved_parties: frozenset[int]
    moved_interpreters: frozenset[int]


@dataclass(frozen=True)
class Links:
    """Sessions that belong together: of each party, officer and interpreter, and those bound to a session by chain or order."""

    of_party: tuple[tuple[int, ...], ...]
    of_officer: tuple[tuple[int, ...], ...]
    of_interpreter: tuple[tuple[int, ...], ...]
    of_session: tuple[frozenset[int], ...]


@dataclass(frozen=True)
class Problem:
    """A scenario in integers. All tuples are indexed by the position of the named thing in the scenario."""

    settings: Mapping[str, Setting]
    tiers: tuple[tuple[str, tuple[str, ...]], ...]
    grid: int
    days: tuple[str, ...]
    slots: tuple[Slot, ...]
    parties: tuple[Party, ...]
    officers: tuple[Officer, ...]
    interpreters: tuple[Interpreter, ...]
    places: tuple[Place, ...]
    walks: Mapping[tuple[int, int], int]
    stops: tuple[Stop, ...]
    items: tuple[Item, ...]
    orders: tuple[Order, ...]
    pins: tuple[Fixed, ...]
    languages: tuple[str, ...]
    change: Change | None = None

    @property
    def past(self) -> Mapping[int, Assignment]:
        """Sessions that have started when the plan is changed, where they are."""
        return {} if self.change is None else self.change.past

    def parameter(self, rule: str, name: str) -> int:
        """Value of a rule's parameter."""
        return self.settings[rule].parameters[name]

    def covers(self, interpreter: int, language: int, listener: frozenset[int]) -> bool:
        """Whether an interpreter works between a language and one of a listener's."""
        return any((language, own) in self.interpreters[interpreter].pairs for own in listener)

    @cached_property
    def pins_of_item(self) -> Mapping[int, tuple[Fixed, ...]]:
        """Pins on each session that has any."""
        return _grouped(self.pins, lambda pin: pin.item)

    @cached_property
    def pins_of_chain(self) -> Mapping[str, tuple[Fixed, ...]]:
        """Pins on sessions of each chain that has any."""
        return _grouped(self.pins, lambda pin: self.items[pin.item].session.chain)

    def assignable(self, item: int) -> list[int]:
        """Interpreters worth a decision: those who could cover somebody, were told to come, or are pinned to the chain."""
        pins = self.pins_of_chain.get(self.items[item].session.chain, ())
        pinned = {index for pin in pins for index in pin.interpreters}
        before = self.change.told.get(item) if self.change else None
        return sorted(pinned.union(self.items[item].interpreters, before.interpreters if before else ()))

    @cached_property
    def links(self) -> Links:
        """Sessions that belong together."""
        of_party: list[list[int]] = [[] for _ in self.parties]
        of_officer: list[list[int]] = [[] for _ in self.officers]
        of_interpreter: list[list[int]] = [[] for _ in self.interpreters]
        of_session: list[set[int]] = [set() for _ in self.items]
        chains: dict[str, list[int]] = {}
        for number, item in enumerate(self.items):
            for index in item.parties:
                of_party[index].append(number)
            for index in item.officers:
                of_officer[index].append(number)
            for index in self.assignable(number):
                of_interpreter[index].append(number)
            chains.setdefault(item.session.chain, []).append(number)
        bound = [*chains.values(), *([*order.earlier, *order.later] for order in self.orders)]
        for group in bound:
            if len(group) > 1:
                for number in group:
                    of_session[number].update(group)
        return Links(
            tuple(map(tuple, of_party)),
            tuple(map(tuple, of_officer)),
            tuple(map(tuple, of_interpreter)),
            tuple(map(frozenset, of_session)),
        )

    @cached_property
    def working(self) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """Of each party and day, the whole grid cells that no block of the party touches."""
        kept: list[list[Span]] = [[] for _ in self.parties]
        for stop in self.stops:
            for party in stop.parties:
                kept[party].append(stop.span)
        known: dict[tuple[Span, ...], tuple[tuple[int, ...], ...]] = {}
        for spans in map(tuple, kept):
            if spans not in known:
                days: list[list[int]] = [[] for _ in self.days]
                for cell, slot in enumerate(self.slots):
                    if slot.whole and not any(span.overlaps(slot.start, slot.start + self.grid) for span in spans):
                        days[slot.day].append(cell)
                known[spans] = tuple(map(tuple, days))
        return tuple(known[tuple(spans)] for spans in kept)

    @cached_property
    def hours(self) -> tuple[Span, ...]:
        """From the first slot of each day until it closes."""
        first: dict[int, Span] = {}
        for slot in self.slots:
            first.setdefault(slot.day, Span(slot.start, slot.closes))
        return tuple(first.values())

    def open_slots(self, windows: tuple[Span, ...], minutes: int) -> frozenset[int]:
        """Slots from which so many minutes lie wholly inside one of the windows."""
        key = (windows, minutes)
        if key not in self._open_slots:
            self._open_slots[key] = frozenset(
                index for index, slot in enumerate(self.slots) if available(windows, slot.start, slot.start + minutes)
            )
        return self._open_slots[key]

    def touching_slots(self, spans: tuple[Span, ...], minutes: int) -> frozenset[int]:
        """Slots from which so many minutes touch one of the spans."""
        key = (spans, minutes)
        if key not in self._touching_slots:
            self._touching_slots[key] = frozenset(
                index
                for index, slot in enumerate(self.slots)
                if any(span.overlaps(slot.start, slot.start + minutes) for span in spans)
            )
        return self._touching_slots[key]

    @cached_property
    def _open_slots(self) -> dict[tuple[tuple[Span, ...], int], frozenset[int]]:
        return {}

    @cached_property
    def _touching_slots(self) -> dict[tuple[tuple[Span, ...], int], frozenset[int]]:
        return {}

    def cells_from(self, slot: int, minutes: int) -> range:
        """Slots that start within so many minutes of one, itself first, over nights as well."""
        last = slot
        while last < len(self.slots) and self.slots[last].start < self.slots[slot].start + minutes:
            last += 1
        return range(slot, last)

    def bits_from(self, slot: int, minutes: int) -> int:
        """The same slots, each as the bit of its index."""
        key = (slot, minutes)
        if key not in self._bits:
            self._bits[key] = sum(1 << cell for cell in self.cells_from(slot, minutes))
        return self._bits[key]

    @cached_property
    def _bits(self) -> dict[tuple[int, int], int]:
        return {}

    @cached_property
    def working_bits(self) -> tuple[tuple[int, ...], ...]:
        """Of each party and day, the working cells as bits."""
        return tuple(tuple(sum(1 << cell for cell in day) for day in days) for days in self.working)

    @property
    def gentle_tiers(self) -> int:
        """How many tiers there are up to the last one about what people are told anew; 0 for a first plan."""
        about = (any(self.settings[rule].rule.is_wish_about_changes for rule in rules) for _, rules in self.tiers)
        return (
            max((position for position, is_gentle in enumerate(about, 1) if is_gentle), default=0) if self.change else 0
        )

    @cached_property
    def chains_with_forms(self) -> dict[str, tuple[list[int], list[int]]]:
        """Sessions of each chain whose form is open: those of the form together, those of the form apart."""
        chains: dict[str, tuple[list[int], list[int]]] = {}
        for index, item in enumerate(self.items):
            if item.session.form is not None:
                together, apart = chains.setdefault(item.session.chain, ([], []))
                (together if item.session.form is Form.together else apart).append(index)
        return chains


def available(windows: tuple[Span, ...], start: int, end: int) -> bool:
    """Whether [start, end) lies wholly inside one of the windows."""
    return any(window.start <= start and end <= window.end for window in windows)


def _grouped(pins: Iterable[Fixed], key: Callable[[Fixed], Key]) -> dict[Key, tuple[Fixed, ...]]:
    groups: dict[Key, tuple[Fixed, ...]] = {}
    for pin in pins:
        groups[key(pin)] = (*groups.get(key(pin), ()), pin)
    return groups
