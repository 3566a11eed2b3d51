"""Constraints between the sessions of a chain, between what comes before what, and from pins."""

from __future__ import annotations

from ortools.sat.python.cp_model import CpModel

from planner.problem import Problem
from planner.solver.constraints.kinds import Constraints
from planner.solver.variables import Variables


def formation(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """An open format is held in one form only."""
    for chain, (together, apart) in problem.chains_with_forms().items():
        for one in together:
            for other in apart:
                yield (
                    ("case", chain),
                    model.add_at_most_one(variables.held[one], variables.held[other]),
                )


def sittings(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """A later sitting starts only where an earlier start of the one before leaves the gap."""
    for number, item in enumerate(problem.items):
        if item.follows is None:
            continue
        before = problem.items[item.follows]
        for slot, start in zip(problem.slots, variables.start[number], strict=True):
            early_enough = [
                earlier
                for other, earlier in zip(problem.slots, variables.start[item.follows], strict=True)
                if other.start + before.length + item.session.gap_minutes <= slot.start
            ]
            yield ("session", item.id), model.add_bool_or([start.negated(), *early_enough])


def case_order(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """None of the earlier sessions ends after one of the later ones starts."""
    for order in problem.orders:
        for first in order.earlier:
            for second in order.later:
                for slot, start in zip(problem.slots, variables.start[second], strict=True):
                    too_late = [
                        literal
                        for other, literal in zip(problem.slots, variables.start[first], strict=True)
                        if other.start + problem.items[first].length > slot.start
                    ]
                    yield ("order", order.name), model.add_at_most_one([start, *too_late])


def pins(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """A pinned session is held as the pin says."""
    for pin in problem.pins:
        number, subject = pin.item, ("pin", problem.items[pin.item].id)
        yield subject, model.add_bool_and([variables.held[number]])
        if pin.slot is not None:
            yield subject, model.add_bool_or([variables.start[number][pin.slot]] if pin.slot >= 0 else [])
        if pin.room is not None:
            yield subject, model.add_bool_and([variables.room[number][pin.room]])
        for party, team in pin.teams.items():
            yield subject, model.add_bool_or([variables.team[number][party][team]])
        for interpreter in pin.interpreters:
            assignable = variables.interpreter[number]
            yield subject, model.add_bool_or([assignable[interpreter]] if interpreter in assignable else [])
        if pin.language is not None:
            options = variables.language[number]
            yield subject, model.add_bool_or([options[pin.language]] if pin.language in options else [])
