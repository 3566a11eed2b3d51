"""Why a session of a delegation is not as it was told, as it may know that: text and plain data, from the view alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from planner.agenda import NotScheduled, WhyMoved
from planner.agenda.parts import Place
from planner.render.notice_text import place
from planner.render.why import and_, in_the_way_data, is_interpreter_lacking, words_of
from planner.render.words import clock, weekday


def why_moved_lines(view: WhyMoved) -> Iterator[str]:
    """Yield the lines of the text."""
    others = f" with {and_(view.others)}" if view.others else ""
    was = _where(view.start, view.end, view.place)
    if view.stays:
        yield f"{view.reader}: session {view.code}{others} is when, where and with whom you were told: {was}."
        return
    yield f"{view.reader}: you were told of session {view.code}{others} on {was}."
    yield from _now(view)
    if not view.in_the_way:
        yield "Nothing on your side is in the way of that. It is so no more because of other delegations, rooms or interpreters,"
        yield "or because the whole programme is better so. Which of them is not told, as that would tell of others."
        return
    if is_interpreter_lacking(view.in_the_way):
        yield f"Nothing on your side is in the way of that, but {words_of(view.in_the_way)} then."
        yield "You share interpreters with others. Whom they are with, or why they cannot be had, is not told."
    else:
        yield f"In the way of that, on your side: {words_of(view.in_the_way)}."
    yield "There may be more, on other sides. That is not told, as it would tell of others."


def why_moved_data(view: WhyMoved) -> dict[str, Any]:
    """The same as plain data."""
    now = view.now
    return {
        "reader": view.reader,
        "session": view.code,
        "told": {
            "start": view.start.isoformat(),
            "end": view.end.isoformat(),
            "place": place(view.place),
            "others": view.others,
        },
        "now": None
        if now is None or isinstance(now, NotScheduled)
        else {
            "start": now.start.isoformat(),
            "end": now.end.isoformat(),
            "place": place(now.basics.place),
            "others": now.others,
        },
        "stays": view.stays,
        "differs": view.differs,
        "in_the_way": in_the_way_data(view.in_the_way),
    }


def _now(view: WhyMoved) -> Iterator[str]:
    now = view.now
    if now is None:
        yield "It is not in your agenda any more."
    elif isinstance(now, NotScheduled):
        yield "It could not be scheduled any more."
    else:
        what = [_WORDS[one] for one in view.differs]
        yield f"It is now on {_where(now.start, now.end, now.basics.place)}. Not as told: {and_(what)}."


_WORDS = {
    "time": "the time",
    "room": "the room",
    "team": "which of your teams sits in it",
    "parties": "who else is in it",
    "language": "the language",
}


def _where(start: datetime, end: datetime, where: Place) -> str:
    return f"{weekday(start)} {clock(start)}–{clock(end)}, {place(where)}"
