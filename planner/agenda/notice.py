"""The change notice of one reader: what is new, different or gone in the own agenda, and nothing of anybody else's.

What a reader sees of the old plan is what stood in the old agenda, and what a reader sees of the new plan is what stands in
the new one: both are made by the same functions as the agendas. A reader who leaves a session is told nothing of how it
goes on, and is not told whether it does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal, TypeVar

from planner.agenda.delegation import NotScheduled, SessionView, not_scheduled_view, session_view
from planner.agenda.interpreter import Assignment, assignment
from planner.agenda.parts import BlockView, Masthead
from planner.agenda.source import Source
from planner.compare import Aspect, BlockOutcome, Comparison, Fate, Outcome, compare
from planner.compare.blocks import blocks_of
from planner.errors import InputError
from planner.plan import Plan
from planner.scenario import Scenario

Kind = Literal["delegation", "delegate", "interpreter"]


@dataclass(frozen=True)
class SessionNews:
    """What became of a session in the reader's agenda.

    Attributes:
        fate: new, moved or cancelled.
        before, after: as it stood and as it stands in the reader's agenda; None where it is not in it.
        changed: of a moved session, what is news to the reader.
        waits: whether a cancelled session is now among those of the reader's that are not scheduled.
    """

    fate: Fate
    before: SessionView | Assignment | None
    after: SessionView | Assignment | None
    changed: tuple[Aspect, ...] = ()
    waits: bool = False

    @property
    def shown(self) -> SessionView | Assignment:
        """The session as it is, or as it was when it is no more."""
        view = self.after or self.before
        assert view is not None
        return view


@dataclass(frozen=True)
class BlockNews:
    """What became of a block in the reader's agenda."""

    fate: Fate
    before: BlockView | None
    after: BlockView | None

    @property
    def shown(self) -> BlockView:
        """The block as it is, or as it was when it is no more."""
        view = self.after or self.before
        assert view is not None
        return view


@dataclass(frozen=True)
class Notice:
    """What a reader is told.

    Attributes:
        masthead: of the new plan.
        kind, reader: what the reader is, and the name.
        about: function and delegation of a delegate; nothing for others.
        had: when the plan was made that the reader had.
        moved, new, cancelled: sessions, by start.
        not_scheduled: sessions of a delegation's own that the plan could not hold, and that were not asked for before.
        dropped: sessions that were not scheduled and are no longer asked for.
        blocks: parts of the programme that are new, moved or cancelled.
        unchanged: how many of the reader's sessions stay as they were.
    """

    masthead: Masthead
    kind: Kind
    reader: str
    about: tuple[str, ...]
    had: datetime
    moved: tuple[SessionNews, ...]
    new: tuple[SessionNews, ...]
    cancelled: tuple[SessionNews, ...]
    not_scheduled: tuple[NotScheduled, ...]
    dropped: tuple[NotScheduled, ...]
    blocks: tuple[BlockNews, ...]
    unchanged: int

    @property
    def is_news(self) -> bool:
        """Whether there is anything to tell."""
        return any((self.moved, self.new, self.cancelled, self.not_scheduled, self.dropped, self.blocks))


class Pair:
    """Two plans of a conference, the one that readers had and the one that takes its place.

    Args:
        before, after: scenario and plan of each.

    Raises:
        InputError: when a plan names something that its scenario does not have, or the conferences are two.
    """

    def __init__(self, before: tuple[Scenario, Plan], after: tuple[Scenario, Plan]) -> None:
        was, now = before[0].conference.id, after[0].conference.id
        if was != now:
            raise InputError(
                f"The plans are of two conferences, {was} and {now}.", hint="Compare two plans of one conference."
            )
        self.before, self.after = Source(*before), Source(*after)

    @cached_property
    def comparison(self) -> Comparison:
        """What is different, as the organiser knows it."""
        return compare(self.before.scenario, self.before.plan, self.after.scenario, self.after.plan)

    @property
    def readers(self) -> tuple[str, ...]:
        """Everybody who has an agenda in one of the plans: ``delegation/KHM``, ``delegate/khm-1``, ``interpreter/int-3``."""
        return (
            *(f"delegation/{name}" for name in self.comparison.delegations),
            *(f"delegate/{name}" for name in self.comparison.delegates),
            *(f"interpreter/{name}" for name in self.comparison.interpreters),
        )


def change_notice(pair: Pair, reader: str) -> Notice | None:
    """Return what a reader is told of two plans, or None when there is nothing to tell.

    Args:
        pair: the plans.
        reader: as ``Pair.readers`` names them.

    Raises:
        InputError: when there is no such reader.
    """
    view = _everything(pair, reader)
    return view if view.is_news else None


