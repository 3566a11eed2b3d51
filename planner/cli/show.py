"""The verb ``show``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from planner import console
from planner.cli.answering import answering
from planner.cli.log import entry_data
from planner.cli.options import AsJson, StoreFile, Templates
from planner.errors import InputError


def show(
    store: StoreFile,
    number: Annotated[
        int | None, typer.Argument(metavar="N", help="Number of the version; the published one if left out.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Write what every reader gets into this folder."),
    ] = None,
    part: Annotated[
        Literal["scenario", "plan", "changes"] | None,
        typer.Option(metavar="PART", help="Print this file of the version, as it is stored, instead."),
    ] = None,
    templates: Templates = None,
    as_json: AsJson = False,
) -> None:
    """Show a version of the store, print one of its files, or write its folder.

    Example: planner show seoul.store 2 -o version-2
    """
    with answering(as_json):
        from planner import workflow
        from planner.store import Store, contents, log_of, published, version_of

        with Store(store).reading() as session:
            holds = published(session)
            if number is None and holds is None:
                raise InputError(
                    "No version is published.", hint="Give the number of a version; planner log lists them."
                )
            version = holds.version if holds and number is None else version_of(session, number or 0)
            entries = [entry for entry in log_of(session) if entry.version == version]
        if part is not None:
            text = {"scenario": version.scenario, "plan": version.plan, "changes": version.changes}[part]
            if text is None:
                raise InputError(f"Version {version.number} was made from scratch: it has no changes.")
            console.write(text)
            return
        held = contents(version)
        files: list[Path] = []
        if output is not None:
            _, files = workflow.publish(held.scenario, held.plan, output, templates)
        if as_json:
            log = [entry_data(entry) for entry in entries]
            is_published = holds is not None and holds.version == version
            plan = console.plan_data(held.plan, output, files)
            console.say_json({"version": version.number, "published": is_published, "log": log, "plan": plan})
            return
        for entry in entries:
            console.say(
                f"version {version.number} was {entry.deed} by {entry.by} on {entry.at:%Y-%m-%d at %H:%M UTC}: {entry.why}"
            )
        console.show_plan(held.plan, output, files)
