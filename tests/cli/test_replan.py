"""``planner replan``: what is printed and written, and what is answered to wrong input."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.cli.running import QUICK, SMALL, answer, contents, run

NOW = ("--now", "2026-09-15T09:45", "--deterministic-limit", "4")
LATE = "CHL=2026-09-15T13:30"


@pytest.fixture
def late(small: Path, here: Path) -> Path:
    """The folder of the small plan after a flight that is late."""
    assert run("replan", SMALL, small / "plan.json", *NOW, "--late", LATE, "-o", "late").exit_code == 0
    return here / "late"


def test_what_was_done_and_what_is_proven_is_said(small: Path, here: Path) -> None:
    result = run("replan", SMALL, small / "plan.json", *NOW, "--late", LATE, "-o", "late")
    assert result.stdout.splitlines()[-3:] == [
        "2 sessions move. 7 people are told something new (3 delegations). Proven: no plan holds more, by priority; of those as "
        "good, none tells fewer people at short notice; of those as good, none disturbs less.",
        f"verified; {len(contents(here / 'late'))} files in late",
        "what changed: late/changes.html",
    ]


def test_a_cancelled_session_is_called_one(late: Path) -> None:
    found = answer(
        "replan", late / "scenario.yaml", late / "plan.json", *NOW, "--cancel", "case-4", "-o", "without", code=0
    )
    assert found["claim"].startswith("1 session is not held any more. ")


def test_it_is_said_when_no_alternative_was_found(small: Path, here: Path) -> None:
    """Nobody works with the interpreter at that time, so that the plan stays as it is, and it is the best."""
    result = run(
        *("replan", SMALL, small / "plan.json", *NOW, "--interpreter-away", "es-1=2026-09-15T14:45"),
        *("-o", "same", "--alternatives", "1"),
    )
    assert result.stdout.splitlines()[-1] == "no alternative was found that is better otherwise"
    assert [path.name for path in here.iterdir()] == ["same"]


def test_alternatives_of_an_earlier_run_are_said_to_be_none_of_this_plan(small: Path, here: Path) -> None:
    Path("late-alternative-2").mkdir()
    result = run("replan", SMALL, small / "plan.json", *NOW, "--late", LATE, "-o", "late")
    assert result.stdout.splitlines()[-1] == "of an earlier run, and not of this plan: late-alternative-2"


def test_the_reason_for_all_changes_is_kept_with_them(small: Path, here: Path) -> None:
    Path("changes.yaml").write_text(
        "why: It is 9:45\nchanges: [{kind: arrives-late, delegation: CHL, at: 2026-09-15T13:30}]\n", encoding="utf-8"
    )
    assert run("replan", SMALL, small / "plan.json", "changes.yaml", *NOW, "-o", "late").exit_code == 0
    assert Path("late", "changes.yaml").read_text(encoding="utf-8").splitlines()[0] == "why: It is 9:45"


def test_the_plan_that_is_changed_is_not_written_over(late: Path) -> None:
    before = contents(late)
    result = run("replan", late / "scenario.yaml", late / "plan.json", *NOW, "--cancel", "case-4", "-o", "late")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == ("late holds the plan that is to be changed.\nGive another folder, so that you keep it.\n")
    assert contents(late) == before


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
    found = answer("replan", SMALL, small / "plan.json", "-o", "new", *NOW, *late, "--alternatives", "3")
    assert found["certified"] is True
    folders = [each["folder"] for each in found["alternatives"]]
    assert folders
    assert folders == [f"new-alternative-{number}" for number in range(1, len(folders) + 1)]
    for folder in folders:
        for name in ("scenario.yaml", "changes.yaml"):
            assert Path(folder, name).read_bytes() == Path("new", name).read_bytes()
        assert run("verify", f"{folder}/scenario.yaml", f"{folder}/plan.json").exit_code == 0


def test_a_folder_that_an_alternative_may_not_replace_is_told_before_the_search(small: Path, here: Path) -> None:
    Path("late-alternative-2").mkdir()
    Path("late-alternative-2", "mine.txt").write_text("mine", encoding="utf-8")
    result = run("replan", SMALL, small / "plan.json", *NOW, "--late", LATE, "-o", "late", "--alternatives", "2")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-2:] == [
        f"{here / 'late-alternative-2'} holds what the planner did not write: mine.txt.",
        "Give a new folder, or one that the planner wrote before.",
    ]
    assert not Path("late").exists()


def test_a_plan_given_as_the_scenario_is_told_in_a_sentence(small: Path, here: Path) -> None:
    result = run("replan", small / "plan.json", SMALL, *NOW, "--late", LATE, "-o", "late")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"{small / 'plan.json'} is a plan, not a scenario.\nGive the scenario first, then the plan.\n"
    )


def test_plans_compared_the_wrong_way_round_are_told(small: Path, late: Path) -> None:
    right, wrong = run("compare", small, late), run("compare", late, small)
    assert (right.exit_code, right.stderr, wrong.exit_code) == (0, "", 0)
    assert wrong.stderr == (
        f"{late} was made by changing {small}: give them the other way round to see what became of it.\n"
    )


def test_the_scenario_of_a_changed_plan_is_not_solved_as_if_nobody_had_calendars(late: Path) -> None:
    result = run("solve", late / "scenario.yaml", "-o", "again")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"{late / 'scenario.yaml'} is the scenario of a plan that was changed.\nChange its plan with planner replan; "
        "or take the section replanning out, and nothing that was told counts.\n"
    )
