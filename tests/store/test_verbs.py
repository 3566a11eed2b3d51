"""The verbs over a store: what they print, how they end, and that no password is ever shown."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from planner.store import Store, publish, read_outbox
from planner.store.sole_sender import sole_sender
from tests.cli.running import answer, contents, process, run
from tests.store.conference import afresh, first, publish_first, publish_second, second, signed, write_folder
from tests.store.post_office import CLOSE, Office, opened, opened_in_secret

STAMP = ("--stamp", "2026-01-20T18:00:00+09:00")
ANA = ("--by", "Ana", "--why", "First plan", *STAMP)
EVA = ("--by", "Eva", "--why", "Asked Jo")
SECRET = "wrong-horse-battery"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the verbs run in, with the first plan in ``one``, the second in ``two``, another one in ``other``."""
    monkeypatch.chdir(tmp_path)
    for name, submission in (("one", first()), ("two", second()), ("other", afresh())):
        write_folder(tmp_path / name, submission)
    return tmp_path


@pytest.fixture
def store(here: Path) -> Path:
    """A store in which the first plan is published."""
    return publish_first(here / "x.store").path


@pytest.fixture
def office() -> Iterator[Office]:
    with opened(Office()) as at_work:
        yield at_work


def printed(*arguments: str | Path, code: int = 0) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (code, "")
    return result.stdout


def refused(*arguments: str | Path, code: int = 2) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    return result.stderr


@pytest.mark.usefixtures("here")
def test_publish_says_which_version_and_what_changed_and_what_waits() -> None:
    assert printed("publish", "x.store", "one", *ANA) == (
        "version 1 is published\n"
        "sessions: 3 new, 0 changed, 0 cancelled, 0 unchanged\n"
        "messages: 5 to send, 7 to hand over\n"
    )
    assert printed("publish", "x.store", "two", *ANA) == (
        "version 2 is published, after version 1\n"
        "sessions: 1 new, 1 changed, 1 cancelled, 1 unchanged\n"
        "its calendars have new numbers; write its folder by planner show x.store 2 -o DIR\n"
        "messages: 5 to send, 7 to hand over\n"
    )
    assert printed("publish", "x.store", "two", *ANA) == (
        "version 2 was published already, by Ana; nothing was done\nmessages: 5 to send, 7 to hand over\n"
    )


@pytest.mark.usefixtures("store")
def test_publish_tells_programs_the_same() -> None:
    assert answer("publish", "x.store", "two", *ANA, "--draft") == {
        "version": 2,
        "deed": "drafted",
        "already": False,
        "before": 1,
        "sessions": {"new": 1, "changed": 1, "cancelled": 1, "unchanged": 1},
        "waiting": 5,
        "handing_over": 7,
        "renumbered": False,
    }


@pytest.mark.usefixtures("store")
def test_publish_refuses_a_plan_of_another_base_with_exit_code_1() -> None:
    assert refused("publish", "x.store", "other", *ANA, code=1) == (
        "The plan was not made from version 1, which Ana published on 2026-01-20 at 09:00 UTC: First plan\n"
        "Look at it by planner show, and change that plan by planner replan; or publish yours in its place by --base 1.\n"
    )
    assert printed("publish", "x.store", "other", *ANA, "--base", "1").startswith(
        "version 2 is published, after version 1\n"
    )


@pytest.mark.usefixtures("here")
def test_publish_refuses_an_unsound_plan_with_what_the_verifier_found() -> None:
    result = run("publish", "x.store", "--scenario", "one/scenario.yaml", "--plan", "two/plan.json", *ANA)
    assert (result.exit_code, result.stdout.splitlines()[-1].partition(":")[0]) == (1, "not sound")
    assert not Path("x.store").exists()


@pytest.mark.usefixtures("here")
def test_publish_names_every_file_that_is_missing() -> None:
    Path("empty").mkdir()
    assert refused("publish", "x.store", "empty", *ANA) == (
        "What is to be published is not complete:\n"
        "  empty/scenario.yaml: file: the file cannot be read: No such file or directory.\n"
        "  empty/plan.json: file: the file cannot be read: No such file or directory.\n"
        "Give a folder that holds scenario.yaml and plan.json, or name the files by --scenario and --plan.\n"
    )


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "There is no plan to publish.\nGive a folder, or --scenario and --plan, or --again.\n"),
        (("one", "--again", "1"), "--again takes its plan from the store.\nGive no folder, file or --draft with it.\n"),
        (("--again", "1"), "There is no store x.store.\nplanner publish makes a store.\n"),
    ],
)
def test_publish_wants_one_plan(arguments: tuple[str, ...], said: str) -> None:
    assert refused("publish", "x.store", *arguments, *ANA) == said


