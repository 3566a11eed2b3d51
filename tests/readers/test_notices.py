"""A change notice tells a reader what is new in the own agenda, before and after, and nothing of anybody else's."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner.agenda import Notice, Pair, change_notice
from planner.errors import InputError
from planner.plan import Plan
from planner.render import render
from planner.render.html import Pages
from planner.render.notice_text import notice_text
from planner.scenario import Scenario
from tests.readers import revised
from tests.readers.leaks import find_leaks_of_two, secrets_of_two

BEFORE, AFTER = revised.before(), revised.after()
PAIR = Pair(BEFORE, AFTER)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that the readers get of the plan in which everything has happened."""
    root = tmp_path_factory.mktemp("notices") / "out"
    render(*AFTER, root, before=BEFORE)
    return root


def told(reader: str, pair: Pair = PAIR) -> Notice:
    view = change_notice(pair, reader)
    assert view is not None
    return view


def lines(reader: str, pair: Pair = PAIR) -> list[str]:
    """Return what the text of a notice says, without its head and foot, codes of sessions and empty lines."""
    text = re.sub(r" \([0-9A-Z]{5}\)$", "", notice_text(told(reader, pair)), flags=re.MULTILINE)
    return [line for line in text.splitlines()[5:-2] if line]


def shown(reader: str, pair: Pair = PAIR) -> str:
    """Return what a page shows below its head, struck-through text in square brackets and bold text in asterisks."""
    page = Pages().render("notice.html.j2", told(reader, pair)).decode()
    main = page.partition("<main>")[2].partition("</main>")[0]
    marked = re.sub(r"</?ins>", "*", re.sub(r"</del>", "]", re.sub(r"<del>", "[", main)))
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", marked)).replace("\xa0", " ").split())


def with_changes(name: str, **changes: Any) -> Pair:
    """Return the conference by hand and a plan of it in which one placement is another."""
    scenario, plan = BEFORE
    placements = tuple(item.model_copy(update=changes) if item.session == name else item for item in plan.placements)
    return Pair(BEFORE, (scenario, plan.model_copy(update={"placements": placements})))


# Need to know


def test_no_notice_tells_what_is_not_its_readers(tree: Path) -> None:
    assert len(list(tree.rglob("notice.html"))) == 15
    assert find_leaks_of_two(BEFORE, AFTER, tree, "*.html") == []


def test_no_text_of_a_notice_and_no_view_tells_what_is_not_its_readers(tmp_path: Path) -> None:
    for reader in PAIR.readers:
        view = told(reader)
        kind, _, name = reader.partition("/")
        folder = tmp_path / f"{kind}s" / name
        folder.mkdir(parents=True)
        (folder / "notice.txt").write_text(notice_text(view), encoding="utf-8")
        (folder / "view.txt").write_text(repr(view), encoding="utf-8")
    assert find_leaks_of_two(BEFORE, AFTER, tmp_path) == []


def test_a_secret_of_either_plan_in_a_foreign_notice_would_be_found(tree: Path, tmp_path: Path) -> None:
    """The reader of the planted notices is nobody, and may know nothing."""
    page = (tree / "delegates" / "p-Polone" / "notice.html").read_text(encoding="utf-8")
    planted = {}
    for number, secret in enumerate(secrets_of_two(BEFORE, AFTER)):
        folder = f"delegates/x{number:03}"
        (tmp_path / folder).mkdir(parents=True)
        cleared = f"{page.partition('<body>')[0]}<p>{html.escape(secret.text)}</p>"
        (tmp_path / folder / "notice.html").write_text(cleared, encoding="utf-8")
        planted[f"{folder}/notice.html"] = secret
    found = {leak.partition(":")[0] for leak in find_leaks_of_two(BEFORE, AFTER, tmp_path)}
    assert [secret for name, secret in planted.items() if name not in found] == []


def test_what_a_mail_says_names_no_case_no_lead_and_no_person() -> None:
    secrets = [
        secret.text
        for secret in secrets_of_two(BEFORE, AFTER)
        if secret.kind in {"case id", "case title", "lead id", "lead title", "session title", "delegate", "interpreter"}
    ]
    found = {
        reader: [text for text in secrets if text in notice_text(told(reader)) and text != told(reader).reader]
        for reader in PAIR.readers
    }
    assert {reader: texts for reader, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    ("name", "changes", "readers"),
    [
        ("case-Charlie", {"interpreters": ("i-two",)}, ["interpreter/i-km"]),
        ("case-Delta.KOR", {"teams": {"KOR": 1, "JPN": 1}}, ["delegation/KOR"]),
        ("case-Alpha", {"delegates": {"KHM": ("p-Khmone",)}}, ["delegation/KOR", "delegate/p-Korone"]),
        ("case-Alpha", {"leads": ("lead-Alpha-0",)}, ["delegation/KOR", "delegate/p-Korone"]),
        (
            "case-Charlie.2",
            {"room": "r2", "table": None},
            ["delegation/KHM", "delegation/JPN", "delegation/THA", "delegate/p-Thaone", "interpreter/i-two"],
        ),
        (
            "x-mixed",
            {"cases": ("case-Golf",), "leads": ("lead-Golf-0",)},
            ["delegation/KOR", "delegation/JPN", "delegate/p-Korone"],
        ),
    ],
    ids=["interpreters", "team", "delegates", "secret lead", "room", "cases"],
)
def test_only_those_have_news_whom_a_change_concerns(name: str, changes: dict[str, Any], readers: list[str]) -> None:
    pair = with_changes(name, **changes)
    assert [reader for reader in pair.readers if change_notice(pair, reader)] == readers


