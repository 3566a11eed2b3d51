"""The common changes as options, shared by the verbs that take a file of changes, and the moment of a change."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.errors import InputError

if TYPE_CHECKING:
    from planner.changes import Changes
    from planner.plan import Plan
    from planner.scenario import Scenario

_SPAN = "From now on, or for the rest, if a time is left out. Repeatable."

ChangesFile = Annotated[
    str | None, typer.Argument(metavar="CHANGES", help="What changes, a YAML file; - reads it from stdin.")
]
Now = Annotated[
    str,
    typer.Option(
        metavar="TIME",
        help="The moment, as the clock at the venue shows it: 2026-02-05T13:05. What has started by then stays as it is.",
    ),
]
Late = Annotated[
    list[str] | None,
    typer.Option("--late", metavar="DELEGATION=TIME", help="A delegation arrives late. Repeatable."),
]
LeavesEarly = Annotated[
    list[str] | None,
    typer.Option("--leaves-early", metavar="DELEGATION=TIME", help="A delegation leaves early. Repeatable."),
]
Withdraws = Annotated[
    list[str] | None,
    typer.Option("--withdraws", metavar="DELEGATION", help="A delegation leaves the conference now. Repeatable."),
]
TeamAway = Annotated[
    list[str] | None,
    typer.Option("--team-away", metavar="DELEGATION/TEAM[=FROM[..TO]]", help=f"A team is away. {_SPAN}"),
]
DelegateAway = Annotated[
    list[str] | None,
    typer.Option("--delegate-away", metavar="DELEGATE[=FROM[..TO]]", help=f"A person is called away. {_SPAN}"),
]
InterpreterAway = Annotated[
    list[str] | None,
    typer.Option("--interpreter-away", metavar="INTERPRETER[=FROM[..TO]]", help=f"An interpreter is ill. {_SPAN}"),
]
RoomLost = Annotated[
    list[str] | None,
    typer.Option(
        "--room-lost", metavar="ROOM[/FEATURE][=FROM[..TO]]", help=f"A room is lost, or a feature of it. {_SPAN}"
    ),
]
Unpin = Annotated[
    list[str] | None, typer.Option("--unpin", metavar="SESSION", help="A pinned session may move again. Repeatable.")
]
Cancel = Annotated[
    list[str] | None, typer.Option("--cancel", metavar="SESSION", help="A session is not held. Repeatable.")
]
Move = Annotated[
    list[str] | None,
    typer.Option("--move", metavar="SESSION=TIME[@ROOM]", help="A session is held at another time. Repeatable."),
]


def given_now(now: str) -> datetime:
    """Return the moment of a change.

    Raises:
        InputError: when it is no date and time to the minute.
    """
    try:
        moment = datetime.fromisoformat(now)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is not None or moment.second or moment.microsecond or len(now) < 16:
        raise InputError(
            f"--now {now!r} is no date and time to the minute as the clock at the venue shows it.",
            hint="Write for example 2026-02-05T13:05.",
        )
    return moment


def changes_of(file: str | None, scenario: Scenario, plan: Plan, now: datetime, **options: list[str] | None) -> Changes:
    """Return the changes that a file and options give, each checked against the scenario and its plan.

    Args:
        file: a path, ``-`` for stdin, or None when there are options only.
        scenario: the one that the plan was made from.
        plan: what people were told.
        now: the moment, see ``given_now``.
        options: by the names of the verb's parameters: ``late``, ``leaves_early`` and so on.

    Raises:
        InputError: with everything that is wrong with them.
    """
    from planner.changes_file import given_changes, parse_changes, read_changes

    given = [(f"--{name.replace('_', '-')}", value) for name, values in options.items() for value in values or ()]
    if file is None:
        return given_changes(scenario, plan, now, given)
    if file == "-":
        return parse_changes(sys.stdin.buffer.read(), "stdin", scenario, plan, now, given)
    return read_changes(Path(file), scenario, plan, now, given)
