"""The verb ``replan``: its example, the folders that it writes, and what it refuses before a search."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.cli.running import QUICK, SMALL, answer, run

NOW = ("--now", "2026-09-15T09:45")


@pytest.mark.parametrize("verb", ["impact", "replan"])
def test_the_example_of_the_help_can_be_run(verb: str, small: Path, here: Path) -> None:
    """Its files are those of the small scenario and of a folder that was written before."""
    shown = " ".join(run(verb, "--help").stdout.split())
    example = shown.partition(f"Example: planner {verb} ")[2].partition(" Arguments:")[0]
    scenario, plan, *options = shlex.split(example)
    assert (scenario, plan) == ("scenarios/small/scenario.yaml", "out/plan.json")
    effort = QUICK if verb == "replan" else ()
    assert run(verb, SMALL, small / "plan.json", *options, *effort).exit_code == 0


def test_alternatives_are_plans_of_the_same_scenario_with_the_changes_that_led_to_them(small: Path, here: Path) -> None:
    late = ("--late", "CHL=2026-09-15T14:00")
    found = answer("replan", SMALL, small / "plan.json", "-o", "new", *NOW, *late, "--alternatives", "3", *QUICK)
    assert found["certified"] is True
    folders = [each["folder"] for each in found["alternatives"]]
    assert folders
    assert folders == [f"new-alternative-{number}" for number in range(1, len(folders) + 1)]
    for folder in folders:
        for name in ("scenario.yaml", "changes.yaml"):
            assert Path(folder, name).read_bytes() == Path("new", name).read_bytes()
        assert run("verify", f"{folder}/scenario.yaml", f"{folder}/plan.json").exit_code == 0


def test_a_folder_of_an_alternative_that_cannot_be_written_is_told_before_the_search(small: Path, here: Path) -> None:
    Path("new-alternative-2").mkdir()
    Path("new-alternative-2/mine.txt").write_text("mine", encoding="utf-8")
    call = (
        "replan",
        SMALL,
        small / "plan.json",
        "-o",
        "new",
        *NOW,
        "--cancel",
        "case-4",
        "--alternatives",
        "2",
        *QUICK,
    )
    assert run(*call).exit_code == 2
    assert not Path("new").exists()
