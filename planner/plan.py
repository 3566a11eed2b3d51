"""What is stored, published and compared: every placement of a conference, with where it came from.

Times are offset-aware ISO 8601 in the conference's zone. A plan is written as ``plan.json``; the names of its keys are
relied on by others.
"""

from __future__ import annotations

import re
import uuid
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AwareDatetime, Field, ValidationError

from planner.errors import Flaw, InputError
from planner.ledger import Revision
from planner.rules import Level
from planner.values import Frozen

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


class Status(StrEnum):
    """How a search ended: proven best, a plan that may not be the best, proven that there is none, none found."""

    optimal = "optimal"
    feasible = "feasible"
    infeasible = "infeasible"
    unknown = "unknown"


class Versions(Frozen):
    """The programs that made the plan."""

    planner: str = Field(description="of the planner")
    ortools: str = Field(description="of OR-Tools, whose CP-SAT searched")
    python: str = Field(description="of Python")


class Options(Frozen):
    """The options that the solver ran with; ``seconds`` of the tiers are on ``clock``."""

    seed: int = Field(description="of the search")
    workers: int = Field(description="of the search")
    time_limit: float | None = Field(default=None, description="seconds allowed; null with a deterministic limit")
    deterministic_limit: float | None = Field(default=None, description="CP-SAT's deterministic time allowed")
    clock: Literal["wall", "deterministic"] = Field(
        default="wall", description="what the seconds of the tiers were measured on"
    )


class TierReport(Frozen):
    """How one step of the objective ended. ``value`` and ``bound`` are None when there is no plan."""

    name: str = Field(description="of the tier")
    status: Status = Field(description="optimal when value and bound agree")
    value: int | None = Field(description="cost of the plan in this tier")
    bound: int | None = Field(description="proven limit: no plan can cost less, given the tiers before")
    seconds: float = Field(description="that the search took for it")

    @property
    def gap(self) -> int | None:
        """Distance of value and bound; 0 means proven optimal."""
        if self.value is None or self.bound is None:
            return None
        return self.value - self.bound


class Placement(Frozen):
    """One session that is held: when, where, with whom."""

    session: str = Field(description="id of the session")
    uid: str = Field(description="permanent name in calendars; never from time or room")
    sequence: Annotated[int, Field(ge=0)] = Field(
        default=0, description="how often it was changed since it was first published"
    )
    generation: Annotated[int, Field(ge=1)] = Field(
        default=1, description="1, and one more each time it came back after a published cancellation"
    )
    start: AwareDatetime = Field(description="in the conference's zone")
    end: AwareDatetime = Field(description="in the conference's zone")
    room: str = Field(description="id of the room")
    table: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="number of the table, in rooms with several"
    )
    teams: dict[str, int] = Field(description="number of the team that each delegation present sends")
    delegates: dict[str, tuple[str, ...]] = Field(description="ids of the delegates that each delegation present sends")
    interpreters: tuple[str, ...] = Field(default=(), description="ids of the interpreters assigned")
    working_language: str = Field(description="BCP 47 tag")
    cases: tuple[str, ...] = Field(default=(), description="ids of the cases met")
    leads: tuple[str, ...] = Field(default=(), description="ids of the leads met")


class Unplaced(Frozen):
    """A session that is not held."""

    session: str = Field(description="id of the session")
    priority: int = Field(description="1 is the highest")
    reason: str = Field(description="what keeps it from being held; names others, so for the organiser only")


class RuleCost(Frozen):
    """What one soft rule adds up to; ``cost`` is ``count`` times ``weight``."""

    rule: str = Field(description="id of the rule")
    tier: str = Field(description="that it belongs to")
    level: Level = Field(description="always soft")
    count: int = Field(description="what the rule measures, see the catalogue")
    weight: int = Field(description="cost of one count")
    cost: int = Field(description="count times weight")


class Plan(Frozen):
    """All placements of a conference, with provenance."""

    format: Literal["planner.plan/1"] = Field(default="planner.plan/1", description="of this file")
    conference: str = Field(description="id of the conference")
    scenario_hash: str = Field(description="SHA-256 of the scenario's content; layout and comments do not count")
    versions: Versions = Field(description="the programs that made it")
    seed: int = Field(description="of the search, as among the options")
    options: Options = Field(description="that the search ran with")
    created_at: AwareDatetime = Field(
        description="when it was made, UTC; calendars give it as the moment of what it changed"
    )
    status: Status = Field(description="optimal when every tier is")
    tiers: tuple[TierReport, ...] = Field(description="most important first")
    placements: tuple[Placement, ...] = Field(description="sessions held, by start and id")
    unplaced: tuple[Unplaced, ...] = Field(description="sessions left out, highest priority first")
    costs: tuple[RuleCost, ...] = Field(description="one for each soft rule, in the catalogue's order")
    revisions: tuple[Revision, ...] = Field(
        default=(), description="what calendars were told, by entry and generation; empty before the first publication"
    )

    def to_json(self) -> str:
        """Return the text of ``plan.json``, the same for equal plans."""
        return self.model_dump_json(indent=2) + "\n"


def session_uid(conference: str, domain: str, session: str, secret: str = "", generation: int = 1) -> str:
    """Return the permanent calendar UID of a session: a name-based UUID (RFC 9562, version 5) at the conference's domain.

    It depends on nothing that a new plan could change. With a secret, nobody who guesses the session's id can work it out.
    A session that comes back after a published cancellation has a UID of its next generation.
    """
    namespace = uuid.uuid5(uuid.NAMESPACE_DNS, domain)
    entry = session if generation == 1 else f"{session}#{generation}"
    name = "/".join(part for part in (conference, entry, secret) if part)
    return f"{uuid.uuid5(namespace, name)}@{domain}"


def read_plan(path: Path) -> Plan:
    """Read ``plan.json``.

    Raises:
        InputError: when the file cannot be read or is no plan, with every flaw found.
    """
    try:
        text = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}", hint="Give the plan.json of a solved scenario."
        ) from None
    return parse_plan(text, str(path))


def parse_plan(text: bytes, place: str = "stdin") -> Plan:
    """Read the text of a ``plan.json``; ``place`` is where it came from, for messages.

    Raises:
        InputError: when it is no plan, with every flaw found.
    """
    try:
        return Plan.model_validate_json(text)
    except ValidationError as error:
        if _SCENARIO.search(text):
            message = f"{place} is a scenario, not a plan."
            raise InputError(
                message, hint="Give the scenario first, then the plan.json that was made from it."
            ) from None
        flaws = [_flaw(place, flaw) for flaw in error.errors()]
        raise InputError(
            f"{place} is not a plan", flaws, "Give a plan.json that planner solve or replan wrote."
        ) from None


_SCENARIO = re.compile(rb"\A(\xef\xbb\xbf)?(\s|#[^\n]*\n|---|\{)*[\"']?conference[\"']?\s*:\s*?(\n|\Z|[#{])")
"""How a scenario begins: in it the conference is a table of its own, in a plan an id."""


def _flaw(place: str, flaw: ErrorDetails) -> Flaw:
    if flaw["type"] == "json_invalid":
        return Flaw(place, "plan", "", "the file is empty" if not flaw["input"].strip() else "this is no JSON")
    field = ".".join(str(part) for part in flaw["loc"]) or "plan"
    return Flaw(place, field, "" if flaw["type"] == "missing" else repr(flaw["input"])[:80], flaw["msg"])
