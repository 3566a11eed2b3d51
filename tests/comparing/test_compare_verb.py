"""``planner compare``: text, JSON and pages, of everything for the organiser and of little for a reader."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.agenda import Pair
from planner.render import render
from planner.scenario import Scenario
from tests.cli.running import answer, run
from tests.readers import revised
from tests.readers.leaks import find_leaks_of_two, secrets_of_two
from tests.readers.revised import Version


def readable(version: Version) -> Version:
    """Return a version whose scenario can be read from a file: its lead that is shared with nobody is shared with all."""
    data = version[0].model_dump(mode="json")
    for case in data["cases"]:
        for lead in case["leads"]:
            lead["shared_with"] = lead["shared_with"] or None
    scenario = Scenario.model_validate(data)
    return scenario, version[1].model_copy(update={"scenario_hash": scenario.hash})


BEFORE, AFTER = readable(revised.before()), readable(revised.after())
READERS = Pair(BEFORE, AFTER).readers


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folders of two plans of the conference by hand; nobody may change them."""
    root = tmp_path_factory.mktemp("compare")
    render(*BEFORE, root / "old")
    render(*AFTER, root / "new")
    return root / "old", root / "new"


def test_everything_that_is_different_is_printed(folders: tuple[Path, Path]) -> None:
    printed = [line.rstrip() for line in run("compare", *folders).stdout.splitlines()]
    assert printed[:2] == [
        "4 moved, 3 new, 3 cancelled, 1 left out; 1 session as before",
        "told something new: 13 people, 6 delegations",
    ]
    assert [" ".join(line.split()) for line in printed[2:26]] == [
        "session became what before after",
        "case-Bravo moved team KOR 2 1",
        "delegates KOR p-Kortwo p-Korone",
        "case-Charlie moved interpreters i-km, i-two i-two",
        "case-Echo new - 2026-02-05 11:30–12:00 r2",
        "case-Delta.THA cancelled left out 2026-02-05 14:00–14:30 hall table 1 -",
        "x-mixed cancelled asked for no more 2026-02-05 15:00–16:00 r1 -",
        "case-Alpha moved time 2026-02-05 10:00–10:30 2026-02-05 16:00–16:30",
        "room r1 r2",
        "case-Lima new - 2026-02-05 16:30–17:00 r2",
        "case-Charlie.2 moved table 1 3",
        "parties JPN, KHM, THA JPN, KHM, POL-X",
        "delegates KHM - p-Khmone",
        "case-Delta.KOR cancelled comes back, see below 2026-02-06 10:00–10:30 r1 -",
        "case-Delta.KOR new comes back - 2026-02-06 11:00–11:30 r1",
        "case-Mike left out - -",
        "x-late asked for no more - -",
        "block became before after",
        "b-open moved 2026-02-05 09:00–09:30 hall 2026-02-05 09:15–09:45 hall",
        "b-dine new - 2026-02-05 19:00–21:00",
        "b-visit cancelled 2026-02-05 17:30–00:30 r1 -",
        "delegation became sessions",
        "KOR new case-Echo, case-Delta.KOR",
        "moved case-Bravo, case-Alpha",
    ]


def test_everything_that_is_different_is_given_to_programs(folders: tuple[Path, Path]) -> None:
    given = answer("compare", *folders)
    assert given["figures"] == {
        "new": 3,
        "moved": 4,
        "cancelled": 3,
        "unchanged": 1,
        "left_out": 1,
        "blocks": 3,
        "delegations": 6,
        "people": 13,
    }
    assert [each["session"] for each in given["delegations"]["KHM"]] == [
        "x-mixed",
        "case-Alpha",
        "case-Lima",
        "case-Charlie.2",
        "x-late",
    ]
    assert given["delegates"]["p-Khmone"][0]["differences"] == [
        {
            "aspect": "time",
            "delegation": None,
            "before": {"start": "2026-02-05T10:00:00+09:00", "end": "2026-02-05T10:30:00+09:00"},
            "after": {"start": "2026-02-05T16:00:00+09:00", "end": "2026-02-05T16:30:00+09:00"},
        },
        {"aspect": "room", "delegation": None, "before": "r1", "after": "r2"},
    ]


def _printed(folders: tuple[Path, Path], reader: str, target: Path) -> None:
    target.with_suffix(".txt").write_text(run("compare", *folders, "--for", reader).stdout, encoding="utf-8")


def _given(folders: tuple[Path, Path], reader: str, target: Path) -> None:
    target.with_suffix(".json").write_text(run("compare", *folders, "--for", reader, "--json").stdout, encoding="utf-8")


def _page(folders: tuple[Path, Path], reader: str, target: Path) -> None:
    assert run("compare", *folders, "--for", reader, "-o", target.with_suffix(".html")).exit_code == 0


