"""Two plans with their scenarios, from the folders that hold both, and the reader whom an id means."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import InputError

if TYPE_CHECKING:
    from planner.agenda import Pair
    from planner.plan import Plan
    from planner.scenario import Scenario

    Version = tuple[Scenario, Plan]


def given_versions(old: str, new: str, scenarios: Sequence[str]) -> tuple[Version, Version]:
    """Read two plans, each from a folder or a plan file, with its scenario: the one given, or the one beside it.

    Raises:
        InputError: when a file cannot be read, or a plan was made from another scenario.
    """
    if len(scenarios) > 2:
        raise InputError("There are two plans, and so at most two scenarios.", hint="Give --scenario once or twice.")
    of_old, of_new = (scenarios[0], scenarios[-1]) if scenarios else (None, None)
    return _version(Path(old), of_old), _version(Path(new), of_new)


def _version(place: Path, given: str | None) -> Version:
    from planner.plan import read_plan
    from planner.scenario_file import read_scenario

    folder = place if place.is_dir() else place.parent
    plan = read_plan(place / "plan.json" if place.is_dir() else place)
    path = Path(given) if given else folder / "scenario.yaml"
    if given is None and not path.exists():
        raise InputError(f"There is no scenario.yaml beside the plan of {place}.", hint="Give it by --scenario FILE.")
    scenario = read_scenario(path)
    if scenario.hash != plan.scenario_hash:
        raise InputError(
            f"The plan of {place} was made from another scenario than {path}.",
            hint="Give the scenario that it was made from, by --scenario FILE.",
        )
    return scenario, plan


def named_reader(pair: Pair, name: str) -> str:
    """Return the reader whom an id means, in full: ``KHM`` gives ``delegation/KHM``.

    Raises:
        InputError: when nobody has this id, or several have.
    """
    found = [reader for reader in pair.readers if name in (reader, reader.partition("/")[2])]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(f"Several readers have the id {name}.", hint=f"Give one of {', '.join(found)}.")
    raise InputError(
        f"No delegation, delegate or interpreter has the id {name}.", hint="Give an id of the scenario, such as KHM."
    )
