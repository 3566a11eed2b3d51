"""The files of one entry, property by property, the bundles and the outbox."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
import vobject
from ical.calendar_stream import IcsCalendarStream

from planner.agenda import Reader, Source
from planner.errors import OutputError
from planner.plan import session_uid
from planner.render.ics_entry import published
from planner.render.ics_lint import faults, method_faults
from planner.render.invitations import cancellation_file, invitation_file
from planner.render.outbox import OUTBOX_FILES, bundle, outbox
from tests.calendars.history import Version, first, follow, history, scenario
from tests.calendars.reading import by_reader

ALPHA = session_uid("demo", "forum.example", "case-Alpha")
HEAD = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//planner//conference planner//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:{}",
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


@pytest.fixture(scope="module")
def out() -> Version:
    return first(scenario())


@pytest.fixture(scope="module")
def after(out: Version) -> Version:
    """case-Alpha is in another room without p-Korone; case-Bravo is cancelled."""
    placements = {item.session: item for item in out.plan.placements if item.session != "case-Bravo"}
    alpha = placements["case-Alpha"]
    update = {"room": "r2", "delegates": {"KOR": (), "KHM": ("p-Khmone",)}}
    return follow(out, placements | {"case-Alpha": alpha.model_copy(update=update)})


def lines(content: bytes) -> list[str]:
    """Return the unfolded lines of a file; its head must be that of all files of one entry."""
    found = content.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")
    method = next(line for line in found if line.startswith("METHOD:")).partition(":")[2]
    assert found[: len(HEAD)] == [line.format(method) for line in HEAD]
    return [method, *found[len(HEAD) :]]


def the(version: Version, had: Version | None, reader: str, uid: str) -> bytes:
    """Return the file that a reader gets of an entry."""
    (message,) = [item for item in by_reader(version, had)[reader] if item.uid == uid]
    return message.calendar


def test_a_change_is_a_request_to_this_reader_alone(out: Version, after: Version) -> None:
    code = Source(*after.pair).codes["case-Alpha"]
    assert lines(the(after, out, "delegation/KOR", ALPHA)) == [
        "REQUEST",
        "BEGIN:VEVENT",
        "SUMMARY:Bilateral: Hostland – Khmerland – កម្ពុជា",
        "DTSTART;TZID=Asia/Seoul:20260205T100000",
        "DTEND;TZID=Asia/Seoul:20260205T103000",
        "DTSTAMP:20260121T093015Z",
        f"UID:{ALPHA}",
        "SEQUENCE:1",
        "ATTENDEE;CN=Hostland;CUTYPE=GROUP;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:kor@missions.example",
        "CATEGORIES:Bilateral",
        "CREATED:20260120T093015Z",
        rf"DESCRIPTION:Session {code}\nWorking language: English\nInterpretation: Khmer",
        "LAST-MODIFIED:20260121T093015Z",
        r"LOCATION:Room Two\, West\, Harbour Hall",
        "ORGANIZER;CN=\"The 'Host' Office\":mailto:office@forum.example",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_a_person_is_asked_as_a_person(out: Version) -> None:
    content = the(out, None, "interpreter/i-km", ALPHA)
    assert [line for line in lines(content) if line.startswith("ATTENDEE")] == [
        "ATTENDEE;CN=Interpkm;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:i.km@people.example"
    ]


def test_without_an_address_the_entry_is_published_and_nobody_is_asked(out: Version, after: Version) -> None:
    asked, published = (lines(the(after, out, f"delegation/{name}", ALPHA)) for name in ("KOR", "KHM"))
    assert published[0] == "PUBLISH"
    assert published[1:] == [line for line in asked[1:] if not line.startswith("ATTENDEE")]


def test_a_cancelled_session_is_taken_back_as_it_was_told(out: Version, after: Version) -> None:
    bravo = session_uid("demo", "forum.example", "case-Bravo")
    assert lines(the(after, out, "delegation/JPN", bravo)) == [
        "CANCEL",
        "BEGIN:VEVENT",
        "SUMMARY:Bilateral: Hostland – Sunland",
        "DTSTART;TZID=Asia/Seoul:20260205T100000",
        "DTEND;TZID=Asia/Seoul:20260205T103000",
        "DTSTAMP:20260121T093015Z",
        f"UID:{bravo}",
        "SEQUENCE:1",
        "ATTENDEE;CN=Sunland;CUTYPE=GROUP;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:jpn@missions.example",
        "CREATED:20260120T093015Z",
        "LAST-MODIFIED:20260121T093015Z",
        r"LOCATION:Room Two\, West\, Harbour Hall",
        "ORGANIZER;CN=\"The 'Host' Office\":mailto:office@forum.example",
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_who_leaves_a_session_is_not_told_whether_it_goes_on(out: Version, after: Version) -> None:
    """The old room stands in it, as this reader was never told of the new one."""
    found = lines(the(after, out, "delegate/p-Korone", ALPHA))
    assert found[0] == "CANCEL"
    assert [line for line in found if line.startswith(("STATUS", "SEQUENCE", "LOCATION"))] == [
        "SEQUENCE:1",
        r"LOCATION:Room One\, East\, Harbour Hall",
        "STATUS:CANCELLED",
    ]


def test_who_leaves_and_has_no_address_gets_a_cancellation_that_any_program_understands(out: Version) -> None:
    placements = {item.session: item for item in out.plan.placements}
    alpha = placements["case-Alpha"].model_copy(update={"teams": {"KOR": 1}, "delegates": {"KOR": ()}})
    gone = follow(out, placements | {"case-Alpha": alpha})
    found = lines(the(gone, out, "delegation/KHM", ALPHA))
    assert [line for line in found if line.startswith(("STATUS", "SEQUENCE", "ATTENDEE"))] == [
        "SEQUENCE:1",
        "STATUS:CANCELLED",
    ]


def test_what_remains_of_a_cancelled_session_in_an_agenda(out: Version) -> None:
    gone = follow(out, {item.session: item for item in out.plan.placements if item.session != "case-Bravo"})
    source = Source(*gone.pair)
    (event,) = source.entries.cancelled("delegation/JPN")
    found = published(event, "Office", "office@forum.example").replace(b"\r\n ", b"").decode().split("\r\n")
    assert found == [
        "BEGIN:VEVENT",
        "SUMMARY:CANCELLED: Bilateral: Hostland – Sunland",
        "DTSTART;TZID=Asia/Seoul:20260205T100000",
        "DTEND;TZID=Asia/Seoul:20260205T103000",
        "DTSTAMP:20260121T093015Z",
        f"UID:{session_uid('demo', 'forum.example', 'case-Bravo')}",
        "SEQUENCE:1",
        "CREATED:20260120T093015Z",
        "LAST-MODIFIED:20260121T093015Z",
        r"LOCATION:Room Two\, West\, Harbour Hall",
        "ORGANIZER;CN=Office:mailto:office@forum.example",
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "",
    ]


@pytest.mark.parametrize("seed", [0, 1])
def test_every_file_passes_the_checks_and_two_unrelated_readers(seed: int) -> None:
    had = None
    for version in history(seed):
        for found in by_reader(version, had).values():
            for message in found:
                assert faults(message.calendar) == []
                assert method_faults(message.calendar) == []
                (event,) = IcsCalendarStream.calendar_from_ics(message.calendar.decode()).events
                other = vobject.readOne(message.calendar.decode()).vevent
                assert (event.uid, event.sequence) == (message.uid, message.sequence)
                assert (other.uid.value, int(other.sequence.value)) == (message.uid, message.sequence)
                assert (event.dtstart, event.dtend) == (other.dtstart.value, other.dtend.value)
        had = version


def test_a_cancellation_with_sequence_0_is_never_written(out: Version) -> None:
    source = Source(*out.pair)
    event = source.events()["case-Alpha"]
    reader = Reader("delegation/KOR", "delegations/KOR", "Hostland", "kor@missions.example", is_group=True)
    with pytest.raises(OutputError, match="SEQUENCE 0 of what is cancelled"):
        cancellation_file(source.bare_calendar("Hostland", (event,)), event, reader)


def test_names_with_line_ends_and_quotes_start_no_line_of_their_own(out: Version) -> None:
    source = Source(*out.pair)
    event = source.events()["case-Alpha"]
    reader = Reader("delegate/x", "delegates/x", 'A "B"; C\r\nX-EVIL:1', "x@y.example", is_group=False)
    content = invitation_file(source.bare_calendar("x", (event,)), event, reader)
    assert not any(line.startswith("X-EVIL") for line in lines(content))
    assert vobject.readOne(content.decode()).vevent.attendee.params["CN"] == ["A 'B'; C X-EVIL:1"]


def test_a_bundle_holds_exactly_the_messages_of_its_reader_in_their_order(out: Version, after: Version) -> None:
    files = outbox(*after.pair, out.pair)
    for reader, found in by_reader(after, out).items():
        kind, _, name = reader.partition("/")
        below = f"{kind}s/{name}/" if name else ""
        with zipfile.ZipFile(io.BytesIO(files[f"{below}updates.zip"])) as archive:
            assert archive.testzip() is None
            held = {entry: archive.read(entry) for entry in archive.namelist()}
        expected = {f"{at:04}-{item.kind}.ics": item.calendar for at, item in enumerate(found, 1)}
        assert held == expected
        assert {f"{below}updates/{entry}": content for entry, content in expected.items()}.items() <= files.items()
        drafts = [f"outbox/{below}{at:04}-{item.kind}.eml" for at, item in enumerate(found, 1) if name]
        assert [path for path in files if path.startswith(f"outbox/{below}") and name] == drafts


def test_readers_for_whom_nothing_changed_get_no_files(out: Version, after: Version) -> None:
    files = outbox(*after.pair, out.pair)
    assert [path for path in files if "POL-X" in path or "THA" in path or "p-Khmtwo" in path] == []
    assert outbox(*after.pair, after.pair) == {}


def test_the_names_of_all_files_are_those_that_are_announced_and_tell_of_no_session(
    out: Version, after: Version
) -> None:
    for files in (outbox(*out.pair, None), outbox(*after.pair, out.pair)):
        assert [path for path in files if not re.fullmatch(OUTBOX_FILES, path)] == []
        assert [path for path in files if "case" in path or "Alpha" in path] == []


def test_the_same_versions_give_the_same_bytes(out: Version, after: Version) -> None:
    assert outbox(*after.pair, out.pair) == outbox(*after.pair, out.pair)
    assert bundle({"a": b"1"}) == bundle({"a": b"1"})
    assert bundle({"a": b"1"}) != bundle({"a": b"2"})


def test_endings_come_first_and_the_rest_by_start() -> None:
    had = None
    for version in history(3):
        for found in by_reader(version, had).values():
            order = []
            for message in found:
                start = vobject.readOne(message.calendar.decode()).vevent.dtstart.value
                order.append((message.kind != "cancellation", start, message.uid))
            assert order == sorted(order)
        had = version
