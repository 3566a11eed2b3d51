"""Why a session of a delegation is not held or not earlier, as it may know that: text and plain data, from the view alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from planner.agenda import Hindrance, InTheWay, NotScheduled, Start, Why
from planner.render.words import clock, weekday

_SAID = {
    Hindrance.away: "you are not there",
    Hindrance.block: "taken by {}",
    Hindrance.person_away: "{} must sit in it and is not there",
    Hindrance.person_busy: "{} must sit in it and is in another session of yours",
    Hindrance.team_gone: "you have no team {} any more",
    Hindrance.team_away: "your {} away",
    Hindrance.teams_busy: "your teams that could sit in it are in {}",
    Hindrance.run_full: "your {} already in as many sessions in a row as you allow",
    Hindrance.day_full: "your {} already in as many sessions that day as you allow",
    Hindrance.changes_full: "you would be told of more changes than you allow",
    Hindrance.no_interpreter: "no interpreter for your language is free",
}
_CLEARED = "no interpreter for your language who is cleared for {} is free"


def why_lines(view: Why) -> Iterator[str]:
    """Yield the lines of the text."""
    session = view.session
    if isinstance(session, NotScheduled):
        others = f" with {and_(session.others)}" if session.others else ""
        yield f"{view.reader}: session {session.code}{others} could not be scheduled."
    else:
        others = f" with {and_(session.others)}" if session.others else ""
        yield (
            f"{view.reader}: session {session.basics.code}{others} is on {weekday(session.start)} "
            f"{clock(session.start)}–{clock(session.end)}."
        )
    if not view.starts:
        yield "There is no earlier start."
        return
    held = not isinstance(session, NotScheduled)
    takes = f"It takes {view.minutes} minutes. " if view.minutes else ""
    yield f"{takes}On your side, if it started {'earlier' if held else 'at'}:"
    for (day, in_the_way), starts in groupby(view.starts, key=lambda start: (start.moment.date(), start.in_the_way)):
        but = "nothing on your side, but " if is_interpreter_lacking(in_the_way) else ""
        yield f"  {weekday(day)} {_times([start.moment for start in starts])}: {but}{words_of(in_the_way)}"
    kinds = {found.hindrance for start in view.starts for found in start.in_the_way}
    if Hindrance.no_interpreter in kinds:
        yield "You share interpreters with others. Whom they are with, or why they cannot be had, is not told."
    open_ones = [start for start in view.starts if not start.in_the_way]
    if open_ones and held:
        yield "Where nothing on your side is in the way, it is not earlier because of other delegations, rooms or interpreters,"
        yield "or because the whole programme is better so. Which of them is not told, as that would tell of others."
    elif open_ones:
        yield "Where nothing on your side is in the way, other delegations, rooms or interpreters could not be had for it."
        yield "Which of them is not told, as that would tell of others."
    elif Hindrance.no_interpreter in kinds:
        yield "So no start is open: on your side, or for want of an interpreter."
    else:
        yield "So no start is open on your side."
    yield from _could(view.starts)


def is_interpreter_lacking(in_the_way: Sequence[InTheWay]) -> bool:
    """Whether what is in the way is not on the reader's own side."""
    return any(found.hindrance is Hindrance.no_interpreter for found in in_the_way)


def words_of(in_the_way: Sequence[InTheWay]) -> str:
    """Return what is in the way, to the reader."""
    if not in_the_way:
        return "nothing on your side is in the way"
    return and_([_said(found, is_alone=len(in_the_way) == 1) for found in in_the_way])


def _said(found: InTheWay, *, is_alone: bool) -> str:
    hindrance, names = found
    if hindrance is Hindrance.teams_busy and not is_alone:
        return f"your other teams that could sit in it are in {and_(names)}"
    if hindrance is Hindrance.no_interpreter and names:
        return _CLEARED.format(and_(names))
    if hindrance in (Hindrance.team_away, Hindrance.run_full, Hindrance.day_full):
        teams = f"teams {and_(names)} are" if len(names) > 1 else f"team {and_(names)} is".replace("  ", " ")
        return _SAID[hindrance].format(teams)
    return _SAID[hindrance].format(and_(names))


def why_data(view: Why) -> dict[str, Any]:
    """The same as plain data."""
    session = view.session
    return {
        "reader": view.reader,
        "session": session.code if isinstance(session, NotScheduled) else session.basics.code,
        "others": session.others,
        "held": None if isinstance(session, NotScheduled) else session.start.isoformat(),
        "minutes": view.minutes,
        "starts": [
            {"start": start.moment.isoformat(), "in_the_way": in_the_way_data(start.in_the_way)}
            for start in view.starts
        ],
    }


def in_the_way_data(in_the_way: Sequence[InTheWay]) -> list[dict[str, Any]]:
    """What is in the way as plain data."""
    return [{"hindrance": found.hindrance.value, "names": found.names} for found in in_the_way]


_OFFERS = {
    Hindrance.away: "being there longer",
    Hindrance.person_away: "somebody else for {}",
    Hindrance.team_away: "all of your teams there",
    Hindrance.teams_busy: "one more team",
    Hindrance.run_full: "more sessions in a row",
    Hindrance.day_full: "more sessions a day",
    Hindrance.changes_full: "more changes",
}


def _could(starts: Sequence[Start]) -> Iterator[str]:
    """What the reader could offer, of what is the reader's own."""
    found = [one for start in starts for one in start.in_the_way]
    kinds = {one.hindrance for one in found}
    of_people = (Hindrance.person_away, Hindrance.person_busy)
    if kinds & {*of_people}:
        kinds.add(Hindrance.person_away)
    people = dict.fromkeys(name for one in found if one.hindrance in of_people for name in one.names)
    offers = [said.format(and_([*people])) for kind, said in _OFFERS.items() if kind in kinds]
    if offers:
        yield f"More starts would be open on your side with {and_(offers)}. Tell the organiser if you can offer that."


def _times(moments: Sequence[datetime]) -> str:
    if len(moments) < 3:
        return " and ".join(clock(moment) for moment in moments)
    return f"{clock(moments[0])} to {clock(moments[-1])}"


def and_(words: Sequence[str]) -> str:
    """Return words with commas, the last two with ``and``."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