# What exactly is told


def test_a_delegation_is_told_of_its_own_sessions_before_and_after() -> None:
    assert lines("delegation/KHM") == [
        "CHANGED",
        "Bilateral with Hostland",
        "  When:     Thursday, 5 February 2026, 16:00–16:30",
        "            instead of Thursday, 5 February 2026, 10:00–10:30",
        "  Where:    Room Two, West",
        "            instead of Room One, East",
        "Multilateral with Sunland, Policebody",
        "  When:     Friday, 6 February 2026, 09:00–09:30",
        "  Where:    Hall of Tables, table 3, West",
        "            instead of Hall of Tables, table 1, West",
        "  With:     Sunland, Policebody",
        "            instead of Sunland, Thailand, Kingdom",
        "  Who of your delegation attends has changed; see your notice.",
        "NEW",
        "Bilateral with Sunland",
        "  Thursday, 5 February 2026, 16:30–17:00",
        "  Room Two, West",
        "  English, interpreted for Khmer",
        "NO LONGER IN YOUR AGENDA",
        "Multilateral with Hostland, Sunland",
        "  Thursday, 5 February 2026, 15:00–16:00",
        "  Room One, East",
        "  English, interpreted for Khmer",
        "NO LONGER ASKED FOR",
        "1 session of yours that could not be scheduled is dropped.",
        "PROGRAMME",
        "Opening & welcome",
        "  When:     Thursday, 5 February 2026, 09:15–09:45",
        "            instead of Thursday, 5 February 2026, 09:00–09:30",
        "  Where:    Hall of Tables, West",
        "Nothing else changes for you: your other session stays as it was.",
    ]


def test_who_leaves_a_session_is_told_neither_how_it_goes_on_nor_that_it_does() -> None:
    """Session case-Charlie.2 goes on without Thailand, at another table and with another party; case-Delta.THA is left out."""
    gone = lines("delegation/THA")
    assert gone[gone.index("NO LONGER IN YOUR AGENDA") : gone.index("PROGRAMME")] == [
        "NO LONGER IN YOUR AGENDA",
        "Bilateral with Sunland",
        "  Thursday, 5 February 2026, 14:00–14:30",
        "  Hall of Tables, table 1, West",
        "  English",
        "  It is not scheduled for now. Please speak to the organiser.",
        "Multilateral with Khmerland – កម្ពុជា, Sunland",
        "  Friday, 6 February 2026, 09:00–09:30",
        "  Hall of Tables, table 1, West",
        "  English, interpreted for Khmer",
    ]


def test_who_joins_a_session_is_not_told_how_it_was() -> None:
    assert lines("delegate/p-Polone") == [
        "NEW",
        "Multilateral with Khmerland – កម្ពុជា, Sunland",
        "  Friday, 6 February 2026, 09:00–09:30",
        "  Hall of Tables, table 3, West",
        "  English, interpreted for Khmer",
        "PROGRAMME",
        "Opening & welcome",
        "  When:     Thursday, 5 February 2026, 09:15–09:45",
        "            instead of Thursday, 5 February 2026, 09:00–09:30",
        "  Where:    Hall of Tables, West",
        "Nothing else changes for you: your other session stays as it was.",
    ]


def test_a_session_that_is_left_out_is_told_to_its_parties_without_the_reason() -> None:
    assert lines("delegation/LAO")[:5] == [
        "NOT SCHEDULED",
        "The programme had no room for 1 session of yours. Please speak to the organiser.",
        "NO LONGER ASKED FOR",
        "1 session of yours that could not be scheduled is dropped.",
        "PROGRAMME",
    ]


def test_a_block_for_one_delegation_is_told_to_it_alone(tree: Path) -> None:
    pages = {path: path.read_text(encoding="utf-8") for path in tree.rglob("notice.html")}
    telling = {
        word: {path.parent.name for path, page in pages.items() if word in page}
        for word in ("Visitjapanonly", "Dinnerthaionly", "Prayertime")
    }
    assert telling == {
        "Visitjapanonly": {"JPN", "p-Jpnone"},
        "Dinnerthaionly": {"THA", "p-Thaone"},
        "Prayertime": set(),
    }


