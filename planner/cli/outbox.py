"""The verb ``outbox``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner import console
from planner.cli.answering import answering
from planner.cli.options import AsJson, StoreFile

if TYPE_CHECKING:
    from planner.store.outbox import Waiting


def outbox(
    store: StoreFile,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Write the mails, as .eml files, into a new folder."),
    ] = None,
    reader: Annotated[
        str | None, typer.Option(metavar="READER", help="Only what waits for this reader, such as delegate/khm-1.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what readers still have to be told, in order for each reader.

    A message without an address is for handing over. What was being sent when a process ended is in doubt.

    Example: planner outbox seoul.store -o mails
    """
    with answering(as_json):
        from planner.store import Store
        from planner.store.drafts import write_drafts
        from planner.store.outbox import read_outbox

        messages = [message for message in read_outbox(Store(store)) if reader in (None, message.reader)]
        files = write_drafts(messages, output) if output is not None else []
        if as_json:
            told = {"messages": [_data(message) for message in messages]}
            console.say_json({**told, "folder": str(output) if output else None, "files": len(files)})
            return
        if messages:
            columns = ("message", "reader", "address", "state", "kind", "subject")
            console.show_rows(columns, [_row(message) for message in messages])
        for message in messages:
            if message.state not in ("waiting", "sending"):
                console.say(f"message {message.number} is {message.state}: {message.said}")
        by_hand = sum(message.recipient is None for message in messages)
        console.say(f"messages: {len(messages) - by_hand} to send, {by_hand} to hand over")
        if output is not None:
            console.say(f"{console.number(len(files), 'files')} in {output}")


def _row(message: Waiting) -> tuple[str, ...]:
    to = message.recipient or "-"
    return str(message.number), message.reader, to, message.state.value, message.kind, message.subject


def _data(message: Waiting) -> dict[str, Any]:
    return {
        "message": message.number,
        "version": message.version,
        "reader": message.reader,
        "to": message.recipient,
        "state": message.state.value,
        "said": message.said,
        "kind": message.kind,
        "uid": message.uid,
        "sequence": message.sequence,
        "subject": message.subject,
    }
