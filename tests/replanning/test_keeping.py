"""What stays as people were told, where it is of no use any more."""

from __future__ import annotations

from datetime import datetime

import pytest

from planner.applying import apply_changes
from planner.changes_file import parse_changes
from planner.plan import Plan
from planner.scenario import Scenario
from planner.solver.search import Effort
from planner.workflow import solve
from tests.verify.build import Data, Spot, case, conference, delegation, interpreter, moment, plan, scenario

NOW = datetime.fromisoformat(moment("5 08:30"))
EFFORT = Effort(time_limit=None, deterministic_limit=2.0, workers=1)


def repaired(given: Scenario, change: str, *spots: Spot) -> Plan:
    told = plan(given, *spots)
    changed = apply_changes(given, told, parse_changes(f"changes: [{change}]", "f", given, told, NOW), NOW)
    return solve(changed, EFFORT, told.created_at, lambda progress: None, (given, told))


@pytest.mark.parametrize(
    ("rules", "interpreters"),
    [({}, ()), ({"few-interpreters": {"level": "off"}}, ("mia",))],
    ids=["few are wanted", "as many as you like"],
)
def test_an_interpreter_whom_nobody_needs_any_more_may_go(rules: Data, interpreters: tuple[str, ...]) -> None:
    """Mia interprets for Cambodia, which leaves. She is told so in any case, since the parties are others."""
    given = scenario(
        conference=conference(grid_minutes=30),
        delegations=[delegation("KOR"), delegation("JPN"), delegation("KHM", languages=["km"])],
        interpreters=[interpreter("mia")],
        cases=[case("c", required=["JPN", "KHM"])],
        rules=rules,
    )
    leaves = "{kind: party-leaves, case: c, delegation: KHM}"
    (held,) = repaired(given, leaves, Spot("c", "5 10:00", interpreters=("mia",))).placements
    assert (held.start.hour, held.interpreters) == (10, interpreters)


def test_a_language_that_not_everybody_speaks_any_more_is_given_up() -> None:
    """Korea and Japan met in Japanese; Cambodia may join, and what may be spoken is English. The rule on languages is soft."""
    given = scenario(
        conference=conference(grid_minutes=30),
        delegations=[
            delegation("KOR", languages=["ja", "en"]),
            delegation("JPN", languages=["ja", "en"]),
            delegation("KHM", languages=["en"]),
        ],
        cases=[case("c")],
        rules={"language": {"level": "soft"}},
    )
    joins = "{kind: party-joins, case: c, delegation: KHM, role: optional}"
    (held,) = repaired(given, joins, Spot("c", "5 10:00", language="ja")).placements
    assert held.working_language == "en"
