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
from planner.repair import Repair, restated, with_disturbance
from planner.revisions import revise
from planner.rules import Level
from planner.scenario import Scenario
from planner.settings import settings_of, tiers_of
from planner.verify import Report, verify, waits_by_delegation

if TYPE_CHECKING:
    from planner.problem import Problem
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
    *,
    narrow: Callable[[Problem], Problem] = lambda problem: problem,
    with_reasons: bool = True,
) -> Plan:
    """Search for a plan and verify it.

    Args:
        scenario: a consistent scenario.
        effort: limits, seed and workers of the search.
        created_at: the moment that calendar files give as their last change; aware.
        report: called with the search's progress.
        before: the plan that is changed, with its scenario; ``scenario`` has its record.
        narrow: asks for more than the scenario does, such as that one session is held; nothing for a usual plan.
        with_reasons: whether to look for what keeps sessions left out from being held; else what is in the way is told.

    Returns:
        The plan; one without placements when its status is infeasible or unknown.

    Raises:
        UnsoundPlanError: when the verifier refuses what the solver found, which is a fault of the planner.
    """
    from planner.solver.search import search

    problem = narrow(compile_problem(scenario))
    answer = search(problem, effort, report)
    plan = _plan(scenario, problem, answer, effort, created_at)
    if with_reasons and answer.solution is not None and plan.unplaced:
        from planner.obstacles.unplaced import explained_unplaced

        plan = plan.model_copy(update={"unplaced": explained_unplaced(scenario, problem, answer.solution)})
    if answer.solution is not None:
        if before is not None:
            plan = revise(scenario, plan, before)
        _require_sound(scenario, plan)
    return plan


def alternatives(repair: Repair, number: int, effort: Effort, report: Callable[[Progress], None]) -> Iterator[Repair]:
    """Search for other plans that tell people more and are better otherwise, each better than the ones before.

    Each is found where so much disturbance is allowed, and no more: a quarter more than the repair needs, twice as much, and
    any. It is a plan of the repair's own scenario, so that the next change is as gentle as any. There are none when disturbance
    is no soft rule, for then it is not traded.

    Args:
        repair: what is least disturbing, or the least that was found.
        number: how many to look for, up to 3.
        effort: of each search.
        report: called with the progress of the searches.

    Raises:
        UnsoundPlanError: as ``solve`` does.
    """
    least = next((row.count for row in repair.plan.costs if row.rule == "disturbance"), None)
    if least is None:
        return
    best = repair
    for allowed in (least + max(1, least // 4), 2 * least + 1, None)[:number]:
        scenario = with_disturbance(repair.scenario, allowed)
        found = solve(scenario, effort, repair.plan.created_at, report, repair.before)
        if found.status in (Status.infeasible, Status.unknown):
            continue
        other = restated(repair, found)
        if other.quality < best.quality:
            _require_sound(other.scenario, other.plan)
            best = other
            yield other


def _require_sound(scenario: Scenario, plan: Plan) -> None:
    findings = verify(scenario, plan)
    if not findings.sound:
        refused = [*findings.faults, *(str(violation) for violation in findings.violations)]
        raise UnsoundPlanError(refused, plan.to_json())


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
