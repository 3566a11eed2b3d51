"""What is handed in to be published: a scenario and its plan, as solve and replan write them, and the changes that led there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from planner.errors import Flaw, InputError
from planner.plan import Plan, parse_plan
from planner.scenario import Scenario
from planner.scenario_file import parse_scenario


@dataclass(frozen=True)
class Submission:
    """A scenario and a plan of it.

    Attributes:
        scenario: as read.
        scenario_text: as written, comments and all.
        plan: as read.
        changes_text: the changes file that led here, as written; None for a plan made from scratch.
    """

    scenario: Scenario
    scenario_text: str
    plan: Plan
    changes_text: str | None = None

    @property
    def hash(self) -> str:
        """SHA-256 over scenario, plan and changes."""
        digest = hashlib.sha256()
        for part in (self.scenario_text, self.plan.to_json(), self.changes_text or ""):
            content = part.encode()
            digest.update(len(content).to_bytes(8, "big") + content)
        return f"sha256:{digest.hexdigest()}"


def read_submission(scenario: Path, plan: Path, changes: Path | None = None) -> Submission:
    """Read the files of a submission.

    Raises:
        InputError: when one of them cannot be used, with every flaw of all of them.
    """
    texts: dict[Path, bytes] = {}
    unread: list[Flaw] = []
    for path in (scenario, plan, *((changes,) if changes else ())):
        try:
            texts[path] = path.read_bytes()
            texts[path].decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not in UTF-8"
            unread.append(Flaw(str(path), "file", "", f"the file cannot be read: {reason}"))
    if unread:
        raise InputError(
            "What is to be published is not complete",
            unread,
            "Give a folder that holds scenario.yaml and plan.json, or name the files by --scenario and --plan.",
        )
    return parse_submission(
        _text(texts[scenario]),
        texts[plan],
        _text(texts[changes]) if changes else None,
        names=(str(scenario), str(plan)),
    )


def parse_submission(
    scenario: str, plan: bytes, changes: str | None = None, names: tuple[str, str] = ("scenario", "plan")
) -> Submission:
    """Read the texts of a submission; ``names`` are what to call scenario and plan in errors.

    Raises:
        InputError: when one of them cannot be used, with every flaw of both.
    """
    flaws: list[Flaw] = []
    read = given = None
    try:
        read = parse_scenario(scenario, names[0])
    except InputError as error:
        flaws += error.flaws
    try:
        given = parse_plan(plan, names[1])
    except InputError as error:
        flaws += error.flaws
    if read is None or given is None:
        raise InputError(
            "Scenario and plan cannot be used", flaws, "Correct the scenario, solve it, and publish again."
        )
    return Submission(read, scenario, given, changes)


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig")
