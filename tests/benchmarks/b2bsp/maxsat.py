"""The MaxSAT reference: the published encoding, rebuilt, and solved by RC2.

The encoding is "imp12+" of M. Bofill, J. Coll, M. Garcia, J. Giráldez-Cru, G. Pesant, J. Suy and M. Villaret, "Constraint Solving
Approaches to the Business-to-Business Meeting Scheduling Problem", Journal of Artificial Intelligence Research 74 (2022) 263-301;
its parts are named below. It is rebuilt from what is known of it, not from the authors' program; the counters are our choice. The
solver is RC2 (A. Ignatiev, A. Morgado, J. Marques-Silva, "RC2: an Efficient MaxSAT Solver", 2019) of PySAT, above CaDiCaL 1.5.3.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import pairwise, product

from pysat.examples.rc2 import RC2
from pysat.formula import WCNF

from planner.importing.b2bsp import Instance
from tests.benchmarks.b2bsp.clauses import Clauses
from tests.benchmarks.b2bsp.outcome import Outcome
from tests.benchmarks.b2bsp.possible import possible_slots

SOLVER = "cadical153"

Starts = tuple[dict[int, int], ...]
"""Per meeting, the variable of each slot that it may have."""

Rows = list[list[int]]
"""Literals, per participant and slot."""


@dataclass(frozen=True)
class Encoding:
    """A partial MaxSAT problem whose cost is the number of breaks, and where its answer stands."""

    clauses: Clauses
    starts: Starts


def run(instance: Instance, fairness: int, time_limit: float | None) -> Outcome:
    """Solve an instance; writing the encoding is part of the seconds. RC2 knows no limit: the caller ends the process."""
    began = time.monotonic()
    encoding = encode(instance, fairness)
    formula = WCNF()
    formula.extend(encoding.clauses.hard)
    formula.extend(encoding.clauses.soft, weights=[1] * len(encoding.clauses.soft))
    searching = time.monotonic()
    with RC2(formula, solver=SOLVER) as solver:
        model = solver.compute()
        ended = time.monotonic()
        if model is None:
            return Outcome("infeasible", ended - began, ended - searching)
        true = {literal for literal in model if literal > 0}
        slots = tuple(next(slot for slot, start in at.items() if start in true) for at in encoding.starts)
        return Outcome("optimal", ended - began, ended - searching, solver.cost, slots)


def encode(instance: Instance, fairness: int) -> Encoding:
    """Return the encoding of an instance; ``fairness`` is the most by which two participants' breaks may differ."""
    clauses = Clauses()
    starts = _starts(clauses, instance)
    used = _used(clauses, instance, starts)
    _tables(clauses, instance, starts)
    _busy(clauses, instance, used)
    _precedences(clauses, instance, starts)
    ends = [_ends_of_breaks(clauses, row) for row in used]
    for end in (end for row in ends for end in row):
        clauses.prefer(-end)
    _fairness(clauses, ends, fairness)
    return Encoding(clauses, starts)


def _starts(clauses: Clauses, instance: Instance) -> Starts:
    """Give every meeting exactly one slot."""
    starts = tuple(
        {slot: clauses.fresh() for slot in possible_slots(instance, number)} for number in range(len(instance.meetings))
    )
    for at in starts:
        clauses.add(*at.values())
        clauses.at_most_one(at.values())
    return starts


def _used(clauses: Clauses, instance: Instance, starts: Starts) -> Rows:
    """Return "usedSlot": a participant has a meeting there. One at most; and, implied (1), as many slots as meetings."""
    used = []
    for who in range(instance.participants):
        own = [at for at, meeting in zip(starts, instance.meetings, strict=True) if who in (meeting.one, meeting.other)]
        row = []
        for slot in range(instance.slots):
            here = [at[slot] for at in own if slot in at]
            clauses.at_most_one(here)
            row.append(clauses.any_of(here))
        if len(own) > instance.slots:
            clauses.add()
        for position, output in enumerate(clauses.counter(row)):
            clauses.add(output if position < len(own) else -output)
        used.append(row)
    return used


def _tables(clauses: Clauses, instance: Instance, starts: Starts) -> None:
    """Allow no more meetings in a slot than there are tables."""
    for slot in range(instance.slots):
        counted = clauses.counter((at[slot] for at in starts if slot in at), instance.tables + 1)
        for output in counted[instance.tables :]:
            clauses.add(-output)


def _busy(clauses: Clauses, instance: Instance, used: Rows) -> None:
    """Implied (2): the participants busy in a slot are even in number, and at most twice the tables."""
    most = 2 * instance.tables
    for slot in range(instance.slots):
        counted = clauses.counter((row[slot] for row in used), most + 1)
        for output in counted[most:]:
            clauses.add(-output)
        for odd, even in zip(counted[:most:2], [*counted[1:most:2], None], strict=False):
            clauses.add(-odd) if even is None else clauses.add(-odd, even)


def _precedences(clauses: Clauses, instance: Instance, starts: Starts) -> None:
    for earlier, later in instance.precedences:
        for (slot, start), (other_slot, other_start) in product(starts[earlier].items(), starts[later].items()):
            if slot >= other_slot:
                clauses.add(-start, -other_start)


def _ends_of_breaks(clauses: Clauses, used: list[int]) -> list[int]:
    """Return "endHole", per slot between the outer ones: a meeting before, none here, one right after."""
    ends = []
    been = used[0]
    for here, after in pairwise(used[1:]):
        ends.append(clauses.all_of([been, -here, after]))
        been = clauses.any_of([been, here])
    return ends


def _fairness(clauses: Clauses, ends: Rows, fairness: int) -> None:
    """Count the breaks of all ("sortedHole"): where somebody has more than ``level + fairness``, all have more than ``level``."""
    counted = [clauses.counter(row) for row in ends]
    for level in range(max(map(len, counted), default=0) - fairness):
        everybody = clauses.fresh()
        for row in counted:
            clauses.add(-row[level + fairness], everybody)
            clauses.add(-everybody, row[level])
