"""Calendars follow: whoever takes up all files has what a fresh import of the last agenda gives."""

from __future__ import annotations

import random

import pytest

from planner.solver.search import Effort
from planner.verify import verify
from tests.calendars.client import Client
from tests.calendars.history import Version, history
from tests.calendars.reading import agenda_of, bundles, by_reader, fresh, readers
from tests.replanning.chain import chain, first_version

SEEDS = range(6)


def test_the_histories_hold_every_kind_of_event_often() -> None:
    ledgers = [version.plan.revisions for seed in SEEDS for version in history(seed)]
    items = [item for ledger in ledgers for item in ledger]
    events = {
        "sessions cancelled": sum(item.cancelled and "/" not in item.entry for item in items),
        "sessions revived": sum(item.generation > 1 and "/" not in item.entry for item in items),
        "blocks cancelled": sum(item.cancelled and "/" in item.entry for item in items),
        "blocks revived": sum(item.generation > 1 and "/" in item.entry for item in items),
        "readers who left": sum(copy.left is not None for item in items for copy in item.copies),
        "readers who came back": sum(
            copy.left is None and not item.cancelled for item in items for copy in item.copies
        ),
        "of whom it was cancelled": sum(copy.left is None and item.cancelled for item in items for copy in item.copies),
    }
    assert {name for name, number in events.items() if number < 5} == set()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("forgets", [False, True])
def test_every_bundle_brings_every_reader_up_to_date(seed: int, forgets: bool) -> None:
    _follow_bundles(seed, forgets)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6, 60))
def test_bundles_of_many_more_histories_bring_every_reader_up_to_date(seed: int) -> None:
    _follow_bundles(seed, forgets=False)


def _follow_bundles(seed: int, forgets: bool) -> None:
    had = None
    clients: dict[str, Client] = {}
    for version in history(seed):
        found = bundles(version, had)
        for reader, mail in readers(version).items():
            client = clients.setdefault(reader, Client(mail, forgets))
            for content in found.get(reader, []):
                client.receive(content)
            assert client.live(version.now) == fresh(version, reader), reader
        had = version


@pytest.mark.parametrize("seed", SEEDS)
def test_a_reader_who_skips_versions_gets_what_was_missed(seed: int) -> None:
    rng = random.Random(seed)
    versions = history(seed)
    for reader, mail in readers(versions[0]).items():
        client, had = Client(mail), None
        for version in [item for item in versions if rng.random() < 0.4]:
            for message in by_reader(version, had).get(reader, []):
                client.receive(message.calendar)
            assert client.live(version.now) == fresh(version, reader), reader
            had = version


@pytest.mark.parametrize("seed", SEEDS)
def test_files_that_arrive_twice_change_nothing(seed: int) -> None:
    had = None
    clients: dict[str, Client] = {}
    for version in history(seed):
        for reader, found in by_reader(version, had).items():
            client = clients.setdefault(reader, Client(readers(version)[reader]))
            for message in found:
                client.receive(message.calendar)
            once = dict(client.known)
            for message in found:
                client.receive(message.calendar)
            assert client.known == once
        had = version


@pytest.mark.parametrize("seed", SEEDS)
def test_a_first_import_of_any_agenda_can_be_kept_up_by_messages(seed: int) -> None:
    """Somebody loads the whole agenda of one version and takes up messages from then on."""
    versions = history(seed)
    for start in (0, 4, 8):
        clients = {}
        for reader, mail in readers(versions[start]).items():
            clients[reader] = Client(mail)
            clients[reader].receive(agenda_of(versions[start], reader))
        for had, version in zip(versions[start:], versions[start + 1 :], strict=False):
            found = by_reader(version, had)
            for reader, client in clients.items():
                for message in found.get(reader, []):
                    client.receive(message.calendar)
                assert client.live(version.now) == fresh(version, reader), reader


@pytest.mark.parametrize("seed", SEEDS)
def test_a_message_is_sent_only_if_it_tells_something_new(seed: int) -> None:
    """Whoever keeps the calendar up to date is changed by every single message."""
    had = None
    clients: dict[str, Client] = {}
    for version in history(seed):
        for reader, found in by_reader(version, had).items():
            client = clients.setdefault(reader, Client(readers(version)[reader]))
            for message in found:
                before = dict(client.known)
                client.receive(message.calendar)
                assert client.known != before
        had = version


@pytest.mark.parametrize("seed", SEEDS)
def test_the_verifier_finds_every_ledger_in_order(seed: int) -> None:
    for version in history(seed):
        faults = verify(*version.pair).faults
        assert [fault for fault in faults if "ledger" in fault or "uid" in fault] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_looks_at_the_public_programme_again_sees_what_changed(seed: int) -> None:
    """SEQUENCE rises for the public as well, and what is cancelled stands in the programme until it is over."""
    client = Client(None)
    for version in history(seed):
        client.receive(agenda_of(version, "public"))
        assert client.live(version.now) == fresh(version, "public")


@pytest.mark.parametrize("seed", SEEDS)
def test_every_reader_who_loads_each_agenda_anew_is_up_to_date_too(seed: int) -> None:
    """A program that updates by import, or asks for the same file again, needs nothing but agendas."""
    clients: dict[str, Client] = {}
    for version in history(seed):
        for reader in readers(version):
            client = clients.setdefault(reader, Client(None))
            client.receive(agenda_of(version, reader))
            assert client.live(version.now) == fresh(version, reader), reader


@pytest.mark.parametrize("seed", range(3))
def test_calendars_follow_plans_that_are_really_changed(seed: int) -> None:
    """The small scenario, repaired ten times in a row; every reader takes up every bundle."""
    effort = Effort(time_limit=None, deterministic_limit=4.0, workers=1)
    first = first_version("small", effort)
    had = None
    clients: dict[str, Client] = {}
    for made in [first, *chain(first, seed, 10, effort)]:
        version = Version(made.scenario, made.plan)
        found = bundles(version, had)
        for reader, mail in readers(version).items():
            client = clients.setdefault(reader, Client(mail))
            for content in found.get(reader, []):
                client.receive(content)
            assert client.live(version.now) == fresh(version, reader), reader
        had = version
