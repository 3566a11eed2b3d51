"""Calendar files: what they hold, read back by three programs that know nothing of each other, and what they leave out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from ical.calendar_stream import IcsCalendarStream

from planner.agenda import Calendar, Event, Source, delegation_agenda
from planner.plan import session_uid
from planner.render import render
from planner.render.ics import calendar_file
from planner.render.ics_entry import clean
from planner.render.ics_lint import faults
from tests.readers import conference

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
Row = tuple[str, datetime, datetime, str, str]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that the readers of the conference by hand get."""
    root = tmp_path_factory.mktemp("readers") / "out"
    render(conference.scenario(), conference.plan(), root)
    return root


def _expected(reader: str) -> set[Row]:
    """Return UID, start, end, title and place of every entry of a reader, from scenario and plan."""
    scenario, plan = conference.scenario(), conference.plan()
    names = {item.id: item.name for item in scenario.delegations}
    rooms = {room.id: f"{room.name}, {{}}{room.building}, Harbour Hall" for room in scenario.rooms}
    folder, _, name = reader.partition("/")
    rows = set()
    for item in plan.placements:
        reached = {
            "delegations": name in item.teams,
            "delegates": any(name in group for group in item.delegates.values()),
            "interpreters": name in item.interpreters,
            "": True,
            "public": False,
        }
        if not reached[folder]:
            continue
        leader = {"case-Charlie": "KHM", "case-Charlie.2": "KHM", "x-free": "THA"}.get(item.session, "KOR")
        leader = "JPN" if item.session.startswith("case-Delta") else leader
        present = [leader, *(other for other in names if other in item.teams and other != leader)]
        form = "Bilateral" if len(present) == 2 else "Multilateral"
        table = f"table {item.table}, " if item.table else ""
        title = f"{form}: {' – '.join(names[other] for other in present)}"
        rows.add((item.uid, item.start, item.end, title, rooms[item.room].format(table)))
    whose = {"delegates/p-Jpnone": "JPN"}.get(reader, name)
    for block in scenario.blocks:
        hidden = block.delegations is not None and folder and whose not in block.delegations
        if hidden or (folder == "public" and block.kind == "prayer"):
            continue
        start, end = (moment.replace(tzinfo=conference.SEOUL) for moment in (block.start, block.end))
        uid = session_uid("demo", "forum.example", f"block/{block.id}")
        rows.add((uid, start, end, block.title, rooms[block.room].format("") if block.room else ""))
    return rows


READERS = {
    "": "programme.ics",
    "public": "public/programme.ics",
    **{
        reader: f"{reader}/agenda.ics"
        for reader in (
            *(f"delegations/{item.id}" for item in conference.scenario().delegations),
            *(f"delegates/{who.id}" for item in conference.scenario().delegations for who in item.delegates),
            *(f"interpreters/{item.id}" for item in conference.scenario().interpreters),
        )
    },
}


def test_every_calendar_of_the_tree_is_one_of_a_known_reader(tree: Path) -> None:
    assert {path.relative_to(tree).as_posix() for path in tree.rglob("*.ics")} == set(READERS.values())


@pytest.mark.parametrize("reader", READERS)
def test_icalendar_reads_the_plan_back(tree: Path, reader: str) -> None:
    assert {
        (str(event["UID"]), event.start, event.end, str(event["SUMMARY"]), str(event.get("LOCATION", "")))
        for event in _events((tree / READERS[reader]).read_bytes())
    } == _expected(reader)


@pytest.mark.parametrize("reader", READERS)
def test_vobject_reads_the_plan_back(tree: Path, reader: str) -> None:
    calendar = vobject.readOne((tree / READERS[reader]).read_bytes().decode())
    assert {
        (
            event.uid.value,
            event.dtstart.value.astimezone(UTC),
            event.dtend.value.astimezone(UTC),
            event.summary.value,
            event.location.value if "location" in event.contents else "",
        )
        for event in calendar.vevent_list
    } == _expected(reader)


@pytest.mark.parametrize("reader", READERS)
def test_the_strict_reader_of_home_assistant_reads_the_plan_back(tree: Path, reader: str) -> None:
    calendar = IcsCalendarStream.calendar_from_ics((tree / READERS[reader]).read_bytes().decode())
    assert {
        (event.uid, event.dtstart, event.dtend, event.summary, event.location or "") for event in calendar.events
    } == _expected(reader)


def test_the_agenda_is_written_property_by_property(tree: Path) -> None:
    lines = (tree / "delegations/KHM/agenda.ics").read_bytes().replace(b"\r\n ", b"").decode().split("\r\n")
    assert lines[:18] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//planner//conference planner//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Forum 2026 with <b>marks</b> – Khmerland – កម្ពុជា",
        "X-WR-CALNAME:Forum 2026 with <b>marks</b> – Khmerland – កម្ពុជា",
        "COLOR:steelblue",
        "X-WR-TIMEZONE:Asia/Seoul",
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Seoul",
        "BEGIN:STANDARD",
        "DTSTART:19890101T000000",
        "TZNAME:KST",
        "TZOFFSETFROM:+0900",
        "TZOFFSETTO:+0900",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]
    start = lines.index("SUMMARY:Bilateral: Hostland – Khmerland – កម្ពុជា")
    code = Source(conference.scenario(), conference.plan()).codes["case-Alpha"]
    assert lines[start - 1 : start + 15] == [
        "BEGIN:VEVENT",
        "SUMMARY:Bilateral: Hostland – Khmerland – កម្ពុជា",
        "DTSTART;TZID=Asia/Seoul:20260205T100000",
        "DTEND;TZID=Asia/Seoul:20260205T103000",
        "DTSTAMP:20260120T093015Z",
        f"UID:{session_uid('demo', 'forum.example', 'case-Alpha')}",
        "SEQUENCE:3",
        "CATEGORIES:Bilateral",
        "CREATED:20260120T093015Z",
        rf"DESCRIPTION:Session {code}\nWorking language: English\nInterpretation: Khmer",
        "LAST-MODIFIED:20260120T093015Z",
        r"LOCATION:Room One\, East\, Harbour Hall",
        "ORGANIZER;CN=\"The 'Host' Office\":mailto:office@forum.example",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "END:VEVENT",
    ]


