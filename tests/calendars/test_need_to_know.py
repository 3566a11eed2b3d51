"""What readers get after a change tells nobody of what is not theirs, neither by what is new nor by what is gone."""

from __future__ import annotations

import email
from email import policy
from itertools import pairwise
from pathlib import Path

import pytest

from planner.render import mail, render
from tests.calendars.history import Version, first, follow, history, scenario
from tests.calendars.reading import agenda_of, by_reader, readers
from tests.readers.leaks import find_leaks


def write(root: Path, version: Version, had: Version | None) -> None:
    """Write the texts of everything that readers get of a change, each reader's in the reader's folder."""
    found = by_reader(version, had)
    for reader in readers(version):
        kind, _, name = reader.partition("/")
        if not name:
            continue
        folder = root / f"{kind}s" / name
        folder.mkdir(parents=True)
        (folder / "agenda.ics").write_bytes(agenda_of(version, reader))
        for number, message in enumerate(found.get(reader, []), 1):
            (folder / f"{number}.ics").write_bytes(message.calendar)
            draft = mail(message, version.scenario.conference.organiser, version.plan.created_at)
            parsed = email.message_from_bytes(draft.as_bytes(), policy=policy.default)
            head = "\n".join(f"{key}: {value}" for key, value in parsed.items())
            (folder / f"{number}.eml.txt").write_text(f"{head}\n{message.text}")


@pytest.mark.parametrize("seed", [1, 5])
def test_no_file_tells_what_its_reader_may_know_neither_before_nor_after_the_change(tmp_path: Path, seed: int) -> None:
    versions = history(seed)
    for number, (had, version) in enumerate(pairwise(versions)):
        root = tmp_path / str(number)
        write(root, version, had)
        known = [set(find_leaks(*item.pair, root)) for item in versions[: number + 2]]
        assert set.intersection(*known) == set()


def test_a_secret_in_a_foreign_file_would_be_found(tmp_path: Path) -> None:
    out = first(scenario())
    write(tmp_path, out, None)
    path = tmp_path / "delegations" / "LAO" / "agenda.ics"
    path.write_bytes(path.read_bytes().replace(b"SUMMARY:", b"SUMMARY:Policebody "))
    assert find_leaks(*out.pair, tmp_path) == ["delegations/LAO/agenda.ics: delegation Policebody"]


def test_whoever_left_learns_nothing_of_what_became_of_the_session(tmp_path: Path) -> None:
    """POL-X leaves; then LAO joins, and the session moves to another room and an hour later."""
    out = first(scenario())
    placements = {item.session: item for item in out.plan.placements}
    charlie = placements["case-Charlie"]
    gone = charlie.model_copy(update={"teams": {"KHM": 1, "JPN": 1}, "delegates": {"KHM": (), "JPN": ()}})
    left = follow(out, placements | {"case-Charlie": gone})
    moved = gone.model_copy(
        update={
            "teams": {"KHM": 1, "JPN": 1, "LAO": 1},
            "delegates": {"KHM": (), "JPN": (), "LAO": ()},
            "room": "r1",
            "table": None,
        }
    )
    later = follow(left, placements | {"case-Charlie": moved})
    assert "delegation/POL-X" in by_reader(later, out)
    assert "delegation/POL-X" not in by_reader(later, left)
    for had in (out, left):
        files = [agenda_of(later, "delegation/POL-X")]
        for message in by_reader(later, had).get("delegation/POL-X", []):
            files += [message.calendar, message.text.encode(), message.subject.encode()]
        text = b"\n".join(files).replace(b"\r\n ", b"")
        assert b"Hall of Tables" in text
        assert [word for word in (b"Farawayland", b"Room One") if word in text] == []
    joined = by_reader(later, left)["delegation/LAO"]
    assert [message.kind for message in joined] == ["invitation"]
    assert b"Policebody" not in b"".join(message.calendar + message.text.encode() for message in joined)


def test_whoever_left_does_not_learn_that_the_session_was_cancelled_later() -> None:
    """What is told to somebody who skipped a version is, to the byte, what was told at the time."""
    out = first(scenario())
    placements = {item.session: item for item in out.plan.placements}
    alone = placements["case-Delta.THA"].model_copy(update={"teams": {"JPN": 1}, "delegates": {"JPN": ()}})
    left = follow(out, placements | {"case-Delta.THA": alone})
    cancelled = follow(left, {name: item for name, item in placements.items() if name != "case-Delta.THA"})
    (then,), (later,) = (by_reader(version, out)["delegation/THA"] for version in (left, cancelled))
    assert then == later
    assert then.subject.startswith("Cancelled: ")


def test_mail_addresses_stand_in_invitations_of_their_owner_and_in_nothing_else(tmp_path: Path) -> None:
    out = first(scenario())
    render(*out.pair, tmp_path / "out")
    addresses = [mail.encode() for mail in readers(out).values() if mail]
    assert len(addresses) > 5
    of_organiser = tmp_path / "out" / "scenario.yaml"
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert {path for path in files for address in addresses if address in path.read_bytes()} == {of_organiser}
    for reader, found in by_reader(out, None).items():
        for message in found:
            text = message.calendar.replace(b"\r\n ", b"") + message.text.encode() + message.subject.encode()
            own = readers(out)[reader]
            assert [address for address in addresses if address in text] == ([own.encode()] if own else [])
