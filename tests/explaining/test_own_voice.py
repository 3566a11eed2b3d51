"""The one fact that a delegation is told of what it shares: whether an interpreter whom it needs is free; and nothing else by it.

Khmerland speaks Khmer and is to meet Korea, for an hour between nine and twelve. Thailand meets Laos meanwhile.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest

from planner.agenda import Hindrance, Source, why, why_moved
from planner.plan import Plan
from planner.render.why import why_data, why_lines
from planner.render.why_moved import why_moved_lines
from planner.scenario import Scenario
from tests.verify.build import (
    Spot,
    block,
    changed,
    conference,
    day,
    delegate,
    delegation,
    interpreter,
    meeting,
    plan,
    room,
    scenario,
    window,
)

ALWAYS, NEVER, EARLY = (), (window("6 09:00", "6 10:00"),), (window("5 09:00", "5 10:00"),)


@dataclass(frozen=True)
class Foreign:
    """What the reader may not know.

    Attributes:
        windows: of the interpreters, one each.
        clearance: of all of them.
        busy: hours at which Thailand meets Laos with the first interpreter.
        tongues: what Korea speaks.
        korea: its teams, and the hour at which it arrives.
        meeting: where Thailand and Laos meet, and about what.
    """

    windows: tuple[tuple[dict[str, str], ...], ...]
    clearance: str
    busy: tuple[int, ...]
    tongues: tuple[str, ...]
    korea: tuple[int, int]
    meeting: tuple[str, str]

    def free_at(self, hour: int) -> bool:
        """The fact: whether Khmerland could follow the session at an hour."""
        if "km" in self.tongues:
            return True
        there = [windows == ALWAYS or (windows == EARLY and hour == 9) for windows in self.windows]
        taken = [number == 0 and hour in self.busy for number, _ in enumerate(self.windows)]
        return self.clearance == "secret" and any(
            is_there and not is_taken for is_there, is_taken in zip(there, taken, strict=True)
        )


def foreign() -> Iterator[Foreign]:
    yield from (
        Foreign(*values)
        for values in product(
            ((), (ALWAYS,), (NEVER,), (EARLY,), (ALWAYS, ALWAYS), (NEVER, EARLY)),
            ("open", "secret"),
            ((), (9,), (10,), (9, 11)),
            (("en",), ("en", "km")),
            ((1, 9), (3, 9), (1, 11)),
            (("A", "Hydra"), ("B", "Orion")),
        )
    )


def conference_of(other: Foreign, *, told: bool = True) -> tuple[Scenario, Plan]:
    """The scenario, and a plan that leaves the reader's session out."""
    names = [f"voice-{number}" for number, _ in enumerate(other.windows)]
    given = scenario(
        conference=conference(
            days=[day("2026-02-05", "09:00", "12:00"), day("2026-02-06", "09:00", "09:30")],
            grid_minutes=60,
            clearances=["open", "secret"],
            interpreters_told=told,
        ),
        rules={"buffer": {"level": "off"}},
        rooms=[room("A"), room("B")],
        delegations=[
            delegation("KHM", languages=["km"], clearance="secret"),
            delegation(
                "KOR",
                languages=other.tongues,
                teams=other.korea[0],
                arrival=f"2026-02-05T{other.korea[1]:02}:00",
                clearance="secret",
            ),
            delegation("THA", languages=["en"], teams=2),
            delegation("LAO", languages=["lo"], teams=2),
        ],
        interpreters=[
            interpreter(name, ("en", "km"), ("en", "lo"), windows=windows, clearance=other.clearance)
            for name, windows in zip(names, other.windows, strict=True)
        ],
        sessions=[
            meeting("x", "KOR", "KHM", title="X", classification="secret"),
            *(meeting(f"y{hour}", "THA", "LAO", title=other.meeting[1]) for hour in other.busy),
        ],
    )
    spots = (
        Spot(f"y{hour}", f"5 {hour:02}:00", other.meeting[0], interpreters=tuple(names[:1]))
        for hour in other.busy
        if names
    )
    return given, plan(given, *spots)


def text(other: Foreign, *, told: bool = True) -> str:
    view = why(Source(*conference_of(other, told=told)), "KHM", "x")
    return "\n".join([*why_lines(view), str(why_data(view))])


def test_the_text_depends_on_the_fact_and_on_nothing_else_that_is_foreign() -> None:
    texts: dict[tuple[bool, ...], set[str]] = defaultdict(set)
    for other in foreign():
        texts[tuple(other.free_at(hour) for hour in (9, 10, 11))].add(text(other))
    assert {fact: len(found) for fact, found in texts.items()} == dict.fromkeys(texts, 1)
    assert len({one for found in texts.values() for one in found}) == len(texts) > 3


