"""The verb ``import``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from planner import console
from planner.cli.answering import answering
from planner.cli.options import AsJson


def import_(
    form: Annotated[
        Literal["b2bsp"],
        typer.Argument(metavar="b2bsp", help="What the file is: an instance of the published B2B benchmark."),
    ],
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file, MiniZinc data; - reads it from stdin.")],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="The scenario file to write; - writes it to stdout.")
    ] = "-",
    fairness: Annotated[
        int, typer.Option(min=0, help="The largest difference allowed between the breaks of two participants.")
    ] = 2,
    as_json: AsJson = False,
) -> None:
    """Make a scenario of another program's file.

    Example: planner import b2bsp tic-12.original.dzn -o tic-12.yaml
    """
    with answering(as_json):
        from planner.importing.b2bsp import parse_instance, scenario_of
        from planner.importing.text import decoded, read_text
        from planner.scenario_file import scenario_text, write_scenario

        text = decoded(sys.stdin.buffer.read(), "stdin") if file == "-" else read_text(Path(file))
        name = "stdin" if file == "-" else file
        scenario = scenario_of(parse_instance(text, name), Path(name).stem, fairness)
        if output == "-":
            console.write(scenario_text(scenario))
            return
        write_scenario(scenario, Path(output))
        counts = {"delegations": len(scenario.delegations), "sessions": len(scenario.sessions)}
        if as_json:
            console.say_json({"scenario": output, **counts})
        else:
            said = ", ".join(console.number(count, things) for things, count in counts.items())
            console.say(f"{output} is written: {said}")
