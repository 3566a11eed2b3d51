"""What the verifier answers: broken rules, faults of the document, and every cost counted anew."""

from __future__ import annotations

from dataclasses import dataclass

from planner.plan import RuleCost

Subject = tuple[str, str]
"""Kind and name of what a finding is about, such as ``("team", "KOR/1")``."""

Finding = tuple[Subject, str]
"""What a rule function finds: a subject, and a sentence with names and times."""


@dataclass(frozen=True)
class Violation:
    """One place where a hard rule is broken.

    Attributes:
        rule: id of the rule.
        subject: kind and name of what it is about.
        message: what is wrong, with names and times; for the organiser, not for delegations.
    """

    rule: str
    subject: Subject
    message: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.message}"


@dataclass(frozen=True)
class Report:
    """Everything that was found in one plan.

    Attributes:
        violations: every violation of a hard rule, in the catalogue's order.
        relaxed: every place where a demand that the scenario made soft is broken; it has a cost and is no fault.
        faults: what is wrong with the plan as a document: unknown names, wrong sums, claims that do not hold.
        costs: one row for each soft rule, in the catalogue's order, counted from the placements.
        tiers: name and value of each step of the objective, most important first.
    """

    violations: tuple[Violation, ...]
    relaxed: tuple[Violation, ...]
    faults: tuple[str, ...]
    costs: tuple[RuleCost, ...]
    tiers: tuple[tuple[str, int], ...]

    @property
    def sound(self) -> bool:
        """Whether nothing at all was found."""
        return not self.violations and not self.faults
