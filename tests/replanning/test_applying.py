"""What becomes of a scenario when changes are applied, kind by kind."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from planner.applying import apply_changes, begin
from planner.changes_file import parse_changes
from planner.consistency import check
from planner.formation import form_sessions
from planner.record import Replanning
from planner.scenario import Case, Delegation, Pin, Scenario
from planner.scenario_file import parse_scenario, scenario_text
from planner.verify import broken_subjects
from tests.replanning.world import NOW, PLAN, SCENARIO, SPOTS, changed, parsed
from tests.verify.build import Spot, case, conference, delegate, meeting, moment, plan, room, scenario, window
from tests.verify.build import delegation as nation

BEGUN = begin(SCENARIO, PLAN, NOW)


def the(items: Any, name: str) -> Any:
    return next(item for item in items if item.id == name)


def delegation(given: Scenario, name: str) -> Delegation:
    found: Delegation = the(given.delegations, name)
    return found


def a_case(given: Scenario, name: str) -> Case:
    found: Case = the(given.cases, name)
    return found


def at(text: str) -> datetime:
    return datetime.fromisoformat(moment(text))


def after(given: Scenario, *lines: str, spots: tuple[Spot, ...] = ()) -> Scenario:
    """Return a scenario after changes to a plan of these spots."""
    told = plan(given, *spots)
    return apply_changes(given, told, parse_changes(f"changes: [{', '.join(lines)}]", "f", given, told, NOW), NOW)


def spans(windows: Any) -> list[tuple[str, str]]:
    return [(f"{each.start:%-d %H:%M}", f"{each.end:%-d %H:%M}") for each in windows]


def sessions(given: Scenario) -> dict[str, tuple[str, ...]]:
    return {session.id: session.parties for session in form_sessions(given)}


def record(given: Scenario) -> Replanning:
    assert given.replanning is not None
    return given.replanning


def test_the_record_tells_what_has_started_what_people_were_told_and_which_cases_are_met_together() -> None:
    assert [past.session for past in record(BEGUN).past] == ["case-1", "case-6"]
    assert [told.session for told in record(BEGUN).told] == ["case-2", "case-3", "case-6.2", "case-5.all", "brief"]
    assert BEGUN.formation.groups == (("case-3", "case-4"),)
    assert form_sessions(BEGUN) == form_sessions(SCENARIO)


@pytest.mark.parametrize("line", ["{kind: withdraws, delegation: JPN}", "{kind: case-withdrawn, case: case-6}"])
def test_what_is_past_is_as_it_was_whatever_changes(line: str) -> None:
    """Japan was in case-1, and the first sitting of case-6 is under way."""
    now = changed(line)
    before, after = ({each.id: each for each in form_sessions(given)} for given in (SCENARIO, now))
    assert record(now).past == record(BEGUN).past
    assert (after["case-1"], after["case-6"]) == (before["case-1"], before["case-6"])


@pytest.mark.parametrize(
    "lines",
    [
        ["{kind: withdraws, delegation: KHM}"],
        ["{kind: withdraws, delegation: KOR}"],
        ["{kind: party-leaves, case: case-2, delegation: KHM}"],
        ["{kind: party-joins, case: case-4, delegation: THA}"],
        ["{kind: sitting-added, case: case-4}", "{kind: session-cancelled, session: case-3.2}"],
        ["{kind: room-lost, room: A}", "{kind: interpreter-away, interpreter: int-1}"],
    ],
)
def test_a_changed_scenario_is_consistent_and_is_read_as_it_is_written(lines: list[str]) -> None:
    now = changed(*lines)
    assert check(now) == ()
    assert parse_scenario(scenario_text(now)) == now


def test_a_delegation_that_has_not_been_in_a_session_arrives_late() -> None:
    assert delegation(changed("{kind: arrives-late, delegation: KHM, at: 2026-02-05T15:00}"), "KHM") == delegation(
        SCENARIO, "KHM"
    ).model_copy(update={"arrival": at("5 15:00")})


def test_a_delegation_that_has_been_in_a_session_is_away_until_it_is_back() -> None:
    back = delegation(changed("{kind: arrives-late, delegation: JPN, at: 2026-02-05T15:00}"), "JPN")
    assert back.arrival is None
    assert spans(back.windows) == [("5 09:00", "5 10:05"), ("5 15:00", "5 17:00"), ("6 09:00", "6 17:00")]


def test_a_delegation_leaves_early_and_windows_after_that_are_left_out() -> None:
    days = [window("5 09:00", "5 12:00"), window("6 09:00", "6 12:00")]
    given = scenario(
        delegations=[nation("KOR", windows=days, delegates=[delegate("kor-1", windows=days[1:])]), nation("JPN")],
        cases=[case("case-1")],
    )
    left = delegation(after(given, "{kind: leaves-early, delegation: KOR, at: 2026-02-05T16:00}"), "KOR")
    assert (left.departure, spans(left.windows)) == (at("5 16:00"), [("5 09:00", "5 12:00")])
    assert spans(left.delegates[0].windows) == [("5 09:00", "5 09:01")]


def test_a_team_is_away_from_now_on_if_nothing_is_said() -> None:
    away = delegation(changed("{kind: team-away, delegation: KOR, team: 2}"), "KOR").absences
    assert [(each.team, each.start, each.end) for each in away] == [(2, NOW, at("6 17:00"))]


def test_absences_of_a_team_that_touch_are_one() -> None:
    away = delegation(
        changed(
            "{kind: team-away, delegation: KOR, team: 2, start: 2026-02-05T11:00, end: 2026-02-05T12:00}",
            "{kind: team-away, delegation: KOR, team: 1, start: 2026-02-05T11:00, end: 2026-02-05T12:00}",
            "{kind: team-away, delegation: KOR, team: 2, start: 2026-02-05T12:00, end: 2026-02-05T14:00}",
        ),
        "KOR",
    ).absences
    assert [(each.team, *spans([each])[0]) for each in away] == [(1, "5 11:00", "5 12:00"), (2, "5 11:00", "5 14:00")]


def test_a_delegation_brings_more_teams() -> None:
    assert delegation(changed("{kind: team-added, delegation: JPN, teams: 2}"), "JPN").teams == 3


def test_an_officer_called_home_has_no_time_left_but_that_which_is_past() -> None:
    home = delegation(changed("{kind: delegate-away, delegate: kor-1}"), "KOR")
    assert {each.id: spans(each.windows) for each in home.delegates} == {"kor-1": [("5 09:00", "5 10:05")], "kor-2": []}


def test_who_is_away_before_the_conference_opens_keeps_a_minute_in_which_no_session_fits() -> None:
    """No window at all would mean that the interpreter is always there."""
    before = at("5 08:00")
    changes = parsed("changes: [{kind: interpreter-away, interpreter: int-1}]")
    now = apply_changes(SCENARIO, PLAN, changes, before)
    assert spans(the(now.interpreters, "int-1").windows) == [("5 09:00", "5 09:01")]
    assert check(now) == ()


def test_an_interpreter_is_away_for_a_time() -> None:
    now = changed("{kind: interpreter-away, interpreter: int-1, start: 2026-02-05T12:00, end: 2026-02-06T10:00}")
    assert spans(the(now.interpreters, "int-1").windows) == [("5 09:00", "5 12:00"), ("6 10:00", "6 17:00")]


def test_a_room_is_lost_for_a_time_or_lacks_a_feature() -> None:
    now = changed(
        "{kind: room-lost, room: B, end: 2026-02-05T14:00}",
        "{kind: room-lost, room: A, features: [video], start: 2026-02-06T09:00}",
    )
    lost, lacking = the(now.rooms, "B"), the(now.rooms, "A")
    assert (spans(lost.windows), lost.outages) == (
        [("5 09:00", "5 10:05"), ("5 14:00", "5 17:00"), ("6 09:00", "6 17:00")],
        (),
    )
    assert (lacking.windows, [(each.features, *spans([each])[0]) for each in lacking.outages]) == (
        (),
        [(("video",), "6 09:00", "6 17:00")],
    )


def test_a_block_that_is_moved_lasts_as_long_as_before() -> None:
    block = the(changed("{kind: block-moved, block: lunch, start: 2026-02-05T12:30, room: hall}").blocks, "lunch")
    assert (*spans([block])[0], block.room) == ("5 12:30", "5 13:30", "hall")


def test_a_new_case_forms_a_session_of_its_own() -> None:
    """It has the parties of case-3 and case-4, which are met together."""
    now = changed("{kind: case-added, case: {id: case-7, title: Crow, leader: JPN, required: [KHM], minutes: 30}}")
    assert {each.id: each.cases for each in form_sessions(now) if each.id in ("case-3", "case-7")} == {
        "case-3": ("case-3", "case-4"),
        "case-7": ("case-7",),
    }


def test_of_cases_met_together_one_may_be_withdrawn_and_the_session_keeps_its_name() -> None:
    now = changed("{kind: case-withdrawn, case: case-3}")
    assert {each.id: each.cases for each in form_sessions(now) if "case-4" in each.cases} == {"case-3": ("case-4",)}


def test_cases_met_together_are_met_apart_when_a_party_joins_one() -> None:
    """Otherwise Thailand would hear of case-3."""
    now = changed("{kind: party-joins, case: case-4, delegation: THA}")
    assert {name: parties for name, parties in sessions(now).items() if name in ("case-3", "case-4")} == {
        "case-3": ("JPN", "KHM"),
        "case-4": ("KHM", "JPN", "THA"),
    }


def test_cases_met_together_stay_together_when_a_party_joins_both() -> None:
    now = changed(
        "{kind: party-joins, case: case-4, delegation: THA}", "{kind: party-joins, case: case-3, delegation: THA}"
    )
    assert sessions(now)["case-3"] == ("JPN", "KHM", "THA")
    assert now.formation.groups == (("case-3", "case-4"),)


def test_a_party_changes_its_role() -> None:
    joined = a_case(changed("{kind: party-joins, case: case-2, delegation: THA}"), "case-2")
    assert (joined.required, joined.optional) == (("JPN", "KHM", "THA"), ())


def test_a_party_that_leaves_takes_its_lead_along_and_nobody_comes_to_know_of_it() -> None:
    """Korea leads the case and was not told of the lead; it would be, if nobody else shared it."""
    left = a_case(changed("{kind: party-leaves, case: case-2, delegation: KHM}"), "case-2")
    assert (left.required, left.optional) == (("JPN",), ("THA",))
    assert [(lead.shared_by, lead.shared_with, lead.withdrawn) for lead in left.leads] == [("JPN", ("JPN",), True)]


def test_a_delegation_withdraws_from_what_others_lead_and_ends_what_it_leads() -> None:
    """Korea leads case-2 and case-5, and the briefing; case-6 would have one party, and is met in part."""
    now = changed("{kind: withdraws, delegation: KOR}")
    assert [each.id for each in now.cases if each.withdrawn] == ["case-2", "case-5"]
    assert now.cancelled == ("case-6.2", "brief")
    assert sessions(now) == {"case-1": ("KOR", "JPN"), "case-3": ("JPN", "KHM"), "case-6": ("THA", "KOR")}
    assert delegation(now, "KOR").departure == NOW


def test_a_delegation_withdraws_and_the_others_meet_without_it() -> None:
    now = changed("{kind: withdraws, delegation: THA}")
    assert sessions(now) == {
        "case-1": ("KOR", "JPN"),
        "case-2": ("KOR", "JPN", "KHM"),
        "case-3": ("JPN", "KHM"),
        "case-5.all": ("KOR", "KHM"),
        "case-6": ("THA", "KOR"),
        "brief": ("KOR", "JPN"),
    }
    assert delegation(now, "THA").delegates[0].officer_of == ()


def test_of_three_who_meet_together_one_leaves_and_the_sittings_of_the_others_keep_their_names() -> None:
    """Otherwise the first sitting, which is past, would be met once more under another name."""
    given = scenario(
        delegations=[nation("KOR"), nation("JPN"), nation("KHM")],
        cases=[case("case-1", required=["JPN", "KHM"], format="any", sittings=2)],
    )
    spots = (Spot("case-1.all", "5 09:00"), Spot("case-1.all.2", "6 09:00"))
    left = after(given, "{kind: party-leaves, case: case-1, delegation: KHM}", spots=spots)
    assert sessions(left) == {"case-1.all": ("KOR", "JPN", "KHM"), "case-1.all.2": ("KOR", "JPN")}


def test_a_lead_that_no_session_is_left_for_is_withdrawn() -> None:
    """Korea has met Japan, and was to meet Cambodia, which leaves, about what has come up since."""
    given = scenario(
        delegations=[nation("KOR"), nation("JPN"), nation("KHM")],
        cases=[
            case("case-1", required=["JPN", "KHM"], format="bilateral", leads=[{"id": "lead-1", "title": "Wallet"}]),
        ],
    )
    left = after(
        given,
        "{kind: lead-added, case: case-1, lead: {id: lead-2, title: Parcel}}",
        "{kind: party-leaves, case: case-1, delegation: KHM}",
        spots=(Spot("case-1.JPN", "5 09:00"), Spot("case-1.KHM", "6 09:00")),
    )
    assert sessions(left) == {"case-1.JPN": ("KOR", "JPN")}
    assert [(lead.id, lead.withdrawn) for lead in a_case(left, "case-1").leads] == [("lead-1", False), ("lead-2", True)]
    assert broken_subjects(left, plan(left, Spot("case-1.JPN", "5 09:00")))["formation"] == frozenset()


def test_a_delegation_that_never_came_withdraws_without_a_departure() -> None:
    given = scenario(
        delegations=[nation("KOR"), nation("JPN", arrival=moment("6 09:00"))],
        cases=[case("case-1")],
    )
    gone = after(given, "{kind: withdraws, delegation: JPN}")
    assert delegation(gone, "JPN").departure is None
    assert form_sessions(gone) == ()
    assert check(gone) == ()


def test_priorities_leads_and_sittings_are_changed() -> None:
    now = changed(
        "{kind: case-priority, case: case-3, priority: 1}",
        "{kind: lead-added, case: case-3, lead: {id: lead-3, title: Plate, priority: 2}}",
        "{kind: lead-priority, lead: lead-2, priority: 3}",
        "{kind: sitting-added, case: case-4}",
    )
    assert a_case(now, "case-3").priority == 1
    assert [lead.id for lead in a_case(now, "case-3").leads] == ["lead-3"]
    assert a_case(now, "case-2").leads[0].priority == 3
    assert [name for name in sessions(now) if name.startswith("case-3")] == ["case-3", "case-3.2"]


def test_a_case_that_has_been_met_is_met_again() -> None:
    now = changed("{kind: sitting-added, case: case-1}", "{kind: party-joins, case: case-1, delegation: KHM}")
    assert (sessions(now)["case-1"], sessions(now)["case-1.2"]) == (("KOR", "JPN"), ("KOR", "JPN", "KHM"))


def test_a_lead_is_met_no_more() -> None:
    now = changed("{kind: lead-withdrawn, lead: lead-2}")
    assert {each.id: each.leads for each in form_sessions(now)}["case-2"] == ()


def test_a_session_is_pinned_where_people_were_told() -> None:
    assert changed("{kind: session-pinned, session: case-3}").pins == (
        Pin(
            session="case-3",
            start=at("5 15:00"),
            room="B",
            teams={"JPN": 1, "KHM": 1},
            interpreters=("int-1",),
            language="en",
        ),
    )


def test_a_session_is_pinned_as_far_as_is_said_and_moved_with_what_was_pinned() -> None:
    now = changed("{kind: session-moved, session: brief, start: 2026-02-06T15:00}")
    assert now.pins == (Pin(session="brief", start=at("6 15:00")),)


def test_one_session_is_unpinned_and_others_stay_pinned() -> None:
    pins = (Pin(session="case-2", room="A"), Pin(session="brief", room="A"))
    given = SCENARIO.model_copy(update={"pins": pins})
    assert after(given, "{kind: session-unpinned, session: case-2}", spots=SPOTS).pins == pins[1:]


@pytest.mark.parametrize(
    ("session", "left"),
    [("case-5.all", []), ("case-5.THA", ["case-5.KHM"]), ("case-2", ["case-5.all", "case-5.THA", "case-5.KHM"])],
)
def test_a_cancelled_session_is_not_held_in_another_form(session: str, left: list[str]) -> None:
    now = changed(f"{{kind: session-cancelled, session: {session}}}")
    assert [name for name in sessions(now) if name.startswith("case-5")] == left


def test_pins_lose_who_leaves_and_end_with_their_session() -> None:
    pins = (Pin(session="case-2", teams={"KOR": 1, "THA": 1}), Pin(session="brief", room="A"))
    given = SCENARIO.model_copy(update={"pins": pins})
    lines = ["{kind: party-leaves, case: case-2, delegation: THA}", "{kind: session-cancelled, session: brief}"]
    assert after(given, *lines, spots=SPOTS).pins == (Pin(session="case-2", teams={"KOR": 1}),)


def test_a_case_of_a_session_of_the_list_is_withdrawn_with_the_session() -> None:
    given = scenario(
        conference=conference(),
        rooms=[room("A")],
        cases=[case("case-1"), case("case-2")],
        sessions=[meeting("joint", cases=["case-1"]), meeting("both", cases=["case-2"])],
    )
    now = after(given, "{kind: case-withdrawn, case: case-1}", "{kind: party-joins, case: case-2, delegation: KHM}")
    assert now.cancelled == ("joint",)
    assert sessions(now) == {"both": ("KOR", "JPN", "KHM")}
