"""The JSON Schemas are current, valid, and agree with what is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import jsonschema
import pytest

import planner
from planner.plan import Plan
from planner.resources import shipped
from planner.rules import RULES
from planner.scenario_file.compose import read_tree
from planner.scenario_file.tree import plain
from planner.schema import changes_schema, plan_schema, scenario_schema, schema_text
from tests.input.support import SOUND, edited

SCHEMAS = Path(planner.__file__).parent / "schemas"


def _tree(text: str) -> Any:
    tree = read_tree(text).tree
    assert tree is not None
    return plain(tree)


def _faults(schema: dict[str, Any], data: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    return [error.json_path for error in validator.iter_errors(data)]


@pytest.mark.parametrize("name", ["scenario", "changes", "plan"])
def test_shipped_schemas_are_current(name: Literal["scenario", "changes", "plan"]) -> None:
    assert (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8") == schema_text(name)


@pytest.mark.parametrize(
    "schema", [scenario_schema(), changes_schema(), plan_schema()], ids=["scenario", "changes", "plan"]
)
def test_schemas_are_of_their_draft_and_need_no_network(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "$id" not in schema


def test_sound_scenarios_satisfy_the_schema() -> None:
    texts = [SOUND, *((path).read_text(encoding="utf-8") for path in shipped("scenarios").glob("*/scenario.yaml"))]
    assert [_faults(scenario_schema(), _tree(text)) for text in texts] == [[], [], [], []]


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ("opens: 09:00, closes: 17:00", "opens: 9:00, closes: 17:00", ["$.conference.days[1].opens"]),
        ("date: 2026-02-06", "date: 6 Feb 2026", ["$.conference.days[1].date"]),
        ("arrival: 2026-02-05T09:00", "arrival: 2026-02-05T09:00+09:00", ["$.delegations[1].arrival"]),
        ("grid_minutes: 30", 'grid_minutes: "30"', ["$.conference.grid_minutes"]),
        ("  early: {level", "  erly: {level", ["$.rules"]),
        ("{minutes: 10}}", "{minuts: 10}}", ["$.rules.buffer.parameters"]),
        ("role: observer", "role: watching", ["$.delegations[3].role"]),
        ("venue: Conf", "venu: Conf", ["$.conference", "$.conference"]),
        ("[idle, breaks]", "[idle, brakes]", ["$.tiers[1].rules[1]"]),
        ("title: Lotus", "title: 42", ["$.cases[0].title"]),
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(old: str, new: str, faults: list[str]) -> None:
    assert _faults(scenario_schema(), _tree(edited((old, new)))) == faults


def test_editors_can_complete_every_rule_with_its_parameters() -> None:
    rules = scenario_schema()["properties"]["rules"]["properties"]
    offered = {
        name: (rule["description"], set(rule["properties"]["parameters"]["properties"])) for name, rule in rules.items()
    }
    assert offered == {
        rule.id: (rule.statement, {parameter.name for parameter in rule.parameters}) for rule in RULES.values()
    }


def test_a_plan_satisfies_its_schema_and_one_without_uid_does_not() -> None:
    placement = {
        "session": "case-1",
        "uid": "u@police.example",
        "start": "2026-02-05T10:30:00+09:00",
        "end": "2026-02-05T11:00:00+09:00",
        "room": "hall",
        "teams": {"KOR": 1, "KHM": 1},
        "delegates": {"KOR": ["kor-1"], "KHM": []},
        "working_language": "en",
    }
    plan = Plan.model_validate(
        {
            "conference": "chains",
            "scenario_hash": "sha256:0",
            "versions": {"planner": "1", "ortools": "9", "python": "3"},
            "seed": 1,
            "options": {"seed": 1, "workers": 1},
            "created_at": "2026-01-01T00:00:00Z",
            "status": "optimal",
            "tiers": [{"name": "held", "status": "optimal", "value": 0, "bound": 0, "seconds": 0.5}],
            "placements": [placement],
            "unplaced": [{"session": "case-2", "priority": 2, "reason": "no room"}],
            "costs": [{"rule": "held", "tier": "held", "level": "soft", "count": 0, "weight": 1, "cost": 0}],
        }
    )
    data = plan.model_dump(mode="json")
    assert _faults(plan_schema(), data) == []
    data["placements"][0]["table"] = 0
    del data["placements"][0]["uid"]
    assert sorted(_faults(plan_schema(), data)) == ["$.placements[0]", "$.placements[0].table"]
