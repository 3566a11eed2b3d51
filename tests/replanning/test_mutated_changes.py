"""Whatever is done to changes, reading them gives changes that can be made, or flaws with advice; never another exception."""

from __future__ import annotations

import re
from random import Random

import pytest

from planner.applying import apply_changes
from planner.changes import Changes
from planner.changes_file.item import KINDS
from planner.consistency import check
from planner.errors import InputError
from planner.impact import impact
from planner.scenario_file import parse_scenario, scenario_text
from tests.replanning.test_changes_files import EVERY_KIND
from tests.replanning.world import NOW, PLAN, SCENARIO, parsed

_NAMES = "KHM KOR JPN THA case-1 case-3 case-5 case-6 case-7 case-5.all case-6.2 brief lead-1 lead-3 A B hall lunch kor-1 int-1"
_ODD = [
    "1",
    "9",
    "-1",
    "null",
    "true",
    "[]",
    "{}",
    "[KHM, JPN]",
    "optional",
    "x y",
    "''",
    "2026-02-05T09:00",
    "2026-02-06T09:30",
]
_WORDS = [*_NAMES.split(), *_ODD, *sorted(KINDS)]


def _read(text: str) -> Changes | InputError:
    try:
        return parsed(text)
    except InputError as error:
        return error


def _mutated(random: Random) -> str:
    """Take some of the changes in any order, end a delegation or a case, and put odd words where others stand."""
    head, *lines = EVERY_KIND.partition("changes:\n")
    chosen = random.sample("".join(lines[1:]).splitlines(), random.randint(1, 6))
    gone = random.choice(["KHM", "KOR", "JPN", "THA"])
    over = random.choice(["case-2", "case-3", "case-4", "case-5", "case-6"])
    chosen += random.choice(
        [[], [f"  - {{kind: withdraws, delegation: {gone}}}"], [f"  - {{kind: case-withdrawn, case: {over}}}"]]
    )
    text = "\n".join([f"{head}changes:", *chosen, ""])
    for _ in range(random.randint(0, 2)):
        spot = random.choice([*re.finditer(r"(?<=: )[^,{}\[\]\n]+", text)])
        text = text[: spot.start()] + random.choice(_WORDS) + text[spot.end() :]
    return text


@pytest.mark.parametrize("tens", range(12))
def test_mutated_changes_are_made_or_refused_with_advice(tens: int) -> None:
    for seed in range(10 * tens, 10 * tens + 10):
        text = _mutated(Random(seed))
        changes = _read(text)
        if isinstance(changes, InputError):
            assert changes.flaws, text
            assert all(flaw.hint for flaw in changes.flaws), text
            continue
        changed = apply_changes(SCENARIO, PLAN, changes, NOW)
        assert check(changed) == (), text
        assert parse_scenario(scenario_text(changed)) == changed, text
        assert impact(SCENARIO, PLAN, changed).past == ("case-1", "case-6"), text
