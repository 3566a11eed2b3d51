"""Pydantic's errors in the words of somebody who writes a scenario."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from planner import codes
from planner.consistency import Finding, Path, did_you_mean
from planner.scenario import Scenario
from planner.scenario_file.fields import Root, example_fields, example_of, has_models, is_required, model_at, named
from planner.scenario_file.salvage import real_path
from planner.values import Id, Mail, Text


def _pattern(kind: Any) -> str:
    return str(next(part.pattern for part in get_args(kind) if getattr(part, "pattern", None)))


_PATTERNS = {
    _pattern(Id): ("this is no id", "Use letters without accents, digits, - and _, beginning with a letter or digit."),
    _pattern(Mail): ("this is no mail address", "Write for example office@police.example."),
    _pattern(Text): ("this text has a line break or a control character", "Write it on one line."),
}


def explain(error: ErrorDetails, data: Any, root: Root = Scenario) -> Finding:
    """Return what an error means; ``data`` is the plain tree that was validated as a model, by default a scenario."""
    path = real_path(error, data)
    if error["loc"] and error["loc"][-1] == "[key]":
        return _unknown_key(error, path)
    kind = error["type"]
    context: Mapping[str, Any] = error.get("ctx", {})
    given = error["input"]
    example = example_of(path, root)
    if kind == "missing":
        return _missing(path, root)
    if kind == "extra_forbidden":
        return _unknown_field(path, root)
    if kind == "value_error":
        return _refused(error, path, given)
    if given is None:
        optional = "Leave the line out, or write" if not is_required(path, root) else "Write"
        return Finding(path, "nothing is written here", f"{optional} for example {named(path, root)}.", "")
    if kind in ("enum", "literal_error"):
        options = re.findall(r"'([^']+)'", str(context.get("expected", "")))
        return Finding(path, "this is not one of the words that are allowed here", did_you_mean(str(given), options))
    if kind == "string_pattern_mismatch":
        message, hint = _PATTERNS.get(
            str(context["pattern"]), ("this text has characters that cannot be here", f"Write for example {example}.")
        )
        return Finding(path, message, hint)
    if kind == "string_too_short":
        return Finding(path, "this text is empty", f"Write for example {example}.", '""')
    if kind == "string_too_long":
        return Finding(path, f"this text is longer than {context['max_length']} characters", "Shorten it.")
    if kind == "string_type":
        hint = f"Write one text, such as {example}." if isinstance(given, dict | list) else "Put it in quotes."
        return Finding(path, "this is not a text", hint)
    if kind.startswith("int_"):
        digits = isinstance(given, str) and given.strip().isdigit()
        hint = "Leave out the quotes." if digits else f"Write digits only, such as {example}."
        return Finding(path, "this is not a whole number", hint)
    if kind.startswith("bool_"):
        return Finding(path, "this is neither true nor false", "Write true or false.")
    if kind == "greater_than_equal":
        return Finding(path, f"this is less than {context['ge']}", f"Write {context['ge']} or more.")
    if kind == "less_than_equal":
        return Finding(path, f"this is more than {context['le']}", f"Write {context['le']} or less.")
    if kind == "too_short":
        return Finding(path, f"there must be {context['min_length']} or more of these", f"Write for example {example}.")
    if kind == "too_long":
        return Finding(path, f"there must be {context['max_length']} of these", f"Write for example {example}.")
    if kind == "tuple_type":
        inline = f"[{given}]" if isinstance(given, str | int) and not has_models(path, root) else example
        return Finding(path, "this is not a list", f"Write a list in brackets, such as {inline}.")
    if kind in ("model_type", "dict_type"):
        return Finding(
            path, "there must be fields here", f"Write them as name: value, such as {example_fields(path, root)}."
        )
    return Finding(path, error["msg"], f"Write for example {example}.")


def hidden_country_errors(data: Any, errors: list[ErrorDetails]) -> list[Finding]:
    """Return wrong country codes of delegations that have other errors, where pydantic does not look at the code."""
    broken = {error["loc"][1] for error in errors if error["loc"][:1] == ("delegations",) and len(error["loc"]) > 2}
    found = []
    for index in sorted(index for index in broken if isinstance(index, int)):
        item = data["delegations"][index]
        code = item.get("code") or item.get("id")
        if item.get("kind") == "country" and isinstance(code, str):
            try:
                codes.country_code(code)
            except ValueError as error:
                field = "code" if item.get("code") else "id"
                found.append(Finding(("delegations", index, field), *_split(str(error))))
    return found


def errors_of(error: ValidationError, data: Any) -> list[ErrorDetails]:
    """Return the errors, but one for each place and kind, and no complaint of a short list about bad items."""
    by_place = {(real_path(each, data), each["type"]): each for each in error.errors(include_url=False)}
    return [
        each
        for (path, kind), each in by_place.items()
        if kind != "too_short" or not any(other[: len(path)] == path != other for other, _ in by_place)
    ]


def _missing(path: Path, root: Root) -> Finding:
    name = path[-1]
    if isinstance(name, int):
        return Finding(path[:-1], "there must be 2 of these", f"Write for example {example_of(path, root)}.")
    return Finding(path, "this field is missing", f"Add it, for example {named(path, root)}.", "")


def _unknown_field(path: Path, root: Root) -> Finding:
    model = model_at(path[:-1], root)
    fields = list(model.model_fields) if model else []
    return Finding(path, "there is no such field", did_you_mean(str(path[-1]), fields))


def _unknown_key(error: ErrorDetails, path: Path) -> Finding:
    key = str(path[-1])
    if error["type"] == "enum":
        options = re.findall(r"'([^']+)'", str(error.get("ctx", {}).get("expected", "")))
        return Finding(
            path, "there is no such rule", did_you_mean(key, options, "Run `planner rules` for the names."), key
        )
    message, hint = _PATTERNS.get(
        str(error.get("ctx", {}).get("pattern")), ("this name cannot be used here", "Change it.")
    )
    return Finding(path, message, hint, key)


def _refused(error: ErrorDetails, path: Path, given: Any) -> Finding:
    message, hint = _split(error["msg"].removeprefix("Value error, "))
    if isinstance(given, dict):
        path = (*path, "code" if given.get("code") else "id")
    return Finding(path, message, hint)


def _split(text: str) -> tuple[str, str]:
    """Split ``'xx' is no code; write for example KH`` into what is wrong and what to do."""
    message, _, hint = text.partition("; ")
    message = re.sub(r"^.* is (no|not) ", r"this is \1 ", message, flags=re.DOTALL)
    return message, f"{hint[:1].upper()}{hint[1:]}." if hint else ""
