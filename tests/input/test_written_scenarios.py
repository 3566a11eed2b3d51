"""Scenarios written as YAML: equal when they are read back, pleasant to read, and never over what is somebody's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planner.errors import OutputError
from planner.resources import shipped
from planner.scenario import Scenario
from planner.scenario_file import parse_scenario, read_scenario, scenario_text, write_scenario
from planner.scenario_file.writing import HEADING
from tests.agreement.generate import generate
from tests.input.support import SOUND
from tests.verify.build import block, meeting, room, scenario, window

SCENARIO = parse_scenario(SOUND)


def test_shipped_scenarios_are_read_back_equal() -> None:
    for name in ("small", "seoul-2026", "overfull"):
        given = read_scenario(shipped("scenarios") / name / "scenario.yaml")
        assert parse_scenario(scenario_text(given)) == given


def test_generated_scenarios_are_read_back_equal() -> None:
    for seed in range(60):
        assert parse_scenario(scenario_text(generate(seed))) == generate(seed)


def test_a_scenario_that_is_read_back_has_the_same_hash() -> None:
    shipped_ones = [read_scenario(shipped("scenarios") / name / "scenario.yaml") for name in ("small", "seoul-2026")]
    for each in (*shipped_ones, *map(generate, range(20)), under_way()):
        assert parse_scenario(scenario_text(each)).hash == each.hash


def under_way() -> Scenario:
    """Return a scenario while its plan is being changed: one session is past, people were told of another."""
    given = scenario(sessions=[meeting(name, title="Next steps") for name in "stu"])
    past = {
        "session": "s",
        "start": "2026-02-05T10:00",
        "end": "2026-02-05T11:00",
        "room": "A",
        "teams": {"KOR": 1, "JPN": 1},
        "delegates": {"JPN": [], "KOR": []},
        "language": "en",
    }
    formed = {"chain": "s", "leader": "KOR", "required": ["JPN"], "minutes": 60, "classification": "open"}
    told = past | {"session": "t", "start": "2026-02-05T12:00", "end": "2026-02-05T13:00"}
    replanning = {"now": "2026-02-05T10:30", "past": [past | {"formed": formed}], "told": [told], "moved": ["KOR"]}
    return Scenario.model_validate(
        given.model_dump(mode="json") | {"replanning": replanning, "cancelled": ["u"], "formation": {"groups": []}}
    )


@settings(max_examples=200, deadline=None)
@given(
    title=st.from_regex(
        r"^[^\x00-\x1f\x7f\u0085\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\s][^\x00-\x1f\x7f\u0085\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]*\Z"
    )
)
@example(title="no")
@example(title="true")
@example(title="~")
@example(title="1e3")
@example(title="0o7")
@example(title="2026-02-05")
@example(title="08:00")
@example(title="a: b # c")
@example(title="- [{'\"&*!|>%@`")
@example(title="日本 \U0001f600 \ufeff \xa0 é")
@example(title="word " * 90)
def test_any_title_is_read_back_as_it_was(title: str) -> None:
    text = title[:400].strip()
    given = scenario(sessions=[meeting("s", title=text)])
    data = given.model_dump(mode="json") | {"rooms": [{"id": "A", "name": text, "seats": 2}]}
    whole = given.model_validate(data)
    assert parse_scenario(scenario_text(whole)) == whole


def test_what_is_as_usual_is_left_out_and_what_is_short_stands_on_one_line() -> None:
    given = scenario(
        rooms=[room("A", windows=[window("5 09:00", "5 12:00")])],
        blocks=[block("lunch", "5 12:00", "5 13:00", blocks=[])],
        sessions=[
            meeting("s", title="Next steps", windows=[window(f"5 {hour}:00", f"5 {hour}:30") for hour in (10, 11)])
        ],
    )
    assert (
        scenario_text(given)
        == f"""\
{HEADING}conference:
  id: test
  title: Test
  venue: Hall
  time_zone: Asia/Seoul
  organiser: {{name: Office, mail: office@example.org}}
  days:
    - {{date: 2026-02-05, opens: 09:00, closes: 17:00}}
    - {{date: 2026-02-06, opens: 09:00, closes: 17:00}}
  working_languages: [en]

blocks:
  - {{id: lunch, title: Lunch, kind: plenary, start: 2026-02-05T12:00, end: 2026-02-05T13:00, blocks: []}}

rooms:
  - {{id: A, name: Room A, seats: 20, windows: [{{start: 2026-02-05T09:00, end: 2026-02-05T12:00}}]}}

delegations:
  - {{id: KOR, kind: country, name: Kor, languages: [en]}}
  - {{id: JPN, kind: country, name: Jpn, languages: [en]}}
  - {{id: KHM, kind: country, name: Khm, languages: [en]}}

sessions:
  - id: s
    title: Next steps
    required: [KOR, JPN]
    minutes: 60
    windows:
      - {{start: 2026-02-05T10:00, end: 2026-02-05T10:30}}
      - {{start: 2026-02-05T11:00, end: 2026-02-05T11:30}}
"""
    )


def test_a_file_is_written_with_the_folders_above_it_and_replaced(tmp_path: Path) -> None:
    target = tmp_path / "new" / "scenario.yaml"
    write_scenario(SCENARIO, target)
    assert target.read_text(encoding="utf-8") == scenario_text(SCENARIO)
    other = generate(1)
    write_scenario(other, target)
    assert read_scenario(target) == other
    assert [path.name for path in target.parent.iterdir()] == ["scenario.yaml"]


@pytest.mark.parametrize("content", [SOUND, "", scenario_text(SCENARIO).removeprefix(HEADING)])
def test_a_file_of_somebody_elses_is_left_alone(tmp_path: Path, content: str) -> None:
    target = tmp_path / "scenario.yaml"
    target.write_text(content, encoding="utf-8")
    with pytest.raises(OutputError, match=re.escape(f"{target} exists, and the planner did not write it.")):
        write_scenario(SCENARIO, target)
    assert target.read_text(encoding="utf-8") == content


def test_a_folder_and_a_device_are_no_files(tmp_path: Path) -> None:
    for target in (tmp_path, Path("/dev/null")):
        with pytest.raises(OutputError, match="exists, and the planner did not write it"):
            write_scenario(SCENARIO, target)


def test_what_a_link_leads_to_is_replaced_and_the_link_is_kept(tmp_path: Path) -> None:
    target, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    write_scenario(SCENARIO, target)
    link.symlink_to(target)
    write_scenario(generate(1), link)
    assert (link.is_symlink(), read_scenario(target)) == (True, generate(1))


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        write_scenario(SCENARIO, tmp_path / "file" / "scenario.yaml")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
