"""Constraints between the sessions of a chain, between what comes before what, and from pins."""

from __future__ import annotations

from collections.abc import Mapping

from ortools.sat.python.cp_model import CpModel, IntVar

from planner.problem import Problem
from planner.solver.model.constraints.kinds import Constraints
from planner.solver.model.variables import Variables


def formation(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """An open format is held in one form only."""
    for chain, (together, apart) in variables.chains_with_forms().items():
        for one in together:
            for other in apart:
                yield (
                    ("case", chain),
                    model.add_at_most_one(variables.held[one], variables.held[other]),
                )


def sittings(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """A later sitting starts only where an earlier start of the one before leaves the gap."""
    for number in variables.known:
        item = problem.items[number]
        if item.follows is None or item.follows not in variables.held:
            continue
        before = problem.items[item.follows]
        for slot, start in variables.start[number].items():
            latest = problem.slots[slot].start - before.length - item.session.gap_minutes
            early_enough = [
                earlier
                for other, earlier in variables.start[item.follows].items()
                if problem.slots[other].start <= latest
            ]
            yield ("session", item.id), model.add_bool_or([start.negated(), *early_enough])


def case_order(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """None of the earlier sessions ends after one of the later ones starts."""
    for order in problem.orders:
        for first in variables.only_known(order.earlier):
            for second in variables.only_known(order.later):
                for slot, start in variables.start[second].items():
                    too_late = [
                        literal
                        for other, literal in variables.start[first].items()
                        if problem.slots[other].start + problem.items[first].length > problem.slots[slot].start
                    ]
                    yield ("order", order.name), model.add_at_most_one([start, *too_late])


def pins(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """A pinned session is held as the pin says."""
    judged = set(variables.scope.judged)
    for pin in problem.pins:
        number, subject = pin.item, ("pin", problem.items[pin.item].id)
        if number not in judged:
            continue
        yield subject, model.add_bool_and([variables.held[number]])
        if pin.slot is not None:
            yield subject, model.add_bool_or(_stated(variables.start[number], pin.slot))
        if pin.room is not None:
            yield subject, model.add_bool_or(_stated(variables.room[number], pin.room))
        for party, team in pin.teams.items():
            yield subject, model.add_bool_or([variables.team[number][party][team]])
        for interpreter in pin.interpreters:
            yield subject, model.add_bool_or(_stated(variables.interpreter[number], interpreter))
        if pin.language is not None:
            yield subject, model.add_bool_or(_stated(variables.language[number], pin.language))


def _stated(options: Mapping[int, IntVar], key: int) -> list[IntVar]:
    """The decision for what a pin states, none where that is impossible."""
    return [options[key]] if key in options else []
