"""The program: its verbs, in the order in which help lists them. A new verb is a module, and a line of ``VERBS``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

import planner
from planner import console
from planner.cli.check import check
from planner.cli.compare import compare
from planner.cli.demo import demo
from planner.cli.explain import explain
from planner.cli.impact import impact
from planner.cli.import_ import import_
from planner.cli.log import log
from planner.cli.outbox import outbox
from planner.cli.publish import publish
from planner.cli.render import render
from planner.cli.replan import replan
from planner.cli.rules import rules
from planner.cli.schema import schema
from planner.cli.send import send
from planner.cli.sessions import sessions
from planner.cli.show import show
from planner.cli.solve import solve
from planner.cli.verify import verify

ENDED_BY_CTRL_C = 130

VERBS: dict[str, Callable[..., None]] = {
    "check": check,
    "sessions": sessions,
    "import": import_,
    "solve": solve,
    "demo": demo,
    "verify": verify,
    "render": render,
    "impact": impact,
    "replan": replan,
    "compare": compare,
    "explain": explain,
    "publish": publish,
    "log": log,
    "show": show,
    "outbox": outbox,
    "send": send,
    "rules": rules,
    "schema": schema,
}

app = typer.Typer(
    name="planner",
    help="From the cases that delegations share to a verified plan, agendas and calendars.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        console.say(f"planner {planner.__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


for _name, _verb in VERBS.items():
    app.command(_name)(_verb)


def run() -> None:
    """Run the verb that was asked for.

    Raises:
        KeyboardInterrupt: also when Typer answers it, which it does when no verb is running yet, or any more.
    """
    console.prepare_streams()
    try:
        app()
    except SystemExit as ended:
        if ended.code == ENDED_BY_CTRL_C:
            raise KeyboardInterrupt from None
        raise