def test_nothing_of_it_is_told_unless_the_organiser_says_so() -> None:
    assert scenario().conference.interpreters_told is False
    assert len({text(other, told=False) for other in foreign()}) == 1


TAKEN = Foreign((ALWAYS,), "secret", (9,), ("en",), (1, 9), ("A", "Hydra"))


def test_the_fact_is_told_start_by_start() -> None:
    view = why(Source(*conference_of(TAKEN)), "KHM", "x")
    lines = [*why_lines(view)]
    assert lines[1:] == [
        "It takes 60 minutes. On your side, if it started at:",
        "  Thursday 09:00: nothing on your side, but no interpreter for your language who is cleared for secret is free",
        "  Thursday 10:00 and 11:00: nothing on your side is in the way",
        "You share interpreters with others. Whom they are with, or why they cannot be had, is not told.",
        "Where nothing on your side is in the way, other delegations, rooms or interpreters could not be had for it.",
        "Which of them is not told, as that would tell of others.",
    ]


def test_for_want_of_an_interpreter_no_start_is_open() -> None:
    view = why(Source(*conference_of(Foreign((), "secret", (), ("en",), (1, 9), ("A", "Hydra")))), "KHM", "x")
    assert [*why_lines(view)][2:] == [
        "  Thursday 09:00 to 11:00: nothing on your side, but no interpreter for your language who is cleared for secret is free",
        "You share interpreters with others. Whom they are with, or why they cannot be had, is not told.",
        "So no start is open: on your side, or for want of an interpreter.",
    ]


def kinds(given: Scenario, made: Plan, reader: str = "KHM") -> list[str]:
    view = why(Source(given, made), reader, "x")
    return ["".join(found.hindrance.value for found in start.in_the_way) for start in view.starts]


def small(**more: Any) -> Scenario:
    """Khmerland and Korea in a morning of two hours, with one interpreter."""
    parts = {
        "conference": conference(days=[day("2026-02-05", "09:00", "11:00")], grid_minutes=60, interpreters_told=True),
        "delegations": [delegation("KHM", languages=["km"]), delegation("KOR", teams=2), delegation("JPN", teams=2)],
        "interpreters": [interpreter("voice", ("en", "km"))],
        "sessions": [meeting("x", "KOR", "KHM", title="X"), meeting("y", "KOR", "JPN", title="Y")],
        **more,
    }
    return scenario(**parts)


def test_time_to_change_is_time_of_an_interpreter_too() -> None:
    given = small()
    assert kinds(given, plan(given, Spot("y", "5 09:00", interpreters=("voice",)))) == ["no-interpreter"] * 2


def test_who_speaks_the_language_needs_no_interpreter() -> None:
    given = small(interpreters=[])
    assert kinds(given, plan(given), "KOR") == ["", ""]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"rules": {"language": {"level": "soft"}}}, ["", ""]),
        ({"blocks": [block("rest", "5 09:00", "5 10:00", blocks=["interpreters"])]}, ["no-interpreter", ""]),
        ({"sessions": [meeting("x", "KOR", "KHM", title="X", language="fr")]}, ["no-interpreter"] * 2),
    ],
    ids=["not asked for", "interpreters rest", "fixed language"],
)
def test_what_keeps_interpreters_or_needs_none(more: dict[str, Any], told: list[str]) -> None:
    given = small(**more)
    assert kinds(given, plan(given)) == told


def test_an_officer_with_another_language_needs_an_interpreter() -> None:
    people = [delegate("kim", languages=["th"])]
    given = small(
        delegations=[delegation("KHM", delegates=people), delegation("KOR"), delegation("JPN")],
        sessions=[meeting("x", "KOR", "KHM", title="X", officers=["kim"])],
    )
    assert kinds(given, plan(given)) == ["no-interpreter"] * 2


def test_of_a_session_that_was_moved_the_fact_is_told_for_the_time_told() -> None:
    given = small()
    before = Spot("x", "5 09:00", interpreters=("voice",)), Spot("y", "5 10:00", "B", teams={"KOR": 2, "JPN": 1})
    after = changed(given, "5 08:00", *before)
    spots = Spot("x", "5 10:00", interpreters=("voice",)), Spot("y", "5 09:00", "B", interpreters=("voice",))
    view = why_moved(Source(after, plan(after, *spots)), "KHM", "x")
    assert view.in_the_way == ((Hindrance.no_interpreter, ()),)
    assert [*why_moved_lines(view)][2:] == [
        "Nothing on your side is in the way of that, but no interpreter for your language is free then.",
        "You share interpreters with others. Whom they are with, or why they cannot be had, is not told.",
        "There may be more, on other sides. That is not told, as it would tell of others.",
    ]
