"""How files are read: encodings, YAML 1.2, anchors, and files that are no scenario at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import InputError
from planner.resources import shipped
from planner.scenario_file import parse_scenario, read_scenario
from tests.input.support import SOUND, edited, flaws_of

NOT_FIELDS = "the file does not begin with the fields of a scenario"


@pytest.mark.parametrize("name", ["small", "seoul-2026", "overfull"])
def test_shipped_scenarios_are_sound(name: str) -> None:
    assert read_scenario(shipped("scenarios") / name / "scenario.yaml").cases


def test_a_file_and_its_text_give_the_same_scenario(tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())
    assert read_scenario(file) == parse_scenario(SOUND)


def test_flaws_name_the_file(tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text(edited(("grid_minutes: 30", "grid_minutes: 1")), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_scenario(file)
    assert [flaw.place for flaw in caught.value.flaws] == [f"{file}:10"]


@pytest.mark.parametrize(("name", "reason"), [("absent.yaml", "No such file or directory"), (".", "Is a directory")])
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, reason: str) -> None:
    path = tmp_path / name
    with pytest.raises(InputError) as caught:
        read_scenario(path)
    error = caught.value
    assert (error.message, error.flaws) == (f"{path} cannot be read: {reason}.", ())
    assert error.hint == "Give the path of a scenario file."


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("", ("f:1", "scenario", "the file is empty")),
        ("# nothing yet\n", ("f:1", "scenario", "the file is empty")),
        ("{}", ("f:1", "scenario", "the file is empty")),
        ("# a\nnull\n", ("f:2", "scenario", "the file is empty")),
        ("\n- conference\n", ("f:2", "scenario", NOT_FIELDS)),
        ("a scenario", ("f:1", "scenario", NOT_FIELDS)),
        (SOUND.replace("Lotus", "Lótus").encode("latin-1"), ("f:38", "scenario", "the file is not in UTF-8")),
        (SOUND.encode("utf-16"), ("f:1", "scenario", "the file is not in UTF-8")),
        (
            SOUND.replace("Lotus", "Lo\x07tus"),
            ("f:38", "scenario", "this is not YAML: it holds the control character 0x0007"),
        ),
        ("conference: " + "[" * 100_000, ("f:1", "scenario", "this is nested more than 30 deep")),
        ("? " * 500 + "a", ("f:1", "scenario", "this is nested more than 30 deep")),
    ],
)
def test_a_file_that_is_no_scenario_has_one_flaw(text: str | bytes, flaw: tuple[str, str, str]) -> None:
    assert flaws_of(text) == [flaw]


def test_aliases_that_unfold_to_a_giant_are_refused() -> None:
    text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in range(1, 30):
        text += f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n"
    assert flaws_of(text) == [("f:6", "scenario", "this unfolds to more than 200,000 values")]


def test_norway_and_times_of_day_stay_texts() -> None:
    """In YAML 1.1, NO is false and 12:30 is 750."""
    text = edited(
        ("  - {id: IDN, kind", "  - {id: NO, kind: country, name: Norway, languages: [nb]}\n  - {id: IDN, kind")
    )
    text = text.replace("opens: 09:00, closes: 17:00", "opens: 12:30, closes: 17:00")
    for directive in ("", "%YAML 1.1\n---\n"):
        scenario = parse_scenario(directive + text)
        assert [delegation.id for delegation in scenario.delegations] == ["KOR", "KHM", "NO", "IDN", "UNODC"]
        assert scenario.conference.days[1].opens.isoformat() == "12:30:00"


def test_aliases_and_merge_keys_stand_for_what_they_repeat() -> None:
    """A third room takes everything from the second but its id, and its features from the first."""
    walks = "walks:\n"
    again = "building: Annexe, seats: 8, windows: [{start: 2026-02-05T10:00, end: 2026-02-05T18:00}]"
    short = edited(
        ("features: [booth], clearance", "features: &f [booth], clearance"),
        ("  - {id: annex,", "  - &a {id: annex,"),
        (walks, f"  - {{<<: *a, id: annex-2, features: *f}}\n{walks}"),
    )
    long = edited((walks, f"  - {{id: annex-2, name: Annexe 1, {again}, features: [booth]}}\n{walks}"))
    assert parse_scenario(short) == parse_scenario(long)


def test_a_flaw_in_a_merged_part_is_shown_where_it_is_written() -> None:
    text = edited(
        (
            "  - {id: hall, name: Hall, building: Centre, seats: 40,",
            "  - &r {id: hall, name: Hall, building: Centre, seats: x,",
        ),
        (
            "  - {id: annex, name: Annexe 1, building: Annexe, seats: 8,",
            "  - {<<: *r, id: annex, name: Annexe 1, building: Annexe,",
        ),
    )
    assert flaws_of(text) == [
        ("f:17", "rooms[0].seats", "this is not a whole number"),
        ("f:17", "rooms[1].seats", "this is not a whole number"),
    ]


def test_comments_and_layout_do_not_change_the_hash() -> None:
    loose = "# a comment\n" + SOUND.replace("seats: 40", "seats:   40")
    assert parse_scenario(loose).hash == parse_scenario(SOUND).hash
    assert parse_scenario(edited(("seats: 40", "seats: 41"))).hash != parse_scenario(SOUND).hash
