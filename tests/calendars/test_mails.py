"""Mail drafts: what stands in them, and that nothing can be smuggled into their heads."""

from __future__ import annotations

import email
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage, Message
from typing import Any

import pytest

from planner.messages import Message as Told
from planner.render import mail
from planner.scenario import Organiser
from tests.calendars.history import Version, first, follow, history, scenario
from tests.calendars.reading import by_reader

OFFICE = Organiser(name='The "Host" Office', mail="office@forum.example")
MOMENT = datetime(2026, 2, 5, 4, 5, tzinfo=UTC)


def told(**changes: Any) -> Told:
    fields = {
        "reader": "delegate/p-1",
        "to": "p.1@people.example",
        "kind": "update",
        "uid": "1234@forum.example",
        "sequence": 3,
        "subject": "Changed: Bilateral: Hostland – Khmerland – កម្ពុជា",
        "text": "One line\nwith កម្ពុជា\n",
        "calendar": "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nX:កម្ពុជា\r\nEND:VCALENDAR\r\n".encode(),
        **changes,
    }
    return Told(**fields)


def read(found: EmailMessage) -> Message:
    """Return a mail as the older parser of the standard library reads it, which shares no policy with the writer."""
    return email.message_from_bytes(found.as_bytes(), policy=policy.compat32)


def parts(found: Message) -> list[Message]:
    """Return the parts of a mail of several."""
    return list(found.walk())[1:]


def test_the_head_of_a_mail() -> None:
    found = email.message_from_bytes(mail(told(), OFFICE, MOMENT).as_bytes(), policy=policy.default)
    assert {name: str(value) for name, value in found.items() if name != "Content-Type"} == {
        "From": '"The \\"Host\\" Office" <office@forum.example>',
        "To": "p.1@people.example",
        "Subject": "Changed: Bilateral: Hostland – Khmerland – កម្ពុជា",
        "Date": "Thu, 05 Feb 2026 04:05:00 +0000",
        "Message-ID": "<7d599cc7-48af-5452-bf9a-b0e0d0f15f6a@forum.example>",
        "MIME-Version": "1.0",
    }


def test_a_mail_is_a_text_and_a_calendar_that_programs_take_up() -> None:
    found = read(mail(told(), OFFICE, MOMENT))
    assert found.get_content_type() == "multipart/alternative"
    text, calendar = parts(found)
    assert (text.get_content_type(), text.get_content_charset()) == ("text/plain", "utf-8")
    assert text.get_payload(decode=True) == told().text.replace("\n", "\r\n").encode()
    assert dict(calendar.get_params() or []) == {"text/calendar": "", "method": "REQUEST", "charset": "utf-8"}
    assert calendar.get_filename() == "invite.ics"
    assert calendar.get_payload(decode=True) == told().calendar


def test_the_method_of_the_part_is_that_of_its_file_and_the_bytes_arrive() -> None:
    had, methods = None, set()
    for version in history(0):
        for found in by_reader(version, had).values():
            for message in found:
                _, calendar = parts(read(mail(message, version.scenario.conference.organiser, MOMENT)))
                assert calendar.get_payload(decode=True) == message.calendar
                method = str(calendar.get_param("method"))
                assert f"METHOD:{method}\r\n".encode() in message.calendar
                methods.add((message.kind, method))
        had = version
    assert methods == {
        ("invitation", "REQUEST"),
        ("invitation", "PUBLISH"),
        ("update", "REQUEST"),
        ("update", "PUBLISH"),
        ("cancellation", "CANCEL"),
    }


def test_a_message_id_is_that_of_reader_entry_and_sequence_and_of_nothing_else() -> None:
    def name(**changes: Any) -> str:
        return str(mail(told(**changes), OFFICE, MOMENT)["Message-ID"])

    assert name() == name(subject="Another", text="another", calendar=b"METHOD:CANCEL\r\n")
    different = [name(), name(reader="delegate/p-2"), name(uid="5678@forum.example"), name(sequence=4)]
    assert len(set(different)) == len(different)


def test_the_same_message_gives_the_same_bytes() -> None:
    assert mail(told(), OFFICE, MOMENT).as_bytes() == mail(told(), OFFICE, MOMENT).as_bytes()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b"])
