"""Nobody is told of a case, a lead, a person or a meeting that is none of their business."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from planner import agenda
from planner.agenda import Source
from planner.render import render
from tests.readers import conference
from tests.readers.leaks import all_secrets, find_leaks, parties


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that the readers of the conference by hand get."""
    root = tmp_path_factory.mktemp("readers") / "out"
    render(conference.scenario(), conference.plan(), root)
    return root


def test_no_file_of_any_reader_tells_what_is_not_theirs(tree: Path) -> None:
    assert find_leaks(conference.scenario(), conference.plan(), tree) == []


def test_a_secret_of_any_kind_in_a_foreign_file_would_be_found(tree: Path, tmp_path: Path) -> None:
    page = (tree / "public" / "programme.html").read_text()
    (tmp_path / "public").mkdir()
    planted = {}
    for number, secret in enumerate(all_secrets(conference.scenario(), conference.plan())):
        path = tmp_path / "public" / f"{number:03}.html"
        path.write_text(page.replace("</main>", f"<p>{html.escape(secret.text)}</p></main>"))
        planted[f"public/{path.name}"] = secret
    found = {leak.partition(":")[0] for leak in find_leaks(conference.scenario(), conference.plan(), tmp_path)}
    assert [secret for name, secret in planted.items() if name not in found] == []


def test_the_organiser_is_told_everything(tree: Path) -> None:
    page = html.unescape((tree / "index.html").read_text())
    scenario, plan = conference.scenario(), conference.plan()
    expected = [text for case in scenario.cases for text in (case.id, case.title)]
    expected += [lead.id for case in scenario.cases for lead in case.leads]
    expected += [item.name for item in scenario.delegations]
    expected += [*(item.session for item in plan.placements), *(item.session for item in plan.unplaced)]
    expected += [person.name for delegation in scenario.delegations for person in delegation.delegates]
    expected += [person.name for person in scenario.interpreters]
    expected += [block.title for block in scenario.blocks]
    expected += [item.reason for item in plan.unplaced]
    assert [text for text in expected if text not in page] == []


def test_a_delegation_is_told_all_of_its_own_cases(tree: Path) -> None:
    for delegation in conference.scenario().delegations:
        page = (tree / "delegations" / delegation.id / "agenda.html").read_text()
        own = [case.id for case in conference.scenario().cases if delegation.id in parties(case)]
        assert own
        assert [case for case in own if case not in page] == []


def test_a_lead_is_shown_to_those_who_share_it_and_to_no_other_party_of_the_case(tree: Path) -> None:
    shown = {
        name: {lead for lead in ("lead-Alpha-0", "lead-Alpha-1", "lead-Delta-0", "lead-Delta-1") if lead in page}
        for name in ("KOR", "KHM", "JPN", "THA")
        for page in [(tree / "delegations" / name / "agenda.html").read_text()]
    }
    assert shown == {
        "KOR": {"lead-Alpha-0", "lead-Alpha-1", "lead-Delta-1"},
        "KHM": {"lead-Alpha-0"},
        "JPN": {"lead-Delta-0", "lead-Delta-1"},
        "THA": {"lead-Delta-0", "lead-Delta-1"},
    }


def test_parties_of_a_session_about_several_cases_see_only_their_own_of_them(tree: Path) -> None:
    pages = {name: (tree / "delegations" / name / "agenda.html").read_text() for name in ("KOR", "KHM", "JPN")}
    seen = {
        name: {word for word in ("case-Golf", "case-Hotel", "Golfandhotel") if word in page}
        for name, page in pages.items()
    }
    assert seen == {"KOR": {"case-Golf", "case-Hotel", "Golfandhotel"}, "KHM": {"case-Golf"}, "JPN": {"case-Hotel"}}


def test_a_delegate_sees_only_the_sessions_that_list_them(tree: Path) -> None:
    pages = {name: (tree / "delegates" / name / "agenda.html").read_text() for name in ("p-Khmone", "p-Khmtwo")}
    cases = ("case-Alpha", "case-Charlie", "case-Golf")
    assert {name: {case for case in cases if case in page} for name, page in pages.items()} == {
        "p-Khmone": {"case-Alpha", "case-Charlie"},
        "p-Khmtwo": {"case-Charlie", "case-Golf"},
    }


