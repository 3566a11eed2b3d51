"""What a delegation is told of why its session is not held: true, enough to act on, and nothing about others."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from planner.agenda import NotScheduled, Source, why
from planner.errors import InputError
from planner.formation import form_sessions, lead_parties
from planner.plan import Plan, Unplaced
from planner.render.why import why_data, why_lines
from planner.scenario import Scenario
from tests.readers import conference
from tests.readers.leaks import all_secrets, find_leaks, parties
from tests.verify.build import Spot, block, changed, day, delegate, delegation, meeting, moment, plan, window
from tests.verify.build import conference as whole
from tests.verify.build import scenario as build

READER = "KHM"


def text(scenario: Scenario, given: Plan, reader: str, session: str) -> str:
    view = why(Source(scenario, given), reader, session)
    return "\n".join([*why_lines(view), str(why_data(view))])


def in_agenda(scenario: Scenario, given: Plan, reader: str) -> list[str]:
    """Sessions that stand in the reader's agenda, held or not."""
    formed = {session.id: session for session in form_sessions(scenario)}
    held = [placement.session for placement in given.placements if reader in placement.teams]
    return held + [missed.session for missed in given.unplaced if reader in formed[missed.session].parties]


def scrambled(scenario: Scenario, given: Plan, reader: str) -> tuple[Scenario, Plan]:
    """Everything that the reader may not know is something else.

    Other delegations have other people, times, languages, teams, and another name where the reader does not meet them; cases
    and leads of others are about something else and longer; rooms and interpreters are there at other times; blocks of others are
    gone; sessions of others are left out, for other reasons. Where the reader may learn whether an interpreter is free,
    interpreters stay when they are, and so do sessions of others that have some.
    """
    known = {case.id for case in scenario.cases if reader in parties(case)}
    met = {name for placement in given.placements if reader in placement.teams for name in placement.teams}
    met |= {name for case in scenario.cases if case.id in known for name in parties(case)}
    formed = {session.id: session for session in form_sessions(scenario)}
    waiting = [formed[missed.session] for missed in given.unplaced if reader in formed[missed.session].parties]
    met |= {name for session in waiting if not session.cases for name in session.parties}
    never = ({"start": "2026-02-06T12:30", "end": "2026-02-06T13:00"},)
    data = scenario.model_dump(mode="json")
    for one in data["delegations"]:
        if one["id"] != reader:
            one |= {"teams": 9, "windows": never, "longest_run": 1, "languages": ["fr"], "clearance": "open"}
            one["delegates"] = [{**person, "name": f"Somebody {person['id']}"} for person in one["delegates"]]
            if one["id"] not in met:
                one["name"] = f"Elsewhere {one['id']}"
    for case in data["cases"]:
        case["leads"] = [
            {**lead, "title": "Something else"}
            if case["id"] not in known or reader not in lead_parties(*_lead(scenario, case["id"], lead["id"]))
            else lead
            for lead in case["leads"]
        ]
        if case["id"] not in known:
            case |= {"title": "Something else", "minutes": 90, "priority": 9}
    told = scenario.conference.interpreters_told
    for thing in (*data["rooms"], *(() if told else data["interpreters"])):
        thing["windows"] = never
    for voice in data["interpreters"]:
        voice["name"] = f"Voice {voice['id']}"
    data["blocks"] = [one for one in data["blocks"] if one["delegations"] is None or reader in one["delegations"]]
    placements = tuple(
        placement for placement in given.placements if reader in placement.teams or (told and placement.interpreters)
    )
    kept = {placement.session for placement in placements}
    gone = [placement.session for placement in given.placements if placement.session not in kept]
    unplaced = [missed.model_copy(update={"reason": "Something else."}) for missed in given.unplaced]
    unplaced += [Unplaced(session=name, priority=9, reason="Something else.") for name in gone]
    return Scenario.model_validate(data), given.model_copy(
        update={"placements": placements, "unplaced": tuple(unplaced)}
    )


def _lead(scenario: Scenario, case: str, lead: str):  # type: ignore[no-untyped-def]
    (found,) = (one for one in scenario.cases if one.id == case)
    return found, next(one for one in found.leads if one.id == lead)


READERS = [delegation.id for delegation in conference.scenario().delegations]


def strictly(scenario: Scenario, *, told: bool) -> Scenario:
    """The scenario whose organiser lets delegations know whether an interpreter is free, or does not."""
    update = {"interpreters_told": told}
    return scenario.model_copy(update={"conference": scenario.conference.model_copy(update=update)})


@pytest.mark.parametrize("told", [False, True], ids=["strict", "one fact"])
@pytest.mark.parametrize("reader", READERS)
def test_the_text_depends_on_nothing_that_the_reader_may_not_know(reader: str, told: bool) -> None:
    scenario, given = strictly(conference.scenario(), told=told), conference.plan()
    other, changed = scrambled(scenario, given, reader)
    names = in_agenda(scenario, given, reader)
    assert names
    assert [text(other, changed, reader, name) for name in names] == [
        text(scenario, given, reader, name) for name in names
    ]


