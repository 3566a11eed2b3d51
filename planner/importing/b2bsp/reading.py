"""From a data file of the benchmark to an instance, or everything that is wrong with the file, each with its line."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from planner.consistency import did_you_mean
from planner.errors import Flaw, InputError
from planner.importing.b2bsp.instance import MOST_SLOTS, Instance, Meeting
from planner.importing.dzn import Data, Fault, Kind, Term, read_data

_NUMBERS = ("nBusiness", "nMeetings", "nTables", "nTotalSlots", "nMorningSlots")
_NEEDED = dict.fromkeys(_NUMBERS, Kind.number) | {
    "requested": Kind.table,
    "forbidden": Kind.list,
    "fixed": Kind.list,
    "precedences": Kind.list,
}
_REDUNDANT = {"meetingsxBusiness": Kind.list, "nMeetingsBusiness": Kind.list}
_KINDS = _NEEDED | _REDUNDANT


def parse_instance(text: str, name: str) -> Instance:
    """Read an instance from the text of a ``.dzn`` file.

    Args:
        text: what stands in the file. The order of the parameters is free, and ``meetingsxBusiness`` and
            ``nMeetingsBusiness`` may be left out.
        name: what to call it in errors: the path of the file, or ``stdin``.

    Raises:
        InputError: when it is no instance, with every flaw that was found, by line.
    """
    data = read_data(text)
    if not data.lines.keys() & _KINDS.keys():
        hint = "Give the path of a file in the MiniZinc format of the benchmark, which begins with nBusiness = …;"
        faults = [Fault(1, "", "no parameter of the benchmark is given", hint)]
    else:
        reader = _Reader(data)
        faults = sorted((*data.faults, *reader.missing(), *reader.faults()), key=lambda fault: fault.line)
        if not faults:
            return reader.instance()
    count = "one flaw" if len(faults) == 1 else f"{len(faults)} flaws"
    flaws = [
        Flaw(f"{name}:{fault.line}", fault.name or "file", fault.found, fault.message, fault.hint) for fault in faults
    ]
    raise InputError(f"{name} is not a usable instance: {count}", flaws, "Correct the file, or get it again.")


class _Reader:
    """Reads what the parameters of a file say; ``sound`` are those of the right kind, and lists of the right length."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.sound: dict[str, Term] = {}

    def number(self, name: str) -> int | None:
        return self.sound[name].number if name in self.sound else None

    def items(self, name: str) -> tuple[Term, ...]:
        return self.sound[name].items if name in self.sound else ()

    def missing(self) -> Iterator[Fault]:
        """Parameters that nobody knows, and those that are not given; where the file breaks off, nothing is missing."""
        for name, line in self.data.lines.items():
            if name not in _KINDS and name in self.data.terms:
                yield Fault(line, name, "there is no parameter of this name", did_you_mean(name, _KINDS))
        last = max(self.data.lines.values())
        for name, kind in _NEEDED.items() if self.data.complete else ():
            if name not in self.data.lines:
                yield Fault(last, name, "this parameter is missing", f"Add it: {kind}.")

    def faults(self) -> Iterator[Fault]:
        """Everything that is wrong with what could be read."""
        yield from self._kinds()
        yield from self._limits("nBusiness", 1, None, "participants")
        yield from self._limits("nMeetings", 0, None, "meetings")
        yield from self._limits("nTables", 1, None, "tables")
        yield from self._limits("nTotalSlots", 1, MOST_SLOTS, "slots of half an hour from 08:00 on")
        yield from self._limits("nMorningSlots", 0, self.number("nTotalSlots"), "slots in the morning")
        yield from self._lengths()
        participants, meetings = self.number("nBusiness"), self.number("nMeetings")
        slots = self.number("nTotalSlots")
        yield from self._meetings(participants)
        for position, entry in enumerate(self.items("forbidden"), start=1):
            yield from self._within(f"forbidden[{position}]", entry, Kind.set, 0, slots, "slot")
        for position, entry in enumerate(self.items("fixed"), start=1):
            yield from self._within(f"fixed[{position}]", entry, Kind.number, 0, slots, "slot")
        for position, entry in enumerate(self.items("precedences"), start=1):
            yield from self._within(f"precedences[{position}]", entry, Kind.set, 1, meetings, "meeting")
        if "precedences" in self.sound:
            yield from self._circle()
        yield from self._contradictions()

    def instance(self) -> Instance:
        """The instance; nothing is wrong with the file."""
        numbers = {name: self.sound[name].number for name in _NUMBERS}
        return Instance(
            participants=numbers["nBusiness"],
            meetings=tuple(
                Meeting(one.number - 1, other.number - 1, half.number)
                for one, other, half in (row.items for row in self.items("requested"))
            ),
            tables=numbers["nTables"],
            slots=numbers["nTotalSlots"],
            morning_slots=numbers["nMorningSlots"],
            forbidden=tuple(
                frozenset(slot.number - 1 for slot in entry.items if slot.number > 0)
                for entry in self.items("forbidden")
            ),
            fixed=tuple(entry.number - 1 if entry.number > 0 else None for entry in self.items("fixed")),
            precedences=tuple(
                (earlier.number - 1, later)
                for later, entry in enumerate(self.items("precedences"))
                for earlier in entry.items
            ),
        )

    def _kinds(self) -> Iterator[Fault]:
        for name, term in self.data.terms.items():
            if name in _KINDS and term.kind is not _KINDS[name]:
                yield Fault(term.line, name, f"this is {term.kind}, and not {_KINDS[name]}", f"Write {_KINDS[name]}.")
            elif name in _KINDS:
                self.sound[name] = term

    def _limits(self, name: str, least: int, most: int | None, what: str) -> Iterator[Fault]:
        number = self.number(name)
        if number is not None and (number < least or (most is not None and number > most)):
            hint = f"Write {least} or more." if most is None else f"Write {least} to {most}."
            line = self.sound.pop(name).line
            yield Fault(line, name, f"this is no possible number of {what}", hint, str(number))

    def _lengths(self) -> Iterator[Fault]:
        for name, counted in (
            ("requested", "nMeetings"),
            ("fixed", "nMeetings"),
            ("precedences", "nMeetings"),
            ("forbidden", "nBusiness"),
            ("meetingsxBusiness", "nBusiness"),
            ("nMeetingsBusiness", "nBusiness"),
        ):
            number = self.number(counted)
            if name in self.sound and number is not None and len(self.items(name)) != number:
                term = self.sound.pop(name)
                yield Fault(
                    term.line,
                    name,
                    f"it has {len(term.items)} entries, and {counted} is {number}",
                    "Give one entry for each.",
                )

    def _meetings(self, participants: int | None) -> Iterator[Fault]:
        for position, row in enumerate(self.items("requested"), start=1):
            name = f"requested[{position}]"
            if len(row.items) != 3:
                hint = "Write two participants, and 1 for the morning, 2 for the afternoon, 3 for either."
                yield Fault(row.line, name, f"this row has {len(row.items)} numbers, and not three", hint)
                self.sound.pop("requested", None)
                continue
            one, other, half = row.items
            for column, participant in enumerate((one, other), start=1):
                where = f"requested[{position}, {column}]"
                yield from self._within(where, participant, Kind.number, 1, participants, "participant")
            if one.number == other.number:
                yield Fault(row.line, name, "a participant cannot meet itself", "Name two.", str(one.number))
            if half.number not in (1, 2, 3):
                hint = "Write 1 for the morning, 2 for the afternoon, or 3 for either."
                yield Fault(
                    half.line, f"requested[{position}, 3]", "this is no part of the day", hint, str(half.number)
                )

    def _within(self, name: str, entry: Term, kind: Kind, least: int, most: int | None, what: str) -> Iterator[Fault]:
        """Find what is not of its kind or out of its limits; where 0 is allowed, it stands for nothing."""
        whole = name.partition("[")[0]
        if entry.kind is not kind:
            self.sound.pop(whole, None)
            yield Fault(entry.line, name, f"this is {entry.kind}, and not {kind}", f"Write {kind}.")
            return
        for number in (entry,) if kind is Kind.number else entry.items:
            if number.number < least or (most is not None and number.number > most):
                self.sound.pop(whole, None)
                allowed = "1 or more" if most is None else f"1 to {most}"
                hint = f"Write {allowed}." if least else f"Write {allowed}, or 0 for none."
                yield Fault(number.line, name, f"there is no such {what}", hint, str(number.number))

    def _circle(self) -> Iterator[Fault]:
        entries = self.items("precedences")
        before = {later: [one.number for one in entry.items] for later, entry in enumerate(entries, start=1)}
        try:
            TopologicalSorter(before).prepare()
        except CycleError as error:
            circle = error.args[1]
            yield Fault(
                entries[circle[1] - 1].line,
                f"precedences[{circle[1]}]",
                f"the order goes round in a circle: {' < '.join(map(str, circle))}",
                "Take one of these out.",
            )

    def _contradictions(self) -> Iterator[Fault]:
        """Compare what is said twice with the meetings requested; 1 stands before the meetings, counted from 2."""
        if "requested" not in self.sound or self.number("nBusiness") is None:
            return
        asked: dict[int, list[int]] = {}
        for position, row in enumerate(self.items("requested"), start=1):
            for participant in row.items[:2]:
                asked.setdefault(participant.number, []).append(position)
        hint = "Correct one of the two, or leave this parameter out."
        for number, entry in enumerate(self.items("meetingsxBusiness"), start=1):
            wanted = {position + 1 for position in asked.get(number, [])}
            if {item.number for item in entry.items} - {1} != wanted:
                shown = ",".join(map(str, sorted(wanted | {1})))
                name = f"meetingsxBusiness[{number}]"
                yield Fault(entry.line, name, f"requested says {{{shown}}} for this participant", hint)
        for number, entry in enumerate(self.items("nMeetingsBusiness"), start=1):
            count = len(asked.get(number, []))
            if entry.kind is not Kind.number or entry.number != count:
                name, found = f"nMeetingsBusiness[{number}]", str(entry.number)
                yield Fault(entry.line, name, f"requested has {count} meetings of this participant", hint, found)