def test_an_interpreter_sees_who_is_present_and_no_case(tree: Path) -> None:
    page = (tree / "interpreters" / "i-km" / "agenda.html").read_text()
    expected = [
        "Hostland",
        "Khmerland",
        "Sunland",
        "Policebody",
        "Interptwo",
        "English ⇄ Khmer",
        "Secret",
        "Hall of Tables",
    ]
    assert [word for word in expected if word not in page] == []
    assert "case" not in page.partition("<body>")[2].casefold()


def test_a_block_for_one_delegation_is_shown_to_it_alone(tree: Path) -> None:
    telling = [path for path in tree.rglob("*.*") if path.is_file() and "Visitjapanonly" in path.read_text()]
    assert {path.relative_to(tree).as_posix() for path in telling} == {
        "index.html",
        "scenario.yaml",
        "programme.ics",
        "board-delegations-2026-02-05.svg",
        "board-rooms-2026-02-05.svg",
        "delegations/JPN/agenda.html",
        "delegations/JPN/agenda.ics",
        "delegates/p-Jpnone/agenda.html",
        "delegates/p-Jpnone/agenda.ics",
    }  # fmt: skip


def test_what_is_not_scheduled_is_told_to_its_parties_without_the_reason(tree: Path) -> None:
    names = ("KOR", "KHM", "JPN", "THA", "LAO", "POL-X")
    pages = {name: (tree / "delegations" / name / "agenda.html").read_text() for name in names}
    words = ("case-Echo", "case-India", "case-Juliet", "case-Kilo", "Farawayland", "Khmerland", "Reason")
    shown = {name: page.partition('id="not-scheduled"')[2].partition("</main>")[0] for name, page in pages.items()}
    assert {name: [word for word in words if word in part] for name, part in shown.items()} == {
        "KOR": ["case-Echo", "case-Juliet", "case-Kilo", "Farawayland", "Khmerland"],
        "KHM": ["case-Juliet"],
        "JPN": [],
        "THA": ["case-Echo", "case-India"],
        "LAO": ["case-Kilo"],
        "POL-X": ["case-India"],
    }


def test_views_themselves_hold_nothing_that_is_not_theirs(tmp_path: Path) -> None:
    scenario, plan = conference.scenario(), conference.plan()
    source = Source(scenario, plan)
    views: dict[str, object] = {"public": agenda.public_programme(source)}
    views |= {f"delegations/{item.id}": agenda.delegation_agenda(source, item.id) for item in scenario.delegations}
    views |= {f"delegates/{name}": agenda.delegate_agenda(source, name) for name in source.delegates}
    views |= {f"interpreters/{item.id}": agenda.interpreter_agenda(source, item.id) for item in scenario.interpreters}
    views |= {f"rooms/{room.id}": agenda.door_sheets(source, room.id) for room in scenario.rooms}
    for folder, view in views.items():
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "view.txt").write_text(repr(view))
    assert find_leaks(scenario, plan, tmp_path) == []


def test_doors_show_codes_and_tables_and_public_blocks_only(tree: Path) -> None:
    page = (tree / "rooms" / "hall" / "door-2026-02-05.html").read_text()
    delegation = (tree / "delegations" / "KHM" / "agenda.html").read_text()
    code = delegation.partition("Multilateral, sitting 1 of 2")[2].partition('class="code">')[2][:5]
    assert "Opening &amp; welcome" in page
    assert f'Session <span class="code">{code}</span></td>\n<td>Table 2' in page


def test_prayers_are_not_in_the_public_programme_but_in_agendas(tree: Path) -> None:
    assert "Prayertime" not in (tree / "public" / "programme.html").read_text()
    assert "Prayertime" not in (tree / "public" / "programme.ics").read_text()
    assert "Prayertime" in (tree / "delegations" / "THA" / "agenda.html").read_text()
