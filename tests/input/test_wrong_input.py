"""Every kind of wrong input is answered with all of its flaws, and nothing but them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from planner.errors import InputError
from planner.scenario_file import parse_scenario
from tests.input.support import SOUND, edited

HERE = Path(__file__).parent


def _wrong() -> list[Any]:
    return [
        pytest.param(entry["edits"], entry["flaws"], id=f"{file.stem}: {entry['name']}")
        for file in sorted((HERE / "wrong").glob("*.yaml"))
        for entry in YAML(typ="safe", pure=True).load(file)
    ]


def _said(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        parse_scenario(text, "f")
    assert all(flaw.hint for flaw in caught.value.flaws)
    return [str(flaw) for flaw in caught.value.flaws]


def test_the_scenario_that_the_cases_edit_is_sound() -> None:
    assert parse_scenario(SOUND).conference.id == "chains"


@pytest.mark.parametrize(("edits", "flaws"), _wrong())
def test_wrong_input_is_answered_with_all_its_flaws(edits: list[list[str]], flaws: list[str]) -> None:
    assert _said(edited(*((old, new) for old, new in edits))) == flaws


def test_flaws_of_many_kinds_are_shown_together_by_line() -> None:
    text = (HERE / "together" / "scenario.yaml").read_text(encoding="utf-8")
    expected = (HERE / "together" / "flaws.txt").read_text(encoding="utf-8").splitlines()
    assert _said(text) == expected


def test_the_error_counts_the_flaws_and_says_what_to_do() -> None:
    with pytest.raises(InputError) as caught:
        parse_scenario(edited(("grid_minutes: 30", "grid_minutes: 1"), ("Asia/Seoul", "Asia/Soul")), "days.yaml")
    assert caught.value.message == "days.yaml is not a usable scenario: 2 flaws"
    assert caught.value.hint == "Correct the file and check it again."


def test_a_part_that_cannot_be_read_raises_no_false_flaws_elsewhere() -> None:
    """Every id of the broken parts is used elsewhere, and the room is the only one with a booth."""
    text = edited(
        ("{id: hall, name: Hall, building: Centre, seats: 40,", "{id: hall, name: Hall, building: Centre, count: no,"),
        ("arrival: 2026-02-05T09:00", "arrival: soon"),
        ("{id: kor-1, name: Kim,", "{id: kor-1, nam: Kim,"),
        ("    sittings: 2", "    sittings: two"),
        ("pairs: [[km, en]], clearance", "pears: [[km, en]], clearance"),
        ("minutes: 10}\n", "minutes: ten}\n"),
        ("id: brief, title: Briefing", "id: brief, title: Briefing, length: 5"),
    )
    assert [said.partition(": ")[2].partition(": ")[0] for said in _said(text)] == [
        "rooms[0].count",
        "rooms[0].seats",
        "walks[0].minutes",
        "delegations[0].delegates[0].nam",
        "delegations[0].delegates[0].name",
        "delegations[1].arrival",
        "interpreters[0].pairs",
        "interpreters[0].pears",
        "cases[1].sittings",
        "sessions[1].length",
    ]
