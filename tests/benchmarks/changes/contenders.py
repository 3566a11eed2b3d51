"""Three ways to get a new plan after a change: repaired, made anew, or searched from the old plan without asking it to stay."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from planner import workflow
from planner.plan import Plan
from planner.repair import Repair
from planner.rules import Level
from planner.scenario import RuleId, RuleSetting, Scenario
from planner.solver.search import Effort, Progress

Version = tuple[Scenario, Plan]


@dataclass(frozen=True)
class Outcome:
    """What a contender did with one set of changes.

    Attributes:
        seconds: of the wall clock until the search ended.
        cpu_seconds: of all threads until the search ended.
        certified_after: wall-clock seconds until what is told was proven least; None if it was not, and for all but repairs.
        held, left_out: sessions.
        moved: sessions of which somebody is told that they are new, elsewhere or cancelled.
        people: told something new.
    """

    contender: str
    status: str
    seconds: float
    cpu_seconds: float
    certified_after: float | None
    held: int
    left_out: int
    moved: int
    people: int

    def to_data(self) -> dict[str, object]:
        """Return it as JSON has it."""
        return asdict(self)


def repaired(scenario: Scenario) -> Scenario:
    """The changed scenario as it is."""
    return scenario


def made_anew(scenario: Scenario) -> Scenario:
    """The same, and nobody remembers what people were told; what is past stays."""
    record = scenario.replanning
    assert record is not None
    return scenario.model_copy(update={"replanning": record.model_copy(update={"told": ()})})


def only_hinted(scenario: Scenario) -> Scenario:
    """The same, where the search starts from the old plan, and nothing asks it to stay there."""
    off = {RuleId(rule): RuleSetting(level=Level.off) for rule in ("notice", "disturbance")}
    return scenario.model_copy(update={"rules": {**scenario.rules, **off}})


CONTENDERS: dict[str, Callable[[Scenario], Scenario]] = {
    "repair": repaired,
    "fresh": made_anew,
    "hint only": only_hinted,
}


def run(contender: str, before: Version, changed: Scenario, effort: Effort) -> tuple[Outcome, Plan]:
    """Let a contender make its plan; every plan is verified."""
    scenario = CONTENDERS[contender](changed)
    certified: dict[str, float] = {}
    about = {"held", "notice", "disturbance"}

    def note(progress: Progress) -> None:
        if progress.value is not None and progress.value == progress.bound:
            certified.setdefault(progress.tier, progress.seconds)

    began, cpu = time.monotonic(), time.process_time()
    moment = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=1)
    plan = workflow.solve(scenario, effort, moment, note, before)
    seconds, cpu_seconds = time.monotonic() - began, time.process_time() - cpu
    repair = Repair(before, scenario, plan)
    figures = repair.comparison.figures
    is_proven = contender == "repair" and repair.is_certified
    outcome = Outcome(
        contender=contender,
        status=plan.status.value,
        seconds=round(seconds, 2),
        cpu_seconds=round(cpu_seconds, 2),
        certified_after=round(max(certified.get(tier, seconds) for tier in about), 2) if is_proven else None,
        held=len(plan.placements),
        left_out=len(plan.unplaced),
        moved=figures.new + figures.moved + figures.cancelled,
        people=figures.people,
    )
    return outcome, plan