def test_changes_of_the_folder_are_kept(here: Path) -> None:
    (here / "one" / "changes.yaml").write_text("late: KHM\n")
    printed("publish", "x.store", "one", *ANA)
    assert printed("show", "x.store", "--part", "changes") == "late: KHM\n"


@pytest.mark.usefixtures("here")
def test_log_lists_everything_that_was_done(store: Path) -> None:
    publish(Store(store), second(), signed("Ben", "Perhaps", 1), draft=True)
    assert [line.rstrip() for line in printed("log", "x.store").splitlines()] == [
        "version  deed       when (UTC)           by   why",
        "1        published  2026-01-20 09:00:00  Ana  First plan",
        "2        drafted    2026-01-21 09:00:00  Ben  Perhaps",
        "version 1 is published",
    ]
    told = answer("log", "x.store")
    assert (told["published"], [entry["base"] for entry in told["log"]]) == (1, [None, 1])


def test_show_writes_the_folder_of_a_version(store: Path) -> None:
    publish_second(Store(store))
    shown = printed("show", "x.store", "1", "-o", "old")
    assert shown.startswith(
        "version 1 was published by Ana on 2026-01-20 at 09:00 UTC: First plan\noptimal: 3 sessions held"
    )
    assert json.loads(Path("old/plan.json").read_text())["placements"][0]["start"] == "2026-02-05T09:00:00+09:00"
    assert answer("show", "x.store")["version"] == 2


@pytest.mark.usefixtures("store")
def test_show_prints_the_scenario_as_it_was_handed_in() -> None:
    assert printed("show", "x.store", "--part", "scenario") == Path("one/scenario.yaml").read_text()


@pytest.mark.usefixtures("store")
def test_show_tells_which_versions_there_are() -> None:
    assert refused("show", "x.store", "5") == (
        "The store has no version 5.\nIts versions are 1 to 1. planner log lists them.\n"
    )


@pytest.mark.usefixtures("store")
def test_outbox_lists_and_writes_what_waits() -> None:
    lines = printed("outbox", "x.store", "-o", "mails").splitlines()
    assert lines[0].split() == ["message", "reader", "address", "state", "kind", "subject"]
    assert lines[-2:] == ["messages: 5 to send, 7 to hand over", "12 files in mails"]
    assert len(contents(Path("mails"))) == 12
    told = answer("outbox", "x.store")["messages"]
    assert [(each["reader"], each["to"], each["state"]) for each in told][-2:] == [
        ("delegate/jo", "jo@jpn.example", "waiting"),
        ("delegate/rith", None, "waiting"),
    ]


def test_send_shows_what_it_would_send_unless_it_is_to_be_done_really(store: Path, office: Office) -> None:
    lines = printed("send", "x.store", "--smtp", f"127.0.0.1:{office.port}").splitlines()
    assert len([line for line in lines if "invitation" in line]) == 5
    assert lines[-2:] == [
        "5 messages would be sent; give --smtp and --really to send",
        "7 messages to hand over: planner outbox writes them; then give --settle",
    ]
    assert (office.commands, len(read_outbox(Store(store)))) == ([], 12)


@pytest.mark.usefixtures("store")
def test_send_sends_and_ends_with_0_when_everything_left(office: Office) -> None:
    result = run("send", "x.store", "--smtp", f"127.0.0.1:{office.port}", "--really")
    assert (result.exit_code, result.stdout.splitlines()[0], len(office.taken)) == (0, "5 messages sent", 5)
    assert len(result.stderr.splitlines()) == 5


@pytest.mark.usefixtures("store")
def test_send_names_what_is_in_doubt_and_ends_with_1(office: Office) -> None:
    office.on_text = {"jo@jpn.example": CLOSE + "!"}
    server = ("--smtp", f"127.0.0.1:{office.port}", "--really")
    result = run("send", "x.store", *server)
    assert result.exit_code == 1
    said = [line for line in result.stdout.splitlines() if "in doubt" in line]
    number = said[0].split()[1].rstrip(",")
    assert said[0].startswith(f"message {number}, invitation for delegate/jo at jo@jpn.example, is in doubt: ")
    assert "2 messages held back: look, then give --resend or --settle with --by and --why" in result.stdout
    assert refused("send", "x.store", "--resend", number).startswith("--by '' is no line of text.")
    told = answer("send", "x.store", "--resend", number, *EVA, *server)
    assert [each["state"] for each in told["decided"]] == ["waiting"]
    assert [each["state"] for each in told["sent"]] == ["sent", "sent"]


