"""Answers to hold against both readings: any at all, and near misses of a good one."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from planner.problem import Problem
from planner.solution import Assignment, Solution


def any_solution(rng: random.Random, problem: Problem) -> Solution:
    """Return a random answer, most of which break many rules."""
    placed = rng.choice((0.4, 0.7, 0.95))
    return Solution(
        tuple(
            any_assignment(rng, problem, number) if rng.random() < placed else None
            for number in range(len(problem.items))
        )
    )


def any_assignment(rng: random.Random, problem: Problem, number: int) -> Assignment:
    """Return a random placement of a session."""
    item = problem.items[number]
    parties = [party for party in item.parties if rng.random() < (0.95 if party in item.always else 0.6)]
    officers = [officer for officer in item.officers if problem.officers[officer].party in parties]
    return Assignment(
        slot=rng.randrange(len(problem.slots)),
        room=rng.randrange(len(problem.places)),
        language=rng.choice(item.languages if rng.random() < 0.8 else range(len(problem.languages))),
        teams={party: rng.randrange(problem.parties[party].teams) for party in parties},
        seated=frozenset(officer for officer in officers if rng.random() < 0.9),
        interpreters=frozenset(
            index
            for index in range(len(problem.interpreters))
            if rng.random() < (0.4 if index in item.interpreters else 0.1)
        ),
    )


def near_miss(rng: random.Random, problem: Problem, solution: Solution) -> Solution:
    """Return a solution with one thing changed; sometimes the change makes no difference to what it is worth."""
    held = [number for number, chosen in enumerate(solution.assignments) if chosen is not None]
    left_out = [number for number, chosen in enumerate(solution.assignments) if chosen is None]
    if left_out and (not held or rng.random() < 0.2):
        number = rng.choice(left_out)
        return _with(solution, number, _like_others(rng, problem, number))
    if not held:
        return solution
    later = [number for number in held if _earlier(problem, number).intersection(held)]
    if later and rng.random() < 0.2:
        number = rng.choice(later)
        chosen = solution.assignments[number]
        assert chosen is not None
        return _with(solution, number, _beside(rng, problem, solution, number, chosen))
    number = rng.choice(held)
    if rng.random() < 0.08:
        return _with(solution, number, None)
    chosen = solution.assignments[number]
    assert chosen is not None
    if len(held) > 1 and rng.random() < 0.25:
        return _with(solution, number, _beside(rng, problem, solution, number, chosen))
    changes = [change for change in _CHANGES if change(rng, problem, number, chosen) != chosen]
    return _with(solution, number, rng.choice(changes or _CHANGES)(rng, problem, number, chosen))


def _with(solution: Solution, number: int, assignment: Assignment | None) -> Solution:
    assignments = list(solution.assignments)
    assignments[number] = assignment
    return Solution(tuple(assignments))


def _like_others(rng: random.Random, problem: Problem, number: int) -> Assignment:
    """A full placement: everybody comes whom the session cannot do without, with all officers."""
    item = problem.items[number]
    chosen = any_assignment(rng, problem, number)
    parties = [party for party in item.parties if party in item.always or party in chosen.teams]
    return replace(
        chosen,
        language=rng.choice(item.languages),
        teams={party: rng.randrange(problem.parties[party].teams) for party in parties},
        seated=frozenset(officer for officer in item.officers if problem.officers[officer].party in parties),
        interpreters=frozenset(item.interpreters),
    )


def _earlier(problem: Problem, number: int) -> set[int]:
    """Sessions that must come before one: the sitting before it, and what an order puts before it."""
    follows = problem.items[number].follows
    ordered = {one for order in problem.orders if number in order.later for one in order.earlier}
    return ordered if follows is None else {*ordered, follows}


def _beside(rng: random.Random, problem: Problem, solution: Solution, number: int, chosen: Assignment) -> Assignment:
    """Start about where another session ends, one that must come before if there is one: at the last slot before, or the next."""
    others = [other for other, held in enumerate(solution.assignments) if held is not None and other != number]
    first = [other for other in others if other in _earlier(problem, number)]
    other = rng.choice(first or others)
    before = solution.assignments[other]
    assert before is not None
    end = problem.slots[before.slot].start + problem.items[other].length
    gap = problem.items[number].session.gap_minutes if other == problem.items[number].follows else 0
    after = next((slot for slot, at in enumerate(problem.slots) if at.start >= end + gap), len(problem.slots) - 1)
    return replace(chosen, slot=max(0, after - rng.choice((0, 1))))


_Change = Callable[[random.Random, Problem, int, Assignment], Assignment]


def _slot(rng: random.Random, problem: Problem, number: int, chosen: Assignment) -> Assignment:
    step = rng.choice((-2, -1, 1, 2))
    slot = chosen.slot + step if rng.random() < 0.6 else rng.randrange(len(problem.slots))
    return replace(chosen, slot=min(max(slot, 0), len(problem.slots) - 1))


def _room(rng: random.Random, problem: Problem, number: int, chosen: Assignment) -> Assignment:
    return replace(chosen, room=rng.randrange(len(problem.places)))


def _team(rng: random.Random, problem: Problem, number: int, chosen: Assignment) -> Assignment:
    if not chosen.teams:
        return chosen
    party = rng.choice(sorted(chosen.teams))
    return replace(chosen, teams={**chosen.teams, party: rng.randrange(problem.parties[party].teams)})


def _party(rng: random.Random, problem: Problem, number: int, chosen: Assignment) -> Assignment:
    """One party comes that did not, or stays away; its officers with it."""
    item = problem.items[number]
    party = rng.choice(item.parties)
    teams = dict(chosen.teams)
    officers = {officer for officer in item.officers if problem.officers[officer].party == party}
    if party in teams:
        del teams[party]
        return replace(chosen, teams=teams, seated=chosen.seated - officers)
    teams[party] = rng.randrange(problem.parties[party].teams)
    return replace(chosen, teams=teams, seated=chosen.seated | officers)


def _officer(rng: random.Random, problem: Problem, number: int, chosen: Assignment) -> Assignment:
    officers = [o for o in problem.items[number].officers if problem.officers[o].party in chosen.teams]
    return replace(chosen, seated=chosen.seated ^ {rng.choice(officers)}) if officers else chosen


def _interpreter(rng: random.Random, problem: Problem, number: int, chosen: Assignment) -> Assignment:
    if not problem.interpreters:
        return chosen
    return replace(chosen, interpreters=chosen.interpreters ^ {rng.randrange(len(problem.interpreters))})


def _language(rng: random.Random, problem: Problem, number: int, chosen: Assignment) -> Assignment:
    return replace(chosen, language=rng.randrange(len(problem.languages)))


_CHANGES: tuple[_Change, ...] = (_slot, _slot, _room, _team, _party, _officer, _interpreter, _language)
