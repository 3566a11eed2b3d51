"""How one solver ended on one instance."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

from planner.importing.b2bsp import Instance
from tests.benchmarks.b2bsp.semantics import breaks, faults

Status = Literal["optimal", "infeasible", "feasible", "unknown"]


@dataclass(frozen=True)
class Outcome:
    """How a solver ended.

    Attributes:
        status: optimal and infeasible are proven; feasible and unknown are what a time limit leaves.
        seconds: wall-clock seconds, from the instance in memory to the answer; building the model is part of it.
        search_seconds: the part of them that the solver underneath took; None when it does not tell.
        value: the number of breaks that it claims; None without an answer.
        slots: per meeting, its slot from 0; None without an answer.
        memory_mib: the most memory that its process held.
    """

    status: Status
    seconds: float
    search_seconds: float | None = None
    value: int | None = None
    slots: tuple[int, ...] | None = None
    memory_mib: int | None = None

    @property
    def proven(self) -> bool:
        """Whether nothing is left to search."""
        return self.status in ("optimal", "infeasible")

    @property
    def claim(self) -> str:
        """What is proven, in the words of the published table: a number, ``UNSAT``, or nothing."""
        return {"optimal": str(self.value), "infeasible": "UNSAT"}.get(self.status, "")

    def objections(self, instance: Instance, fairness: int) -> list[str]:
        """Return what is wrong with the answer, read by the benchmark's own meaning."""
        if self.slots is None:
            return []
        counted = sum(breaks(instance, self.slots))
        wrong = [] if counted == self.value else [f"claims {self.value} breaks and has {counted}"]
        return [*wrong, *faults(instance, fairness, self.slots)]

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Return it from what ``to_data`` gave, after a way through JSON."""
        slots = data["slots"]
        return cls(**data | {"slots": None if slots is None else tuple(slots)})
