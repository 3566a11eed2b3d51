"""The verb import: from a file of the benchmark to a scenario that the other verbs take."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner.scenario_file import parse_scenario, read_scenario
from tests.cli.running import answer, contents, run
from tests.importing.files import SOUND, edited


@pytest.fixture
def file(here: Path) -> str:
    """A small sound instance in the folder that the command is run in."""
    Path("small.dzn").write_text(SOUND, encoding="utf-8")
    return "small.dzn"


def test_the_scenario_goes_to_stdout_and_the_instance_may_come_from_stdin(file: str) -> None:
    written = run("import", "b2bsp", file)
    assert (written.exit_code, written.stderr) == (0, "")
    piped = run("import", "b2bsp", "-", stdin=SOUND)
    assert parse_scenario(written.stdout).conference.title == "small"
    assert parse_scenario(piped.stdout).conference.title == "stdin"
    assert list(contents(Path())) == ["small.dzn"]


def test_a_file_is_written_and_the_other_verbs_take_it(file: str) -> None:
    result = run("import", "b2bsp", file, "-o", "small.yaml")
    assert result.stdout == "small.yaml is written: 5 delegations, 4 sessions\n"
    assert Path("small.yaml").read_text(encoding="utf-8") == run("import", "b2bsp", file).stdout
    assert answer("check", "small.yaml")["impossible"] == {}
    solved = answer("solve", "small.yaml", "-o", "out", "--deterministic-limit", "5")
    assert (solved["status"], solved["tiers"][0]["value"], solved["unplaced"]) == ("optimal", 2, [])
    assert answer("verify", "small.yaml", "out/plan.json")["sound"] is True


def test_what_is_written_is_told_as_json(file: str) -> None:
    assert answer("import", "b2bsp", file, "-o", "small.yaml") == {
        "scenario": "small.yaml",
        "delegations": 5,
        "sessions": 4,
    }


@pytest.mark.parametrize(("options", "fairness"), [((), 2), (("--fairness", "0"), 0), (("--fairness", "7"), 7)])
def test_the_fairness_is_that_of_the_option(file: str, options: tuple[str, ...], fairness: int) -> None:
    scenario = parse_scenario(run("import", "b2bsp", file, *options).stdout)
    assert {rule: one.parameters for rule, one in scenario.rules.items() if rule == "fair-breaks"} == {
        "fair-breaks": {"at_most": fairness}
    }


def test_an_instance_without_a_schedule_is_imported_and_found_infeasible(here: Path) -> None:
    """Meetings 1 and 2 of participant 1 are fixed in one slot."""
    text = edited(("[0,5,0,0]", "[3,3,0,0]"), ("1, 3,2", "1, 3,1"))
    run("import", "b2bsp", "-", "-o", "scenario.yaml", stdin=text)
    assert answer("solve", "scenario.yaml", "-o", "out", code=1)["status"] == "infeasible"


def test_every_flaw_is_told_and_nothing_is_written(here: Path) -> None:
    Path("bad.dzn").write_text(edited(("nTables = 2", "nTables = 0"), ("1, 3,2", "1, 9,2")), encoding="utf-8")
    result = run("import", "b2bsp", "bad.dzn", "-o", "scenario.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "bad.dzn:3: nTables" in result.stderr
    assert "bad.dzn:8: requested[2, 2]" in result.stderr
    assert list(contents(Path())) == ["bad.dzn"]
    told = run("import", "b2bsp", "bad.dzn", "--json")
    assert [flaw["field"] for flaw in json.loads(told.stdout)["flaws"]] == ["nTables", "requested[2, 2]"]


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"\xff" * 100, b"", b"\x89PNG\r\n\x1a\n;=;="])
def test_what_is_no_instance_is_refused_without_a_traceback(here: Path, content: bytes) -> None:
    Path("some.dzn").write_bytes(content)
    result = run("import", "b2bsp", "some.dzn")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "some.dzn" in result.stderr


def test_a_file_that_is_not_there_is_told(here: Path) -> None:
    result = run("import", "b2bsp", "gone.dzn")
    assert result.exit_code == 2
    assert "gone.dzn cannot be used: the file cannot be read: No such file or directory" in result.stderr


def test_an_existing_file_is_kept_unless_the_planner_wrote_it(file: str) -> None:
    Path("mine.yaml").write_text("mine", encoding="utf-8")
    result = run("import", "b2bsp", file, "-o", "mine.yaml")
    assert (result.exit_code, Path("mine.yaml").read_text(encoding="utf-8")) == (2, "mine")
    assert "mine.yaml exists, and the planner did not write it." in result.stderr
    for fairness in ("1", "3"):
        assert run("import", "b2bsp", file, "--fairness", fairness, "-o", "ours.yaml").exit_code == 0
    (setting,) = (one for rule, one in read_scenario(Path("ours.yaml")).rules.items() if rule == "fair-breaks")
    assert setting.parameters == {"at_most": 3}


@pytest.mark.parametrize("call", [["b2bsp"], ["excel", "x"], ["b2bsp", "x", "--fairness", "-1"]])
def test_a_wrong_call_is_answered_with_usage_and_2(call: list[str]) -> None:
    result = run("import", *call)
    assert (result.exit_code, "Usage: " in result.stderr) == (2, True)
