"""Constraints on teams, officers, interpreters and languages."""

from __future__ import annotations

from ortools.sat.python.cp_model import CpModel, LinearExpr

from planner.problem import Problem
from planner.solver.model.constraints.kinds import Constraints
from planner.solver.model.variables import Carrier, Variables


def team_one_place(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """A team sits in one session at a time."""
    yield from _one_place(model, variables, problem, variables.teams())


def officer_one_place(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """An officer sits in one session at a time."""
    yield from _one_place(model, variables, problem, variables.officers())


def interpreter_one_place(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """An interpreter works in one session at a time."""
    yield from _one_place(model, variables, problem, variables.interpreters())


def _one_place(model: CpModel, variables: Variables, problem: Problem, carriers: list[Carrier]) -> Constraints:
    for carrier in carriers:
        through = variables.through(carrier, {number: problem.items[number].length for number, _ in carrier.uses})
        for literals in through:
            if len(literals) > 1:
                yield carrier.subject, model.add_at_most_one(literals)


def officer_present(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """Officers come with their delegation, and with their own team."""
    for number in variables.scope.judged:
        for index in problem.items[number].officers:
            officer = problem.officers[index]
            subject = ("delegate", officer.id)
            present = variables.present[number][officer.party]
            yield subject, model.add_implication(present, variables.seated[number][index])
            if officer.team is not None:
                yield subject, model.add_implication(present, variables.team[number][officer.party][officer.team])


def attendance(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """Leader and required parties are present, and a quorum where one is asked for."""
    for number in variables.scope.judged:
        item = problem.items[number]
        subject = ("session", item.id)
        present = variables.present[number]
        for party in item.always:
            if present[party].index != variables.held[number].index:
                yield subject, model.add_implication(variables.held[number], present[party])
        if item.quorum:
            there = LinearExpr.sum([present[party] for party in item.quorum])
            yield subject, model.add(there >= item.at_least).only_enforce_if(variables.held[number])


def language(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """The working language is allowed, and whoever does not speak it has an interpreter."""
    for number in variables.scope.judged:
        item = problem.items[number]
        subject = ("session", item.id)
        listeners = [
            (literal, problem.parties[party].languages) for party, literal in variables.present[number].items()
        ]
        listeners += [
            (variables.present[number][problem.officers[officer].party], problem.officers[officer].languages)
            for officer in item.officers
            if problem.officers[officer].languages
        ]
        for spoken, literal in variables.language[number].items():
            if spoken not in item.languages:
                yield subject, model.add_bool_and([literal.negated()])
            for listens, own in listeners:
                if spoken not in own:
                    helpers = [
                        assigned
                        for interpreter, assigned in variables.interpreter[number].items()
                        if problem.covers(interpreter, spoken, own)
                    ]
                    yield subject, model.add_bool_or([literal.negated(), listens.negated(), *helpers])


def kept_apart(model: CpModel, variables: Variables, problem: Problem) -> Constraints:
    """Two delegations that must not sit together are not both present."""
    for number in variables.scope.judged:
        item = problem.items[number]
        present = variables.present[number]
        for position, one in enumerate(item.parties):
            for other in item.parties[position + 1 :]:
                if other in problem.parties[one].apart:
                    yield (
                        ("session", item.id),
                        model.add_bool_or([present[one].negated(), present[other].negated()]),
                    )
