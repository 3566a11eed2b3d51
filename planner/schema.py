"""JSON Schemas of the three files, so that an editor completes and checks them.

All are made from the models and shipped in ``planner/schemas``; the rules of the catalogue are written out with their
statements and parameters. JSON Schema draft 2020-12.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from planner.changes import Changes
from planner.plan import Plan
from planner.rules import CATALOGUE, Rule
from planner.scenario import Scenario

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def scenario_schema() -> dict[str, Any]:
    """Return the schema of a scenario file, as plain data."""
    schema = Scenario.model_json_schema()
    schema["properties"]["rules"] = {
        "title": "Rules",
        "description": "What changes of the rules of the catalogue, by rule id",
        "type": "object",
        "properties": {rule.id: _setting(rule, schema["$defs"]["RuleSetting"]) for rule in CATALOGUE},
        "additionalProperties": False,
    }
    del schema["$defs"]["RuleSetting"]
    return {"$schema": _DRAFT, **schema, "title": "Scenario of a conference"}


def plan_schema() -> dict[str, Any]:
    """Return the schema of ``plan.json``, as plain data."""
    return {"$schema": _DRAFT, **Plan.model_json_schema(), "title": "Plan of a conference"}


def changes_schema() -> dict[str, Any]:
    """Return the schema of a file of changes, as plain data."""
    return {"$schema": _DRAFT, **Changes.model_json_schema(), "title": "Changes of a plan"}


def schema_text(name: Literal["scenario", "changes", "plan"]) -> str:
    """Return a schema as it is shipped: indented JSON with a line end."""
    schema = {"scenario": scenario_schema, "changes": changes_schema, "plan": plan_schema}[name]()
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _setting(rule: Rule, setting: dict[str, Any]) -> dict[str, Any]:
    fields = dict(setting["properties"])
    fields["parameters"] = {
        "type": "object",
        "properties": {
            parameter.name: {
                "type": "integer",
                "minimum": 0,
                "default": parameter.default,
                "description": f"{parameter.meaning} ({parameter.unit})",
            }
            for parameter in rule.parameters
        },
        "additionalProperties": False,
    }
    return {
        "title": rule.title,
        "description": rule.statement,
        "type": "object",
        "properties": fields,
        "additionalProperties": False,
    }