def test_what_is_scrambled_is_most_of_the_scenario() -> None:
    scenario, given = conference.scenario(), conference.plan()
    other, changed = scrambled(scenario, given, READER)
    assert (
        len({secret.text for secret in all_secrets(scenario, given)} - {s.text for s in all_secrets(other, changed)})
        > 20
    )


def test_the_text_depends_on_what_is_the_reader_s_own() -> None:
    scenario, given = conference.scenario(), conference.plan()
    before = text(scenario, given, READER, "x-late")
    gone = scenario.model_copy(
        update={
            "delegations": tuple(
                one.model_copy(update={"departure": datetime(2026, 2, 5, 12, 0)}) if one.id == READER else one
                for one in scenario.delegations
            )
        }
    )
    assert text(gone, given, READER, "x-late") != before


def _written(folder: Path, scenario: Scenario, given: Plan) -> None:
    for reader in READERS:
        place = folder / "delegations" / reader
        place.mkdir(parents=True)
        for number, name in enumerate(in_agenda(scenario, given, reader)):
            (place / f"why-{number}.txt").write_text(text(scenario, given, reader, name), encoding="utf-8")


def test_no_secret_of_others_is_told(tmp_path: Path) -> None:
    _written(tmp_path, conference.scenario(), conference.plan())
    assert find_leaks(conference.scenario(), conference.plan(), tmp_path) == []


def test_a_secret_that_is_told_would_be_found(tmp_path: Path) -> None:
    """The organiser's reason, put into the text of one delegation after the other."""
    scenario, given = conference.scenario(), conference.plan()
    _written(tmp_path, scenario, given)
    for path in tmp_path.rglob("*.txt"):
        reasons = "\n".join(missed.reason for missed in given.unplaced)
        path.write_text(path.read_text(encoding="utf-8") + reasons, encoding="utf-8")
    found = {leak.partition(":")[0] for leak in find_leaks(scenario, given, tmp_path)}
    assert found == {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.txt")}


def test_the_length_of_a_session_with_a_foreign_case_is_not_told() -> None:
    """x-late is about Juliet, which KHM shares, and about Kilo, which it does not; KOR shares both."""
    source = Source(conference.scenario(), conference.plan())
    assert (why(source, "KHM", "x-late").minutes, why(source, "KOR", "x-late").minutes) == (None, 60)


def test_a_session_of_others_is_not_explained() -> None:
    with pytest.raises(InputError, match="does not stand in the agenda of KHM"):
        why(Source(conference.scenario(), conference.plan()), "KHM", "case-Bravo")


def test_own_hindrances_are_told_start_by_start() -> None:
    """KHM has one team and arrives at ten; its officer leaves at half past three; lunch is at noon, and a tour for KHM at one."""
    kim = delegate("kim", windows=[window("5 09:00", "5 15:30")])
    given = build(
        conference=whole(days=[day("2026-02-05", "09:00", "17:00")], grid_minutes=60),
        delegations=[
            delegation("KOR", teams=3),
            delegation("KHM", arrival=moment("5 10:00"), delegates=[kim]),
            delegation("JPN"),
        ],
        blocks=[block("lunch", "5 12:00", "5 13:00"), block("tour", "5 13:00", "5 14:00", delegations=["KHM"])],
        sessions=[meeting("x", "KOR", "KHM", officers=["kim"], title="X"), meeting("y", "JPN", "KHM", title="Y")],
    )
    view = why(Source(given, plan(given, Spot("y", "5 10:00"))), "KHM", "x")
    code = Source(given, plan(given, Spot("y", "5 10:00"))).codes["y"]
    assert isinstance(view.session, NotScheduled)
    assert [(start.moment.hour, *told) for start in view.starts for told in start.in_the_way or [(None, ())]] == [
        (9, "away", ()),
        (10, "teams-busy", (code,)),
        (11, "teams-busy", (code,)),
        (12, "block", ("Lunch",)),
        (13, "block", ("Tour",)),
        (14, None, ()),
        (15, "person-away", ("Kim",)),
        (16, "person-away", ("Kim",)),
    ]
    assert list(why_lines(view)) == [
        f"Khm: session {view.session.code} with Kor could not be scheduled.",
        "It takes 60 minutes. On your side, if it started at:",
        "  Thursday 09:00: you are not there",
        f"  Thursday 10:00 and 11:00: your teams that could sit in it are in {code}",
        "  Thursday 12:00: taken by Lunch",
        "  Thursday 13:00: taken by Tour",
        "  Thursday 14:00: nothing on your side is in the way",
        "  Thursday 15:00 and 16:00: Kim must sit in it and is not there",
        "Where nothing on your side is in the way, other delegations, rooms or interpreters could not be had for it.",
        "Which of them is not told, as that would tell of others.",
        "More starts would be open on your side with being there longer, somebody else for Kim and one more team. "
        "Tell the organiser if you can offer that.",
    ]


def test_of_a_plan_that_is_changed_no_start_is_told_that_is_past() -> None:
    hours = whole(days=[day("2026-02-05", "09:00", "13:00")], grid_minutes=60)
    given = build(conference=hours, sessions=[meeting("x", title="X")])
    after = changed(given, "5 10:00", Spot("x", "5 12:00"))
    view = why(Source(after, plan(after)), "JPN", "x")
    assert [start.moment.hour for start in view.starts] == [11, 12]
