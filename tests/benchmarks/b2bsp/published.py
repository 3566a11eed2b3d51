"""The folder of published instances: which there are, and what the paper says of them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SETS = ("original", "fixed")
"""The folders of instances, and how the tables call them."""

QUICK = (
    ("original/tic-12.original.dzn", 2),
    ("original/forumt-14.original.dzn", 2),
    ("original/forumt-14crafd.original.dzn", 1),
    ("fixed/tic-13.fixed020-Forb.dzn", 2),
    ("fixed/tic-12.fixed040-Forb.dzn", 2),
)
"""File and fairness of a few instances that take seconds: no break, some breaks, a tighter bound, fixed meetings, no plan."""


@dataclass(frozen=True)
class Case:
    """One instance with one bound of fairness.

    Attributes:
        file: its path in the folder, such as ``original/tic-12.original.dzn``.
        fairness: the most by which two participants' breaks may differ.
        optimum: the published number of breaks or ``UNSAT``; None where nothing is published.
        maxsat_seconds: published, of the MaxSAT encoding with UWrMaxSAT on a Xeon E3-1220v2; None where nothing is published.
    """

    file: str
    fairness: int
    optimum: str | None
    maxsat_seconds: float | None

    @property
    def set(self) -> str:
        """The folder of the instance: ``original`` or ``fixed``."""
        return self.file.partition("/")[0]

    @property
    def name(self) -> str:
        """What the paper calls the instance: ``tic-12``, ``tic-12.fixed020``."""
        return Path(self.file).name.removesuffix(".dzn").removesuffix(".original").removesuffix("-Forb")


def cases_in(folder: Path, fairness: int) -> Iterator[Case]:
    """Yield every instance of the folder, in the order of the published table, with what is published for this fairness.

    Raises:
        FileNotFoundError: when the folder has no ``optima.csv``.
    """
    published = {(case.file, case.fairness): case for case in _table(folder)}
    for file in dict.fromkeys(file for file, _ in published):
        yield published.get((file, fairness), Case(file, fairness, None, None))


def quick_cases(folder: Path) -> list[Case]:
    """Return the few that are checked with every change."""
    published = {(case.file, case.fairness): case for case in _table(folder)}
    return [published[wanted] for wanted in QUICK]


def _table(folder: Path) -> Iterator[Case]:
    with (folder / "optima.csv").open(newline="") as lines:
        for row in csv.DictReader(lines):
            yield Case(row["file"], int(row["d"]), row["published_optimum"], float(row["published_maxsat_s"]))
