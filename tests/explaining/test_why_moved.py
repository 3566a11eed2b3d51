"""Why a session of a changed plan is not as people were told: what is impossible, what would cost more, and who may know.

One morning of whole hours in one room, if not said otherwise; teams need no time to change.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.compare import compare
from planner.errors import InputError
from planner.explanation import MovedAnswer, explain_moved, moved_data, told_moved
from planner.explanation.told import since_told
from planner.plan import Plan
from planner.scenario import Pin, Scenario
from planner.solver.search import Effort
from planner.workflow import solve
from tests.replanning.chain import FIRST, chain, first_version
from tests.verify.build import (
    Spot,
    case,
    changed,
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

EFFORT = Effort(time_limit=None, deterministic_limit=4.0, workers=1)


def morning(*meetings: dict[str, Any], closes: str = "11:00", **more: Any) -> Scenario:
    sizes = {"KOR": 1, "JPN": 1, "KHM": 2, "THA": 2, "ITA": 6, "FRA": 6}
    parts = {
        "conference": conference(days=[day("2026-02-05", "09:00", closes)], grid_minutes=60),
        "rooms": [room("A")],
        "delegations": [delegation(name, team_size=size) for name, size in sizes.items()],
        "rules": {"buffer": {"level": "off"}},
        "sessions": [{"title": given["id"], **given} for given in meetings],
        **more,
    }
    return scenario(**parts)


def there(given: Scenario, name: str, **more: Any) -> list[dict[str, Any]]:
    """The delegations, one of them with other fields."""
    return [
        one.model_dump(mode="json", exclude_defaults=True) | (more if one.id == name else {})
        for one in given.delegations
    ]


def repaired(given: Scenario) -> Plan:
    return solve(given, EFFORT, FIRST, lambda progress: None)


def explained(given: Scenario, session: str, made: Plan | None = None) -> MovedAnswer:
    return explain_moved(given, made or repaired(given), session, EFFORT)


def lines(given: Scenario, session: str, made: Plan | None = None) -> list[str]:
    return [*told_moved(explained(given, session, made))]


def late_arrival() -> Scenario:
    """Japan was to come at nine and comes at ten."""
    given = morning(meeting("x"))
    return changed(given, "5 08:00", Spot("x", "5 09:00"), delegations=there(given, "JPN", arrival=moment("5 10:00")))


def urgent_one() -> Scenario:
    """Cambodia, which is needed in the urgent session at ten, leaves at ten."""
    given = morning(meeting("calm", priority=3), meeting("urgent", "KHM", "THA", priority=1))
    leaving = there(given, "KHM", departure=moment("5 10:00"))
    return changed(given, "5 08:00", Spot("calm", "5 09:00"), Spot("urgent", "5 10:00"), delegations=leaving)


def gentler_one() -> Scenario:
    """Thailand leaves at eleven, so ``large`` takes the place of ``small`` or that of ``huge``; noon is free."""
    given = morning(meeting("huge", "ITA", "FRA"), meeting("small"), meeting("large", "KHM", "THA"), closes="12:00")
    spots = Spot("huge", "5 09:00"), Spot("small", "5 10:00"), Spot("large", "5 11:00")
    return changed(given, "5 08:00", *spots, delegations=there(given, "THA", departure=moment("5 11:00")))


def test_a_late_arrival_makes_it_impossible() -> None:
    assert lines(late_arrival(), "x") == [
        "x was told for Thu 5 Feb 09:00–10:00 in Room A, and is now on Thu 5 Feb 10:00–11:00 in Room A.",
        "It cannot be then and there any more, whatever else is planned:",
        "   As told, it is on Thu 5 Feb at 09:00 in Room A.",
        "   x needs Kor and Jpn.",
        "   Jpn is there only from Thu 5 Feb 10:00.",
        "   What would help:",
        "   - Have Jpn arrive by Thu 5 Feb 09:00 instead of Thu 5 Feb 10:00 (a delegation's convenience): "
        "x could be then and there, nothing left out.",
    ]


def test_what_cannot_be_has_no_price() -> None:
    answer = explained(late_arrival(), "x")
    assert (answer.beside, answer.price, answer.news) == (None, None, None)


def test_keeping_it_would_push_out_a_more_urgent_one() -> None:
    told = lines(urgent_one(), "calm")
    assert told[:12] == [
        "calm was told for Thu 5 Feb 09:00–10:00 in Room A, and is now on Thu 5 Feb 10:00–11:00 in Room A.",
        "It cannot stay as told beside urgent:",
        "   Rooms: 2 sessions of 60 minutes can only be held 09:00–10:00; that is enough for 1.",
        "   As told, it is on Thu 5 Feb at 09:00 in Room A.",
        "   Khm is there only until Thu 5 Feb 10:00.",
        "   What would help:",
        "   - Find one more room like Room A, free at all hours (the rooms): calm could stay as told, nothing left out.",
        "   - Have Khm leave at Thu 5 Feb 11:00 instead of Thu 5 Feb 10:00 (a delegation's convenience): "
        "calm could stay as told, nothing left out.",
        "",
        "The best plan in which it is as told:",
        "   urgent could not be held.",
        "   4 people would be told something new instead of 6.",
    ]


def test_moving_others_would_disturb_more() -> None:
    told = lines(gentler_one(), "small")
    assert told[:5] == [
        "small was told for Thu 5 Feb 10:00–11:00 in Room A, and is now on Thu 5 Feb 11:00–12:00 in Room A.",
        "It could stay as told while all other sessions are held, but at the cost of something that counts more.",
        "",
        "The best plan in which it is as told:",
        "   16 people would be told something new instead of 6, also of huge.",
    ]
    assert told[5].startswith("disturbance: ")


def test_a_session_that_stays_is_said_to() -> None:
    answer = explained(gentler_one(), "huge")
    assert [*told_moved(answer)] == [
        "huge is when, where and with whom people were told: Thu 5 Feb 09:00–10:00 in Room A."
    ]
    assert (answer.stays, answer.searched) == (True, None)


def test_a_session_that_has_started_stays() -> None:
    given = morning(meeting("x"))
    assert explained(changed(given, "5 09:30", Spot("x", "5 09:00")), "x").stays


def test_a_pin_elsewhere_is_said() -> None:
    given = morning(meeting("x"))
    pin = {"session": "x", "start": moment("5 10:00")}
    assert lines(changed(given, "5 08:00", Spot("x", "5 09:00"), pins=[pin]), "x")[1:] == [
        "It cannot be then and there any more, whatever else is planned:",
        "   As told, it is on Thu 5 Feb at 09:00 in Room A. x is pinned: Thu 5 Feb 10:00.",
        "   What would help:",
        "   - Lift the pin of x (a wish of the organiser's): x could be then and there, nothing left out.",
    ]


def test_what_is_not_asked_for_any_more_is_said_to_be() -> None:
    given = morning(meeting("x"), meeting("y", "KHM", "THA"))
    before = changed(given, "5 08:00", Spot("x", "5 09:00"), Spot("y", "5 10:00"), cancelled=["x"])
    assert lines(before, "x") == ["x was told for Thu 5 Feb 09:00–10:00 in Room A, and is not asked for any more."]


def test_a_session_that_is_left_out_now_is_explained() -> None:
    """One hour of the room is lost, and the urgent session takes the other."""
    given = morning(meeting("calm", priority=3), meeting("urgent", "KHM", "THA", priority=1))
    lost = [room("A", windows=[window("5 09:00", "5 10:00")])]
    told = lines(changed(given, "5 08:00", Spot("calm", "5 09:00"), Spot("urgent", "5 10:00"), rooms=lost), "calm")
    assert told[:2] == [
        "calm was told for Thu 5 Feb 09:00–10:00 in Room A, and is not held now.",
        "It cannot stay as told beside urgent, of the same or a higher priority:",
    ]


def test_a_session_whose_case_is_met_in_the_other_form_is_explained_beside_others_only() -> None:
    talk = case("talk", required=["JPN", "KHM"], format="any")
    given = morning(meeting("y", "THA", "ITA"), cases=[talk], rooms=[room("A"), room("B")])
    before = changed(given, "5 08:00", Spot("talk.all", "5 09:00"), Spot("y", "5 10:00"))
    apart = plan(before, Spot("talk.JPN", "5 09:00"), Spot("talk.KHM", "5 10:00"), Spot("y", "5 10:00", "B"))
    answer = explained(before, "talk.all", apart)
    assert (answer.in_other_form, answer.alone, answer.beside) == (True, None, None)
    assert next(iter(told_moved(answer))) == (
        "talk.all was told for Thu 5 Feb 09:00–10:00 in Room A, and is not held, as its case is met in its other form."
    )


def test_others_may_be_met_in_either_form() -> None:
    """x fits beside the talk of all, not beside the two talks that the plan has instead; it is kept at no cost."""
    talk = case("talk", leader="ITA", required=["KHM", "THA"], format="any")
    given = morning(meeting("x"), cases=[talk], closes="11:00")
    before = changed(given, "5 08:00", Spot("x", "5 09:00"), Spot("talk.all", "5 10:00"))
    apart = plan(before, Spot("talk.KHM", "5 09:00"), Spot("talk.THA", "5 10:00"))
    assert explained(before, "x", apart).beside is None


def test_a_better_plan_that_keeps_it_is_not_called_dearer() -> None:
    given = morning(meeting("x"))
    before = changed(given, "5 08:00", Spot("x", "5 09:00"))
    told = lines(before, "x", plan(before, Spot("x", "5 10:00")))
    assert told[1] == "It could stay as told while all other sessions are held."
    assert told[-1] == "That plan is better than this one: give replan more time, or pin the session as told."


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"sessions": [meeting("x", "KOR", "KHM")]}, ["Jpn is no party of it any more.", "Khm must be there now."]),
        ({"sessions": [meeting("x", minutes=30)]}, ["It takes 30 minutes now, and took 60."]),
        ({"sessions": [meeting("x", optional=["KHM"])]}, ["Khm comes as well now."]),
        ({"sessions": [meeting("x", language="fr")]}, ["It cannot be in English any more."]),
    ],
)
def test_what_cannot_be_kept_by_any_plan_is_said_apart(more: dict[str, Any], said: list[str]) -> None:
    given = morning(meeting("x"))
    speaking = [one | {"languages": ["en", "fr"]} for one in there(given, "KOR")]
    before = changed(given, "5 08:00", Spot("x", "5 09:00"), delegations=speaking, **more)
    spot = Spot("x", "5 09:00", language=more["sessions"][0].get("language", "en"))
    told = lines(before, "x", plan(before, spot))
    assert told[-2 - len(said) :] == [
        "What it was told that cannot be, whatever is planned:",
        *(f"   {line}" for line in said),
        "Everything else of it is as told.",
    ]


def test_other_people_then_and_there_are_told_from_another_time() -> None:
    """One of two interpreters falls ill; the other comes in."""
    voices = [interpreter(name, ("en", "km")) for name in ("ada", "bo")]
    languages = there(morning(), "KHM", languages=["km"])
    given = morning(meeting("x", "KOR", "KHM"), delegations=languages, interpreters=voices)
    ill = [interpreter("ada", ("en", "km"), windows=[window("5 10:00", "5 11:00")]), voices[1]]
    before = changed(given, "5 08:00", Spot("x", "5 09:00", interpreters=("ada",)), interpreters=ill)
    assert lines(before, "x", plan(before, Spot("x", "5 09:00", interpreters=("bo",)))) == [
        "x is when and where people were told, Thu 5 Feb 09:00–10:00 in Room A, but not with the same people:",
        "   It is interpreted by Bo instead of Ada.",
        "It cannot be with the same people any more, whatever else is planned:",
        "   As told, it is on Thu 5 Feb at 09:00 in Room A, with Ada.",
        "   Ada is there only Thu 5 Feb 10:00–11:00.",
        "   What would help:",
        "   - Have Ada there all the time (the interpreters): x could stay as told, nothing left out.",
    ]


def pinned_as_told(given: Scenario, session: str) -> Scenario:
    assert given.replanning is not None
    told = next(one for one in given.replanning.told if one.session == session)
    return given.model_copy(update={"pins": (*given.pins, Pin(session=session, start=told.start, room=told.room))})


@pytest.mark.parametrize(("given", "session"), [(late_arrival(), "x"), (urgent_one(), "calm")])
def test_with_what_would_help_it_stays_and_nothing_more_is_left_out(given: Scenario, session: str) -> None:
    made = repaired(given)
    answer = explained(given, session, made)
    now = len(made.unplaced)
    assert len(repaired(pinned_as_told(given, session)).unplaced) > now or answer.alone
    parts = [part for part in (answer.alone, answer.company, answer.beside) if part]
    shown = [relaxation for part in parts for relaxation in part.relaxations]
    assert shown
    for relaxation in shown:
        (change,) = relaxation.changes
        after = repaired(pinned_as_told(change.apply(given), session))
        assert session in {item.session for item in after.placements}
        assert len(after.unplaced) == relaxation.left_out <= now


def test_what_would_leave_out_another_one_is_no_help() -> None:
    """Both sessions of Korea's one team can only be at nine; a longer morning would not let both be then."""
    meetings = meeting("calm", priority=3), meeting("urgent", "KOR", "THA", priority=1)
    given = morning(*meetings, rooms=[room("A"), room("B")])
    leaving = there(given, "THA", departure=moment("5 10:00"))
    before = changed(given, "5 08:00", Spot("calm", "5 09:00"), Spot("urgent", "5 10:00"), delegations=leaving)
    answer = explained(before, "calm")
    assert answer.beside is not None
    assert [change.text for one in answer.beside.relaxations for change in one.changes] == [
        "Have Kor send 2 teams instead of 1",
        "Have Tha leave at Thu 5 Feb 11:00 instead of Thu 5 Feb 10:00",
    ]