def test_what_was_refused_is_sent_again_by_reader(store: Path, office: Office) -> None:
    office.on_recipient = {"jo@jpn.example": "550 5.1.1 No such user!"}
    server = ("--smtp", f"127.0.0.1:{office.port}", "--really")
    assert answer("send", "x.store", *server, code=1)["free"] == []
    told = answer("send", "x.store", "--resend", "delegate/jo", *EVA, *server)
    assert ([each["reader"] for each in told["decided"]], len(told["sent"])) == (["delegate/jo"], 2)
    assert [each for each in read_outbox(Store(store)) if each.recipient is not None] == []


def test_what_was_handed_over_is_settled_by_reader(store: Path) -> None:
    printed("send", "x.store", "--settle", "delegate/rith", "--settle", "delegation/KHM", *EVA)
    assert [each for each in read_outbox(Store(store)) if each.reader in ("delegate/rith", "delegation/KHM")] == []
    assert refused("send", "x.store", "--settle", "delegate/rith", *EVA).startswith(
        "There is no such message of a reader 'delegate/rith'."
    )


@pytest.mark.usefixtures("store")
def test_a_server_that_is_not_there_ends_with_2() -> None:
    with opened(Office()) as other:
        port = other.port
    result = run("send", "x.store", "--smtp", f"127.0.0.1:{port}", "--really")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (2, "0 messages sent")
    assert result.stderr.startswith(f"The mail server 127.0.0.1:{port} cannot be used: Connection refused.")


def test_a_second_sender_is_told(store: Path, office: Office) -> None:
    with sole_sender(store):
        said = refused("send", "x.store", "--smtp", f"127.0.0.1:{office.port}", "--really")
    assert said.splitlines()[0] == "Another process is sending from x.store."


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--really",), "No mail server is given."),
        (("--smtp", "mail.example"), "--smtp 'mail.example' is no server."),
        (("--smtp", "mail.example:99999"), "--smtp 'mail.example:99999' is no server."),
        (("--starttls", "--tls"), "--starttls and --tls are two ways."),
        (("--user", "ana"), "--user and --password-file go together."),
        (("--user", "ana", "--password-file", "pw"), "The password would be sent for all to read."),
        (
            ("--smtp", "h:25", "--user", "ana", "--password-file", "gone", "--tls"),
            "The password file gone cannot be read: No such file or directory.",
        ),
        (("--settle", "99", *EVA), "There is no message 99."),
    ],
)
@pytest.mark.usefixtures("store")
def test_wrong_options_of_send_are_told(options: tuple[str, ...], said: str) -> None:
    assert refused("send", "x.store", *options).splitlines()[0] == said


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def _secret_office(authority: trustme.CA) -> tuple[Office, ssl.SSLContext]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return Office(), context


def _send_in_secret(office: Office, authority: trustme.CA, password: str) -> Any:
    Path("pw").write_text(f"{password}\n")
    Path("ca.pem").write_bytes(authority.cert_pem.bytes())
    options = ("--smtp", f"localhost:{office.port}", "--starttls", "--user", "ana", "--password-file", "pw", "--really")
    return process("send", "x.store", *options, SSL_CERT_FILE="ca.pem")


@pytest.mark.usefixtures("store")
def test_mails_and_password_go_in_secret(authority: trustme.CA) -> None:
    office, context = _secret_office(authority)
    with opened_in_secret(office, context):
        done = _send_in_secret(office, authority, "right")
    assert (done.returncode, office.logins, office.secret) == (0, [("ana", "right")], [True] * 5)


def test_a_password_that_is_refused_is_shown_nowhere(store: Path, authority: trustme.CA) -> None:
    office, context = _secret_office(authority)
    with opened_in_secret(office, context):
        done = _send_in_secret(office, authority, SECRET)
    assert (done.returncode, office.logins[0], office.taken) == (2, ("ana", SECRET), [])
    assert " does not let ana in: 535 " in done.stderr
    assert SECRET not in done.stdout + done.stderr
    assert SECRET.encode() not in store.read_bytes()


@pytest.mark.usefixtures("store")
def test_a_server_that_is_not_trusted_gets_no_password(authority: trustme.CA) -> None:
    office, context = _secret_office(authority)
    with opened_in_secret(office, context):
        done = _send_in_secret(office, trustme.CA(), "right")
    assert (done.returncode, office.logins, office.taken) == (2, [], [])
    assert " cannot be spoken to in secret: " in done.stderr


def test_the_database_is_loaded_by_the_verbs_that_need_it_alone(here: Path) -> None:
    code = "import sys, planner.cli; print(sorted({'sqlalchemy', 'smtplib', 'filelock'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=here)
    assert done.stdout == "[]\n"
