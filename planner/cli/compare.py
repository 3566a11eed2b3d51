"""The verb ``compare``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from planner import console
from planner.cli.answering import answering
from planner.cli.options import AsJson, Templates
from planner.cli.versions import given_versions, named_reader

_Version = "A folder that the planner wrote, or its plan.json."


def compare(
    old: Annotated[str, typer.Argument(metavar="OLD", help=f"The plan that readers had. {_Version}")],
    new: Annotated[str, typer.Argument(metavar="NEW", help=f"The plan that takes its place. {_Version}")],
    scenario: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="The scenario, where a plan has none beside it; given twice: that of OLD, then that of NEW.",
        ),
    ] = None,
    reader: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="READER",
            help="Tell only what this delegation, delegate or interpreter may know; an id, or for example delegation/KHM.",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE.html", help="Write a page instead of printing.")
    ] = None,
    templates: Templates = None,
    as_json: AsJson = False,
) -> None:
    """Tell what is new, moved and cancelled between two plans, per session, per delegation and per person.

    Example: planner compare before after --for KHM
    """
    with answering(as_json):
        from planner.agenda import Pair, change_notice, organiser_changes
        from planner.cli import compared
        from planner.repair import is_made_from

        versions = given_versions(old, new, scenario or [])
        pair = Pair(*versions)
        if is_made_from(versions[0][0], versions[1]):
            sys.stderr.write(
                f"{old} was made by changing {new}: give them the other way round to see what became of it.\n"
            )
        if reader is None:
            if output is not None:
                compared.write("changes.html.j2", organiser_changes(pair), output, templates, as_json)
            elif as_json:
                console.say_json(compared.comparison_data(pair.comparison))
            else:
                compared.show_comparison(pair.comparison)
            return
        view = change_notice(pair, named_reader(pair, reader))
        if output is not None and view is not None:
            compared.write("notice.html.j2", view, output, templates, as_json)
        elif as_json:
            console.say_json(compared.notice_data(view))
        else:
            compared.show_notice(view, reader)
