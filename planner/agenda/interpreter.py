"""The agenda of an interpreter: when, where, for whom and in which languages; no cases and no leads."""

from __future__ import annotations

from dataclasses import dataclass

from planner import codes
from planner.agenda.parts import BlockView, Calendar, DayView, Masthead, OfSession, by_day
from planner.agenda.source import Source
from planner.plan import Placement


@dataclass(frozen=True)
class Assignment(OfSession):
    """A session that the reader interprets in.

    Attributes:
        languages: names of the languages that the reader interprets to and from the working language.
        colleagues: names of the other interpreters in the room.
    """

    languages: tuple[str, ...]
    colleagues: tuple[str, ...]


@dataclass(frozen=True)
class InterpreterAgenda:
    """What an interpreter may know."""

    masthead: Masthead
    reader: str
    days: tuple[DayView[Assignment | BlockView], ...]
    calendar: Calendar


def interpreter_agenda(source: Source, interpreter: str) -> InterpreterAgenda:
    """Return the agenda of an interpreter, by id."""
    name = source.interpreters[interpreter].name
    held = [
        assignment(source, item, interpreter) for item in source.plan.placements if interpreter in item.interpreters
    ]
    blocks = source.blocks()
    entries: list[Assignment | BlockView] = [*blocks, *held]
    return InterpreterAgenda(
        masthead=source.masthead,
        reader=name,
        days=by_day(source.masthead.days, entries),
        calendar=source.calendar(
            f"interpreter/{interpreter}",
            name,
            [*(view.basics.event for view in held), *(view.event for view in blocks)],
        ),
    )


def assignment(source: Source, placement: Placement, interpreter: str) -> Assignment:
    """Return a session as an interpreter who is assigned to it knows it."""
    working = placement.working_language
    own = {tag for pair in source.interpreters[interpreter].pairs if working in pair for tag in pair if tag != working}
    needed = [tag for tag in source.languages_interpreted(placement) if tag in own] or sorted(own)
    return Assignment(
        basics=source.basics(placement),
        languages=tuple(codes.language_name(tag) for tag in needed),
        colleagues=tuple(source.interpreters[name].name for name in placement.interpreters if name != interpreter),
    )
