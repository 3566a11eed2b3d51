"""Publishing: a verified plan becomes a numbered version, the log tells of it, and the outbox is filled, all in one transaction.

A plan is published upon the one that is published now. When somebody else published in between, the second is told so and
decides. Nothing is ever taken back: an older plan that is to hold again is published again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.errors import InputError, PlannerError
from planner.plan import Plan
from planner.revisions import revise
from planner.store.difference import Counts, count_changes, goes_on_from
from planner.store.history import contents, log_of, published, version_of
from planner.store.opening import Store
from planner.store.outbox import refill, waiting
from planner.store.submission import Submission
from planner.store.tables import Deed, Entry, Published, Version
from planner.values import Text
from planner.verify import Report, verify

_TEXT: TypeAdapter[str] = TypeAdapter(Text)


class UnsoundSubmissionError(PlannerError):
    """A plan that the verifier refused, and that is therefore not stored.

    Attributes:
        report: what the verifier found.
    """

    def __init__(self, report: Report) -> None:
        found = [*report.faults, *(str(violation) for violation in report.violations)]
        super().__init__(
            "The plan is not sound, and is not stored: " + "; ".join(found[:5]), "Solve the scenario again."
        )
        self.report = report


class OvertakenError(PlannerError):
    """A plan that was not made from the one that is published now."""


@dataclass(frozen=True)
class Signature:
    """Who does something to a store, why, and when.

    Raises:
        InputError: when a name or a reason is missing or no single line of text.
    """

    by: str
    why: str
    at: datetime

    def __post_init__(self) -> None:
        for option, text in (("--by", self.by), ("--why", self.why)):
            try:
                _TEXT.validate_python(text)
            except ValidationError:
                raise InputError(f"{option} {text!r} is no line of text.", hint="Give 1 to 500 characters.") from None


@dataclass(frozen=True)
class Publication:
    """What came of publishing or of storing a draft.

    Attributes:
        entry: the entry of the log, with its version.
        before: number of the version that was published before, if one was.
        counts: what becomes of the sessions of the plan before.
        waiting: messages that wait to be sent.
        handing_over: messages that wait for readers without a mail address.
        already: the version was published already, and nothing was done.
        revised: calendars of the plan, as it was given, do not follow those that are out; the version's own do.
    """

    entry: Entry
    before: int | None
    counts: Counts
    waiting: int
    handing_over: int
    already: bool = False
    revised: bool = False


def publish(
    store: Store, submission: Submission, signed: Signature, *, base: int | None = None, draft: bool = False
) -> Publication:
    """Store a plan as the next version and, unless it is a draft, publish it.

    The same submission twice makes one version. When it is published already, nothing is done.

    Args:
        store: where.
        submission: a scenario and its plan.
        signed: who, when and why.
        base: number of the published version that the plan is to follow, if the plan itself does not show it.
        draft: store it beside the published one.

    Raises:
        UnsoundSubmissionError: when the verifier refuses the plan.
        OvertakenError: when the plan was not made from the published version, and ``base`` is not that one either.
    """
    report = verify(submission.scenario, submission.plan)
    if not report.sound:
        raise UnsoundSubmissionError(report)
    with store.writing() as session:
        known = session.scalars(select(Version).where(Version.given == submission.hash)).first()
        if known is not None:
            return _existing(session, known, signed, base, draft=draft)
        before = published(session)
        if draft:
            version = _add(session, submission, submission.hash, _base_of(session, submission, base))
            return _told(session, _write(session, version, signed, Deed.drafted, before), before)
        _require_base(session, before, base, made_from=before is None or _goes_on(submission, before.version))
        return _put_out(session, submission, signed, before)


def publish_again(store: Store, number: int, signed: Signature, *, base: int | None = None) -> Publication:
    """Publish a version that the store holds: a draft, or one that was published before.

    Raises:
        InputError: when there is no such version.
        OvertakenError: as for ``publish``.
    """
    with store.writing() as session:
        return _existing(session, version_of(session, number), signed, base, draft=False)


def _existing(session: Session, version: Version, signed: Signature, base: int | None, *, draft: bool) -> Publication:
    before = published(session)
    if draft or (before is not None and before.version == version):
        entries = [entry for entry in log_of(session) if entry.version == version]
        return replace(_told(session, entries[-1], before), already=True)
    made_from = before is None or version.base == before.version.number
    _require_base(session, before, base, made_from=made_from)
    return _put_out(session, contents(version), signed, before, version)


def _put_out(
    session: Session, submission: Submission, signed: Signature, before: Entry | None, version: Version | None = None
) -> Publication:
    """Publish; calendars' numbers go on from what is published, so a plan from elsewhere gets new ones."""
    old = contents(before.version) if before else None
    plan = revise(submission.scenario, submission.plan, (old.scenario, old.plan) if old else None)
    final = replace(submission, plan=plan)
    if version is None or plan != submission.plan:
        version = _same(session, final) or _add(
            session, final, submission.hash, before.version.number if before else None
        )
    if before is not None and version == before.version:
        return replace(_told(session, before, before), already=True)
    entry = _write(session, version, signed, Deed.published, before)
    holds = session.get(Published, 1)
    if holds is None:
        session.add(Published(id=1, entry_number=entry.number))
    else:
        holds.entry_number = entry.number
    refill(session, version, final, signed.at)
    return replace(_told(session, entry, before), revised=_numbers(plan) != _numbers(submission.plan))


