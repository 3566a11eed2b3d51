"""What the tables and pictures say of the runs on large conferences."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.benchmarks.large.plot import Panel, draw, marks
from tests.benchmarks.large.record import Run, Size, Step, append_run, read_runs
from tests.benchmarks.large.tables import pictures, tables

SMALL = Size(parties=100, sessions=450, slots=36, days=2)
STEPS = (Step(4.0, 7), Step(20.0, 0, 500), Step(100.0, 0, 90), Step(121.0, 0, 80, 20, 40))
OURS = Run("planner", SMALL, 1, 600.0, STEPS, 5.0, 512, conditions={"cores": "2"})
GREEDY = Run("greedy", SMALL, 1, 600.0, (Step(0.5, 2, 228, 66, 96),), 1.0, 99, conditions={"cores": "2"})
FIRST = Run(
    "first", SMALL, 1, 600.0, (Step(6.0, 0, 500, 1, 498),), 6.0, 300, agendas_seconds=1.5, rendering_seconds=2.5
)


def test_the_best_plan_of_a_moment_is_the_last_one_before_it() -> None:
    assert [OURS.at(moment) for moment in (3.9, 4.0, 120.0, 600.0)] == [None, STEPS[0], STEPS[2], STEPS[3]]


def test_a_file_of_results_gives_back_what_was_added(tmp_path: Path) -> None:
    file = tmp_path / "runs.jsonl"
    assert read_runs(file) == []
    for run in (OURS, FIRST):
        append_run(file, run)
    assert read_runs(file) == [OURS, FIRST]


def test_quality_and_growth_are_told_in_two_tables() -> None:
    rows = [line for line in tables([GREEDY, FIRST, OURS]).splitlines() if line.startswith("| 1")]
    assert rows == [
        "| 100 | 450 | planner | 500 | 90 | 80 | 80 | 5.0 s | 512 MiB |",
        "| 100 | 450 | greedy | " + "228, and 2 for sessions left out | " * 4 + "1.0 s | 99 MiB |",
        "| 100 | 450 | 2 | 36 | 6.0 s | 1.5 s | 2.5 s | 300 MiB |",
    ]


def test_a_moment_after_the_limit_is_not_told() -> None:
    short = replace(OURS, limit=60.0, steps=STEPS[:2])
    assert "| planner | 500 | – | – | – |" in tables([short, GREEDY])


def test_a_moment_that_no_run_reached_has_no_column() -> None:
    assert "| method | 30 s | first plan |" in tables([replace(OURS, limit=60.0, steps=STEPS[:2])])


def test_of_two_runs_of_a_method_the_longer_one_is_told() -> None:
    assert tables([replace(OURS, limit=60.0, steps=STEPS[:2]), OURS]) == tables([OURS])


def test_conditions_are_told_once() -> None:
    assert tables([OURS, GREEDY]).endswith("Measured with: cores 2.")


def test_a_line_of_steps_starts_with_the_first_plan_that_holds_everything() -> None:
    drawn = ElementTree.fromstring(pictures([OURS])["large-quality.svg"])
    paths = [path.get("d") for path in drawn.iter("{http://www.w3.org/2000/svg}path")]
    assert paths == ["M117.1 0H180V188.6H187.4V193.2H250"]


def test_a_panel_ends_with_the_longest_run() -> None:
    drawn = ElementTree.fromstring(pictures([replace(OURS, limit=240.0)])["large-quality.svg"])
    assert "240" in [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert "600" not in [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]


def test_names_are_escaped_in_pictures() -> None:
    picture = draw("a < b", [Panel("<i>", "x", {"one": [(0.0, 1.0)]}, (0.0, 2.0))])
    assert [text.text for text in ElementTree.fromstring(picture).iter() if text.get("class") == "title"] == ["<i>"]


@pytest.mark.parametrize(
    ("largest", "expected"),
    [
        (1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (7, [0, 2, 4, 6, 8]),
        (228, [0, 50, 100, 150, 200, 250]),
        (0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
    ],
)
def test_marks_are_round_and_reach_the_largest_value(largest: float, expected: list[float]) -> None:
    assert marks(largest) == expected
