"""The verb ``check``."""

from __future__ import annotations

from planner import console
from planner.cli.answering import answering
from planner.cli.options import AsJson, ScenarioFile
from planner.cli.reading import given_scenario


def check(scenario: ScenarioFile, as_json: AsJson = False) -> None:
    """Read a scenario and tell everything that is wrong with it.

    Sessions that no plan could hold are listed with the reason. They are no error: a plan leaves them out.

    Example: planner check scenarios/small/scenario.yaml
    """
    with answering(as_json):
        from planner.formation import form_sessions
        from planner.workflow import impossible_sessions

        read = given_scenario(scenario)
        counts = {
            "delegations": len(read.delegations),
            "cases": len(read.cases),
            "leads": sum(len(case.leads) for case in read.cases),
            "sessions": len(form_sessions(read)),
            "rooms": len(read.rooms),
            "days": len(read.conference.days),
        }
        impossible = impossible_sessions(read)
        if as_json:
            console.say_json(console.check_data(scenario, counts, impossible))
            return
        console.say(
            f"{scenario} is consistent: " + ", ".join(console.number(count, name) for name, count in counts.items())
        )
        if read.conference.secret is None:
            console.say("  no conference.secret is given: whoever guesses session names can work out door codes")
        for session, reason in impossible.items():
            console.say(f"  {session} can be held in no plan: {reason}")
