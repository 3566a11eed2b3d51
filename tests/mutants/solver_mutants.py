"""Ways in which the first reading could be wrong: each rule forgotten, and each read a little off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from ortools.sat.python.cp_model import CpModel, LinearExpr, LinearExprT

from planner.problem import Change, Problem, Span
from planner.solver.model.constraints import CONSTRAINTS, Constraints, Generator
from planner.solver.model.preferences import PREFERENCES, Preference
from planner.solver.model.variables import Variables

Alteration = Callable[[Problem], Problem]


@dataclass(frozen=True)
class SolverMutant:
    """A wrong reading of one rule, to be put into the solver's registry."""

    name: str
    rule: str
    replacement: Generator | Preference

    def __str__(self) -> str:
        return f"{self.rule}: {self.name}"


def forgets(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """Yield nothing."""
    yield from ()


def costs_nothing(model: CpModel, variables: Variables, problem: Problem) -> LinearExprT:
    return LinearExpr.sum([])


def _misreads(rule: str, name: str, alter: Alteration) -> SolverMutant:
    """The right reading of a problem that is a little off; what rules share of it is made anew."""
    reading: Callable[..., Any] = CONSTRAINTS.get(rule) or PREFERENCES[rule]

    def misread(model: CpModel, variables: Variables, problem: Problem) -> Any:
        variables.made.clear()
        return reading(model, variables, alter(problem))

    return SolverMutant(name, rule, misread)


def _change(**alter: Callable[[Change], Any]) -> Alteration:
    """Some of what is known of the change is wrong."""

    def altered(problem: Problem) -> Problem:
        change = problem.change
        return (
            problem
            if change is None
            else replace(problem, change=replace(change, **{name: wrong(change) for name, wrong in alter.items()}))
        )

    return altered


def _one_change_more(problem: Problem) -> Problem:
    return replace(
        problem, parties=tuple(replace(party, most_changes=party.most_changes + 1) for party in problem.parties)
    )


def _shorter(problem: Problem) -> Problem:
    return replace(problem, items=tuple(replace(item, length=item.length - 5) for item in problem.items))


def _longer(problem: Problem) -> Problem:
    return replace(problem, items=tuple(replace(item, length=item.length + 5) for item in problem.items))


def _sessions_at_any_time(problem: Problem) -> Problem:
    always = (Span(-(2**31), 2**31),)
    return replace(problem, items=tuple(replace(item, windows=always) for item in problem.items))


def _one_seat_more(problem: Problem) -> Problem:
    return replace(problem, places=tuple(replace(place, seats=place.seats + 1) for place in problem.places))


def _one_table_more(problem: Problem) -> Problem:
    return replace(problem, places=tuple(replace(place, count=place.count + 1) for place in problem.places))


def _no_walks(problem: Problem) -> Problem:
    return replace(problem, walks={})


def _parameter(rule: str, name: str, new: Callable[[int], int]) -> Alteration:
    def alter(problem: Problem) -> Problem:
        setting = problem.settings[rule]
        parameters = {**setting.parameters, name: new(setting.parameters[name])}
        return replace(problem, settings={**problem.settings, rule: replace(setting, parameters=parameters)})

    return alter


def _one_session_more_a_run(problem: Problem) -> Problem:
    return replace(
        problem,
        parties=tuple(
            replace(party, longest_run=None if party.longest_run is None else party.longest_run + 1)
            for party in problem.parties
        ),
    )


def _tireless_interpreters(problem: Problem) -> Problem:
    return replace(problem, interpreters=tuple(replace(one, longest_run_minutes=None) for one in problem.interpreters))


def _one_session_more_a_day(problem: Problem) -> Problem:
    return replace(
        problem,
        parties=tuple(
            replace(party, most_a_day=None if party.most_a_day is None else party.most_a_day + 1)
            for party in problem.parties
        ),
    )


def _open_later(problem: Problem) -> Problem:
    return replace(problem, slots=tuple(replace(slot, closes=slot.closes + 5) for slot in problem.slots))


def _blocks_begin_later(problem: Problem) -> Problem:
    stops = (replace(stop, span=Span(stop.span.start + 5, stop.span.end)) for stop in problem.stops)
    return replace(problem, stops=tuple(stops))


def _blocks_hold_no_rooms(problem: Problem) -> Problem:
    return replace(problem, stops=tuple(replace(stop, room=None) for stop in problem.stops))


def _cleared_interpreters(problem: Problem) -> Problem:
    return replace(problem, interpreters=tuple(replace(one, rank=9) for one in problem.interpreters))


def _smaller_quorum(problem: Problem) -> Problem:
    return replace(problem, items=tuple(replace(item, at_least=item.at_least - 1) for item in problem.items))


def _any_language(problem: Problem) -> Problem:
    everything = tuple(range(len(problem.languages)))
    return replace(problem, items=tuple(replace(item, languages=everything) for item in problem.items))


def _officers_speak_like_all(problem: Problem) -> Problem:
    return replace(problem, officers=tuple(replace(one, languages=frozenset()) for one in problem.officers))


def _officers_of_no_team(problem: Problem) -> Problem:
    return replace(problem, officers=tuple(replace(one, team=None) for one in problem.officers))


def _shorter_gap(problem: Problem) -> Problem:
    return replace(
        problem,
        items=tuple(
            replace(item, session=replace(item.session, gap_minutes=item.session.gap_minutes - 5))
            for item in problem.items
        ),
    )


def _pins_without_teams(problem: Problem) -> Problem:
    return replace(problem, pins=tuple(replace(pin, teams={}) for pin in problem.pins))


def _half_kept_apart(problem: Problem) -> Problem:
    return replace(
        problem,
        parties=tuple(
            replace(party, apart=frozenset(other for other in party.apart if other > index))
            for index, party in enumerate(problem.parties)
        ),
    )


def _equal_weights(problem: Problem) -> Problem:
    return replace(problem, items=tuple(replace(item, held_weight=1) for item in problem.items))


def _first_of_the_earlier_only(problem: Problem) -> Problem:
    return replace(problem, orders=tuple(replace(order, earlier=order.earlier[:1]) for order in problem.orders))


def _nobody_required(problem: Problem) -> Problem:
    return replace(problem, items=tuple(replace(item, always=frozenset()) for item in problem.items))


def _nothing_follows(problem: Problem) -> Problem:
    return replace(problem, items=tuple(replace(item, follows=None) for item in problem.items))


FORGOTTEN: tuple[SolverMutant, ...] = (
    *(SolverMutant("forgotten", rule, forgets) for rule in CONSTRAINTS),
    *(SolverMutant("forgotten", rule, costs_nothing) for rule in PREFERENCES),
)
"""Every rule of the catalogue, left out."""

MISREAD: tuple[SolverMutant, ...] = (
    *(
        _misreads(rule, "sessions end five minutes early", _shorter)
        for rule in ("hours", "windows", "blocks", "team-one-place", "sittings", "case-order", "buffer")
    ),
    *(
        _misreads(rule, "sessions end five minutes late", _longer)
        for rule in ("interpreter-one-place", "officer-one-place", "windows", "breaks", "longest-run")
    ),
    _misreads("case-order", "only the first session of the earlier case counts", _first_of_the_earlier_only),
    _misreads("windows", "sessions have none", _sessions_at_any_time),
    _misreads("seats", "one seat more", _one_seat_more),
    _misreads("room-one-session", "one table more", _one_table_more),
    _misreads("buffer", "no walks", _no_walks),
    _misreads("buffer", "five minutes less", _parameter("buffer", "minutes", lambda minutes: minutes - 5)),
    _misreads("longest-run", "one session more", _one_session_more_a_run),
    _misreads("longest-run", "interpreters never tire", _tireless_interpreters),
    _misreads(
        "longest-run",
        "five minutes more of pause",
        _parameter("longest-run", "pause_minutes", lambda minutes: minutes + 5),
    ),
    _misreads("most-a-day", "one session more", _one_session_more_a_day),
    _misreads("hours", "open five minutes longer", _open_later),
    _misreads("blocks", "begin five minutes late", _blocks_begin_later),
    _misreads("blocks", "hold no rooms", _blocks_hold_no_rooms),
    _misreads("clearance", "interpreters are cleared", _cleared_interpreters),
    _misreads("attendance", "one of the quorum may be missing", _smaller_quorum),
    _misreads("language", "any may be spoken", _any_language),
    _misreads("language", "officers speak what their delegation speaks", _officers_speak_like_all),
    _misreads("officer-present", "with any team", _officers_of_no_team),
    _misreads("sittings", "a gap five minutes short", _shorter_gap),
    _misreads("pins", "without teams", _pins_without_teams),
    _misreads("kept-apart", "one way only", _half_kept_apart),
    _misreads("held", "all weigh the same", _equal_weights),
    _misreads("past-kept", "an hour may be gone", _change(now=lambda change: change.now - 60)),
    _misreads("most-changes", "one more", _one_change_more),
    _misreads("notice", "an hour less", _parameter("notice", "minutes", lambda minutes: minutes - 60)),
    _misreads("disturbance", "nobody was moved before", _change(moved_parties=lambda change: frozenset())),
    _misreads("disturbance", "rooms cost what teams cost", _parameter("disturbance", "room", lambda cost: 1)),
    _misreads(
        "disturbance", "near is one hour nearer", _parameter("disturbance", "near_hours", lambda hours: hours - 1)
    ),
    _misreads("optional-present", "required parties count too", _nobody_required),
    _misreads("early", "one priority more", _parameter("early", "priority", lambda priority: priority + 1)),
    _misreads("breaks", "no buffer", _parameter("buffer", "minutes", lambda minutes: 0)),
    _misreads("continuity", "no sittings", _nothing_follows),
)
"""Rules read a little off."""
