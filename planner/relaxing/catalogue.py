"""What could be changed about each demand of a conflict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.conflict import Member
from planner.formation import Session, form_sessions
from planner.problem import Problem
from planner.relaxing import guests, houses, lengths, programme, wishes
from planner.relaxing.change import Ladder
from planner.scenario import Scenario

TIMED = frozenset(
    {
        "hours",
        "windows",
        "blocks",
        "team-one-place",
        "officer-one-place",
        "interpreter-one-place",
        "room-one-session",
        "buffer",
        "longest-run",
        "most-a-day",
        "sittings",
        "case-order",
    }
)


def ladders(scenario: Scenario, problem: Problem, members: Sequence[Member], held: Sequence[str]) -> tuple[Ladder, ...]:
    """Return what could be changed, the cheapest for the guests first.

    Nothing is promised of a change but that it asks for less; whether it helps is for the solver to say.

    Args:
        scenario: as it is.
        problem: compiled from it.
        members: demands of an obstacle.
        held: ids of sessions and cases that are to be held.
    """
    pinned = {member.subject[1] for member in members if member.rule == "pins"}
    wanted = pinned.union(held)
    sessions = [session for session in form_sessions(scenario) if session.id in wanted or session.chain in wanted]
    found: dict[tuple[int, str], Ladder] = {}
    for ladder in _all(scenario, problem, members, sessions):
        if ladder:
            found.setdefault((ladder[0].giver, ladder[0].text), ladder)
    return tuple(sorted(found.values(), key=lambda ladder: ladder[0].giver))


def _all(
    scenario: Scenario, problem: Problem, members: Sequence[Member], sessions: Sequence[Session]
) -> Iterator[Ladder]:
    if any(member.rule in TIMED for member in members):
        yield from houses.longer_days(scenario)
        yield from lengths.shorter(scenario, sessions)
    for member in members:
        kind, name = member.subject
        match member.rule:
            case "pins":
                yield wishes.pin_lifted(name)
            case "buffer":
                yield wishes.less_buffer(scenario)
            case "case-order":
                yield wishes.order_dropped(name)
            case "sittings":
                yield from wishes.sittings(scenario, name)
            case "windows":
                yield from guests.windows(scenario, problem, kind, name, sessions)
            case "blocks":
                yield from programme.blocks(scenario, name)
            case "room-one-session":
                yield houses.one_more_room(scenario, name)
            case "seats":
                yield from houses.seats(scenario, problem, name)
            case "features":
                yield from houses.features(scenario, name)
            case "clearance":
                yield from houses.clearance(scenario, name)
            case "interpreter-one-place":
                yield houses.one_more_interpreter(scenario, name)
            case "language":
                yield from houses.voices(scenario, problem, name)
            case "team-one-place":
                yield guests.one_more_team(scenario, name)
            case "officer-one-place" | "officer-present":
                yield from guests.stand_ins(scenario, name, sessions)
            case "attendance":
                yield from guests.absences(scenario, name)
            case "longest-run":
                yield guests.longer_runs(scenario, name)
            case "most-a-day":
                yield guests.more_a_day(scenario, name)
            case "kept-apart":
                yield from guests.together(scenario, name)
            case "most-changes":
                yield guests.more_changes(scenario, name)
            case "formation" | "past-kept" | "hours":
                pass
            case _:
                yield wishes.wish_softened(scenario, member.rule)
