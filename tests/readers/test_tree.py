"""The folder is written whole or not at all, and never over something that is not the planner's."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import InputError, OutputError
from planner.render import render
from planner.render.tree import _swap, write_tree
from planner.scenario_file import scenario_text
from tests.readers import conference, revised


def _contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_every_reader_gets_one_folder(tmp_path: Path) -> None:
    written = render(conference.scenario(), conference.plan(), tmp_path / "out")
    personal = [f"delegations/{name}" for name in ("KOR", "KHM", "JPN", "THA", "LAO", "POL-X")]
    personal += [
        f"delegates/p-{name}" for name in ("Korone", "Kortwo", "Khmone", "Khmtwo", "Jpnone", "Thaone", "Polone")
    ]
    personal += ["interpreters/i-km", "interpreters/i-two"]
    days = ("2026-02-05", "2026-02-06")
    expected = {f"{folder}/agenda.{kind}" for folder in personal for kind in ("html", "ics")}
    expected |= {f"rooms/{room}/door-{day}.html" for room in ("r1", "r2", "hall") for day in days}
    expected |= {f"board-{subject}-{day}.svg" for subject in ("rooms", "delegations") for day in days}
    expected |= {"plan.json", "scenario.yaml", "index.html", "limits.html", "programme.ics"}
    expected |= {"public/programme.html", "public/programme.ics"}
    assert set(_contents(tmp_path / "out")) == expected
    assert written == sorted(tmp_path / "out" / name for name in expected)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_plan_is_written_as_it_is(tmp_path: Path) -> None:
    render(conference.scenario(), conference.plan(), tmp_path / "out")
    assert (tmp_path / "out" / "plan.json").read_text() == conference.plan().to_json()


def test_the_scenario_is_written_beside_its_plan(tmp_path: Path) -> None:
    render(conference.scenario(), conference.plan(), tmp_path / "out")
    assert (tmp_path / "out" / "scenario.yaml").read_text(encoding="utf-8") == scenario_text(conference.scenario())


def test_who_has_news_gets_a_notice_and_the_organiser_a_page(tmp_path: Path) -> None:
    render(*revised.after(), tmp_path / "out", before=revised.before())
    notices = {name for name in _contents(tmp_path / "out") if name.endswith(("notice.html", "changes.html"))}
    delegations = [f"delegations/{name}" for name in ("KOR", "KHM", "JPN", "THA", "LAO", "POL-X")]
    names = ("Korone", "Kortwo", "Khmone", "Khmtwo", "Jpnone", "Thaone", "Polone")
    people = [*(f"delegates/p-{name}" for name in names), "interpreters/i-km", "interpreters/i-two"]
    assert notices == {"changes.html", *(f"{folder}/notice.html" for folder in (*delegations, *people))}


def test_who_has_no_news_gets_no_notice(tmp_path: Path) -> None:
    """Of the two plans, only the team and the delegate of one party to one session differ."""
    scenario, plan = revised.before()
    bravo = next(item for item in revised.after()[1].placements if item.session == "case-Bravo")
    placements = tuple(bravo if item.session == "case-Bravo" else item for item in plan.placements)
    render(scenario, plan.model_copy(update={"placements": placements}), tmp_path / "out", before=(scenario, plan))
    assert {name for name in _contents(tmp_path / "out") if name.endswith("notice.html")} == {
        "delegations/KOR/notice.html",
        "delegates/p-Korone/notice.html",
        "delegates/p-Kortwo/notice.html",
    }


def test_notices_of_the_last_plan_go_when_a_plan_is_written_over_it(tmp_path: Path) -> None:
    render(*revised.after(), tmp_path / "out", before=revised.before())
    render(*revised.after(), tmp_path / "out")
    assert [name for name in _contents(tmp_path / "out") if name.endswith(("notice.html", "changes.html"))] == []


def test_plans_of_two_conferences_are_refused(tmp_path: Path) -> None:
    scenario, plan = revised.before()
    other = scenario.model_copy(update={"conference": scenario.conference.model_copy(update={"id": "other"})})
    with pytest.raises(InputError, match="two conferences, other and demo"):
        render(*revised.after(), tmp_path / "out", before=(other, plan))
    assert list(tmp_path.iterdir()) == []


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    render(conference.scenario(), conference.plan(), tmp_path / "one")
    render(conference.scenario(), conference.plan(), tmp_path / "deep" / "er" / "two")
    assert _contents(tmp_path / "one") == _contents(tmp_path / "deep" / "er" / "two")


def test_a_folder_of_the_planner_is_replaced_as_a_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    render(conference.scenario(), conference.plan(), out)
    (out / "delegations" / "GONE").mkdir()
    (out / "delegations" / "GONE" / "agenda.html").write_text("of a delegation that no longer comes")
    (out / ".DS_Store").write_text("litter of a file manager")
    render(conference.scenario(), conference.plan(), out)
    assert not (out / "delegations" / "GONE").exists()


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    render(conference.scenario(), conference.plan(), tmp_path / "out")
    assert (tmp_path / "out" / "index.html").is_file()


@pytest.mark.parametrize("name", ["notes.txt", "plan.json", "delegations/KOR/notes.txt"])
def test_a_folder_with_things_of_others_is_refused_and_left_alone(tmp_path: Path, name: str) -> None:
    path = tmp_path / "out" / name
    path.parent.mkdir(parents=True)
    path.write_text("{}")
    with pytest.raises(OutputError) as error:
        render(conference.scenario(), conference.plan(), tmp_path / "out")
    assert error.value.hint == "Give a new folder, or one that the planner wrote before."
    assert _contents(tmp_path) == {f"out/{name}": b"{}"}


def test_a_scenario_beside_a_plan_is_never_deleted(tmp_path: Path) -> None:
    out = tmp_path / "out"
    render(conference.scenario(), conference.plan(), out)
    (out / "scenario.yaml").write_text("conference:")
    before = _contents(out)
    with pytest.raises(OutputError, match=r"did not write: scenario\.yaml"):
        render(conference.scenario(), conference.plan(), out)
    assert _contents(out) == before


def test_a_file_is_refused_as_a_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("text")
    with pytest.raises(OutputError, match="is a file"):
        render(conference.scenario(), conference.plan(), tmp_path / "out")


def test_the_folder_one_is_in_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError, match="the folder you are in"):
        render(conference.scenario(), conference.plan(), Path("."))


def test_a_failure_half_way_leaves_the_old_folder_untouched(tmp_path: Path) -> None:
    out, templates = tmp_path / "out", tmp_path / "templates"
    render(conference.scenario(), conference.plan(), out)
    before = _contents(out)
    templates.mkdir()
    (templates / "public.html.j2").write_text("{{ view.nothing }}")
    with pytest.raises(InputError):
        render(conference.scenario(), conference.plan(), out, templates)
    assert _contents(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "templates"]


def test_a_disk_that_refuses_half_way_leaves_the_old_folder_untouched(tmp_path: Path) -> None:
    out = tmp_path / "out"
    render(conference.scenario(), conference.plan(), out)
    before = _contents(out)
    files = {"plan.json": b"new", "public": b"a file where a folder must be", "public/programme.ics": b"new"}
    with pytest.raises(OutputError, match="cannot be written"):
        write_tree(files, out)
    assert _contents(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_old_folder_comes_back_when_the_new_one_cannot_take_its_place(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "plan.json").write_text("old")
    with pytest.raises(FileNotFoundError):
        _swap(tmp_path / "never made", tmp_path / "out", tmp_path / "aside")
    assert _contents(tmp_path) == {"out/plan.json": b"old"}


def test_readers_that_a_disk_would_mix_up_are_refused(tmp_path: Path) -> None:
    given = conference.scenario()
    twin = given.delegations[-1].model_copy(update={"id": "Pol-x", "delegates": ()})
    scenario = given.model_copy(update={"delegations": (*given.delegations, twin)})
    with pytest.raises(OutputError, match="do not tell capitals apart"):
        render(scenario, conference.plan(given), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_plan_of_another_scenario_is_refused_with_what_is_unknown(tmp_path: Path) -> None:
    given = conference.scenario()
    other = given.model_copy(update={"interpreters": given.interpreters[:1]})
    with pytest.raises(InputError, match="interpreter i-two"):
        render(other, conference.plan(given), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