def _numbers(plan: Plan) -> list[tuple[str, int, int]]:
    return [(placement.uid, placement.sequence, placement.generation) for placement in plan.placements]


def _same(session: Session, submission: Submission) -> Version | None:
    return session.scalars(select(Version).where(Version.hash == submission.hash)).first()


def _add(session: Session, submission: Submission, given: str, base: int | None) -> Version:
    version = Version(
        hash=submission.hash,
        given=given,
        base=base,
        scenario=submission.scenario_text,
        content=submission.scenario.model_dump_json(exclude_defaults=True),
        plan=submission.plan.to_json(),
        changes=submission.changes_text,
    )
    session.add(version)
    session.flush()
    return version


def _write(session: Session, version: Version, signed: Signature, deed: Deed, before: Entry | None) -> Entry:
    entry = Entry(
        at=signed.at,
        by=signed.by,
        why=signed.why,
        deed=deed.value,
        version=version,
        before=before.version.number if before else None,
    )
    session.add(entry)
    session.flush()
    return entry


def _told(session: Session, entry: Entry, before: Entry | None) -> Publication:
    old = contents(before.version).plan if before else None
    to_send, by_hand = waiting(session)
    return Publication(
        entry,
        before.version.number if before else None,
        count_changes(old, contents(entry.version).plan),
        to_send,
        by_hand,
    )


def _goes_on(submission: Submission, version: Version) -> bool:
    return goes_on_from(submission.scenario, contents(version).plan)


def _base_of(session: Session, submission: Submission, base: int | None) -> int | None:
    """Return the number of the version that a draft was made from: as it is told, or as the draft shows."""
    if base is not None:
        return version_of(session, base).number
    if submission.scenario.replanning is None:
        return None
    numbers = session.scalars(select(Version).order_by(Version.number.desc()))
    return next((version.number for version in numbers if _goes_on(submission, version)), None)


def _require_base(session: Session, before: Entry | None, base: int | None, *, made_from: bool) -> None:
    if base is not None:
        version_of(session, base)
    holds = before.version.number if before else None
    if made_from if base is None else base == holds:
        return
    if before is None:
        raise OvertakenError(f"No version is published, so none can follow version {base}.", "Leave --base out.")
    raise OvertakenError(
        f"The plan was not made from version {holds}, which {before.by} published on {before.at:%Y-%m-%d at %H:%M UTC}: "
        f"{before.why}",
        f"Look at it by planner show, and change that plan by planner replan; or publish yours in its place by --base {holds}.",
    )