def test_programs_are_told_all_of_it() -> None:
    given = gentler_one()
    data = moved_data(explained(given, "small"))
    assert {
        key: data[key] for key in ("session", "stays", "differs", "gone", "complete", "people_told", "told_anew")
    } == {
        "session": "small",
        "stays": False,
        "differs": ("time",),
        "gone": [],
        "complete": True,
        "people_told": {"before": 6, "after": 16},
        "told_anew": ("huge",),
    }
    assert (data["told"]["start"], data["now"]["start"]) == ("2026-02-05T10:00:00", "2026-02-05T11:00:00+09:00")
    assert data["price"]["lost"] == ()


def test_programs_are_told_what_would_help() -> None:
    text = "Have Jpn arrive by Thu 5 Feb 09:00 instead of Thu 5 Feb 10:00"
    assert moved_data(explained(late_arrival(), "x"))["impossible_alone"]["relaxations"] == [
        {
            "changes": [{"text": text, "giver": "guests"}],
            "asked": "x could be then and there",
            "gained": (),
            "lost": (),
            "left_out": 0,
            "best": True,
        }
    ]


def test_a_first_plan_is_refused() -> None:
    given = morning(meeting("x"))
    with pytest.raises(InputError, match="This is a first plan"):
        explain_moved(given, plan(given, Spot("x", "5 09:00")), "x", EFFORT)


@pytest.mark.parametrize(
    ("session", "message"), [("y", "People were told of no time for y"), ("z", "There is no session 'z'")]
)
def test_a_session_that_people_were_not_told_of_is_refused(session: str, message: str) -> None:
    given = morning(meeting("x"), meeting("y", "KHM", "THA"))
    before = changed(given, "5 08:00", Spot("x", "5 09:00"))
    with pytest.raises(InputError, match=message):
        explain_moved(before, repaired(before), session, EFFORT)


@pytest.mark.parametrize("seed", range(4))
def test_people_are_counted_as_the_comparison_of_both_plans_counts_them(seed: int) -> None:
    """Where cases are as they were; what becomes of cases is not in the record."""
    before = first_version("small", EFFORT)
    seen = 0
    for after in chain(before, seed, 3, EFFORT):
        whole = compare(before.scenario, before.plan, after.scenario, after.plan)
        if (before.scenario.cases, before.scenario.sessions) == (after.scenario.cases, after.scenario.sessions):
            assert since_told(after.scenario, after.plan).figures.people == whole.figures.people
            seen += 1
        before = after
    assert seen > 0
