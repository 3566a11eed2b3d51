"""The verb ``render``."""

from __future__ import annotations

from planner.cli.answering import answering
from planner.cli.options import AsJson, Folder, PlanFile, ScenarioFile, Templates
from planner.cli.reading import given_both
from planner.cli.telling import tell_plan, tell_report
from planner.errors import InputError


def render(
    scenario: ScenarioFile, plan: PlanFile, output: Folder, templates: Templates = None, as_json: AsJson = False
) -> None:
    """Verify a plan and write what every reader gets, without solving anew.

    Example: planner render scenarios/small/scenario.yaml out/plan.json -o out --templates mine
    """
    with answering(as_json):
        from planner import workflow

        if str(output) == "-":
            raise InputError("A folder cannot be written to stdout.", hint="Give a folder, for example -o out.")
        read, given = given_both(scenario, plan)
        report, files = workflow.publish(read, given, output, templates)
        if not report.sound:
            tell_report(report, as_json)
        tell_plan(given, output, files, as_json, str(output / "scenario.yaml") if scenario == "-" else scenario)
