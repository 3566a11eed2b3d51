"""Arguments and options that several verbs of the command line share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ScenarioFile = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="The scenario, a YAML file; - reads it from stdin.")
]
PlanFile = Annotated[str, typer.Argument(metavar="PLAN", help="A plan.json; - reads it from stdin.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Target = Annotated[
    str,
    typer.Option("--output", "-o", metavar="DIR", help="The folder to write; - writes plan.json to stdout instead."),
]
Folder = Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The folder to write.")]
Templates = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Your own templates; those it lacks are taken from the shipped ones."),
]
TimeLimit = Annotated[
    float,
    typer.Option(min=0.1, metavar="SECONDS", help="Wall-clock limit of the search; the best plan so far is kept."),
]
DeterministicLimit = Annotated[
    float | None,
    typer.Option(
        min=0.01,
        metavar="UNITS",
        help="Limit by CP-SAT's deterministic time instead: the same run gives the same plan.",
    ),
]
StoreFile = Annotated[Path, typer.Argument(metavar="STORE", help="The store of the conference, one file.")]
Seed = Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Seed of the search.")]
Workers = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=64,
        help="Workers of the search: by default 2, one that proves and one that improves; more improve. 1 does both in turn, "
        "as every run with a deterministic limit does.",
    ),
]
Stamp = Annotated[
    str | None,
    typer.Option(
        metavar="TIME",
        help="Moment that calendars give as their last change, ISO 8601 with offset. Otherwise SOURCE_DATE_EPOCH, or now, "
        "or with a deterministic limit the moment the scenario file was changed.",
    ),
]
