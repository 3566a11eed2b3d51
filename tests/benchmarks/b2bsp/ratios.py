"""Ratios of seconds, and their geometric mean, with time-outs counted so that nobody gains unseen.

Whoever runs out of time is counted with the time limit. A reference that does so makes the ratio an upper bound: the planner is
at least so much faster. A planner that does so makes it a lower bound. Where both do, there is no ratio.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log

from tests.benchmarks.b2bsp.results import Row


@dataclass(frozen=True)
class Ratio:
    """Seconds of the planner over those of a reference; the truth may be ``lower`` or ``higher`` when one ran out of time."""

    value: float
    lower: bool = False
    higher: bool = False

    def __str__(self) -> str:
        bound = {(False, False): "", (True, False): "≤ ", (False, True): "≥ ", (True, True): "≈ "}
        return f"{bound[self.lower, self.higher]}{self.value:.2f}"


def ratio(ours: Row, reference: Row) -> Ratio | None:
    """Return the ratio of two rows of one case; None where both ran out of time."""
    if not ours.outcome.proven and not reference.outcome.proven:
        return None
    return Ratio(
        counted_seconds(ours) / counted_seconds(reference),
        lower=not reference.outcome.proven,
        higher=not ours.outcome.proven,
    )


def published_ratio(ours: Row) -> Ratio | None:
    """Return the planner's seconds over the published ones of UWrMaxSAT; None where nothing is published."""
    if ours.case.maxsat_seconds is None:
        return None
    return Ratio(counted_seconds(ours) / ours.case.maxsat_seconds, higher=not ours.outcome.proven)


def mean(ratios: Iterable[Ratio]) -> Ratio | None:
    """Return the geometric mean, a bound when any of the ratios is; None of nothing."""
    found = list(ratios)
    if not found:
        return None
    return Ratio(
        exp(sum(log(one.value) for one in found) / len(found)),
        lower=any(one.lower for one in found),
        higher=any(one.higher for one in found),
    )


def counted_seconds(row: Row) -> float:
    """Return the seconds that count: those used, or the time limit where nothing is proven."""
    return row.outcome.seconds if row.outcome.proven else row.time_limit
