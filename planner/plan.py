"""What is stored, published and compared: every placement of a conference, with where it came from.

Times are offset-aware ISO 8601 in the conference's zone. A plan is written as ``plan.json``; the names of its keys are
relied on by others.
"""

from __future__ import annotations

import uuid
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from planner.errors import Flaw, InputError
from planner.rules import Level


class Status(StrEnum):
    """How a search ended: proven best, a plan that may not be the best, proven that there is none, none found."""

    optimal = "optimal"
    feasible = "feasible"
    infeasible = "infeasible"
    unknown = "unknown"


class Frozen(BaseModel):
    """Base of all parts of a plan: cannot be changed, and refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Versions(Frozen):
    """The programs that made the plan."""

    planner: str
    ortools: str
    python: str


class Options(Frozen):
    """The options that the solver ran with; ``seconds`` of the tiers are on ``clock``."""

    seed: int
    workers: int
    time_limit: float | None = None
    deterministic_limit: float | None = None
    clock: Literal["wall", "deterministic"] = "wall"


class TierReport(Frozen):
    """How one step of the objective ended. ``value`` and ``bound`` are None when there is no plan."""

    name: str
    status: Status
    value: int | None
    bound: int | None
    seconds: float

    @property
    def gap(self) -> int | None:
        """Distance of value and bound; 0 means proven optimal."""
        if self.value is None or self.bound is None:
            return None
        return self.value - self.bound


class Placement(Frozen):
    """One session that is held: when, where, with whom."""

    session: str
    uid: str
    sequence: Annotated[int, Field(ge=0)] = 0
    start: AwareDatetime
    end: AwareDatetime
    room: str
    table: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="number of the table, in rooms with several"
    )
    teams: dict[str, int] = Field(description="number of the team that each delegation present sends")
    delegates: dict[str, tuple[str, ...]] = Field(description="ids of the delegates that each delegation present sends")
    interpreters: tuple[str, ...] = ()
    working_language: str
    cases: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()


class Unplaced(Frozen):
    """A session that is not held."""

    session: str
    priority: int
    reason: str


class RuleCost(Frozen):
    """What one soft rule adds up to; ``cost`` is ``count`` times ``weight``."""

    rule: str
    tier: str
    level: Level
    count: int
    weight: int
    cost: int


class Plan(Frozen):
    """All placements of a conference, with provenance."""

    format: Literal["planner.plan/1"] = "planner.plan/1"
    conference: str
    scenario_hash: str
    versions: Versions
    seed: int
    options: Options
    created_at: AwareDatetime = Field(description="the moment calendar files give as their last change, UTC")
    status: Status
    tiers: tuple[TierReport, ...]
    placements: tuple[Placement, ...]
    unplaced: tuple[Unplaced, ...]
    costs: tuple[RuleCost, ...]

    def to_json(self) -> str:
        """Return the text of ``plan.json``, the same for equal plans."""
        return self.model_dump_json(indent=2) + "\n"


def session_uid(conference: str, domain: str, session: str) -> str:
    """Return the permanent calendar UID of a session: a name-based UUID (RFC 9562, version 5) at the conference's domain.

    It depends on nothing that a new plan could change.
    """
    namespace = uuid.uuid5(uuid.NAMESPACE_DNS, domain)
    return f"{uuid.uuid5(namespace, f'{conference}/{session}')}@{domain}"


def read_plan(path: Path) -> Plan:
    """Read ``plan.json``.

    Raises:
        InputError: when the file cannot be read or is no plan, with every flaw found.
    """
    try:
        return Plan.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}", hint="Give the plan.json of a solved scenario."
        ) from None
    except ValidationError as error:
        flaws = [
            Flaw(
                str(path),
                ".".join(str(part) for part in flaw["loc"]) or "plan",
                "" if flaw["type"] == "missing" else repr(flaw["input"])[:80],
                flaw["msg"],
            )
            for flaw in error.errors()
        ]
        raise InputError(f"{path} is not a plan", flaws, "Solve the scenario again to write a new one.") from None
