"""What a delegation is told of why its session is not as it was told: its own side, and nothing about others."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.agenda import Hindrance, Source, why_moved
from planner.errors import InputError
from planner.plan import Plan, Unplaced
from planner.recording import record_of
from planner.render.why_moved import why_moved_data, why_moved_lines
from planner.scenario import Scenario
from tests.explaining.test_own_side import scrambled, strictly
from tests.readers import conference
from tests.readers.leaks import find_leaks_of_two
from tests.verify.build import Spot, block, changed, day, delegate, delegation, meeting, moment, plan, scenario, window
from tests.verify.build import conference as whole

READERS = sorted({name for item in conference.plan().placements for name in item.teams})


def moved() -> tuple[Scenario, Plan]:
    """The conference before it begins, with every other session an hour later, and the last one left out."""
    before, old = conference.scenario(), conference.plan()
    record = record_of(before, old, datetime(2026, 2, 4, 12, 0))
    later = [
        item.model_copy(update={"start": item.start + timedelta(hours=1), "end": item.end + timedelta(hours=1)})
        if number % 2
        else item
        for number, item in enumerate(old.placements)
    ]
    gone = later.pop()
    out = Unplaced(session=gone.session, priority=2, reason="Reasongone: Sunland is busy")
    update = {"placements": tuple(later), "unplaced": (*old.unplaced, out)}
    return before.model_copy(update={"replanning": record}), old.model_copy(update=update)


def told_to(given: Scenario, reader: str) -> list[str]:
    assert given.replanning is not None
    return [one.session for one in given.replanning.told if reader in one.teams]


def text(given: Scenario, made: Plan, reader: str, session: str) -> str:
    view = why_moved(Source(given, made), reader, session)
    return "\n".join([*why_moved_lines(view), str(why_moved_data(view))])


def elsewhere(given: Scenario, made: Plan, reader: str) -> tuple[Scenario, Plan]:
    """Everything that the reader may not know is something else, also of what people were told."""
    other, changed_plan = scrambled(given, made, reader)
    assert given.replanning is not None
    told = tuple(
        one.model_copy(
            update={
                "teams": {name: team if name == reader else 9 for name, team in one.teams.items()},
                "delegates": {name: people for name, people in one.delegates.items() if name == reader},
                "interpreters": (),
            }
        )
        for one in given.replanning.told
        if reader in one.teams
    )
    record = given.replanning.model_copy(update={"told": told, "moved": ()})
    return other.model_copy(update={"replanning": record}), changed_plan


@pytest.mark.parametrize("told", [False, True], ids=["strict", "one fact"])
@pytest.mark.parametrize("reader", READERS)
def test_the_text_depends_on_nothing_that_the_reader_may_not_know(reader: str, told: bool) -> None:
    given, made = moved()
    given = strictly(given, told=told)
    other, changed_plan = elsewhere(given, made, reader)
    names = told_to(given, reader)
    assert [text(other, changed_plan, reader, name) for name in names] == [
        text(given, made, reader, name) for name in names
    ]


def _written(folder: Path, given: Scenario, made: Plan) -> None:
    for reader in READERS:
        place = folder / "delegations" / reader
        place.mkdir(parents=True)
        for number, name in enumerate(told_to(given, reader)):
            (place / f"why-{number}.txt").write_text(text(given, made, reader, name), encoding="utf-8")


def test_no_secret_of_others_is_told(tmp_path: Path) -> None:
    _written(tmp_path, *moved())
    assert find_leaks_of_two((conference.scenario(), conference.plan()), moved(), tmp_path) == []


def test_a_secret_that_is_told_would_be_found(tmp_path: Path) -> None:
    """The organiser's reason of what is left out, put into the text of one delegation after the other."""
    given, made = moved()
    _written(tmp_path, given, made)
    for path in tmp_path.rglob("*.txt"):
        path.write_text(path.read_text(encoding="utf-8") + made.unplaced[0].reason, encoding="utf-8")
    found = find_leaks_of_two((conference.scenario(), conference.plan()), moved(), tmp_path)
    assert {leak.partition(":")[0] for leak in found} == {
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.txt")
    }


def three_hours(**own: Any) -> Scenario:
    """KHM was to meet KOR at ten with its first team; ``own`` is what is different about KHM now."""
    parties = [delegation("KOR", teams=3), delegation("KHM"), delegation("JPN")]
    more = {"optional": ["KHM"], "title": "Y"}
    given = scenario(
        conference=whole(days=[day("2026-02-05", "09:00", "13:00")], grid_minutes=60),
        delegations=parties,
        sessions=[meeting("x", "KOR", "KHM", title="X"), meeting("y", "JPN", "KOR", **more)],
    )
    blocks = own.pop("blocks", [])
    parties[1] |= own
    spots = Spot("x", "5 10:00"), Spot("y", "5 12:00", "B", teams={"JPN": 1, "KOR": 2, "KHM": 1})
    return changed(given, "5 08:00", *spots, delegations=parties, blocks=blocks)


def lines(given: Scenario, *spots: Spot, session: str = "x") -> list[str]:
    return [*why_moved_lines(why_moved(Source(given, plan(given, *spots)), "KHM", session))]


Y = Spot("y", "5 12:00", "B", teams={"JPN": 1, "KOR": 2, "KHM": 1})


