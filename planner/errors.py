"""What can go wrong, said so that the reader knows what, where, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class PlannerError(Exception):
    """Base of every error that is meant for a user.

    Attributes:
        message: what is wrong, with names and values.
        hint: what to do about it; may be empty when the message says so already.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True)
class Flaw:
    """One thing that is wrong in an input file.

    Attributes:
        place: ``file:line`` when the line is known, else the file.
        field: path of the field, such as ``delegations[3].languages[0]``.
        value: the offending value, as written; empty when something is missing.
        message: what is wrong.
        hint: what to write instead.
    """

    place: str
    field: str
    value: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        found = f" (found {self.value})" if self.value else ""
        advice = f" {self.hint}" if self.hint else ""
        return f"{self.place}: {self.field}: {self.message}{found}.{advice}"


class InputError(PlannerError):
    """An input file that cannot be used, with every flaw that was found in it."""

    def __init__(self, message: str, flaws: Sequence[Flaw] = (), hint: str = "") -> None:
        super().__init__(message, hint)
        self.flaws = tuple(flaws)


class OutputError(PlannerError):
    """A place that cannot be written to, or must not be overwritten."""


class UnsoundPlanError(PlannerError):
    """The solver's answer was refused by the verifier: a fault of the planner, never of its user.

    Attributes:
        plan_json: the refused plan, to be attached to a report.
        violations: what the verifier found.
    """

    def __init__(self, violations: Sequence[str], plan_json: str) -> None:
        super().__init__(
            "The plan that was found breaks a rule and is not handed out: " + "; ".join(violations[:5]),
            "This is a fault of the planner. Please report it with the scenario and the refused plan.",
        )
        self.plan_json = plan_json
        self.violations = tuple(violations)
