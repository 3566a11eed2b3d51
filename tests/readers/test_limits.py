"""What limits a plan: how much of everything is used when, the tightest first."""

from __future__ import annotations

from planner.agenda import Limits, Source, limits
from planner.render.html import Pages
from planner.render.limits import draw_limits
from tests.verify.build import (
    Spot,
    block,
    conference,
    day,
    delegation,
    interpreter,
    meeting,
    moment,
    plan,
    room,
    scenario,
    window,
)


def view(x: str = "5 10:00") -> Limits:
    """One morning of four hours; KOR has two teams, JPN arrives at ten, room B is free until eleven, lunch is at noon."""
    given = scenario(
        conference=conference(days=[day("2026-02-05", "09:00", "13:00")], grid_minutes=60),
        delegations=[delegation("KOR", teams=2), delegation("JPN", arrival=moment("5 10:00")), delegation("KHM")],
        rooms=[room("A"), room("B", windows=[window("5 09:00", "5 11:00")])],
        interpreters=[interpreter("voice")],
        blocks=[block("lunch", "5 12:00", "5 13:00", blocks=["delegations", "interpreters"])],
        sessions=[meeting("x"), meeting("y", "KOR", "KHM"), meeting("z")],
    )
    return limits(Source(given, plan(given, Spot("x", x), Spot("y", "5 10:00", "B", {"KOR": 2, "KHM": 1}))))


def test_cells_tell_what_is_used_of_what_there_is() -> None:
    delegations, rooms, interpreters = view().kinds
    shown = {
        resource.label: [(cell.used, cell.available) for (cells) in resource.days for cell in cells]
        for kind in (delegations, rooms, interpreters)
        for resource in kind.resources
    }
    assert shown == {
        "Kor": [(0, 2), (2, 2), (0, 2), (0, 0)],
        "Jpn": [(0, 0), (1, 1), (0, 1), (0, 0)],
        "Khm": [(0, 1), (1, 1), (0, 1), (0, 0)],
        "Room A": [(0, 1), (1, 1), (0, 1), (0, 0)],
        "Room B": [(0, 1), (1, 1), (0, 0), (0, 0)],
        "Voice": [(0, 1), (0, 1), (0, 1), (0, 0)],
    }


def test_what_is_used_is_there_also_at_lunch() -> None:
    """A plan may hold a session against a wish that is not hard."""
    delegations, rooms, _ = view(x="5 12:00").kinds
    at_noon = {item.label: item.days[0][3] for kind in (delegations, rooms) for item in kind.resources}
    assert {label: (cell.used, cell.available) for label, cell in at_noon.items() if cell.used} == {
        "Kor": (1, 2),
        "Jpn": (1, 1),
        "Room A": (1, 1),
    }


def test_the_tightest_stand_first() -> None:
    assert [(resource.label, resource.share) for kind in view().kinds for resource in kind.resources] == [
        ("Jpn", 50),
        ("Khm", 33),
        ("Kor", 33),
        ("Room B", 50),
        ("Room A", 33),
        ("Voice", 0),
    ]


def test_sessions_left_out_stand_with_their_reason() -> None:
    assert [(missed.id, missed.reason) for missed in view().left_out] == [("z", "no room")]


def test_full_cells_are_darkest_and_closed_ones_have_no_shade() -> None:
    delegations, *_ = draw_limits(view()).pictures
    assert {line.label: [square.shade for square in line.squares] for line in delegations.lines} == {
        "Jpn": [None, 4, 0, None],
        "Khm": [0, 4, 0, None],
        "Kor": [0, 4, 0, None],
    }


def test_the_page_names_every_row_and_links_back() -> None:
    page = Pages().render("limits.html.j2", draw_limits(view())).decode()
    assert [label for label in ("Kor", "Jpn", "Khm", "Room A", "Room B", "Voice", "no room") if label not in page] == []
    assert 'href="index.html"' in page