def test_what_is_in_the_way_on_the_own_side_is_said() -> None:
    given = three_hours(arrival=moment("5 11:00"))
    code = Source(given, plan(given)).codes["x"]
    assert lines(given, Spot("x", "5 11:00"), Y) == [
        f"Khm: you were told of session {code} with Kor on Thursday 10:00–11:00, Room A.",
        "It is now on Thursday 11:00–12:00, Room A. Not as told: the time.",
        "In the way of that, on your side: you are not there.",
        "There may be more, on other sides. That is not told, as it would tell of others.",
    ]


def test_others_in_the_way_are_not_told_apart() -> None:
    given = three_hours()
    assert lines(given, Spot("x", "5 11:00", "B"), Y)[1:] == [
        "It is now on Thursday 11:00–12:00, Room B. Not as told: the time and the room.",
        "Nothing on your side is in the way of that. It is so no more because of other delegations, rooms or interpreters,",
        "or because the whole programme is better so. Which of them is not told, as that would tell of others.",
    ]


def test_an_interpreter_and_the_team_of_others_are_no_news() -> None:
    given = three_hours()
    spot = Spot("x", "5 10:00", teams={"KOR": 3, "KHM": 1}, interpreters=())
    code = Source(given, plan(given)).codes["x"]
    assert lines(given, spot, Y) == [
        f"Khm: session {code} with Kor is when, where and with whom you were told: Thursday 10:00–11:00, Room A."
    ]


@pytest.mark.parametrize(
    "spots",
    [(Spot("x", "5 10:00"), Spot("y", "5 12:00", "B", teams={"JPN": 1, "KOR": 2})), (Spot("x", "5 10:00"),)],
    ids=["held without it", "left out"],
)
def test_whether_a_session_is_held_without_it_is_not_told(spots: tuple[Spot, ...]) -> None:
    """A session that is left out still stands among those that could not be scheduled; of one that it left it hears no more."""
    second = lines(three_hours(), *spots, session="y")[1]
    assert second == (
        "It is not in your agenda any more." if len(spots) == 2 else "It could not be scheduled any more."
    )


@pytest.mark.parametrize(
    ("own", "spots", "hindrance", "names"),
    [
        ({"departure": moment("5 10:30")}, (), Hindrance.away, ()),
        ({"blocks": [block("tour", "5 10:00", "5 11:00", delegations=["KHM"])]}, (), Hindrance.block, ("Tour",)),
        (
            {"teams": 2, "absences": [{"team": 1, **window("5 10:30", "5 12:00")}]},
            (),
            Hindrance.team_away,
            ("1",),
        ),
        ({"teams": 2}, (Spot("y", "5 10:00", "B", teams={"JPN": 1, "KOR": 2, "KHM": 1}),), Hindrance.teams_busy, None),
        ({"teams": 2}, (Spot("y", "5 10:00", "B", teams={"JPN": 1, "KOR": 2, "KHM": 2}),), None, ()),
    ],
)
def test_the_team_that_was_told_is_looked_at(
    own: dict[str, Any], spots: tuple[Spot, ...], hindrance: Hindrance | None, names: tuple[str, ...] | None
) -> None:
    given = three_hours(**own)
    source = Source(given, plan(given, Spot("x", "5 11:00"), *spots))
    view = why_moved(source, "KHM", "x")
    told = (source.codes["y"],) if names is None else names
    assert view.in_the_way == (() if hindrance is None else ((hindrance, told),))


def test_an_own_officer_who_is_away_is_named() -> None:
    kim = delegate("kim", windows=[window("5 11:00", "5 13:00")])
    parties = [delegation("KOR"), delegation("KHM", delegates=[kim])]
    given = scenario(
        delegations=[delegation("KOR"), delegation("KHM", delegates=[delegate("kim")])],
        sessions=[meeting("x", "KOR", "KHM", officers=["kim"])],
    )
    after = changed(given, "5 08:00", Spot("x", "5 10:00"), delegations=parties)
    view = why_moved(Source(after, plan(after, Spot("x", "5 11:00"))), "KHM", "x")
    assert view.in_the_way == ((Hindrance.person_away, ("Kim",)),)


@pytest.mark.parametrize(
    ("reader", "session", "message"),
    [
        ("JPN", "x", "JPN was told of no time for x"),
        ("XXX", "x", "There is no delegation 'XXX'"),
        ("KHM", "z", "There is no session 'z'"),
    ],
)
def test_what_a_delegation_was_not_told_of_is_refused(reader: str, session: str, message: str) -> None:
    given = three_hours()
    with pytest.raises(InputError, match=message):
        why_moved(Source(given, plan(given, Spot("x", "5 11:00"))), reader, session)


def test_a_session_that_is_not_asked_for_is_refused() -> None:
    given = three_hours().model_copy(update={"cancelled": ("x",)})
    with pytest.raises(InputError, match="x is not asked for any more"):
        why_moved(Source(given, plan(given, Y)), "KHM", "x")


def test_a_first_plan_is_refused() -> None:
    given = three_hours().model_copy(update={"replanning": None})
    with pytest.raises(InputError, match="This is a first plan"):
        why_moved(Source(given, plan(given, Spot("x", "5 11:00"))), "KHM", "x")
