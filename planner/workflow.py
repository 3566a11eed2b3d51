"""The whole story once: scenario → problem → search → plan → verification → pages.

The command line calls these functions and adds nothing to them. No plan leaves here that the verifier has not passed.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import planner
from planner.changes import Changes
from planner.compiling import compile_problem
from planner.errors import UnsoundPlanError
from planner.naming import name_placements, name_unplaced
from planner.plan import Options, Plan, RuleCost, Status, TierReport, Versions
from planner.reasons import hopeless
from planner.render import Pages, render, require_replaceable
from planner.repair import Repair, with_disturbance
from planner.revisions import revise
from planner.rules import Level
from planner.scenario import Scenario
from planner.settings import settings_of, tiers_of
from planner.verify import Report, verify, waits_by_delegation

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.solution import Solution
    from planner.solver.search import Answer, Effort, Progress, TierResult


def impossible_sessions(scenario: Scenario) -> dict[str, str]:
    """Return the sessions that no plan could hold, each with the first reason; found without a solver."""
    return hopeless(compile_problem(scenario))


def prepare(target: Path, templates: Path | None = None) -> None:
    """Find out before a long search whether its result could be written.

    Raises:
        OutputError: when ``target`` holds what the planner did not write.
        InputError: when a template is wrong.
    """
    require_replaceable(target)
    Pages(templates)


def solve(
    scenario: Scenario,
    effort: Effort,
    created_at: datetime,
    report: Callable[[Progress], None],
    before: tuple[Scenario, Plan] | None = None,
) -> Plan:
    """Search for a plan and verify it.

    Args:
        scenario: a consistent scenario.
        effort: limits, seed and workers of the search.
        created_at: the moment that calendar files give as their last change; aware.
        report: called with the search's progress.
        before: the plan that is changed, with its scenario; ``scenario`` has its record.

    Returns:
        The plan; one without placements when its status is infeasible or unknown.

    Raises:
        UnsoundPlanError: when the verifier refuses what the solver found, which is a fault of the planner.
    """
    from planner.solver.search import search

    problem = compile_problem(scenario)
    answer = search(problem, effort, report)
    plan = _plan(scenario, problem, answer, effort, created_at)
    return plan if answer.solution is None else _verified(scenario, plan, before)


def _verified(scenario: Scenario, plan: Plan, before: tuple[Scenario, Plan] | None) -> Plan:
    """Return a plan as its calendars go on from the one before, if the verifier passes it."""
    if before is not None:
        plan = revise(scenario, plan, before)
    findings = verify(scenario, plan)
    if not findings.sound:
        refused = [*findings.faults, *(str(violation) for violation in findings.violations)]
        raise UnsoundPlanError(refused, plan.to_json())
    return plan


def alternatives(repair: Repair, number: int, effort: Effort, report: Callable[[Progress], None]) -> Iterator[Repair]:
    """Search for other plans that tell people more and are better otherwise, each better than the ones before.

    So much disturbance is allowed in the search for each, and no more: a quarter more than the repair needs, twice as much,
    and any. Each is a plan of the same scenario as the repair, and is counted as such. There are none beside a repair that
    is not certified, as it is not known then what the least is.

    Args:
        repair: what is least disturbing.
        number: how many to look for, up to 3.
        effort: of each search.
        report: called with the progress of the searches.
    """
    from planner.solver.search import search

    least = next((row.count for row in repair.plan.costs if row.rule == "disturbance"), 0)
    best = repair
    for allowed in (least + max(1, least // 4), 2 * least + 1, None)[: number if repair.is_certified else 0]:
        answer = search(compile_problem(with_disturbance(repair.scenario, allowed)), effort, report)
        if answer.solution is None:
            continue
        other = Repair(repair.before, repair.scenario, _alternative(repair, answer, answer.solution, effort))
        if other.plan.placements and other.quality < best.quality:
            best = other
            yield other


def _alternative(repair: Repair, answer: Answer, solution: Solution, effort: Effort) -> Plan:
    """Return what was found with more disturbance allowed as a plan of the repair's scenario.

    Bounds of tiers about changes are the repair's, as long as the tiers before are as good; those of others are the answer's.
    """
    from planner.solver.evaluation import evaluate
    from planner.solver.search import TierResult

    problem = compile_problem(repair.scenario)
    counted = replace(answer, counts=evaluate(problem, solution))
    costs = _costs(repair.scenario, counted)
    least, found = ({tier.name: tier for tier in tiers} for tiers in (repair.gentleness, answer.tiers))
    tiers: list[TierResult] = []
    is_as_gentle = True
    for name, _ in tiers_of(repair.scenario):
        value = sum(row.cost for row in costs if row.tier == name)
        bound = (least[name].bound if is_as_gentle else 0) if name in least else found[name].bound
        is_as_gentle = is_as_gentle and (name not in least or value == least[name].value)
        seconds = found[name].seconds if name in found else 0.0
        tiers.append(TierResult(name, value, bound, value == bound, seconds))
    plan = _plan(repair.scenario, problem, replace(counted, tiers=tuple(tiers)), effort, repair.plan.created_at)
    return _verified(repair.scenario, plan, repair.before)


def colliding_pins(scenario: Scenario, effort: Effort) -> tuple[str, ...]:
    """Return the sessions of a fewest set of pins without which an infeasible scenario has a plan; none if that helps not."""
    from planner.solver.evaluation import audit
    from planner.solver.search import search

    problem = compile_problem(scenario)
    pins = problem.settings["pins"]
    if pins.level is not Level.hard:
        return ()
    relaxed = replace(
        problem, settings={**problem.settings, "pins": replace(pins, level=Level.soft)}, tiers=(("pins", ("pins",)),)
    )
    answer = search(relaxed, effort, lambda progress: None)
    if answer.solution is None:
        return ()
    broken, _ = audit(problem, answer.solution)
    return tuple(sorted(name for _, name in broken["pins"]))


def publish(
    scenario: Scenario,
    plan: Plan,
    target: Path,
    templates: Path | None = None,
    before: tuple[Scenario, Plan] | None = None,
    changes: Changes | None = None,
) -> tuple[Report, list[Path]]:
    """Verify a plan and, if it is sound, write what its readers get to ``target``.

    Args:
        scenario: a consistent scenario.
        plan: a plan of it.
        target: the folder to write.
        templates: the organiser's own templates.
        before: the scenario and the plan that readers had; with it, they get notices of what is new.
        changes: what led from that plan to this one.

    Returns:
        What the verifier found, and the files written; none when the plan is not sound.
    """
    findings = verify(scenario, plan)
    if not findings.sound:
        return findings, []
    return findings, render(scenario, plan, target, templates, waits_by_delegation(scenario, plan), before, changes)


def _plan(scenario: Scenario, problem: Problem, answer: Answer, effort: Effort, created_at: datetime) -> Plan:
    solution = answer.solution
    tiers = tuple(_tier(tier, answer) for tier in answer.tiers)
    return Plan(
        conference=scenario.conference.id,
        scenario_hash=scenario.hash,
        versions=Versions(planner=planner.__version__, ortools=version("ortools"), python=platform.python_version()),
        seed=effort.seed,
        options=Options(
            seed=effort.seed,
            workers=effort.workers,
            time_limit=None if effort.deterministic_limit is not None else effort.time_limit,
            deterministic_limit=effort.deterministic_limit,
            clock="wall" if effort.deterministic_limit is None else "deterministic",
        ),
        created_at=created_at,
        status=_status(answer),
        tiers=tiers,
        placements=name_placements(scenario, problem, solution) if solution else (),
        unplaced=name_unplaced(problem, solution) if solution else (),
        costs=_costs(scenario, answer) if solution else (),
    )


def _status(answer: Answer) -> Status:
    if answer.solution is None:
        return Status.infeasible if answer.infeasible else Status.unknown
    return Status.optimal if all(tier.proven for tier in answer.tiers) else Status.feasible


def _tier(tier: TierResult, answer: Answer) -> TierReport:
    if answer.solution is None:
        status = Status.infeasible if answer.infeasible else Status.unknown
    else:
        status = Status.optimal if tier.proven else Status.feasible
    return TierReport(name=tier.name, status=status, value=tier.value, bound=tier.bound, seconds=round(tier.seconds, 3))


def _costs(scenario: Scenario, answer: Answer) -> tuple[RuleCost, ...]:
    tier_of = {rule: name for name, rules in tiers_of(scenario) for rule in rules}
    return tuple(
        RuleCost(
            rule=rule,
            tier=tier_of[rule],
            level=setting.level,
            count=answer.counts[rule],
            weight=setting.weight,
            cost=answer.counts[rule] * setting.weight,
        )
        for rule, setting in settings_of(scenario).items()
        if setting.level is Level.soft
    )
