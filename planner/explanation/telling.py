"""Explanations as lines of text for the organiser."""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflict import Member
from planner.explanation.price import Price
from planner.explanation.relaxer import Relaxation
from planner.explanation.scenario import Answer, Explained
from planner.explanation.session import Question, SessionAnswer
from planner.explanation.sets import Together
from planner.obstacles import Wording
from planner.proofs import Kind, Tightness
from planner.proofs.wording import listed


def told(answer: Answer) -> Iterator[str]:
    """Yield the lines that say why a scenario has no plan, or none that holds everything."""
    wording = Wording(answer.scenario, answer.problem)
    if answer.is_clear:
        yield "Everything can be held."
    elif not answer.explained:
        yield "Nothing was found that keeps sessions from being held, but the time ended before that was certain."
    else:
        yield _before(answer)
    for position, part in enumerate(answer.explained, 1):
        yield ""
        yield from _explained(f"{position}. ", part, wording)
    if answer.explained:
        yield ""
        yield _completeness(answer)
    if answer.together is not None:
        yield from _together(answer.together)
    yield ""
    yield from _tight(answer, wording)


def told_session(answer: SessionAnswer) -> Iterator[str]:
    """Yield the lines that say why a session is not as asked, and what it would cost."""
    question = answer.question
    wording = Wording(answer.scenario, answer.problem, asked_for(question))
    what = f"{question.session}{asked_words(question)}"
    if answer.alone is not None:
        yield f"{what} is impossible, whatever else is planned:"
        yield from body(answer.alone, wording)
        return
    if answer.beside is not None:
        others = [name for _, name in answer.beside.obstacle.sessions if name != question.session]
        kept = "" if answer.is_held else " of the same or a higher priority"
        if others:
            yield f"{what} is impossible beside {listed(others)}{kept}:"
        else:
            yield f"{what} is impossible:"
        yield from body(answer.beside, wording)
    elif answer.complete:
        others_stay = (
            "all other sessions are held as well" if answer.is_held else "all of the same or a higher priority are"
        )
        yield f"{what} is possible while {others_stay}. It would cost something else more."
    else:
        yield f"Whether {what} is possible beside what is held was not found out in time."
    yield ""
    yield from _price(answer.price, question)


def asked_words(question: Question) -> str:
    """Say what is asked of a session."""
    words = ""
    if question.start is not None:
        words += f" on {question.start:%a} {question.start.day} {question.start:%b} at {question.start:%H:%M}"
    if question.room is not None:
        words += f" in {question.room}"
    if question.earlier:
        words += " earlier"
    return words


def asked_for(question: Question) -> dict[Member, str]:
    """How to say the demands that a question adds."""
    said = f"It is asked for{asked_words(question)}." if question.start or question.room else ""
    if question.earlier:
        said = "It is asked for earlier than it is."
    return {
        Member("pins", ("pin", question.session)): said,
        Member("windows", ("session", question.session)): said,
    }


def _before(answer: Answer) -> str:
    before = answer.before
    if before.is_plan is False:
        return "There is no plan."
    if before.is_plan is None:
        return "No plan was found in the time given."
    best = "The best plan leaves out" if before.is_best else "The best plan found in time leaves out"
    left_out = listed(before.left_out) or "nothing"
    return f"{best} {_sessions(len(before.left_out))}: {left_out}."


def _explained(mark: str, part: Explained, wording: Wording) -> Iterator[str]:
    yield f"{mark}{wording.headline(part.obstacle)}"
    yield from body(part, wording)


def body(part: Explained, wording: Wording) -> Iterator[str]:
    """Yield the lines below the headline of an obstacle."""
    yield from (f"   {reason}" for reason in wording.reasons(part.obstacle))
    conflict = part.obstacle.conflict
    if conflict is not None and not conflict.minimal:
        yield "   The time ended before it was certain that all of this is needed."
    if part.relaxations:
        yield "   What would help:"
        yield from (f"   - {_change(relaxation)}" for relaxation in part.relaxations)
    if part.not_enough and not part.relaxations:
        changes = listed([change.text for change in part.not_enough], most=3)
        yield f"   What would lift this, but alone lets nothing more be held: {changes}."
    if part.untried:
        changes = listed([change.text for change in part.untried], most=3)
        yield f"   Not tried for want of time: {changes}."


