"""Counting proofs, worked out by hand: one morning of whole hours; teams need no time to change if not said otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from planner.compiling import compile_problem
from planner.proofs import Possible, prove
from planner.scenario import Scenario
from planner.solver.conflicts import everything
from tests.verify.build import case, conference, day, delegate, delegation, interpreter, meeting, room, scenario

PARTIES = ("KOR", "JPN", "KHM", "THA", "ITA", "FRA", "DNK", "NOR", "SWE", "FIN")
PAIRS = tuple(zip(PARTIES[::2], PARTIES[1::2], strict=True))


def morning(closes: str, *meetings: dict[str, Any], buffer: bool = False, **more: Any) -> Scenario:
    """A room with many tables, so that only what a test changes is scarce; ``of`` replaces delegations by id."""
    own = {one["id"]: one for one in more.pop("of", [])}
    parts = {
        "conference": conference(days=[day("2026-02-05", "09:00", closes)], grid_minutes=60),
        "rooms": [room("A", count=9)],
        "delegations": [own.get(name, delegation(name)) for name in PARTIES],
        "rules": {} if buffer else {"buffer": {"level": "off"}},
        "sessions": list(meetings),
        **more,
    }
    return scenario(**parts)


def counted(given: Scenario) -> list[tuple[str, int, int, int]]:
    """What each proof is about, what is needed, what there is, and how many sessions must give way."""
    problem = compile_problem(given)
    proofs = prove(problem, Possible(problem), everything(problem).values())
    return [(proof.kind.value, proof.needed, proof.available, proof.lacking) for proof in proofs]


def of_host(number: int, **more: Any) -> list[dict[str, Any]]:
    """Sessions of Korea with so many others."""
    return [meeting(f"s{name}", "KOR", name, **more) for name in PARTIES[1 : number + 1]]


def of_pairs(number: int, **more: Any) -> list[dict[str, Any]]:
    """Sessions of so many pairs that share nobody."""
    return [meeting(f"s{one}", one, other, **more) for one, other in PAIRS[:number]]


def host(**more: Any) -> list[dict[str, Any]]:
    return [delegation("KOR", **more)]


def test_teams_of_a_delegation() -> None:
    assert counted(morning("11:00", *of_host(4), of=host(teams=2))) == []
    assert counted(morning("11:00", *of_host(5), of=host(teams=2))) == [("delegation", 5, 4, 1)]


def test_as_many_give_way_as_are_too_many() -> None:
    assert counted(morning("11:00", *of_host(5))) == [("delegation", 5, 2, 3)]


def test_a_rest_that_is_too_short_for_a_session_holds_none() -> None:
    """Three hours hold one session of two hours."""
    assert counted(morning("12:00", *of_host(1, minutes=120))) == []
    assert counted(morning("12:00", *of_host(2, minutes=120))) == [("delegation", 2, 1, 1)]


def test_one_officer_of_two_teams() -> None:
    people = host(teams=3, delegates=[delegate("kim")])
    assert counted(morning("11:00", *of_host(2, officers=["kim"]), of=people)) == []
    assert counted(morning("11:00", *of_host(3, officers=["kim"]), of=people)) == [("officer", 3, 2, 1)]


def test_officers_of_one_team_of_three() -> None:
    people = host(teams=3, delegates=[delegate(name, team=2) for name in ("kim", "lee", "park")])
    sessions = [one | {"officers": [name]} for one, name in zip(of_host(3), ("kim", "lee", "park"), strict=True)]
    assert counted(morning("11:00", *sessions[:2], of=people)) == []
    assert counted(morning("11:00", *sessions, of=people)) == [("team", 3, 2, 1)]


def test_tables_of_a_room() -> None:
    assert counted(morning("11:00", *of_pairs(4), rooms=[room("A", count=2)])) == []
    assert counted(morning("11:00", *of_pairs(5), rooms=[room("A", count=2)])) == [("rooms", 5, 4, 1)]


@pytest.mark.parametrize(("buffer", "found"), [(False, []), (True, [("interpreters", 2, 1, 1)])])
def test_interpreters_need_time_to_change(buffer: bool, found: list[tuple[str, int, int, int]]) -> None:
    foreign = [delegation(name, languages=["km"]) for name in PARTIES[1::2]]
    voice = [interpreter("voice", ("en", "km"))]
    given = morning("11:00", *of_pairs(2), of=foreign, interpreters=voice, buffer=buffer)
    assert counted(given) == found


def test_one_interpreter_for_three_sessions_at_two_times() -> None:
    foreign = [delegation(name, languages=["km"]) for name in PARTIES[1::2]]
    given = morning("11:00", *of_pairs(3), of=foreign, interpreters=[interpreter("voice", ("en", "km"))])
    assert counted(given) == [("interpreters", 3, 2, 1)]


def test_sessions_a_day_of_two_teams() -> None:
    people = host(teams=2, most_sessions_a_day=1)
    assert counted(morning("13:00", *of_host(2), of=people)) == []
    assert counted(morning("13:00", *of_host(3), of=people)) == [("days", 3, 2, 1)]


def test_of_an_open_format_the_form_that_takes_less_is_counted() -> None:
    """All together the case takes one hour of Korea, apart two; with one more session two hours are enough."""
    talk = case("talk", required=["JPN", "KHM"], format="any")
    more = [meeting("sTHA", "KOR", "THA")]
    assert counted(morning("11:00", *more, cases=[talk])) == []
    assert counted(morning("10:00", *more, cases=[talk]))[0] == ("delegation", 2, 1, 1)


def test_of_an_open_format_the_shorter_session_is_counted() -> None:
    """All together it takes two hours, and apart one hour of Japan, which has one more session."""
    leads = [{"id": f"lead-{name}", "title": name, "shared_with": [name]} for name in ("JPN", "KHM")]
    talk = case("talk", required=["JPN", "KHM"], format="any", leads=leads)
    del talk["minutes"]
    given = morning("11:00", meeting("sTHA", "JPN", "THA"), cases=[talk | {"minutes_per_lead": 60}])
    assert counted(given) == []
