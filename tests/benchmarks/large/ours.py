"""The planner's own search, as ``planner solve`` runs it: from the scenario in memory to the verified plan."""

from __future__ import annotations

import signal
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from planner import agenda
from planner.plan import Plan
from planner.render.html import Pages
from planner.render.ics import calendar_file
from planner.scenario import Scenario
from planner.solver.search import Effort, Progress
from planner.workflow import publish, solve
from tests.benchmarks.large.log import MOMENT, Log
from tests.benchmarks.large.record import Step


def run(scenario: Scenario, seconds: float, log: Log) -> None:
    """Search for so many seconds, with the usual effort otherwise."""
    log.begin()
    _finish(solve(scenario, Effort(time_limit=seconds), MOMENT, _Following(scenario, log)), log)


def run_to_first(scenario: Scenario, seconds: float, log: Log) -> tuple[float, float]:
    """Press Ctrl-C when everything is held, or nothing more can be.

    Returns:
        The seconds that the agendas and calendars of its parties take, and those of all that is written.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    following = _Following(scenario, log)
    first = following.tiers[0]

    def stop_early(progress: Progress) -> None:
        following(progress)
        if progress.value is not None and (progress.tier != first or progress.value == 0):
            signal.raise_signal(signal.SIGINT)

    log.begin()
    plan = solve(scenario, Effort(time_limit=seconds), MOMENT, stop_early)
    _finish(plan, log)
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        agendas = apart.submit(_render_agendas, scenario, plan).result()
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        publish(scenario, plan, Path(folder) / "out")
        return agendas, time.monotonic() - began


def _render_agendas(scenario: Scenario, plan: Plan) -> float:
    """Return the seconds that agendas and calendars of all parties take where nothing has been rendered before."""
    began = time.monotonic()
    source, pages = agenda.Source(scenario, plan), Pages()
    for delegation in source.delegations:
        view = agenda.delegation_agenda(source, delegation)
        pages.render("delegation.html.j2", view)
        calendar_file(view.calendar)
    return time.monotonic() - began


class _Following:
    """Turns what the search reports into steps."""

    def __init__(self, scenario: Scenario, log: Log) -> None:
        self.log = log
        self.tiers = [tier.name for tier in scenario.tiers]
        self.held = 0

    def __call__(self, progress: Progress) -> None:
        if progress.value is None or progress.tier not in self.tiers:
            return
        if progress.tier == self.tiers[0]:
            self.held = progress.value
            self.log.tell(Step(self.log.seconds, self.held))
        else:
            self.log.tell(Step(self.log.seconds, self.held, progress.value))


def _finish(plan: Plan, log: Log) -> None:
    """Note the verified plan, unless there is none."""
    counts = {row.rule: row.count for row in plan.costs}
    if counts:
        values = {tier.name: tier.value for tier in plan.tiers}
        seconds = log.seconds
        log.steps.append(Step(seconds, counts["held"], values["waiting"], counts["breaks"], counts["idle"]))
