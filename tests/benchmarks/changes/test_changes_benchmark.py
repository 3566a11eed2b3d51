"""The harness of changes: what it counts, and the tables that it writes."""

from __future__ import annotations

from typing import Any

from planner.applying import apply_changes
from planner.solver.search import Effort
from tests.benchmarks.changes.contenders import CONTENDERS, run
from tests.benchmarks.changes.tables import tables
from tests.replanning.chain import first_version
from tests.replanning.generate import change_set

EFFORT = Effort(time_limit=None, deterministic_limit=4.0, workers=1)


def row(contender: str, **fields: Any) -> dict[str, Any]:
    return {
        "scenario": "small",
        "changes": "1: a change",
        "number": 1,
        "contender": contender,
        "certified_after": None,
        "held": 7,
        "left_out": 0,
        "moved": 1,
        "people": 4,
        "conditions": {"cores": "2"},
        **fields,
    }


def test_only_a_repair_is_certified_and_it_moves_no_more_than_others() -> None:
    first = first_version("small", EFFORT)
    what = change_set(first.scenario, first.plan, 7)
    assert what is not None
    changed = apply_changes(first.scenario, first.plan, what.changes, what.now)
    found = {name: run(name, (first.scenario, first.plan), changed, EFFORT)[0] for name in CONTENDERS}
    assert {name: outcome.certified_after is not None for name, outcome in found.items()} == {
        "repair": True,
        "fresh": False,
        "hint only": False,
    }
    assert found["repair"].moved <= min(found["fresh"].moved, found["hint only"].moved)
    assert len({outcome.held for outcome in found.values()}) == 1


def test_the_tables_add_up_complete_sets_only() -> None:
    rows = [
        row("repair", certified_after=0.5),
        row("fresh", moved=5, people=1_000),
        row("hint only", moved=3, people=6),
    ]
    rows.append(row("repair", changes="2: alone", certified_after=9.0))
    assert tables(rows).splitlines() == [
        "### Certificates",
        "",
        "| scenario | sets of changes | of one change | certified | median seconds | nine in ten within | longest |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        "| small | 1 | 1 | 1 | 0.5 | 0.5 | 0.5 |",
        "",
        "### What moves",
        "",
        "| scenario | plan | sessions held | left out | sessions moved | people told |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        "| small | repair | 7 | 0 | 1 | 4 |",
        "| small | fresh | 7 | 0 | 5 | 1,000 |",
        "| small | hint only | 7 | 0 | 3 | 6 |",
        "",
        "Measured with: cores 2.",
    ]
