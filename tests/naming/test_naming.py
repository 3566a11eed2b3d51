"""Placements get tables, people and names that do not depend on how the answer was found."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from hypothesis import given as with_
from hypothesis import settings
from hypothesis import strategies as st

from planner.compiling import compile_problem
from planner.naming import name_placements, name_unplaced
from planner.plan import Placement, session_uid
from planner.scenario import Scenario
from planner.solution import Assignment, Solution
from tests.verify.build import case, conference, delegate, delegation, meeting, room, scenario, window

PEOPLE = ("kim", "lee", "park", "choi")


def at(
    slot: int, teams: dict[int, int] | None = None, seated: frozenset[int] = frozenset(), room: int = 0
) -> Assignment:
    """Return an assignment of the parties of indices 0 and 1, in the first room and language."""
    return Assignment(slot, room, 0, {0: 0, 1: 0} if teams is None else teams, seated, frozenset())


def named(given: Scenario, *assignments: Assignment | None) -> dict[str, Placement]:
    """Return the placements by session, in the order of the plan."""
    placements = name_placements(given, compile_problem(given), Solution(assignments))
    return {placement.session: placement for placement in placements}


def listed(given: Scenario, *assignments: Assignment | None) -> dict[str, tuple[str, ...]]:
    """Return who comes for KOR to each session."""
    return {name: placement.delegates["KOR"] for name, placement in named(given, *assignments).items()}


def with_people(*people: dict[str, Any], sessions: list[dict[str, Any]], **more: Any) -> Scenario:
    return scenario(
        delegations=[delegation("KOR", delegates=list(people), **more), delegation("JPN")], sessions=sessions
    )


def tables(lengths: list[int], starts: list[int]) -> list[int | None]:
    """Return the table of each session of so many half hours from slots of one long day, in a room of tables."""
    given = scenario(
        conference=conference(days=[{"date": "2026-02-05", "opens": "00:00", "closes": "23:30"}]),
        rooms=[room("hall", count=99)],
        sessions=[meeting(f"s{number:02}", minutes=30 * length) for number, length in enumerate(lengths)],
    )
    placed = named(given, *(at(start, {0: number, 1: number}) for number, start in enumerate(starts)))
    return [placed[f"s{number:02}"].table for number in range(len(lengths))]


def test_a_session_takes_the_lowest_table_that_is_free() -> None:
    """The third session begins when the first ends and takes its table; the fourth finds all three taken."""
    assert tables([2, 4, 2, 1, 3], [0, 1, 2, 3, 2]) == [1, 2, 1, 4, 3]


@settings(max_examples=60, deadline=None)
@with_(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 5)), min_size=1, max_size=12))
def test_tables_are_never_shared_and_never_more_than_sessions_at_once(spans: list[tuple[int, int]]) -> None:
    numbers = tables([length for _, length in spans], [start for start, _ in spans])
    running = [
        [n for n, (start, length) in zip(numbers, spans, strict=True) if start <= t < start + length] for t in range(20)
    ]
    assert all(len(set(now)) == len(now) for now in running)
    assert {n for now in running for n in now} == set(range(1, max(map(len, running)) + 1))


def test_a_room_that_is_no_hall_of_tables_has_no_table_numbers() -> None:
    given = scenario(rooms=[room("A"), room("hall", count=2)], sessions=[meeting("x"), meeting("y")])
    placed = named(given, at(0), at(4, room=1))
    assert {name: (placement.room, placement.table) for name, placement in placed.items()} == {
        "x": ("A", None),
        "y": ("hall", 1),
    }


def test_officers_come_first_and_others_fill_the_team() -> None:
    """Choi is officer and last in the list of people; the team has two seats."""
    people = [delegate(name) for name in PEOPLE]
    given = with_people(*people, sessions=[meeting("x", officers=["choi"])])
    assert listed(given, at(0, seated=frozenset({0}))) == {"x": ("choi", "kim")}


def test_more_officers_than_seats_of_a_team_all_come_and_nobody_else() -> None:
    given = with_people(*map(delegate, PEOPLE), sessions=[meeting("x", officers=["kim", "lee", "park"])], team_size=2)
    assert listed(given, at(0, seated=frozenset({0, 1, 2}))) == {"x": ("kim", "lee", "park")}


def test_a_delegation_without_people_sends_nobody_by_name() -> None:
    assert listed(with_people(sessions=[meeting("x")]), at(0)) == {"x": ()}


def test_members_of_another_team_stay_away_and_floats_join_the_team_sent() -> None:
    """Kim is of team 1, Lee of team 2, Park of none."""
    people = [delegate("kim", team=1), delegate("lee", team=2), delegate("park")]
    given = with_people(*people, sessions=[meeting("x"), meeting("y")], teams=2, team_size=3)
    assert listed(given, at(0), at(4, {0: 1, 1: 0})) == {"x": ("kim", "park"), "y": ("lee", "park")}


def test_nobody_is_in_two_sessions_at_once() -> None:
    """Both teams sit from 9:00 and 9:30 for an hour, and one from 10:00; three people float between them."""
    people = [delegate(name) for name in ("kim", "lee", "park")]
    sessions = [meeting(name) for name in ("x", "y", "z")]
    given = with_people(*people, sessions=sessions, teams=2)
    assert listed(given, at(0), at(1, {0: 1, 1: 0}), at(2)) == {
        "x": ("kim", "lee"),
        "y": ("park",),
        "z": ("kim", "lee"),
    }


def test_an_officer_is_kept_free_for_a_later_session_that_overlaps() -> None:
    """Kim is the officer of y, which begins half an hour after x, so that Lee goes to x alone."""
    given = with_people(
        delegate("kim"), delegate("lee"), sessions=[meeting("x"), meeting("y", officers=["kim"])], teams=2
    )
    assert listed(given, at(0), at(1, {0: 1, 1: 0}, frozenset({0}))) == {"x": ("lee",), "y": ("kim",)}


def test_people_who_are_away_are_not_listed() -> None:
    """Kim is there until 10:00, Lee from 9:30; the sessions run 9:00-10:00 and 9:30-10:30."""
    kim, lee = (
        delegate("kim", windows=[window("5 09:00", "5 10:00")]),
        delegate("lee", windows=[window("5 09:30", "5 12:00")]),
    )
    given = with_people(kim, lee, sessions=[meeting("x"), meeting("y")], teams=2)
    assert listed(given, at(0), at(1, {0: 1, 1: 0})) == {"x": ("kim",), "y": ("lee",)}


def test_placements_come_by_start_then_id_with_times_of_the_zone() -> None:
    given = scenario(
        sessions=[meeting(name) for name in ("z", "a", "m")],
        delegations=[delegation("KOR", teams=3), delegation("JPN", teams=3)],
    )
    placed = named(given, at(0), at(17), at(0, {0: 2, 1: 1}, room=1))
    assert [(p.session, p.start.isoformat(), p.end.isoformat(), p.teams) for p in placed.values()] == [
        ("m", "2026-02-05T09:00:00+09:00", "2026-02-05T10:00:00+09:00", {"KOR": 3, "JPN": 2}),
        ("z", "2026-02-05T09:00:00+09:00", "2026-02-05T10:00:00+09:00", {"KOR": 1, "JPN": 1}),
        ("a", "2026-02-06T09:30:00+09:00", "2026-02-06T10:30:00+09:00", {"KOR": 1, "JPN": 1}),
    ]


OPEN = case("open", required=["JPN", "KHM"], format="any", priority=3)
FIXED = case("urgent", required=["KHM"], priority=1)


@pytest.mark.parametrize(
    ("held", "missing"),
    [
        pytest.param(set(), ["urgent", "open.JPN", "open.KHM"], id="nothing held"),
        pytest.param({"open.all"}, ["urgent"], id="held together"),
        pytest.param({"open.JPN", "urgent"}, ["open.KHM"], id="one of two held apart"),
        pytest.param({"open.JPN", "open.KHM"}, ["urgent"], id="held apart"),
    ],
)
def test_of_an_open_format_only_the_form_that_counts_is_left_out(held: set[str], missing: list[str]) -> None:
    problem = compile_problem(scenario(cases=[OPEN, FIXED]))
    solution = Solution(tuple(at(0) if item.id in held else None for item in problem.items))
    assert [one.session for one in name_unplaced(problem, solution)] == missing


def test_what_is_left_out_comes_by_priority_then_id() -> None:
    cases = [
        case(name, required=[partner], priority=priority)
        for name, partner, priority in (("b", "JPN", 2), ("c", "KHM", 1), ("a", "KHM", 2))
    ]
    given = scenario(cases=cases, formation={"together": False})
    problem = compile_problem(given)
    missing = name_unplaced(problem, Solution((None,) * 3))
    assert [(one.session, one.priority) for one in missing] == [("c", 1), ("a", 2), ("b", 2)]


def test_a_uid_is_a_name_based_uuid_at_the_domain() -> None:
    """Worked out by hand from SHA-1, as RFC 9562 says, and kept: a UID that changed would double entries in calendars."""
    assert session_uid("test", "example.org", "case-1") == "0a0b5c62-87c4-5a24-8711-5d05d31a974d@example.org"
    assert session_uid("test", "example.org", "case-1", "s3cret") == "1e48f713-5e01-5362-88ef-2669aa7d1a16@example.org"


def test_a_uid_tells_conferences_domains_sessions_and_secrets_apart() -> None:
    uids = {
        session_uid(conference_id, domain, session, secret)
        for conference_id in ("one", "two")
        for domain in ("a.example", "b.example")
        for session in ("x", "y")
        for secret in ("", "s", "t")
    }
    assert len(uids) == 24
    assert {uuid.UUID(uid.partition("@")[0]).version for uid in uids} == {5}


def test_uids_of_a_plan_stay_when_time_room_and_people_change() -> None:
    given = scenario(sessions=[meeting("x")])
    uids = {named(given, assignment)["x"].uid for assignment in (at(0), at(20, {0: 0, 1: 0}, room=1))}
    assert uids == {session_uid("test", given.conference.domain, "x")}


def test_with_a_secret_the_uids_of_a_plan_cannot_be_worked_out_from_its_ids() -> None:
    secret = scenario(conference=conference(secret="a-long-secret-of-the-organiser"), sessions=[meeting("x")])
    found = named(secret, at(0))["x"].uid
    assert found == session_uid("test", secret.conference.domain, "x", "a-long-secret-of-the-organiser")
    assert found != session_uid("test", secret.conference.domain, "x")
