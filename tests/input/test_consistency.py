"""Consistency of a scenario that was not read from a file."""

from __future__ import annotations

from planner.consistency import check, field_name
from planner.scenario import Scenario
from planner.scenario_file import parse_scenario
from tests.input.support import SOUND


def test_a_sound_scenario_has_no_findings() -> None:
    assert check(parse_scenario(SOUND)) == ()


def test_findings_name_the_field_of_the_model() -> None:
    """A room id is taken by two rooms, and one pin asks for a room that there is not."""
    data = parse_scenario(SOUND).model_dump()
    data["rooms"][1]["id"] = "hall"
    data["pins"][0]["room"] = "annex"
    assert [field_name(finding.path) for finding in check(Scenario.model_validate(data))] == [
        "rooms[1].id",
        "pins[0].room",
    ]
