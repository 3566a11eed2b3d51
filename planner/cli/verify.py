"""The verb ``verify``."""

from __future__ import annotations

from planner.cli.answering import answering
from planner.cli.options import AsJson, PlanFile, ScenarioFile
from planner.cli.reading import given_both
from planner.cli.telling import tell_report


def verify(scenario: ScenarioFile, plan: PlanFile, as_json: AsJson = False) -> None:
    """Hold a plan against its scenario, rule by rule, and count every cost anew.

    Example: planner verify scenarios/small/scenario.yaml out/plan.json
    """
    with answering(as_json):
        from planner.verify import verify as verify_plan

        report = verify_plan(*given_both(scenario, plan))
        tell_report(report, as_json)
