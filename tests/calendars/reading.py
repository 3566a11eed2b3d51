"""What a reader gets of a version: the agenda's calendar, the bundle of changes, and the messages."""

from __future__ import annotations

import io
import zipfile
from functools import cache

from planner import agenda
from planner.agenda import Source
from planner.messages import Message
from planner.render import messages
from planner.render.ics import calendar_file
from planner.render.outbox import outbox
from tests.calendars.client import Client, Known
from tests.calendars.history import Version

FOLDERS = {"delegation": "delegations", "delegate": "delegates", "interpreter": "interpreters"}


def readers(version: Version) -> dict[str, str | None]:
    """Return mail addresses by reader; the organiser has none."""
    given = version.scenario
    found = {f"delegation/{item.id}": item.mail for item in given.delegations}
    found |= {f"delegate/{who.id}": who.mail for item in given.delegations for who in item.delegates}
    found |= {f"interpreter/{item.id}": item.mail for item in given.interpreters}
    return found | {"organiser": None}


@cache
def agenda_of(version: Version, reader: str) -> bytes:
    """Return the calendar file of a reader's whole agenda."""
    source = _source(version)
    kind, _, name = reader.partition("/")
    match kind:
        case "delegation":
            return calendar_file(agenda.delegation_agenda(source, name).calendar)
        case "delegate":
            return calendar_file(agenda.delegate_agenda(source, name).calendar)
        case "interpreter":
            return calendar_file(agenda.interpreter_agenda(source, name).calendar)
        case "organiser":
            return calendar_file(agenda.organiser_programme(source).calendar)
        case _:
            return calendar_file(agenda.public_programme(source).calendar)


@cache
def fresh(version: Version, reader: str) -> dict[str, Known]:
    """Return what the agenda of a reader shows to somebody who imports nothing else, as far as it is not over."""
    client = Client(None)
    client.receive(agenda_of(version, reader))
    return client.live(version.now)


@cache
def _source(version: Version) -> Source:
    return Source(*version.pair)


@cache
def bundles(version: Version, had: Version | None) -> dict[str, list[bytes]]:
    """Return the files of every reader's bundle, in its order."""
    files = outbox(*version.pair, had.pair if had else None)
    found = {}
    for reader in readers(version):
        kind, _, name = reader.partition("/")
        path = f"{FOLDERS[kind]}/{name}/updates.zip" if name else "updates.zip"
        if path in files:
            with zipfile.ZipFile(io.BytesIO(files[path])) as archive:
                found[reader] = [archive.read(entry) for entry in sorted(archive.namelist())]
    return found


@cache
def by_reader(version: Version, had: Version | None) -> dict[str, list[Message]]:
    """Return the messages of every reader, in their order."""
    found: dict[str, list[Message]] = {}
    for message in messages(*version.pair, had.pair if had else None):
        found.setdefault(message.reader, []).append(message)
    return found
