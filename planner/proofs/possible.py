"""Where each session could be held if there were no other: slots, rooms, interpreters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.problem import Item, Problem, Span, available
from planner.rules import Level


@dataclass(frozen=True)
class Openings:
    """What hard rules leave to one session alone.

    Attributes:
        slots: starts at which everybody who must come, a room and interpreters could be there.
        rooms: for each room that would do, the starts among them at which it is open.
        helpers: sets of interpreters of each of which one is surely needed, with the starts at which each could come;
            the sets have nobody in common.
    """

    slots: frozenset[int]
    rooms: dict[int, frozenset[int]]
    helpers: tuple[dict[int, frozenset[int]], ...]


class Possible:
    """The openings of every session of a problem, each found when it is first asked for."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._known: dict[int, Openings] = {}

    def __getitem__(self, number: int) -> Openings:
        """Openings of a session."""
        if number not in self._known:
            self._known[number] = _Looker(self.problem, number).openings()
        return self._known[number]


class _Looker:
    def __init__(self, problem: Problem, number: int) -> None:
        self.problem = problem
        self.item: Item = problem.items[number]
        self.pins = [pin for pin in problem.pins if pin.item == number] if self._hard("pins") else []
        self.needed = sorted(self.item.always) if self._hard("attendance") else []
        present = self._hard("officer-present")
        self.officers = [problem.officers[index] for index in self.item.officers] if present else []

    def _hard(self, rule: str) -> bool:
        return self.problem.settings[rule].level is Level.hard

    def openings(self) -> Openings:
        slots = [slot for slot in range(len(self.problem.slots)) if self._people_there(slot)]
        rooms = {room: frozenset(slot for slot in slots if self._open(room, slot)) for room in self._rooms()}
        roomy = frozenset().union(*rooms.values())
        voices = {slot: sets for slot in sorted(roomy) if (sets := self._voices(slot)) is not None}
        kept = frozenset(voices)
        return Openings(
            slots=kept,
            rooms={room: open_at & kept for room, open_at in rooms.items() if open_at & kept},
            helpers=self._helpers(voices),
        )

    def _span(self, slot: int) -> tuple[int, int]:
        start = self.problem.slots[slot].start
        return start, start + self.item.length

    def _people_there(self, slot: int) -> bool:
        """Whether hours, windows, blocks and pins leave the start to the session and to those who must come."""
        start, end = self._span(slot)
        if any(pin.slot is not None and pin.slot != slot for pin in self.pins):
            return False
        change = self.problem.change
        if change is not None and start <= change.now and self._hard("past-kept"):
            return False
        if self._hard("hours") and end > self.problem.slots[slot].closes:
            return False
        if self._hard("windows") and not all(available(spans, start, end) for spans in self._windows()):
            return False
        parties = set(self.needed)
        return not self._hard("blocks") or not any(
            stop.parties & parties and stop.span.overlaps(start, end) for stop in self.problem.stops
        )

    def _windows(self) -> Iterator[tuple[Span, ...]]:
        yield self.item.windows
        for party in self.needed:
            yield self.problem.parties[party].windows
        for officer in self.officers:
            if officer.party in self.needed:
                yield officer.windows

    def _rooms(self) -> list[int]:
        item, places = self.item, self.problem.places
        seats = sum(item.seats_of[party] for party in self.needed) if self._hard("seats") else 0
        asked = {pin.room for pin in self.pins if pin.room is not None}
        return [
            room
            for room, place in enumerate(places)
            if (not self._hard("clearance") or place.rank >= item.rank)
            and (not self._hard("features") or place.features >= set(item.session.features))
            and place.seats >= seats
            and asked <= {room}
        ]

    def _open(self, room: int, slot: int) -> bool:
        start, end = self._span(slot)
        place = self.problem.places[room]
        if self._hard("windows") and not available(place.windows, start, end):
            return False
        return not self._hard("blocks") or not any(
            stop.room == room and stop.span.overlaps(start, end) for stop in self.problem.stops
        )

    def _comes(self, interpreter: int, slot: int) -> bool:
        start, end = self._span(slot)
        person = self.problem.interpreters[interpreter]
        if self._hard("windows") and not available(person.windows, start, end):
            return False
        if self._hard("clearance") and person.rank < self.item.rank:
            return False
        return not self._hard("blocks") or not any(
            stop.interpreters and stop.span.overlaps(start, end) for stop in self.problem.stops
        )

    def _listeners(self) -> list[frozenset[int]]:
        """Languages of each party and officer who must come."""
        own = [self.problem.parties[party].languages for party in self.needed]
        own += [
            officer.languages
            for index in self.item.officers
            if (officer := self.problem.officers[index]).languages and officer.party in self.needed
        ]
        return list(dict.fromkeys(own))

    def _voices(self, slot: int) -> list[list[frozenset[int]]] | None:
        """For each language that could be spoken, which interpreters each listener who needs one could have; None for none."""
        if not self._hard("language"):
            return [[]]
        asked = {pin.language for pin in self.pins if pin.language is not None}
        found = []
        for language in self.item.languages:
            if not asked <= {language}:
                continue
            sets = [
                frozenset(
                    voice
                    for voice in self.item.interpreters
                    if self.problem.covers(voice, language, own) and self._comes(voice, slot)
                )
                for own in self._listeners()
                if language not in own
            ]
            if all(sets):
                found.append(sets)
        return found or None

    def _helpers(self, voices: dict[int, list[list[frozenset[int]]]]) -> tuple[dict[int, frozenset[int]], ...]:
        """Interpreters surely needed: with one language one of each listener's set, with several one of all who could come."""
        ways = [sets for found in voices.values() for sets in found]
        if not ways or not all(ways):
            return ()
        if all(len(found) == 1 for found in voices.values()):
            listeners = [frozenset().union(*column) for column in zip(*ways, strict=True)]
            groups = _disjoint(listeners)
        else:
            groups = [frozenset(voice for sets in ways for voices_of in sets for voice in voices_of)]
        return tuple(
            {voice: frozenset(slot for slot in voices if self._comes(voice, slot)) for voice in sorted(group)}
            for group in groups
        )


def _disjoint(groups: Iterable[frozenset[int]]) -> list[frozenset[int]]:
    """Groups that have nobody in common, small ones first."""
    chosen: list[frozenset[int]] = []
    for group in sorted(groups, key=len):
        if all(not group & other for other in chosen):
            chosen.append(group)
    return chosen
