"""The verb ``rules``."""

from __future__ import annotations

from planner import console
from planner.cli.answering import answering
from planner.cli.options import AsJson


def rules(as_json: AsJson = False) -> None:
    """Print the catalogue of rules.

    Example: planner rules --json
    """
    with answering(as_json):
        if as_json:
            console.say_json(console.rules_data())
        else:
            console.show_rules()
