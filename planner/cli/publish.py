"""The verb ``publish``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner import console
from planner.cli.answering import NEGATIVE, answering
from planner.cli.options import AsJson, StoreFile
from planner.cli.reading import given_moment
from planner.cli.telling import tell_report
from planner.errors import InputError

if TYPE_CHECKING:
    from planner.store import Publication, Submission


def publish(
    store: StoreFile,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who publishes.")],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Why, in one line; for the log.")],
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="FOLDER", help="What solve or replan wrote: plan.json, scenario.yaml, changes.yaml."),
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Store the plan beside the published one.")] = False,
    base: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help="The published version that the plan is to follow; needed when the plan was not made by changing it.",
        ),
    ] = None,
    again: Annotated[
        int | None,
        typer.Option(
            min=1, metavar="N", help="Publish a version of the store, a draft or an older one, instead of a folder."
        ),
    ] = None,
    scenario: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The scenario, if it is not scenario.yaml of the folder.")
    ] = None,
    plan: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The plan, if it is not plan.json of the folder.")
    ] = None,
    changes: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The changes that led here, if not changes.yaml of the folder.")
    ] = None,
    stamp: Annotated[
        str | None,
        typer.Option(
            metavar="TIME", help="The moment of publishing, ISO 8601 with offset. Otherwise SOURCE_DATE_EPOCH, or now."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Verify a plan, store it as a numbered version and publish it; what readers must be told waits in the outbox.

    All of it is done, or nothing. The first plan makes the store. A plan that was not made by changing the published one is
    refused, with who published that and when, unless --base names it. Nothing in the log is ever taken back.

    Example: planner publish seoul.store out --by "Min-ji Kim" --why "Cambodia's flight is late"
    """
    with answering(as_json):
        from planner.store import OvertakenError, Signature, Store, UnsoundSubmissionError, publish_again
        from planner.store import publish as publish_plan

        signed = Signature(by, why, given_moment(stamp, "-", reproducible=False))
        try:
            if again is not None:
                if folder or scenario or plan or changes or draft:
                    raise InputError(
                        "--again takes its plan from the store.", hint="Give no folder, file or --draft with it."
                    )
                done = publish_again(Store(store), again, signed, base=base)
            else:
                submission = _read(folder, scenario, plan, changes)
                done = publish_plan(Store(store, make=True), submission, signed, base=base, draft=draft)
        except UnsoundSubmissionError as error:
            tell_report(error.report, as_json)
        except OvertakenError as error:
            console.tell_error(error, as_json=as_json)
            raise typer.Exit(NEGATIVE) from None
        else:
            _tell(done, store, as_json)


def _read(folder: Path | None, scenario: Path | None, plan: Path | None, changes: Path | None) -> Submission:
    from planner.store import read_submission

    if folder is None and (scenario is None or plan is None):
        raise InputError("There is no plan to publish.", hint="Give a folder, or --scenario and --plan, or --again.")
    place = folder or Path()
    if changes is None and folder is not None and (folder / "changes.yaml").is_file():
        changes = folder / "changes.yaml"
    return read_submission(scenario or place / "scenario.yaml", plan or place / "plan.json", changes)


def _tell(done: Publication, store: Path, as_json: bool) -> None:
    number, deed = done.entry.version.number, done.entry.deed
    if as_json:
        counts = None if done.already else vars(done.counts)
        console.say_json(
            {
                "version": number,
                "deed": deed,
                "already": done.already,
                "before": done.before,
                "sessions": counts,
                "waiting": done.waiting,
                "handing_over": done.handing_over,
                "renumbered": done.revised,
            }
        )
        return
    if done.already:
        console.say(f"version {number} was {deed} already, by {done.entry.by}; nothing was done")
    else:
        after = "" if done.before in (None, number) else f", after version {done.before}"
        beside = "stored as a draft" if deed == "drafted" else "published"
        console.say(f"version {number} is {beside}{after}")
        told = ", ".join(f"{count} {what}" for what, count in vars(done.counts).items())
        console.say(f"sessions: {told}")
    if done.revised:
        console.say(f"its calendars have new numbers; write its folder by planner show {store} {number} -o DIR")
    if deed == "published":
        console.say(f"messages: {done.waiting} to send, {done.handing_over} to hand over")