def test_a_line_end_in_a_subject_starts_no_head_of_its_own(end: str) -> None:
    found = read(mail(told(subject=f"Changed{end}Bcc: spy@evil.example"), OFFICE, MOMENT))
    assert found["Bcc"] is None
    assert found["Subject"] == "Changed Bcc: spy@evil.example"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_end_in_a_name_starts_no_head_of_its_own(end: str) -> None:
    office = OFFICE.model_copy(update={"name": f"Office{end}Bcc: spy@evil.example"})
    found = email.message_from_bytes(mail(told(), office, MOMENT).as_bytes(), policy=policy.default)
    assert found["Bcc"] is None
    assert found["From"].addresses[0].display_name == "Office Bcc: spy@evil.example"


@pytest.mark.parametrize("address", ["a@b.example\nBcc: c@d.example", "a\r\n@b.example"])
def test_a_line_end_in_an_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="CR or LF"):
        mail(told(to=address), OFFICE, MOMENT)


def test_a_comma_in_an_address_makes_no_second_recipient() -> None:
    found = email.message_from_bytes(
        mail(told(to="a@b.example, c@d.example"), OFFICE, MOMENT).as_bytes(), policy=policy.default
    )
    assert len(found["To"].addresses) == 1


def test_names_and_addresses_of_all_scripts_arrive() -> None:
    office = Organiser(name="주최국 사무국, កម្ពុជា", mail="office@bücher.example")
    found = email.message_from_bytes(mail(told(), office, MOMENT).as_bytes(), policy=policy.default)
    (sender,) = found["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("주최국 사무국, កម្ពុជា", "office@xn--bcher-kva.example")
    other = mail(told(to="jörg@people.example"), OFFICE, MOMENT)
    assert "To: jörg@people.example\r\n".encode() in other.as_bytes()


def test_a_message_without_an_address_is_a_draft_without_a_recipient() -> None:
    assert "To" not in mail(told(to=None), OFFICE, MOMENT)


def test_every_line_of_a_mail_is_short_and_ends_as_the_standard_asks() -> None:
    for line in mail(told(text="x" * 5000 + "\n"), OFFICE, MOMENT).as_bytes().split(b"\r\n"):
        assert len(line) <= 78
        assert b"\n" not in line
        assert b"\r" not in line


@pytest.fixture(scope="module")
def out() -> Version:
    return first(scenario())


def text_of(version: Version, had: Version, reader: str) -> list[tuple[str, str]]:
    return [(item.subject, item.text) for item in by_reader(version, had)[reader]]


def test_a_change_says_what_was_and_what_is(out: Version) -> None:
    placements = {item.session: item for item in out.plan.placements}
    alpha = placements["case-Alpha"]
    start, end = (datetime.fromisoformat(f"2026-02-06T11:{at}:00+09:00") for at in ("00", "30"))
    moved = alpha.model_copy(update={"start": start, "end": end, "room": "r2"})
    ((subject, text),) = text_of(follow(out, placements | {"case-Alpha": moved}), out, "delegation/KOR")
    assert subject == "Changed: Bilateral: Hostland – Khmerland – កម្ពុជា, 6 February 11:00"
    assert text.splitlines()[:8] == [
        "For: Hostland",
        "",
        "This has changed in your agenda.",
        "",
        "Bilateral: Hostland – Khmerland – កម្ពុជា",
        "When: Friday 6 February 2026, 11:00–11:30 (was: Thursday 5 February 2026, 10:00–10:30)",
        "Where: Room Two, West, Harbour Hall (was: Room One, East, Harbour Hall)",
        text.splitlines()[7],
    ]


def test_an_end_does_not_say_whether_the_session_goes_on_without_the_reader(out: Version) -> None:
    """To the byte: who leaves learns nothing more of it."""
    placements = {item.session: item for item in out.plan.placements}
    alone = placements["case-Alpha"].model_copy(update={"teams": {"KOR": 1}, "delegates": {"KOR": ()}})
    left = follow(out, placements | {"case-Alpha": alone})
    cancelled = follow(out, {name: item for name, item in placements.items() if name != "case-Alpha"})
    (one,), (other,) = (by_reader(version, out)["delegation/KHM"] for version in (left, cancelled))
    assert one == other
    assert (one.subject.partition(":")[0], one.text.splitlines()[2]) == (
        "Cancelled",
        "This is no longer in your agenda.",
    )
