"""The shipped scenarios are what their READMEs say, and the Seoul one has the figures of the occasion."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from planner.formation import Session, form_sessions
from planner.resources import shipped
from planner.scenario import BlockKind, Role, Scenario
from planner.scenario_file import read_scenario
from tests.scenarios.figures import figures, load, slots_of, stated, working_slots

SHIPPED = ("overfull", "seoul-2026", "small")


def folder(name: str) -> Path:
    return shipped("scenarios") / name


@pytest.fixture(scope="module")
def seoul() -> Scenario:
    return read_scenario(folder("seoul-2026") / "scenario.yaml")


@pytest.fixture(scope="module")
def overfull() -> Scenario:
    return read_scenario(folder("overfull") / "scenario.yaml")


def test_three_scenarios_are_shipped_each_with_its_readme() -> None:
    assert sorted(path.parent.name for path in shipped("scenarios").glob("*/scenario.yaml")) == list(SHIPPED)
    assert sorted(path.parent.name for path in shipped("scenarios").glob("*/README.md")) == list(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_readme_states_what_the_file_says(name: str) -> None:
    assert stated(folder(name) / "README.md") == figures(read_scenario(folder(name) / "scenario.yaml"))


@pytest.mark.parametrize("name", SHIPPED)
def test_scenario_and_readme_say_that_people_and_cases_are_invented(name: str) -> None:
    head = (folder(name) / "scenario.yaml").read_text(encoding="utf-8").partition("\nconference:")[0]
    assert "invented" in head.lower()
    assert "invented" in (folder(name) / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SHIPPED)
def test_mail_goes_to_example_domains_only(name: str) -> None:
    scenario = read_scenario(folder(name) / "scenario.yaml")
    delegates = [delegate.mail for delegation in scenario.delegations for delegate in delegation.delegates]
    interpreters = [interpreter.mail for interpreter in scenario.interpreters]
    mails = [scenario.conference.organiser.mail, *delegates, *interpreters]
    assert {mail.rpartition(".")[2] for mail in mails if mail} == {"example"}


def test_seoul_lengths_with_their_buffer_take_one_slot_for_each_lead(seoul: Scenario) -> None:
    taken = {(session.length_minutes, slots_of(session, seoul)) for session in form_sessions(seoul)}
    assert taken == {(25, 1), (50, 2), (75, 3)}


def test_seoul_has_the_figures_of_the_occasion(seoul: Scenario) -> None:
    counted = figures(seoul)
    labels = ("Countries", "Organisations", "Delegations that lead cases", "Cases", "Leads")
    assert [counted[label] for label in labels] == ["22", "5", "13", "45", "80"]
    assert [day.date for day in seoul.conference.days] == [date(2026, 2, 5), date(2026, 2, 6)]
    assert seoul.conference.time_zone == "Asia/Seoul"
    assert seoul.conference.organiser.name == "Korean National Police Agency"


def test_seoul_cases_and_leads_are_numbered_without_a_hole(seoul: Scenario) -> None:
    assert [case.id for case in seoul.cases] == [f"case-{number:02}" for number in range(1, 46)]
    leads = [lead.id for case in seoul.cases for lead in case.leads]
    assert leads == [f"lead-{number:02}" for number in range(1, 81)]


def test_seoul_titles_are_told_apart(seoul: Scenario) -> None:
    titles = [case.title for case in seoul.cases] + [lead.title for case in seoul.cases for lead in case.leads]
    assert [(one, other) for one in titles for other in titles if one is not other and one in other] == []


def test_seoul_parties_are_those_that_the_report_names(seoul: Scenario) -> None:
    by_kind = {
        kind: [party.id for party in seoul.delegations if party.kind == kind] for kind in ("country", "organisation")
    }
    assert set(by_kind["organisation"]) == {"INTERPOL", "ASEANAPOL", "AFRIPOL", "IOM", "UNODC"}
    assert {"KOR", "USA", "CHN", "JPN", "KHM", "VNM", "THA"} - set(by_kind["country"]) == set()


def test_seoul_roles_agree_with_who_leads_cases(seoul: Scenario) -> None:
    roles = {role: {party.id for party in seoul.delegations if party.role is role} for role in Role}
    assert roles[Role.host] == {"KOR"}
    assert roles[Role.observer] == {"AFRIPOL"}
    assert roles[Role.host] | roles[Role.sharing] == {case.leader for case in seoul.cases}


def test_seoul_has_four_plenaries_between_opening_and_closing(seoul: Scenario) -> None:
    programme = sorted((block for block in seoul.blocks if block.room == "hall"), key=lambda block: block.start)
    assert [block.kind for block in programme] == [
        BlockKind.ceremony,
        BlockKind.plenary,
        BlockKind.plenary,
        BlockKind.reception,
        BlockKind.plenary,
        BlockKind.plenary,
        BlockKind.ceremony,
    ]


def test_seoul_prayer_is_for_named_delegations(seoul: Scenario) -> None:
    assert [block.delegations for block in seoul.blocks if block.kind is BlockKind.prayer] == [("ARE", "IDN", "MYS")]


def test_seoul_late_arrivals_and_early_departures_are_those_of_the_readme(seoul: Scenario) -> None:
    opens, closes = datetime(2026, 2, 5, 9), datetime(2026, 2, 6, 17, 30)
    late = {party.id for party in seoul.delegations if party.arrival and party.arrival > opens}
    early = {party.id for party in seoul.delegations if party.departure and party.departure < closes}
    assert (late, early) == ({"GBR", "LAO", "NGA"}, {"AUS", "CAN", "IDN"})


def test_seoul_host_is_in_most_sessions_and_has_time_left(seoul: Scenario) -> None:
    formed = form_sessions(seoul)
    assert 2 * sum("KOR" in session.parties for session in formed) > len(formed)
    assert max(load(seoul).values()) <= 70


def test_seoul_every_delegation_is_party_to_a_session(seoul: Scenario) -> None:
    invited = {party for session in form_sessions(seoul) for party in session.parties}
    assert invited == {party.id for party in seoul.delegations}


def test_seoul_taken_together_are_the_cases_that_the_readme_names(seoul: Scenario) -> None:
    together = [session.cases for session in form_sessions(seoul) if len(session.cases) > 1]
    pairs = ((2, 3), (4, 5), (6, 7), (14, 15), (18, 19), (30, 31))
    assert together == [(f"case-{one:02}", f"case-{other:02}") for one, other in pairs]


def test_seoul_some_leads_are_for_some_of_the_parties_only(seoul: Scenario) -> None:
    kept = [case.id for case in seoul.cases if any(lead.shared_with is not None for lead in case.leads)]
    assert kept == [f"case-{number:02}" for number in (10, 11, 16, 17, 20, 21, 29, 32, 35, 40, 43, 45)]


def test_seoul_everyone_can_be_interpreted_into_a_working_language(seoul: Scenario) -> None:
    pairs = [frozenset(pair) for interpreter in seoul.interpreters for pair in interpreter.pairs]
    spoken = {delegation.languages for delegation in seoul.delegations} | {
        delegate.languages for party in seoul.delegations for delegate in party.delegates if delegate.languages
    }
    working = seoul.conference.working_languages
    unheard = [
        languages
        for languages in spoken
        if not set(languages) & set(working)
        and not any(frozenset((own, other)) in pairs for own in languages for other in working)
    ]
    assert unheard == []


def test_seoul_only_room_han_can_hold_secrets_over_video(seoul: Scenario) -> None:
    secret = {room.id: room for room in seoul.rooms if room.clearance == "secret"}
    assert {name: room.building for name, room in secret.items()} == {"han": "Conference Centre", "baekdu": "Annexe"}
    assert [name for name, room in secret.items() if "video-link" in room.features] == ["han"]


def test_overfull_rooms_give_eight_hours(overfull: Scenario) -> None:
    assert len(room_hours(overfull)) == 8


def test_overfull_two_sessions_can_never_be_held(overfull: Scenario) -> None:
    never = {session.id for session in form_sessions(overfull) if not possible(session, overfull)}
    assert never == {"case-04", "case-09"}


def test_overfull_switzerland_and_denmark_are_full_with_higher_priorities(overfull: Scenario) -> None:
    higher = [session for session in form_sessions(overfull) if possible(session, overfull) and session.priority < 3]
    busy = {party.id: sum(party.id in session.parties for session in higher) for party in overfull.delegations}
    full = {name for name, count in busy.items() if count == len(working_slots(overfull))}
    lower = [session for session in form_sessions(overfull) if session.priority == 3]
    assert (len(higher), full) == (7, {"CHE", "DNK"})
    assert {session.id for session in lower if not full & set(session.parties)} == {"case-12", "case-13"}


def test_overfull_plan_of_the_readme_keeps_teams_in_one_place(overfull: Scenario) -> None:
    table = ({"case-05", "case-06"}, {"case-01", "case-07", "case-08"}, {"case-02", "case-03", "case-13"})
    formed = {session.id: session for session in form_sessions(overfull)}
    for start, names in zip(working_slots(overfull), table, strict=True):
        parties = [party for name in names for party in formed[name].parties]
        assert len(parties) == len(set(parties))
        assert len(names) == sum(hour == start for _, hour in room_hours(overfull))


def room_hours(scenario: Scenario) -> list[tuple[str, datetime]]:
    """Rooms and starts at which a session of 55 minutes fits."""
    length = timedelta(minutes=55)
    return [
        (room.id, start)
        for room in scenario.rooms
        for start in working_slots(scenario)
        if not room.windows or any(w.start <= start and start + length <= w.end for w in room.windows)
    ]


def possible(session: Session, scenario: Scenario) -> bool:
    """Whether some room is cleared for it and all its parties are there at some start."""
    rank = scenario.conference.clearances.index
    arrivals = [party.arrival for party in scenario.delegations if party.id in session.parties and party.arrival]
    cleared = any(rank(room.clearance or "open") >= rank(session.classification) for room in scenario.rooms)
    return cleared and any(all(arrival <= start for arrival in arrivals) for start in working_slots(scenario))
