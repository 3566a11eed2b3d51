"""Pages are well-formed, quiet, escaped, and can be replaced by the organiser's own."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from planner.agenda import Source, public_programme
from planner.errors import InputError
from planner.render import render
from planner.render.html import Pages
from planner.render.words import dates, label
from tests.readers import conference, revised

_VOID = frozenset({"meta", "br", "img", "link", "hr"})


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What readers of the conference by hand get in place of another plan; idle slots are counted for the host only."""
    root = tmp_path_factory.mktemp("readers") / "out"
    given = conference.scenario(), conference.plan()
    render(*given, root, idle_by_delegation={"KOR": (41, 17)}, before=revised.after())
    return root


class _Outline(HTMLParser):
    """Elements opened, and whether each was closed in turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)


def _pages(tree: Path) -> dict[str, _Outline]:
    return {path.relative_to(tree).as_posix(): _Outline(path.read_text()) for path in sorted(tree.rglob("*.html"))}


def test_every_element_is_closed_in_turn(tree: Path) -> None:
    assert {name: (page.open, page.faults) for name, page in _pages(tree).items() if page.open or page.faults} == {}


def test_every_page_has_one_title_one_heading_one_main_and_no_script(tree: Path) -> None:
    counted = ("title", "h1", "header", "main", "script")
    found = {tuple([tag for tag, _ in page.tags].count(name) for name in counted) for page in _pages(tree).values()}
    assert found == {(1, 1, 1, 1, 0)}


def test_every_page_names_its_language_and_asks_not_to_be_indexed(tree: Path) -> None:
    for page in _pages(tree).values():
        assert ("html", {"lang": "en"}) in page.tags
        assert ("meta", {"name": "robots", "content": "noindex, nofollow, noarchive"}) in page.tags


def test_ids_are_unique_and_what_is_labelled_by_them_exists(tree: Path) -> None:
    for page in _pages(tree).values():
        ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
        assert len(ids) == len(set(ids))
        labels = {attributes["aria-labelledby"] for _, attributes in page.tags if "aria-labelledby" in attributes}
        targets = {attributes["href"] or "" for _, attributes in page.tags if "href" in attributes}
        links = {target[1:] for target in targets if target.startswith("#")}
        assert labels | links <= set(ids)


def test_no_file_of_a_reader_links_outside_of_its_folder(tree: Path) -> None:
    for name, page in _pages(tree).items():
        folder = (tree / name).parent
        links = {value for _, attributes in page.tags for key in ("href", "src") if (value := attributes.get(key))}
        files = {link for link in links if not link.startswith(("#", "mailto:office@forum.example"))}
        assert {link for link in files if "/" in link and name not in ("index.html", "changes.html")} == set()
        assert {link for link in files if not (folder / link).is_file()} == set()


def test_nothing_is_fetched_from_a_network(tree: Path) -> None:
    for path in (*tree.rglob("*.html"), *tree.rglob("*.svg")):
        text = path.read_text().replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert re.findall(r"https?:|//[a-z]|url\(|@import", text) == []


def test_titles_with_marks_are_shown_as_they_are_and_never_become_marks(tree: Path) -> None:
    page = (tree / "delegations" / "JPN" / "agenda.html").read_text()
    shown = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &#34;quoted&#34;, a; b\\c Titlebravo"
    assert f'<p class="case"><bdi>{shown}</bdi></p>' in page
    assert "<script" not in page


def test_times_can_be_read_by_programs(tree: Path) -> None:
    page = (tree / "delegations" / "KHM" / "agenda.html").read_text()
    assert '<time datetime="2026-02-05T10:00:00+09:00">10:00</time>' in page
    assert '<time datetime="2026-02-05T10:30:00+09:00">10:30</time>' in page


def test_a_block_over_midnight_says_so(tree: Path) -> None:
    page = (tree / "delegations" / "JPN" / "agenda.html").read_text()
    assert '<time datetime="2026-02-06T00:30:00+09:00">00:30</time> <small>next day</small>' in page


def test_an_agenda_names_the_own_people_and_team(tree: Path) -> None:
    page = (tree / "delegations" / "KOR" / "agenda.html").read_text()
    assert "<dt>Team 1</dt>\n<dd><bdi>PersonKorone</bdi><small>, <bdi>Head</bdi></small></dd>" in page


def test_the_overview_has_tiers_with_gap_costs_and_idle_time(tree: Path) -> None:
    page = re.sub(r"<[^>]*>", " ", (tree / "index.html").read_text())
    words = " ".join(page.split())
    assert "8 sessions held, 3 left out" in words
    assert "Held feasible 77 76 1 1.5" in words
    assert "Little idle time Quality 4 2 8" in words
    assert "Hostland KOR 2 3 1 2 41 17 open" in words
    assert "Sunland JPN 1 4 2 – not counted not counted open" in words
    assert "case-Delta TitleDelta of the matter leader with each party apart 2" in words
    assert "Priority 2 7 of 9" in words


def test_boards_are_pictures_with_a_title_for_each_bar(tree: Path) -> None:
    svg = "{http://www.w3.org/2000/svg}"
    picture = ElementTree.fromstring((tree / "board-delegations-2026-02-05.svg").read_text())
    titles = [element.text or "" for element in picture.iter(f"{svg}title")]
    assert titles[0] == "Delegations on Thursday, 5 February 2026"
    code = Source(conference.scenario(), conference.plan()).codes["case-Alpha"]
    alpha = f"10:00–10:30 case-Alpha ({code}): Hostland – Khmerland – កម្ពុជា; Room One; English"
    assert titles.count(alpha) == 2
    words = [element.text for element in picture.iter(f"{svg}text")]
    assert {"KHM", "JPN POL-X", "Room One", "team 2", "09:00", "18:00"} <= set(words)


def test_own_templates_come_first_and_shipped_ones_after(tmp_path: Path) -> None:
    (tmp_path / "public.html.j2").write_text("Ours: {{ view.masthead.title }}")
    pages = Pages(tmp_path)
    view = public_programme(Source(conference.scenario(), conference.plan()))
    assert pages.render("public.html.j2", view) == b"Ours: Forum, 2026; \\ with &lt;b&gt;marks&lt;/b&gt;"
    assert Pages().render("public.html.j2", view).startswith(b"<!DOCTYPE html>")


def test_an_own_template_can_extend_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "public.html.j2").write_text('{% extends "_page.html.j2" %}{% block page %}Mine{% endblock %}')
    page = Pages(tmp_path).render("public.html.j2", public_programme(Source(conference.scenario(), conference.plan())))
    assert b'<div class="page ">\nMine</div>' in page


@pytest.mark.parametrize(
    ("text", "line", "complaint"),
    [
        ("a\n{{ view.nothing }}", 2, "has no attribute 'nothing'"),
        ("a\n\n{% if %}", 3, "Expected an expression"),
        ("{{ view.days | nofilter }}", 1, "No filter named 'nofilter'"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("\n{{ view.__class__.__mro__ }}", 2, "unsafe"),
        ("\n{{ plan }}", 2, "'plan' is undefined"),
    ],
)
def test_a_wrong_template_is_answered_with_file_line_and_fault(
    tmp_path: Path, text: str, line: int, complaint: str
) -> None:
    (tmp_path / "public.html.j2").write_text(text)
    with pytest.raises(InputError) as error:
        Pages(tmp_path).render("public.html.j2", public_programme(Source(conference.scenario(), conference.plan())))
    assert f"{tmp_path / 'public.html.j2'}, line {line} " in error.value.message
    assert complaint in error.value.message


def test_a_template_that_asks_for_a_missing_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "public.html.j2").write_text('{% include "logo.html" %}')
    with pytest.raises(InputError, match=re.escape("public.html.j2 asks for logo.html, which is missing")):
        Pages(tmp_path).render("public.html.j2", public_programme(Source(conference.scenario(), conference.plan())))


def test_a_template_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "public.html.j2").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match=re.escape("public.html.j2 is not UTF-8")):
        Pages(tmp_path)


def test_templates_are_read_before_anything_is_rendered(tmp_path: Path) -> None:
    (tmp_path / "door.html.j2").write_text("{% for %}")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG {% not a template")
    with pytest.raises(InputError, match=re.escape("door.html.j2, line 1 cannot be read")):
        Pages(tmp_path)


def test_a_folder_of_templates_must_exist(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        Pages(tmp_path / "none")


def test_dates_are_written_as_short_as_can_be() -> None:
    feb, mar, jan = date(2026, 2, 28), date(2026, 3, 1), date(2027, 1, 2)
    assert [dates([feb]), dates([date(2026, 2, 5), feb]), dates([feb, mar]), dates([feb, jan])] == [
        "28 February 2026",
        "5–28 February 2026",
        "28 February – 1 March 2026",
        "28 February 2026 – 2 January 2027",
    ]


def test_ids_are_shown_as_words() -> None:
    assert label("top_secret-A") == "Top secret A"
