"""Why a session of a delegation is not held or not earlier, as it may know that: text and plain data, from the view alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from planner.agenda import Hindrance, NotScheduled, Start, Why
from planner.render.words import clock, weekday

_SAID = {
    Hindrance.away: "you are not there",
    Hindrance.block: "taken by {}",
    Hindrance.person_away: "{} must sit in it and is not there",
    Hindrance.person_busy: "{} must sit in it and is in another session of yours",
    Hindrance.teams_busy: "your teams that could sit in it are in {}",
    Hindrance.team_gone: "you have no team {} any more",
    Hindrance.team_away: "your team {} is away",
    Hindrance.nothing: "nothing on your side is in the way",
}


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
    for (day, hindrance, names), starts in groupby(
        view.starts, key=lambda start: (start.moment.date(), start.hindrance, start.names)
    ):
        yield f"  {weekday(day)} {_times([start.moment for start in starts])}: {hindrance_words(hindrance, names)}"
    open_ones = [start for start in view.starts if start.hindrance is Hindrance.nothing]
    if open_ones and held:
        yield "Where nothing on your side is in the way, it is not earlier because of other delegations, rooms or interpreters,"
        yield "or because the whole programme is better so. Which of them is not told, as that would tell of others."
    elif open_ones:
        yield "Where nothing on your side is in the way, other delegations, rooms or interpreters could not be had for it."
        yield "Which of them is not told, as that would tell of others."
    else:
        yield "So no start is open on your side."
    yield from _could(view.starts)


def hindrance_words(hindrance: Hindrance, names: Sequence[str]) -> str:
    """Return what is in the way, to the reader."""
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
            {"start": start.moment.isoformat(), "hindrance": start.hindrance.value, "names": start.names}
            for start in view.starts
        ],
    }


def _could(starts: Sequence[Start]) -> Iterator[str]:
    """What the reader could offer, of what is the reader's own."""
    kinds = {start.hindrance for start in starts}
    offers = []
    if Hindrance.away in kinds:
        offers.append("being there longer")
    if kinds & {Hindrance.person_away, Hindrance.person_busy}:
        people = dict.fromkeys(
            name
            for start in starts
            if start.hindrance in (Hindrance.person_away, Hindrance.person_busy)
            for name in start.names
        )
        offers.append(f"somebody else for {and_(tuple(people))}")
    if Hindrance.teams_busy in kinds:
        offers.append("one more team")
    if offers:
        yield f"More starts would be open on your side with {and_(tuple(offers))}. Tell the organiser if you can offer that."


def _times(moments: Sequence[datetime]) -> str:
    if len(moments) < 3:
        return " and ".join(clock(moment) for moment in moments)
    return f"{clock(moments[0])} to {clock(moments[-1])}"


def and_(words: Sequence[str]) -> str:
    """Return words with commas, the last two with ``and``."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
