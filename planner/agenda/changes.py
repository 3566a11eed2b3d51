"""The organiser's view of what a new plan changes: per session, per delegation, per person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from planner import codes
from planner.agenda.notice import BlockNews, Pair, blocks_news
from planner.agenda.parts import Basics, Masthead
from planner.agenda.source import Source
from planner.compare import Aspect, Difference, Ending, Fate, Figures, Outcome
from planner.repair import Repair, is_made_from

_SHOWN_IN_BASICS = frozenset({Aspect.time, Aspect.room, Aspect.table})


@dataclass(frozen=True)
class Line:
    """A difference in words: names of parties, people, languages; titles of cases and leads.

    Attributes:
        of: the delegation whose team or delegates it is about; None for what is the whole session's.
    """

    aspect: Aspect
    of: str | None
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class SessionRow:
    """What became of a session.

    Attributes:
        titles: of its cases, or its own.
        parties: everybody who is or was a party to it.
        before, after: where and when it was and is held.
        lines: what else is different.
        ending: why it is held no more.
        reason: what keeps it from being held, if it is left out.
        is_back: whether a new session was there before, and was cancelled in between.
    """

    id: str
    code: str
    fate: Fate
    titles: tuple[str, ...]
    parties: tuple[str, ...]
    before: Basics | None
    after: Basics | None
    changed: tuple[Aspect, ...]
    lines: tuple[Line, ...]
    ending: Ending | None
    reason: str | None
    is_back: bool


@dataclass(frozen=True)
class ReaderRow:
    """What a delegation or a person is told: ids of sessions by what became of them."""

    folder: str
    id: str
    name: str
    of: str | None
    sessions: tuple[tuple[Fate, tuple[str, ...]], ...]

    @property
    def number(self) -> int:
        """How many sessions there is something to tell of."""
        return sum(len(names) for _, names in self.sessions)


@dataclass(frozen=True)
class OrganiserChanges:
    """Everything that is different; ``had`` is when the plan was made that readers had.

    Attributes:
        sessions, delegations, people: those with news only.
        with_notices: whether the notices of readers are in folders beside this page.
        proof: of a plan that was made by changing the other one, what is proven of how little people are told.
    """

    masthead: Masthead
    had: datetime
    figures: Figures
    sessions: tuple[SessionRow, ...]
    blocks: tuple[BlockNews, ...]
    delegations: tuple[ReaderRow, ...]
    people: tuple[ReaderRow, ...]
    with_notices: bool
    proof: str | None


def organiser_changes(pair: Pair, *, with_notices: bool = False) -> OrganiserChanges:
    """Return the organiser's view of two plans; ``with_notices`` tells whether notices are in folders beside the page."""
    found = pair.comparison
    return OrganiserChanges(
        masthead=pair.after.masthead,
        had=pair.before.masthead.revised,
        figures=found.figures,
        sessions=tuple(_session(pair, item) for item in found.sessions if item.is_news),
        blocks=blocks_news(pair, found.blocks),
        delegations=tuple(_readers("delegations", _delegations(pair), found.delegations)),
        people=(
            *_readers("delegates", _delegates(pair), found.delegates),
            *_readers("interpreters", _interpreters(pair), found.interpreters),
        ),
        with_notices=with_notices,
        proof=_proof(pair),
    )


def _proof(pair: Pair) -> str | None:
    before, after = (pair.before.scenario, pair.before.plan), (pair.after.scenario, pair.after.plan)
    return Repair(before, *after).proof if is_made_from(after[0], before) else None


def _session(pair: Pair, outcome: Outcome) -> SessionRow:
    gone = outcome.fate in (Fate.cancelled, Fate.dropped)
    source = pair.before if gone else pair.after
    session = source.sessions[outcome.session]
    reasons = {item.session: item.reason for item in pair.after.plan.unplaced}
    title = source.given_titles.get(session.id)
    return SessionRow(
        id=session.id,
        code=source.codes[session.id],
        fate=outcome.fate,
        titles=(title,) if title else tuple(source.cases[case].title for case in session.cases),
        parties=tuple(source.delegations[name].name for name in session.parties),
        before=pair.before.basics(outcome.before) if outcome.before else None,
        after=pair.after.basics(outcome.after) if outcome.after else None,
        changed=tuple(item.aspect for item in outcome.differences),
        lines=tuple(_line(pair, item) for item in outcome.differences if item.aspect not in _SHOWN_IN_BASICS),
        ending=outcome.ending,
        reason=None if outcome.after else reasons.get(session.id),
        is_back=outcome.is_back,
    )


def _line(pair: Pair, difference: Difference) -> Line:
    return Line(
        aspect=difference.aspect,
        of=pair.after.delegations[difference.delegation].name if difference.delegation else None,
        before=tuple(_words(pair.before, difference.aspect, difference.before)),
        after=tuple(_words(pair.after, difference.aspect, difference.after)),
    )


def _words(source: Source, aspect: Aspect, value: object) -> Iterator[str]:
    names = value if isinstance(value, tuple) else (value,)
    for name in names:
        if aspect is Aspect.parties:
            yield source.delegations[name].name
        elif aspect is Aspect.delegates:
            yield source.delegates[name][0].name
        elif aspect is Aspect.interpreters:
            yield source.interpreters[name].name
        elif aspect is Aspect.cases:
            yield source.cases[name].title
        elif aspect is Aspect.leads:
            yield source.leads[name][0].title
        else:
            yield codes.language_name(name) if aspect is Aspect.language else f"team {name}"


Named = tuple[str, str | None]


def _delegations(pair: Pair) -> dict[str, Named]:
    return {
        name: (item.name, None) for source in (pair.before, pair.after) for name, item in source.delegations.items()
    }  # fmt: skip


def _delegates(pair: Pair) -> dict[str, Named]:
    return {
        name: (person.name, delegation.name)
        for source in (pair.before, pair.after)
        for name, (person, delegation) in source.delegates.items()
    }


def _interpreters(pair: Pair) -> dict[str, Named]:
    return {
        name: (item.name, "Interpreter")
        for source in (pair.before, pair.after)
        for name, item in source.interpreters.items()
    }


def _readers(
    folder: str, names: Mapping[str, Named], outcomes: Mapping[str, tuple[Outcome, ...]]
) -> Iterator[ReaderRow]:
    for reader, found in outcomes.items():
        news = [item for item in found if item.is_news]
        if news:
            present = Counter(item.fate for item in news)
            sessions = tuple(
                (fate, tuple(item.session for item in news if item.fate is fate)) for fate in Fate if present[fate]
            )
            yield ReaderRow(folder, reader, *names[reader], sessions)
