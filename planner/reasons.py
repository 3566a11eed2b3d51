"""The first reason why a session was left out, found by looking and counting, without a solver.

Reasons name parties and rooms and are for organisers only. The checks go from what can never be mended by moving sessions
to what is in the way in this plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property

from planner.problem import Item, Problem, available
from planner.rules import Level
from planner.solution import Assignment, Solution


def first_reason(problem: Problem, solution: Solution, number: int) -> str:
    """Return one sentence that says why session ``number`` is not in the solution."""
    looker = _Looker(problem, solution, number)
    return next(looker.reasons())


def hopeless(problem: Problem) -> dict[str, str]:
    """Return the sessions to come that no plan could hold, even if there were no others, each with the reason."""
    nothing = Solution((None,) * len(problem.items))
    lookers = {
        item.id: _Looker(problem, nothing, number)
        for number, item in enumerate(problem.items)
        if number not in problem.past
    }
    reasons = {name: next(looker.alone(), None) for name, looker in lookers.items()}
    return {name: reason for name, reason in reasons.items() if reason is not None}


class _Looker:
    def __init__(self, problem: Problem, solution: Solution, number: int) -> None:
        self.problem = problem
        self.solution = solution
        self.item: Item = problem.items[number]
        self.rooms = list(range(len(problem.places)))
        self.needed = sorted(self.item.always) if self._hard("attendance") else []
        narrowed = self.item.session.windows and self._hard("windows")
        self.within = " within the session's windows" if narrowed else ""

    def alone(self) -> Iterator[str]:
        """Reasons that hold whatever else is planned."""
        yield from self._parties()
        yield from self._rooms()
        yield from self._languages()
        slots = self._common_slots()
        yield from self._times(slots)
        yield from self._closed(slots)

    def reasons(self) -> Iterator[str]:
        """All reasons, the weightiest first; the last one always applies."""
        yield from self.alone()
        yield from self._sequence()
        yield from self._taken(self._common_slots())
        yield "No single thing is in its way, but no plan was found that holds it beside the sessions that are held."

    def _hard(self, rule: str) -> bool:
        return self.problem.settings[rule].level is Level.hard

    def _parties(self) -> Iterator[str]:
        parties, item = self.problem.parties, self.item
        classification = item.session.classification
        for party in self.needed:
            if self._hard("clearance") and parties[party].rank < item.rank:
                yield f"{parties[party].id} must be there and is not cleared for {classification}."
            for other in self.needed:
                if self._hard("kept-apart") and other in parties[party].apart:
                    yield f"{parties[party].id} and {parties[other].id} must both be there and must not sit together."

    def _rooms(self) -> Iterator[str]:
        """Narrow the rooms down by one demand after the other."""
        places, item = self.problem.places, self.item
        needed = sum(item.seats_of[party] for party in self.needed)
        demands: tuple[tuple[str, str, Callable[[int], bool]], ...] = (
            (
                "clearance",
                f"is cleared for {item.session.classification}" if item.rank else "",
                lambda r: places[r].rank >= item.rank,
            ),
            (
                "features",
                f"has {' and '.join(item.session.features)}" if item.session.features else "",
                lambda r: set(item.session.features) <= places[r].features,
            ),
            ("seats", f"seats {needed}", lambda r: places[r].seats >= needed),
        )
        said: list[str] = []
        for rule, what, fits in demands:
            if not self._hard(rule) or not what:
                continue
            said.append(what)
            self.rooms = [room for room in self.rooms if fits(room)]
            if not self.rooms:
                yield f"No room {' and '.join(said)}."

    def _languages(self) -> Iterator[str]:
        if not self._hard("language"):
            return
        problem, item = self.problem, self.item
        stuck: dict[int, list[int]] = {}
        for language in item.languages:
            stuck[language] = [
                party
                for party in self.needed
                if language not in problem.parties[party].languages
                and not any(
                    problem.covers(voice, language, problem.parties[party].languages)
                    and (problem.interpreters[voice].rank >= item.rank or not self._hard("clearance"))
                    and self._works(voice)
                    for voice in item.interpreters
                )
            ]
            if not stuck[language]:
                return
        always = [party for party in self.needed if all(party in parties for parties in stuck.values())]
        if always:
            tags = ", ".join(problem.languages[language] for language in item.languages)
            name = problem.parties[always[0]].id
            yield f"{name} has no cleared interpreter from any language that may be spoken ({tags})."
        lacking = [f"{problem.parties[who[0]].id} in {problem.languages[tag]}" for tag, who in stuck.items()]
        yield f"In every language that may be spoken somebody has no cleared interpreter: {', '.join(lacking)}."

    def _works(self, voice: int) -> bool:
        """Whether an interpreter is there at a time when the session could be."""
        windows, slots = self.problem.interpreters[voice].windows, self.problem.slots
        return not self._hard("windows") or any(
            available(windows, slots[slot].start, slots[slot].start + self.item.length)
            for slot in range(len(slots))
            if self._inside(slot)
        )

    def _common_slots(self) -> list[int]:
        slots = [slot for slot in range(len(self.problem.slots)) if self._inside(slot)]
        return [slot for slot in slots if all(self._there(party, slot) for party in self.needed)]

    def _inside(self, slot: int) -> bool:
        """Whether the hours of the day and the windows of the session leave it room from a slot on."""
        start = self.problem.slots[slot].start
        end = start + self.item.length
        change = self.problem.change
        return (
            (change is None or start > change.now or not self._hard("past-kept"))
            and (end <= self.problem.slots[slot].closes or not self._hard("hours"))
            and (not self._hard("windows") or available(self.item.windows, start, end))
        )

    def _there(self, party: int, slot: int) -> bool:
        """Whether a party, with its officers, could sit from a slot on if there were no other session."""
        problem, item = self.problem, self.item
        start = problem.slots[slot].start
        end = start + item.length
        officers = [problem.officers[index] for index in item.officers] if self._hard("officer-present") else []
        windows = [problem.parties[party].windows, *(o.windows for o in officers if o.party == party)]
        blocked = any(party in stop.parties and stop.span.overlaps(start, end) for stop in problem.stops)
        return (not blocked or not self._hard("blocks")) and (
            not self._hard("windows")
            or (all(available(spans, start, end) for spans in windows) and self._has_team(party, start, end))
        )

    def _has_team(self, party: int, start: int, end: int) -> bool:
        """Whether not all teams of a party are away for some of the time."""
        teams, absences = self.problem.parties[party].teams, self.problem.parties[party].absences
        return any(not any(span.overlaps(start, end) for span in absences.get(team, ())) for team in range(teams))

    def _times(self, slots: list[int]) -> Iterator[str]:
        problem, item = self.problem, self.item
        if slots:
            return
        inside = [slot for slot in range(len(problem.slots)) if self._inside(slot)]
        if not inside:
            left = "its windows" if self.within else "the starts that are left"
            grid = " from a start on the grid" if self.within else ""
            yield f"None of {left} has {item.length} minutes{grid}."
        long = f"there and free of blocks for {item.length} minutes{self.within}."
        for party in self.needed:
            if not any(self._there(party, slot) for slot in inside):
                yield f"{problem.parties[party].id} is at no time {long}"
        yield f"{', '.join(problem.parties[party].id for party in self.needed)} are at no time all {long}"

    def _sequence(self) -> Iterator[str]:
        before = self.item.follows
        if self._hard("sittings") and before is not None and self.solution.assignments[before] is None:
            yield f"The sitting before it, {self.problem.items[before].id}, is not held."

    def _closed(self, slots: list[int]) -> Iterator[str]:
        if slots and self.needed and not any(self._open(room, slot) for room in self.rooms for slot in slots):
            names = ", ".join(self.problem.parties[party].id for party in self.needed)
            yield f"No room that would do is open and free of blocks when {names} are all there{self.within}."

    def _open(self, room: int, slot: int) -> bool:
        """Whether a room could hold it from a slot on if there were no other session."""
        start = self.problem.slots[slot].start
        end = start + self.item.length
        blocked = any(stop.room == room and stop.span.overlaps(start, end) for stop in self.problem.stops)
        lacks = any(
            not features.isdisjoint(self.item.session.features) and span.overlaps(start, end)
            for features, span in self.problem.places[room].outages
        )
        return (
            (not blocked or not self._hard("blocks"))
            and (not lacks or not self._hard("features"))
            and (not self._hard("windows") or available(self.problem.places[room].windows, start, end))
        )

    def _taken(self, slots: list[int]) -> Iterator[str]:
        """Name who or what is in the way most often, if something is at every possible time."""
        blockers = [set(self._blockers(slot)) for slot in slots]
        if not slots or not all(blockers):
            return
        counts = Counter(name for names in blockers for name in names)
        name, count = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        others = "" if count == len(slots) else ", and somebody or something else is in the way at the others"
        yield f"{name} at {count} of its {len(slots)} possible times{others}."

    @cached_property
    def _lasting(self) -> dict[int, dict[int, tuple[int, int, Assignment]]]:
        """For each slot, the sessions that last into it: first minute, minute after the last, and assignment."""
        problem = self.problem
        lasting: dict[int, dict[int, tuple[int, int, Assignment]]] = {}
        for number, chosen in enumerate(self.solution.assignments):
            if chosen is not None:
                begins, length = problem.slots[chosen.slot].start, problem.items[number].length
                for cell in problem.cells_from(chosen.slot, length):
                    lasting.setdefault(cell, {})[number] = (begins, begins + length, chosen)
        return lasting

    def _blockers(self, slot: int) -> Iterator[str]:
        problem = self.problem
        meanwhile = {
            number: sitting
            for cell in problem.cells_from(slot, self.item.length)
            for number, sitting in self._lasting.get(cell, {}).items()
        }
        running = list(meanwhile.values())
        for party in self.needed if self._hard("team-one-place") else ():
            busy = {chosen.teams[party] for _, _, chosen in running if party in chosen.teams}
            if len(busy) >= problem.parties[party].teams:
                yield f"{problem.parties[party].id} is in other sessions"

        def most_at_once(room: int) -> int:
            held = [(begins, ends) for begins, ends, chosen in running if chosen.room == room]
            return max((sum(begins <= at < ends for begins, ends in held) for at, _ in held), default=0)

        free = (
            room
            for room in self.rooms
            if self._open(room, slot)
            and (not self._hard("room-one-session") or most_at_once(room) < problem.places[room].count)
        )
        if next(free, None) is None:
            yield "No room that would do is free"
