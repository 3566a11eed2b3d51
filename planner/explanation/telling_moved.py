"""Why a session is not as people were told, as lines of text and as plain data; for the organiser only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from planner.compare import Aspect
from planner.conflict import Member
from planner.explanation.asking import pinned
from planner.explanation.data import explained_data, price_data
from planner.explanation.moved import MovedAnswer, News
from planner.explanation.price import Price
from planner.explanation.telling import body, differences_in_cost
from planner.explanation.told import clock_of
from planner.obstacles import Names, Wording
from planner.proofs.wording import listed
from planner.record import Told


def told_moved(answer: MovedAnswer) -> Iterator[str]:
    """Yield the lines that say why a session is not as people were told, and what it would cost to keep it so."""
    names = Names(answer.scenario)
    yield _headline(answer, names)
    yield from (f"   {line}" for line in _with_whom(answer, names))
    if answer.gone:
        yield "What it was told that cannot be, whatever is planned:"
        yield from (f"   {line}" for line in _gone(answer, names))
    if answer.searched is None:
        if answer.gone:
            yield "Everything else of it is as told."
        return
    if answer.alone is not None:
        yield f"It cannot be {_there(answer)} any more, whatever else is planned:"
        yield from body(answer.alone, _wording(answer, whole=False))
        return
    if answer.company is not None:
        yield "It cannot be with the same people any more, whatever else is planned:"
        yield from body(answer.company, _wording(answer, whole=True))
    if answer.price is not None or answer.company is None or answer.beside is not None:
        yield from _beside(answer)
        yield ""
        yield from _price(answer, answer.price, answer.news)


def _there(answer: MovedAnswer) -> str:
    return "then and there" if Aspect.time not in {aspect for aspect, _ in answer.gone} else "there, starting then"


def _beside(answer: MovedAnswer) -> Iterator[str]:
    """What it cannot be held together with, or that it can."""
    what = "It" if answer.company is None else "Even with others, it"
    stay = "stay as told" if not (answer.company or answer.gone) else f"be {_there(answer)}"
    if answer.beside is not None:
        others = [name for _, name in answer.beside.obstacle.sessions if name != answer.session]
        kept = "" if answer.now else ", of the same or a higher priority"
        yield f"{what} cannot {stay} beside {listed(others)}{kept}:" if others else f"{what} cannot {stay}:"
        yield from body(answer.beside, _wording(answer, whole=answer.company is None))
    elif answer.complete:
        what = what.removeprefix("Even ").capitalize()
        others_stay = "all other sessions are held" if answer.now else "all of the same or a higher priority are held"
        dearer = ", but at the cost of something that counts more" if _is_dearer(answer.price) else ""
        yield f"{what} could {stay} while {others_stay}{dearer}."
    else:
        yield f"Whether it could {stay} beside what is held was not found out in time."


def moved_data(answer: MovedAnswer) -> dict[str, Any]:
    """What ``explain_moved`` found."""
    now, news = answer.now, answer.news
    spot, whole = (_wording(answer, whole=whole) for whole in (False, True))
    return {
        "session": answer.session,
        "told": answer.told.model_dump(mode="json", include={*Told.model_fields}),
        "now": None if now is None else now.model_dump(mode="json", include={*_PLACED}),
        "stays": answer.stays,
        "differs": answer.differs,
        "asked_for": answer.is_asked_for,
        "in_other_form": answer.in_other_form,
        "gone": [{"aspect": aspect, "delegation": name or None} for aspect, name in answer.gone],
        "impossible_alone": explained_data(answer.alone, spot),
        "impossible_with_the_same": explained_data(answer.company, whole),
        "impossible_beside": explained_data(answer.beside, spot if answer.company else whole),
        "complete": answer.complete,
        "price": price_data(answer.price),
        "people_told": None if news is None else {"before": news.now, "after": news.then},
        "told_anew": [] if news is None else news.sessions,
    }


_PLACED = ("start", "end", "room", "table", "teams", "delegates", "interpreters", "working_language")


def _wording(answer: MovedAnswer, *, whole: bool) -> Wording:
    wording = Wording(answer.scenario, answer.problem)
    if answer.searched is None:
        return wording
    pins = wording.pins_of(answer.session) if _is_pinned_elsewhere(answer) else ()
    said = " ".join([_as_told(answer, wording.names, whole=whole), *pins])
    problem = pinned(answer.problem, answer.searched.pin if whole else answer.searched.spot)
    return Wording(answer.scenario, problem, {Member("pins", ("pin", answer.session)): said})


def _is_pinned_elsewhere(answer: MovedAnswer) -> bool:
    told = answer.told
    return any(
        pin.session == answer.session
        and (
            pin.start not in (None, told.start)
            or pin.room not in (None, told.room)
            or pin.language not in (None, told.language)
            or not pin.teams.items() <= told.teams.items()
            or not {*pin.interpreters} <= {*told.interpreters}
        )
        for pin in answer.scenario.pins
    )


def _headline(answer: MovedAnswer, names: Names) -> str:
    session, told, now = answer.session, answer.told, answer.now
    was = _where(told.start, told.end, told.room, names)
    if answer.stays:
        return f"{session} is when, where and with whom people were told: {was}."
    if now is None:
        if not answer.is_asked_for:
            fate = "is not asked for any more"
        elif answer.in_other_form:
            fate = "is not held, as its case is met in its other form"
        else:
            fate = "is not held now"
        return f"{session} was told for {was}, and {fate}."
    if {Aspect.time, Aspect.room} & {*answer.differs}:
        return (
            f"{session} was told for {was}, and is now on {_where(*clock_of(now, answer.scenario), now.room, names)}."
        )
    return f"{session} is when and where people were told, {was}, but not with the same people:"


def _where(start: datetime, end: datetime, room: str, names: Names) -> str:
    return f"{start:%a} {start.day} {start:%b} {start:%H:%M}–{end:%H:%M} in {names.rooms[room].name}"


def _with_whom(answer: MovedAnswer, names: Names) -> Iterator[str]:
    """What else than time and room is not as told, besides what is gone."""
    told, now = answer.told, answer.now
    if now is None:
        return
    gone = {name for _, name in answer.gone}
    for name in told.teams:
        if name not in now.teams and name not in gone:
            yield f"{names.delegation(name)} does not come now."
        elif name in now.teams and now.teams[name] != told.teams[name]:
            yield f"{names.delegation(name)} sends team {now.teams[name]} instead of team {told.teams[name]}."
    if Aspect.interpreters in answer.differs:
        yield f"It is interpreted by {_people(now.interpreters, names)} instead of {_people(told.interpreters, names)}."
    if Aspect.language in answer.differs:
        yield f"It is in {names.language(now.working_language)} instead of {names.language(told.language)}."


def _people(interpreters: Sequence[str], names: Names) -> str:
    return listed([names.interpreters[name].name for name in interpreters]) or "nobody"


def _gone(answer: MovedAnswer, names: Names) -> Iterator[str]:
    told, session = answer.told, names.sessions[answer.session]
    for aspect, name in answer.gone:
        if aspect is Aspect.time:
            was = (told.end - told.start).seconds // 60
            yield (
                f"No session starts at {told.start:%H:%M} any more."
                if was == session.length_minutes
                else f"It takes {session.length_minutes} minutes now, and took {was}."
            )
        elif aspect is Aspect.team:
            yield f"{names.delegation(name)} has no team {told.teams[name]} any more."
        elif aspect is Aspect.language:
            yield f"It cannot be in {names.language(told.language)} any more."
        elif name in told.teams:
            yield f"{names.delegation(name)} is no party of it any more."
        else:
            comes = "must be there now" if name in session.always else "comes as well now"
            yield f"{names.delegation(name)} {comes}."


def _as_told(answer: MovedAnswer, names: Names, *, whole: bool) -> str:
    """What the session is pinned to, in a sentence."""
    told, session = answer.told, names.sessions[answer.session]
    gone = {name for _, name in answer.gone}
    words = f"As told, it is on {told.start:%a} {told.start.day} {told.start:%b} at {told.start:%H:%M}"
    words += f" in {names.rooms[told.room].name}"
    parts = [
        f"team {team} of {names.delegation(name)}"
        for name, team in told.teams.items()
        if name in session.parties and name not in gone and names.delegations[name].teams > 1
    ]
    parts += [names.interpreters[name].name for name in told.interpreters]
    return f"{words}{f', with {listed(parts)}' if parts and whole else ''}."


def _is_dearer(price: Price | None) -> bool:
    """Whether the first tier that differs is worse in the plan in which it is as told."""
    return price is None or next((then > now for _, now, then in _known(price) if now != then), False)


def _known(price: Price) -> Iterator[tuple[str, int, int]]:
    for name, now, then in price.tiers:
        if now is not None and then is not None:
            yield name, now, then


def _price(answer: MovedAnswer, price: Price | None, news: News | None) -> Iterator[str]:
    if price is None or news is None:
        yield "No plan was found in the time given in which it is as told."
        return
    best = "The best plan" if price.is_best else "The best plan found in time"
    yield f"{best} in which it is {_there(answer) if answer.company or answer.gone else 'as told'}:"
    yield from (f"   {line}" for line in _effects(answer, price, news))
    yield from differences_in_cost(price)
    if not _is_dearer(price):
        same = all(now == then for _, now, then in _known(price))
        worth = "is worth the same" if same else "is better than this one"
        yield f"That plan {worth}: give replan more time, or pin the session as told."


def _effects(answer: MovedAnswer, price: Price, news: News) -> Iterator[str]:
    if price.lost:
        yield f"{listed(price.lost)} could not be held."
    if others := [name for name in price.gained if name != answer.session]:
        yield f"{listed(others)} would be held as well."
    people = {0: "Nobody", 1: "1 person"}.get(news.then, f"{news.then} people")
    told = f"{people} would be told something new"
    told += f" instead of {news.now}" if news.then != news.now else ", as many as now"
    yield f"{told}{f', also of {listed(news.sessions)}' if news.sessions else ''}."