def test_a_page_strikes_through_what_was_and_prints_bold_what_is() -> None:
    assert shown("interpreter/i-two") == (
        "Changed 1 assignment Multilateral · Open "
        f"{PAIR.after.codes['case-Charlie.2']} English ⇄ Khmer When Friday, 09:00 – 09:30 "
        "Where [ Hall of Tables , table 1 West ] * Hall of Tables , table 3 West * "
        "Present [ Thailand, Kingdom ] Khmerland – កម្ពុជា Sunland * Policebody * "
        "Programme Opening & welcome [ Thursday, 09:00 – 09:30 ] * Thursday, 09:15 – 09:45 * Hall of Tables West "
        "Nothing else changes for you: your other assignment stays as it was."
    )


def test_a_page_names_the_own_people_team_and_cases_of_what_changes() -> None:
    """Case Hotel, of which JPN is a party and KHM is not, is no longer met in the session about it and Golf."""
    data = BEFORE[0].model_dump(mode="json")
    data["sessions"][0] |= {"cases": ["case-Golf"], "required": ["KOR", "KHM", "JPN"]}
    data["cases"] = [case for case in data["cases"] if case["id"] != "case-Hotel"]
    pair = with_changes(
        "x-mixed",
        teams={"KOR": 2, "KHM": 1, "JPN": 1},
        delegates={"KOR": ("p-Kortwo",), "KHM": ("p-Khmtwo",)},
        cases=("case-Golf",),
        leads=("lead-Golf-0",),
    )
    pair = Pair(BEFORE, (Scenario.model_validate(data), pair.after.plan))
    code, rest = PAIR.before.codes["x-mixed"], "Nothing else changes for you: your 3 other sessions stay as they were."
    assert shown("delegation/KOR", pair) == (
        f"Changed 1 session Multilateral · Open {code} Golfandhotel with Khmerland – កម្ពុជា · Sunland "
        "TitleGolf of the matter case-Golf When Thursday, 15:00 – 16:00 Where Room One East "
        "Team [Team 1] *Team 2* Attending [ PersonKorone ] * PersonKortwo * "
        "Cases [ TitleHotel of the matter ] TitleGolf of the matter Leads [ LeadHotel0 text ] LeadGolf0 text " + rest
    )
    assert change_notice(pair, "delegation/KHM") is None


def test_a_long_conference_writes_dates_beside_weekdays() -> None:
    view = told("interpreter/i-two")
    days = (view.masthead.days[0], view.masthead.days[0].replace(day=20))
    page = Pages().render("notice.html.j2", replace(view, masthead=replace(view.masthead, days=days))).decode()
    assert "Friday, 6 February 2026, 09:00" in page


def test_a_reader_of_the_old_plan_only_is_told_that_everything_is_off() -> None:
    scenario, plan = BEFORE
    kept = tuple(
        item.model_copy(update={"interpreters": tuple(name for name in item.interpreters if name != "i-km")})
        for item in plan.placements
    )
    rest = scenario.model_copy(update={"interpreters": scenario.interpreters[1:]})
    pair = Pair(BEFORE, (rest, plan.model_copy(update={"placements": kept})))
    assert [line for line in lines("interpreter/i-km", pair) if not line.startswith("  ")] == [
        "NO LONGER ASSIGNED TO YOU",
        "Bilateral: Hostland – Khmerland – កម្ពុជា",
        "Multilateral: Khmerland – កម្ពុជា – Sunland – Policebody",
        "Multilateral: Hostland – Khmerland – កម្ពុជា – Sunland",
        "Nothing else changes for you: you have no other assignments.",
    ]


def test_a_reader_who_is_in_neither_plan_is_refused() -> None:
    with pytest.raises(InputError, match="delegation/XXX is no reader of these plans"):
        change_notice(PAIR, "delegation/XXX")


def test_the_organisers_page_tells_everything_that_is_different(tree: Path) -> None:
    page = html.unescape((tree / "changes.html").read_text(encoding="utf-8"))
    text = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert "13 people and 6 delegations are told something new" in text
    plan: Plan = AFTER[1]
    expected = [item.session for item in PAIR.comparison.sessions if item.is_news]
    expected += [item.reason for item in plan.unplaced if item.session != "case-India"]
    expected += ["Visitjapanonly", "Dinnerthaionly", "PersonKortwo", "Interpkm", "Hostland : team 2 team 1"]
    assert [word for word in expected if word not in text] == []
    assert "x-free" not in text
    links = re.findall(r'href="([^"#]+/notice\.html)"', page)
    assert sorted(links) == sorted(path.relative_to(tree).as_posix() for path in tree.rglob("notice.html"))


def test_the_organisers_page_says_when_nothing_is_different(tmp_path: Path) -> None:
    render(*BEFORE, tmp_path / "out", before=BEFORE)
    page = (tmp_path / "out" / "changes.html").read_text(encoding="utf-8")
    assert "<p>Nothing has changed</p>" in page
