"""A change notice as plain text, fit for a mail.

Mails are forwarded, and lie on servers of others. So the text says when, where, with whom and in which language, and names no
case, no lead and no person; these are on the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.agenda.interpreter import Assignment
from planner.agenda.notice import BlockNews, Notice, SessionNews
from planner.agenda.parts import OfSession, Place, Timed
from planner.compare import Aspect, Fate
from planner.render import words

_PEOPLE = frozenset({Aspect.delegates})
_MATTER = frozenset({Aspect.cases, Aspect.leads})
_GONE = {
    "delegation": "NO LONGER IN YOUR AGENDA",
    "delegate": "NO LONGER IN YOUR AGENDA",
    "interpreter": "NO LONGER ASSIGNED TO YOU",
}


def notice_text(view: Notice) -> str:
    """Return what a reader is told, as lines of text that end with a line break.

    It names no case, no lead and no person but the reader.
    """
    head = view.masthead
    lines = [
        head.title,
        f"Changes for {view.reader}",
        "",
        f"Plan of {words.day(head.revised.date())}, {words.clock(head.revised)}. It takes the place of that of "
        f"{words.day(view.had.date())}, {words.clock(view.had)}.",
        f"Times are as clocks at the venue show them ({head.zone}).",
    ]
    for title, news in (("CHANGED", view.moved), ("NEW", view.new), (_GONE[view.kind], view.cancelled)):
        lines += _part(title, [session_text(item) for item in news])
    lines += _part("NOT SCHEDULED", [_waiting(len(view.not_scheduled))] if view.not_scheduled else [])
    lines += _part("NO LONGER ASKED FOR", [_dropped(len(view.dropped))] if view.dropped else [])
    lines += _part("PROGRAMME", [_block(item) for item in view.blocks])
    return "\n".join([*lines, "", rest(view), "", f"Questions: {head.organiser}, {head.mail}", ""])


def session_text(news: SessionNews) -> str:
    """Return what became of one session, as lines of text; it names no case, no lead and no person."""
    lines = [_heading(news.shown)]
    if news.fate is Fate.moved and news.before and news.after:
        lines += _rows(news.before, news.after, news.changed)
    else:
        view = news.shown
        lines += [f"  {_when(view)}", f"  {place(view.basics.place)}", f"  {language(view)}"]
    if news.waits:
        lines.append("  It is not scheduled for now. Please speak to the organiser.")
    return "\n".join(lines)


def rest(view: Notice) -> str:
    """Return a sentence that says what stays as it was."""
    whose = "assignments" if view.kind == "interpreter" else "sessions"
    if not view.unchanged:
        return f"Nothing else changes for you: you have no other {whose}."
    if view.unchanged == 1:
        return f"Nothing else changes for you: your other {whose[:-1]} stays as it was."
    return f"Nothing else changes for you: your {view.unchanged} other {whose} stay as they were."


def place(given: Place) -> str:
    """Return ``Room 305, table 2, East``."""
    return ", ".join(
        part for part in (given.room, f"table {given.table}" if given.table else None, given.building) if part
    )


def language(view: OfSession) -> str:
    """Return ``English, interpreted for Khmer``."""
    heard = f", interpreted for {', '.join(view.basics.interpretation)}" if view.basics.interpretation else ""
    return view.basics.working_language + heard


def _part(title: str, entries: Sequence[str]) -> list[str]:
    return ["", title, *(line for entry in entries for line in ("", entry))] if entries else []


def _heading(view: OfSession) -> str:
    basics = view.basics
    if isinstance(view, Assignment):
        return f"{basics.form}: {' – '.join(basics.parties)} ({basics.code})"
    return f"{basics.form} with {_others(view)} ({basics.code})"


def _rows(before: OfSession, after: OfSession, changed: Sequence[Aspect]) -> Iterator[str]:
    """Yield when and where, and what else has changed."""
    yield from _row("When", _when(before), _when(after), Aspect.time in changed)
    where = Aspect.room in changed or Aspect.table in changed
    yield from _row("Where", place(before.basics.place), place(after.basics.place), where)
    if Aspect.parties in changed:
        yield from _row("With", _others(before), _others(after), True)
    if Aspect.team in changed:
        yield from _row("Team", _team(before), _team(after), True)
    if Aspect.language in changed:
        yield from _row("Language", language(before), language(after), True)
    if _PEOPLE & set(changed):
        yield "  Who of your delegation attends has changed; see your notice."
    if _MATTER & set(changed):
        yield "  What it is about has changed; see your notice."


def _row(label: str, before: str, after: str, is_new: bool) -> Iterator[str]:
    yield f"  {label + ':':<9} {after}"
    if is_new:
        yield f"  {'':<9} instead of {before}"


def _when(span: Timed) -> str:
    late = f" on {words.weekday(span.end.date())}" if span.end.date() != span.start.date() else ""
    day = f"{words.weekday(span.start.date())}, {words.day(span.start.date())}"
    return f"{day}, {words.clock(span.start)}–{words.clock(span.end)}{late}"


def _others(view: OfSession) -> str:
    return ", ".join(getattr(view, "others", view.basics.parties)) or "nobody else"


def _team(view: OfSession) -> str:
    return f"team {getattr(view, 'team', None) or 1}"


def _block(news: BlockNews) -> str:
    view = news.shown
    gone = " is off the programme" if news.fate is Fate.cancelled else ""
    lines = [view.title + gone]
    if news.fate is Fate.moved and news.before and news.after:
        before, after = news.before, news.after
        if before.title != after.title:
            lines.append(f"  before: {before.title}")
        lines += _row("When", _when(before), _when(after), (before.start, before.end) != (after.start, after.end))
        was, now = (place(item.place) if item.place else "nowhere in particular" for item in (before, after))
        lines += _row("Where", was, now, was != now)
    else:
        lines += [f"  {_when(view)}", *([f"  {place(view.place)}"] if view.place else [])]
    return "\n".join(lines)


def _waiting(number: int) -> str:
    return f"The programme had no room for {words.count(number, 'session')} of yours. Please speak to the organiser."


def _dropped(number: int) -> str:
    return f"{words.count(number, 'session')} of yours that could not be scheduled {'is' if number == 1 else 'are'} dropped."
