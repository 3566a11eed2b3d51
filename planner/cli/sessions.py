"""The verb ``sessions``."""

from __future__ import annotations

from planner import console
from planner.cli.answering import answering
from planner.cli.options import AsJson, ScenarioFile
from planner.cli.reading import given_scenario


def sessions(scenario: ScenarioFile, as_json: AsJson = False) -> None:
    """Show which sessions are formed, and from which cases and leads.

    Example: planner sessions scenarios/small/scenario.yaml
    """
    with answering(as_json):
        from planner.formation import form_sessions

        formed = form_sessions(given_scenario(scenario))
        if as_json:
            console.say_json(console.sessions_data(formed))
        else:
            console.show_sessions(formed)