@pytest.mark.parametrize("form", [_printed, _given, _page])
def test_what_is_told_for_a_reader_holds_nothing_that_is_not_theirs(
    folders: tuple[Path, Path], tmp_path: Path, form: Callable[[tuple[Path, Path], str, Path], None]
) -> None:
    for reader in READERS:
        kind, _, name = reader.partition("/")
        target = tmp_path / f"{kind}s" / name / "told"
        target.parent.mkdir(parents=True)
        form(folders, reader, target)
    assert len([path for path in tmp_path.rglob("told.*") if path.stat().st_size > 200]) == len(READERS) == 15
    assert find_leaks_of_two(BEFORE, AFTER, tmp_path) == []


def test_everything_told_to_the_organiser_would_be_found_in_a_readers_hands(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    """The search that finds nothing in what readers get finds all sessions, cases and people in the organiser's answer."""
    (tmp_path / "delegations" / "NOBODY").mkdir(parents=True)
    stolen = tmp_path / "delegations" / "NOBODY" / "told.json"
    stolen.write_text(run("compare", *folders, "--json").stdout, encoding="utf-8")
    kinds = {leak.split(": ")[1].rpartition(" ")[0] for leak in find_leaks_of_two(BEFORE, AFTER, tmp_path)}
    assert {"case id", "session id", "uid", "delegation id", "delegate id", "interpreter id", "block"} <= kinds
    assert {secret.kind for secret in secrets_of_two(BEFORE, AFTER)} >= kinds


def test_a_reader_is_named_by_id_or_in_full(folders: tuple[Path, Path]) -> None:
    for short, full in (("KHM", "delegation/KHM"), ("p-Khmone", "delegate/p-Khmone"), ("i-km", "interpreter/i-km")):
        assert run("compare", *folders, "--for", short).stdout == run("compare", *folders, "--for", full).stdout


def test_a_reader_whom_nobody_knows_is_refused(folders: tuple[Path, Path]) -> None:
    result = run("compare", *folders, "--for", "XXX")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "No delegation, delegate or interpreter has the id XXX.\nGive an id of the scenario, such as KHM.\n"
    )


def test_who_has_no_news_is_told_so_and_gets_no_page(folders: tuple[Path, Path], tmp_path: Path) -> None:
    old, _ = folders
    assert run("compare", old, old, "--for", "KHM").stdout == "Nothing changes for KHM.\n"
    assert answer("compare", old, old, "--for", "KHM") is None
    assert run("compare", old, old, "--for", "KHM", "-o", tmp_path / "x.html").stdout == "Nothing changes for KHM.\n"
    assert list(tmp_path.iterdir()) == []


def test_a_page_is_written_whole_and_replaced(folders: tuple[Path, Path], tmp_path: Path) -> None:
    target = tmp_path / "new" / "changes.html"
    assert run("compare", *folders, "-o", target).stdout == f"{target} is written\n"
    first = target.read_bytes()
    assert b"<h1>What changed</h1>" in first
    assert re.findall(rb'href="([^#"]+)"', first) == []
    assert json.loads(run("compare", *reversed(folders), "-o", target, "--json").stdout) == {"page": str(target)}
    assert target.read_bytes() != first
    assert [path.name for path in target.parent.iterdir()] == ["changes.html"]


@pytest.mark.parametrize("name", ["plan.json", "scenario.yaml", "."])
def test_a_page_is_written_over_nothing_but_pages(folders: tuple[Path, Path], name: str) -> None:
    result = run("compare", *folders, "-o", folders[0] / name)
    assert result.exit_code == 2
    assert "is no name of a page" in result.stderr


def test_a_plan_file_is_taken_with_the_scenario_beside_it_or_the_one_given(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    whole = run("compare", *folders).stdout
    plans = [folder / "plan.json" for folder in folders]
    assert run("compare", *plans).stdout == whole
    moved = [tmp_path / "old.json", tmp_path / "new.json"]
    for plan, copy in zip(plans, moved, strict=True):
        copy.write_bytes(plan.read_bytes())
    scenarios = [argument for folder in folders for argument in ("--scenario", folder / "scenario.yaml")]
    assert run("compare", *moved, *scenarios).stdout == whole
    assert run("compare", moved[0], moved[0], *scenarios[:2]).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("lone.json", "new"),
            "There is no scenario.yaml beside the plan of lone.json.\nGive it by --scenario FILE.\n",
        ),
        (
            ("old", "new", "--scenario", "old/scenario.yaml"),
            "The plan of new was made from another scenario than old/scenario.yaml.\n"
            "Give the scenario that it was made from, by --scenario FILE.\n",
        ),
        (
            ("old", "new", "--scenario", "a", "--scenario", "b", "--scenario", "c"),
            "There are two plans, and so at most two scenarios.\nGive --scenario once or twice.\n",
        ),
        (
            ("nothing", "new"),
            "nothing cannot be read: No such file or directory\nGive the plan.json of a solved scenario.\n",
        ),
    ],
    ids=["no scenario", "another scenario", "three scenarios", "no plan"],
)
def test_what_cannot_be_compared_is_answered_with_what_to_do(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    for folder in folders:
        (tmp_path / folder.name).symlink_to(folder)
    (tmp_path / "lone.json").write_bytes((folders[0] / "plan.json").read_bytes())
    monkeypatch.chdir(tmp_path)
    result = run("compare", *arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", told)
