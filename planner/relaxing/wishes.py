"""What an organiser can change alone: pins, orders, gaps, buffers, wishes made hard."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from planner.formation import form_sessions
from planner.relaxing.change import Change, Giver, Ladder
from planner.relaxing.edits import edited, with_rule
from planner.rules import RULES, Level
from planner.scenario import Scenario
from planner.settings import settings_of


def pin_lifted(session: str) -> Ladder:
    """Lift the pins of a session."""

    def lift(scenario: Scenario) -> Scenario:
        return scenario.model_copy(update={"pins": tuple(pin for pin in scenario.pins if pin.session != session)})

    return (Change(Giver.wish, f"Lift the pin of {session}", lift),)


def less_buffer(scenario: Scenario) -> Ladder:
    """Give less time to change, down to none."""
    minutes = settings_of(scenario)["buffer"].parameters["minutes"]
    return tuple(
        Change(
            Giver.wish,
            f"Leave {fewer} minutes to change between sessions instead of {minutes}",
            partial(with_rule, rule="buffer", parameters={"minutes": fewer}),
        )
        for fewer in dict.fromkeys((minutes // 2, 0))
        if fewer < minutes
    )


def order_dropped(name: str) -> Ladder:
    """Let two cases or sessions come in any order."""
    earlier, _, later = name.partition(" < ")

    def drop(scenario: Scenario) -> Scenario:
        changed = scenario
        for collection in ("cases", "sessions"):
            for item in getattr(changed, collection):
                if item.id == earlier:
                    before = tuple(other for other in item.before if other != later)
                    changed = edited(changed, collection, item.id, before=before)
                if item.id == later:
                    after = tuple(other for other in item.after if other != earlier)
                    changed = edited(changed, collection, item.id, after=after)
        return changed

    return (Change(Giver.wish, f"Let {later} be held before {earlier} as well", drop),)


def sittings(scenario: Scenario, name: str) -> Iterator[Ladder]:
    """Shorten the gap between the sittings of a case, or hold one less."""
    session = next(session for session in form_sessions(scenario) if session.id == name)
    case = next(case for case in scenario.cases if case.id in session.cases)
    gap = case.sitting_gap_minutes
    yield tuple(
        Change(
            Giver.wish,
            f"Leave {shorter} minutes between the sittings of {case.id} instead of {gap}",
            partial(edited, collection="cases", id=case.id, sitting_gap_minutes=shorter),
        )
        for shorter in dict.fromkeys((gap * 2 // 3, gap // 3, 0))
        if shorter < gap
    )
    fewer = case.sittings - 1
    yield (
        Change(
            Giver.wish,
            f"Hold {case.id} in {fewer} sitting{'s' if fewer > 1 else ''} instead of {case.sittings}",
            partial(edited, collection="cases", id=case.id, sittings=fewer),
        ),
    )


def wish_softened(scenario: Scenario, rule: str) -> Ladder:
    """Make a hard wish soft."""
    title = RULES[rule].title
    return (
        Change(
            Giver.wish,
            f"Make {title!r} a wish again (level soft)",
            partial(with_rule, rule=rule, level=Level.soft),
        ),
    )
