"""The verb ``send``."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from planner import console
from planner.cli import COULD_NOT_RUN
from planner.cli.answering import NEGATIVE, answering
from planner.cli.options import AsJson, StoreFile
from planner.errors import InputError

if TYPE_CHECKING:
    from planner.store import Store
    from planner.store.outbox import Waiting
    from planner.store.sending import Run, Step
    from planner.store.smtp import Server

_WHICH = "the number of a message, or a reader for all of this reader's; may be given several times."


def send(
    store: StoreFile,
    smtp: Annotated[str | None, typer.Option(metavar="HOST:PORT", help="The mail server.")] = None,
    user: Annotated[str | None, typer.Option(metavar="NAME", help="Whom to log in as.")] = None,
    password_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A file whose first line is the password of the user.")
    ] = None,
    starttls: Annotated[bool, typer.Option("--starttls", help="Speak in secret by STARTTLS, as on port 587.")] = False,
    tls: Annotated[bool, typer.Option("--tls", help="Speak in secret from the first byte, as on port 465.")] = False,
    really: Annotated[
        bool, typer.Option("--really", help="Send. Otherwise it is only shown what would be sent.")
    ] = False,
    resend: Annotated[
        list[str] | None,
        typer.Option(metavar="WHICH", help=f"Let what is in doubt or was refused be sent again: {_WHICH}"),
    ] = None,
    settle: Annotated[
        list[str] | None,
        typer.Option(metavar="WHICH", help=f"Take as received, and never send: {_WHICH}"),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who says so; with --resend and --settle.")
    ] = None,
    why: Annotated[str | None, typer.Option("--why", metavar="TEXT", help="Why; with --resend and --settle.")] = None,
    as_json: AsJson = False,
) -> None:
    """Send the outbox by mail, in order for each reader; without --really, show what would be sent.

    Run it again to go on after anything: nothing is sent twice. What was being sent when a process or a connection ended is in
    doubt: it and what is behind it waits until you say --resend or --settle, which the store notes at once. What the server
    refuses for now is tried again by the next run; what it refuses for good waits for --resend, --settle or a new plan. Only the
    reader concerned is held back.

    Example: planner send seoul.store --smtp mail.example:587 --starttls --user kim --password-file pw --really
    """
    with answering(as_json):
        from planner.store import Store

        opened = Store(store)
        server = _server(smtp, user, password_file, starttls=starttls, tls=tls)
        if really and server is None:
            raise InputError("No mail server is given.", hint="Give --smtp HOST:PORT.")
        decided = _decide(opened, resend or [], settle or [], by or "", why or "")
        run = _send(opened, server) if really and server is not None else None
        _tell(opened, decided, run, as_json)


def _server(
    smtp: str | None, user: str | None, password_file: Path | None, *, starttls: bool, tls: bool
) -> Server | None:
    from planner.store.smtp import Server

    if starttls and tls:
        raise InputError("--starttls and --tls are two ways.", hint="Give one of them.")
    if (user is None) != (password_file is None):
        raise InputError("--user and --password-file go together.", hint="Give both or none.")
    if user is not None and not (starttls or tls):
        raise InputError("The password would be sent for all to read.", hint="Give --starttls or --tls.")
    if smtp is None:
        return None
    found = re.fullmatch(r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<name>[^\s:\[\]/@]+)):(?P<port>\d{1,5})", smtp, re.ASCII)
    if found is None or not 0 < int(found["port"]) < 2**16:
        raise InputError(f"--smtp {smtp!r} is no server.", hint="Write for example mail.example:587.")
    security: Literal["none", "starttls", "tls"] = "starttls" if starttls else "tls" if tls else "none"
    password = None if password_file is None else _password(password_file)
    return Server(found["six"] or found["name"], int(found["port"]), security, user, password)


def _password(file: Path) -> str:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not in UTF-8"
        raise InputError(f"The password file {file} cannot be read: {reason}.") from None
    if not lines or not lines[0]:
        raise InputError(f"The first line of the password file {file} is empty.")
    return lines[0]


def _decide(store: Store, resent: Sequence[str], settled: Sequence[str], by: str, why: str) -> list[Step]:
    from planner.store import Signature
    from planner.store.outbox import read_outbox
    from planner.store.sending import resend, settle

    if not resent and not settled:
        return []
    signed = Signature(by, why, datetime.now(UTC).replace(microsecond=0))
    there = read_outbox(store)
    stuck = [message for message in there if message.state in ("in doubt", "refused")]
    done = settle(store, _numbers(there, settled), signed) if settled else []
    return done + (resend(store, _numbers(stuck, resent), signed) if resent else [])


def _numbers(messages: Sequence[Waiting], which: Sequence[str]) -> list[int]:
    """Return the numbers of messages that are named by number or by reader."""
    numbers = []
    for name in which:
        found = [int(name)] if name.isdecimal() else [each.number for each in messages if each.reader == name]
        if not found:
            raise InputError(f"There is no such message of a reader {name!r}.", hint="planner outbox lists what waits.")
        numbers += found
    return numbers


def _send(store: Store, server: Server) -> Run:
    from planner.store.sending import send
    from planner.store.smtp import Post

    def report(step: Step) -> None:
        sys.stderr.write(f"{_line(step)}\n")

    with Post(server) as post:
        return send(store, post, lambda: datetime.now(UTC), report)


def _line(step: Step) -> str:
    said = f": {step.said}" if step.state != "sent" else ""
    return f"message {step.number}, {step.kind} for {step.reader} at {step.recipient or 'no address'}, is {step.state}{said}"


def _tell(store: Store, decided: Sequence[Step], run: Run | None, as_json: bool) -> None:
    from planner.store.outbox import read_outbox

    left = read_outbox(store)
    steps = run.steps if run else ()
    if as_json:
        error = run.error.message if run and run.error else None
        console.say_json(
            {
                "really": run is not None,
                "decided": [vars(step) for step in decided],
                "sent": [vars(step) for step in steps],
                "error": error,
                "free": [message.number for message in left if message.free],
                "left": len(left),
            }
        )
    else:
        _say(decided, run, left)
    if run is not None and run.error is not None:
        if not as_json:
            console.tell_error(run.error)
        raise typer.Exit(COULD_NOT_RUN)
    if run is not None and any(message.recipient is not None for message in left):
        raise typer.Exit(NEGATIVE)


def _say(decided: Sequence[Step], run: Run | None, left: Sequence[Waiting]) -> None:
    for step in decided:
        console.say(_line(step))
    if run is None:
        free = [message for message in left if message.free]
        if free:
            rows = [(str(each.number), each.reader, each.recipient or "-", each.kind, each.subject) for each in free]
            console.show_rows(("message", "reader", "address", "kind", "subject"), rows)
        console.say(f"{console.number(len(free), 'messages')} would be sent; give --smtp and --really to send")
    else:
        console.say(f"{console.number(sum(step.state == 'sent' for step in run.steps), 'messages')} sent")
    for message in left:
        if message.state in ("in doubt", "refused") or (
            run is not None and message.state == "waiting" and message.said
        ):
            said = (
                f"message {message.number}, {message.kind} for {message.reader} at {message.recipient or 'no address'}"
            )
            console.say(f"{said}, is {message.state}: {message.said}")
    held = sum(message.recipient is not None and not message.free for message in left)
    by_hand = sum(message.recipient is None for message in left)
    if held:
        console.say(
            f"{console.number(held, 'messages')} held back: look, then give --resend or --settle with --by and --why"
        )
    if by_hand:
        console.say(
            f"{console.number(by_hand, 'messages')} to hand over: planner outbox writes them; then give --settle"
        )