def test_a_session_is_the_same_entry_for_every_reader(tree: Path) -> None:
    entries: dict[str, set[bytes]] = {}
    for path in tree.rglob("*.ics"):
        for event in _events(path.read_bytes()):
            entries.setdefault(str(event["UID"]), set()).add(event.to_ical())
    assert len(entries) == 11
    assert {len(texts) for texts in entries.values()} == {1}


def test_nobody_is_invited_and_nothing_rings(tree: Path) -> None:
    names = {
        line.partition(":")[0].partition(";")[0]
        for path in tree.rglob("*.ics")
        for line in path.read_text().splitlines()
    }
    assert names & {"ATTENDEE", "VALARM", "RRULE", "DURATION", "CLASS", "URL", "BEGIN:VALARM"} == set()


def test_entries_stand_in_order_of_start_and_uid(tree: Path) -> None:
    events = _events((tree / "programme.ics").read_bytes())
    order = [(event.start, str(event["UID"])) for event in events]
    assert order == sorted(order)


def test_no_line_of_any_calendar_breaks_the_format(tree: Path) -> None:
    assert {path: faults(path.read_bytes()) for path in tree.rglob("*.ics")} == {
        path: [] for path in tree.rglob("*.ics")
    }


def _calendar(zone: str, start: datetime, summary: str = "Title") -> Calendar:
    event = Event(
        "1@forum.example", 0, MOMENT, MOMENT, start, start + timedelta(hours=1), summary, None, None, "Bilateral"
    )
    return Calendar("Name", zone, "Office", "a@forum.example", MOMENT, (event,))


def _events(content: bytes) -> list[icalendar.Event]:
    return [part for part in icalendar.Calendar.from_ical(content).walk("VEVENT") if isinstance(part, icalendar.Event)]


@pytest.mark.parametrize("month", [1, 3, 4, 7, 11, 12])
@pytest.mark.parametrize(
    "zone", ["Europe/Paris", "America/New_York", "Australia/Sydney", "Africa/Casablanca", "Asia/Kathmandu"]
)
def test_zones_are_described_so_that_a_reader_without_zone_data_agrees(zone: str, month: int) -> None:
    start = datetime(2026, month, 29, 22, 30, tzinfo=ZoneInfo(zone))
    content = calendar_file(_calendar(zone, start)).decode()
    event = vobject.readOne(
        content.replace(f"TZID={zone}:", f"TZID=x-{zone}:").replace(f"TZID:{zone}", f"TZID:x-{zone}")
    ).vevent
    assert event.dtstart.value.astimezone(UTC) == start.astimezone(UTC)


def test_a_conference_in_utc_needs_no_zone() -> None:
    content = calendar_file(_calendar("UTC", datetime(2026, 2, 5, 9, tzinfo=ZoneInfo("UTC")))).decode()
    assert "DTSTART:20260205T090000Z\r\n" in content
    assert "VTIMEZONE" not in content


def test_a_plan_made_two_years_ahead_describes_the_zone_until_then() -> None:
    start = datetime(2028, 7, 3, 9, tzinfo=ZoneInfo("Europe/Paris"))
    content = calendar_file(_calendar("Europe/Paris", start)).decode()
    assert "BEGIN:DAYLIGHT\r\nDTSTART:20280326T020000\r\n" in content


def test_a_change_to_summer_time_is_written_in_the_old_time_and_to_winter_time_too() -> None:
    lines = calendar_file(_calendar("Europe/Paris", datetime(2026, 7, 1, 9, tzinfo=ZoneInfo("Europe/Paris")))).decode()
    assert "BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\n" in lines
    assert "BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\n" in lines


def test_a_calendar_without_entries_is_still_a_calendar() -> None:
    empty = replace(_calendar("Asia/Seoul", datetime(2026, 2, 5, tzinfo=conference.SEOUL)), events=())
    assert [part.name for part in icalendar.Calendar.from_ical(calendar_file(empty)).subcomponents] == ["VTIMEZONE"]


def test_hostile_texts_come_back_as_they_were_without_control_characters() -> None:
    title = 'a; b, c\\n \\ "q" \x0b\x07<b>\u2028ZWSP\u200bend  '
    content = calendar_file(_calendar("Asia/Seoul", datetime(2026, 2, 5, 9, tzinfo=conference.SEOUL), summary=title))
    event = _events(content)[0]
    assert str(event["SUMMARY"]) == 'a; b, c\\n \\ "q" <b> ZWSP\u200bend'


def test_a_line_end_in_a_name_starts_no_line_of_its_own() -> None:
    calendar = replace(_calendar("Asia/Seoul", datetime(2026, 2, 5, 9, tzinfo=conference.SEOUL)), name="A\r\nX-EVIL:1")
    assert not any(line.startswith("X-EVIL") for line in calendar_file(calendar).decode().split("\r\n"))


def test_texts_are_composed() -> None:
    assert clean("Cafe\u0301\r\nb ") == "Café\nb"


def test_two_tellings_of_one_view_are_the_same_bytes() -> None:
    calendars = [delegation_agenda(Source(conference.scenario(), conference.plan()), "KOR").calendar for _ in range(2)]
    assert calendar_file(calendars[0]) == calendar_file(calendars[1])
