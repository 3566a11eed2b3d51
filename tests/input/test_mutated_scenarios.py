"""Whatever is done to a scenario, reading it gives a scenario or flaws with places; never another exception."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from planner.formation import form_sessions
from planner.scenario_file import parse_scenario
from planner.scenario_file.compose import read_tree
from planner.scenario_file.tree import plain
from tests.input.support import SOUND, refused


def _tree() -> Any:
    tree = read_tree(SOUND).tree
    assert tree is not None
    return plain(tree)


_odd = st.sampled_from(
    [
        None,
        True,
        -1,
        0,
        3,
        10**30,
        2.5,
        "",
        " ",
        "KHM",
        "case-1",
        "hall",
        "2026-02-05T09:00",
        "09:00",
        "q1",
        "\u2028",
        "x" * 600,
    ]
)
_value = st.recursive(
    _odd,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "of", "x"]), inner, max_size=2),
)
_step = st.tuples(
    st.integers(0, 10_000),
    st.sampled_from(["drop", "replace", "double", "rename", "swap"]),
    _value,
    st.integers(0, 10_000),
)


def _places(data: Any, found: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    keys = list(data) if isinstance(data, dict) else list(range(len(data))) if isinstance(data, list) else []
    for key in keys:
        found.append((data, key))
        _places(data[key], found)
    return found


def _mutate(data: Any, which: int, how: str, value: Any, other: int) -> None:
    places = _places(data, [])
    if not places:
        return
    holder, key = places[which % len(places)]
    source, source_key = places[other % len(places)]
    if how == "drop":
        del holder[key]
    elif how == "replace":
        holder[key] = value
    elif how == "swap":
        holder[key] = json.loads(json.dumps(source[source_key]))
    elif isinstance(holder, list):
        holder.append(json.loads(json.dumps(holder[key])))
    else:
        holder[f"{key}x" if how == "rename" else "id"] = holder.pop(key)


def _outcome(text: str) -> None:
    error = refused(text)
    if error is None:
        ids = [session.id for session in form_sessions(parse_scenario(text))]
        assert len(ids) == len(set(ids))
        return
    assert error.flaws
    for flaw in error.flaws:
        assert re.fullmatch(r"f:[1-9][0-9]*", flaw.place)
        assert all((flaw.field, flaw.message, flaw.hint))


@settings(max_examples=120, deadline=None)
@given(st.lists(_step, min_size=1, max_size=4))
def test_a_scenario_with_changed_values_is_read_or_refused(steps: list[tuple[int, str, Any, int]]) -> None:
    data = _tree()
    for which, how, value, other in steps:
        _mutate(data, which, how, value, other)
    _outcome(json.dumps(data, indent=1))


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, len(SOUND)),
    st.integers(0, 40),
    st.text(alphabet="{}[]:,-&*!|>'\"%@`#? \n\tab\x00\ud800", max_size=5),
)
@example(0, 0, "\ud800")
@example(0, 0, "%YAML 3.0\n---\n")
@example(0, len(SOUND), "")
def test_a_scenario_with_changed_characters_is_read_or_refused(start: int, length: int, new: str) -> None:
    _outcome(SOUND[:start] + new + SOUND[start + length :])
