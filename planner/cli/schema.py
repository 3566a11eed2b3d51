"""The verb ``schema``."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from planner import console
from planner.cli.answering import answering


def schema(
    of: Annotated[
        Literal["scenario", "changes", "plan"],
        typer.Argument(metavar="[scenario|changes|plan]", help="Which file's schema."),
    ] = "scenario",
) -> None:
    """Print the JSON Schema of a scenario file, of a file of changes or of plan.json, for editors.

    Example: planner schema scenario > scenario.schema.json
    """
    with answering():
        from planner.schema import schema_text

        console.write(schema_text(of))