def _change(relaxation: Relaxation) -> str:
    changes = "; ".join(change.text for change in relaxation.changes)
    effects = [relaxation.asked] if relaxation.asked else []
    effects += [f"{listed(relaxation.gained)} would be held"] if relaxation.gained else []
    effects += [f"{listed(relaxation.lost)} would not"] if relaxation.lost else []
    after = (
        "nothing left out"
        if not relaxation.left_out
        else f"{relaxation.left_out}{'' if relaxation.is_best else ' or fewer'} left out"
    )
    return f"{changes} ({relaxation.giver.said}): {', '.join([*effects, after])}."


def _completeness(answer: Answer) -> str:
    if answer.complete:
        return "These are all: without the sessions that must give way here, the others can be held together."
    return "There may be more: not everything was looked at, for want of time or of room to tell it."


def _together(together: Together) -> Iterator[str]:
    relaxation = together.relaxation
    goal = "everything can be held" if together.holds_all else "there is a plan"
    if relaxation is None:
        yield f"No set of the changes that lift these was found with which {goal}; at least {together.at_least} are needed."
        return
    changes = listed([change.text for change in relaxation.changes])
    size = len(relaxation.changes)
    certain = (
        "no fewer of these changes do" if size == together.at_least else f"at least {together.at_least} are needed"
    )
    yield f"{goal.capitalize()} with {size} change{'s' if size > 1 else ''}: {changes}; {certain}."


def _tight(answer: Answer, wording: Wording) -> Iterator[str]:
    tight = [one for one in answer.tight if len(one.sessions) > 1][:3]
    if tight:
        yield "Asked for most, with the time to change, of what there is at the times of their sessions:"
        yield from (f"   {_resource(one, answer, wording)}: {one.needed * 100 // one.available} %" for one in tight)


def _resource(one: Tightness, answer: Answer, wording: Wording) -> str:
    problem, names = answer.problem, wording.names
    if one.kind is Kind.rooms:
        return "all rooms"
    if one.kind is Kind.interpreters:
        return "all interpreters"
    if one.kind is Kind.officer:
        return names.person(problem.officers[one.owner].id)
    party = names.delegation(problem.parties[one.owner].id)
    if one.kind is Kind.days:
        return f"sessions a day of {party}"
    return f"team {one.team + 1} of {party}" if one.team is not None else f"teams of {party}"


def _price(price: Price | None, question: Question) -> Iterator[str]:
    if price is None:
        yield "No plan was found in the time given in which it is as asked."
        return
    best = "The best plan" if price.is_best else "The best plan found in time"
    where = f"{price.start:%a} {price.start.day} {price.start:%b} {price.start:%H:%M} in {price.room}"
    yield f"{best} in which it is as asked has {question.session} on {where}."
    if price.lost:
        yield f"It would leave out {listed(price.lost)}."
    if others := [name for name in price.gained if name != question.session]:
        yield f"It would hold {listed(others)} as well."
    yield from differences_in_cost(price)
    if all(before == after for _, before, after in price.tiers):
        yield "It would cost nothing: both plans are worth the same."


def differences_in_cost(price: Price) -> Iterator[str]:
    """Yield the tiers and rules that count otherwise."""
    for name, before, after in price.tiers:
        if before != after:
            yield f"{name}: {'-' if before is None else before} now, {'-' if after is None else after} then"
    for title, count, then in price.costs:
        yield f"   {title}: {count} now, {then} then"


def _sessions(count: int) -> str:
    return f"{count} session{'' if count == 1 else 's'}"