def _everything(pair: Pair, reader: str) -> Notice:
    kind, _, name = reader.partition("/")
    found = pair.comparison
    if kind == "delegation" and name in found.delegations:
        return _delegation(pair, name)
    if kind == "delegate" and name in found.delegates:
        return _delegate(pair, name)
    if kind == "interpreter" and name in found.interpreters:
        return _interpreter(pair, name)
    raise InputError(
        f"{reader} is no reader of these plans.",
        hint="Write for example delegation/KHM, delegate/khm-1 or interpreter/int-1.",
    )


def _delegation(pair: Pair, name: str) -> Notice:
    outcomes = pair.comparison.delegations[name]
    known = _either(pair, lambda source: source.delegations.get(name))
    return _notice(
        pair,
        ("delegation", name, known.name),
        outcomes,
        lambda source, session: session_view(source, name, session),
        home=name,
        not_scheduled=[item.session for item in outcomes if item.fate is Fate.left_out],
        dropped=[item.session for item in outcomes if item.fate is Fate.dropped],
    )


def _delegate(pair: Pair, name: str) -> Notice:
    person, delegation = _either(pair, lambda source: source.delegates.get(name))
    return _notice(
        pair,
        ("delegate", name, person.name),
        pair.comparison.delegates[name],
        lambda source, session: session_view(source, delegation.id, session),
        home=delegation.id,
        about=tuple(text for text in (person.function, delegation.name) if text),
    )


def _interpreter(pair: Pair, name: str) -> Notice:
    known = _either(pair, lambda source: source.interpreters.get(name))
    return _notice(
        pair,
        ("interpreter", name, known.name),
        pair.comparison.interpreters[name],
        lambda source, session: assignment(source, source.placements[session], name),
        home=None,
    )


def _notice(
    pair: Pair,
    who: tuple[Kind, str, str],
    outcomes: tuple[Outcome, ...],
    view: Callable[[Source, str], SessionView | Assignment],
    *,
    home: str | None,
    about: tuple[str, ...] = (),
    not_scheduled: Iterable[str] = (),
    dropped: Iterable[str] = (),
) -> Notice:
    kind, name, reader = who
    waiting = {item.id for item in pair.after.left_out_of.get(name, ())} if kind == "delegation" else set()
    news = [_session(pair, item, view, waiting) for item in outcomes if item.before or item.after]
    return Notice(
        masthead=pair.after.masthead,
        kind=kind,
        reader=reader,
        about=about,
        had=pair.before.masthead.revised,
        moved=_with(news, Fate.moved),
        new=_with(news, Fate.new),
        cancelled=_with(news, Fate.cancelled),
        not_scheduled=tuple(not_scheduled_view(pair.after, home, item) for item in not_scheduled if home),
        dropped=tuple(not_scheduled_view(pair.before, home, item) for item in dropped if home),
        blocks=blocks_news(pair, blocks_of(pair.comparison.blocks, home)),
        unchanged=len(_with(news, Fate.unchanged)),
    )


def _session(
    pair: Pair, outcome: Outcome, view: Callable[[Source, str], SessionView | Assignment], waiting: Collection[str]
) -> SessionNews:
    return SessionNews(
        fate=outcome.fate,
        before=view(pair.before, outcome.session) if outcome.before else None,
        after=view(pair.after, outcome.session) if outcome.after else None,
        changed=tuple(aspect for aspect in Aspect if aspect in outcome.aspects),
        waits=outcome.fate is Fate.cancelled and outcome.session in waiting,
    )


def _with(news: Iterable[SessionNews], fate: Fate) -> tuple[SessionNews, ...]:
    return tuple(item for item in news if item.fate is fate)


def blocks_news(pair: Pair, outcomes: Iterable[BlockOutcome]) -> tuple[BlockNews, ...]:
    """Return the blocks that are new, moved or cancelled, by start."""
    news = [
        BlockNews(
            fate=item.fate,
            before=pair.before.block(item.before) if item.before else None,
            after=pair.after.block(item.after) if item.after else None,
        )
        for item in outcomes
        if item.fate is not Fate.unchanged
    ]
    return tuple(sorted(news, key=lambda item: item.shown.start))


Known = TypeVar("Known")


def _either(pair: Pair, find: Callable[[Source], Known | None]) -> Known:
    """Return what the new scenario says of somebody, or the old one when the new one says nothing."""
    known = find(pair.after) or find(pair.before)
    assert known is not None
    return known
