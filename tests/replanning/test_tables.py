"""Tables of a room with several, when a plan is changed."""

from __future__ import annotations

from datetime import datetime

import pytest

from planner.applying import apply_changes
from planner.changes_file import parse_changes
from planner.scenario import Scenario
from planner.solver.search import Effort
from planner.workflow import solve
from tests.verify.build import Data, Spot, conference, delegation, moment, plan, room, scenario

NOW = datetime.fromisoformat(moment("5 08:30"))
EFFORT = Effort(time_limit=None, deterministic_limit=2.0, workers=1)
LONGER = "changes: [{kind: lead-added, case: first, lead: {id: lead-3, title: Plate}}]"


def by_leads(name: str, leader: str, partner: str, lead: str) -> Data:
    return {
        "id": name,
        "title": name,
        "leader": leader,
        "required": [partner],
        "minutes_per_lead": 30,
        "leads": [{"id": lead, "title": lead}],
    }


@pytest.fixture
def hall() -> Scenario:
    """Two cases of other people in a hall of three tables, of half an hour each."""
    return scenario(
        conference=conference(grid_minutes=30),
        rooms=[room("hall", count=3, seats=5)],
        delegations=[delegation(name) for name in ("KOR", "JPN", "KHM", "THA")],
        cases=[by_leads("first", "KOR", "JPN", "lead-1"), by_leads("second", "KHM", "THA", "lead-2")],
    )


@pytest.mark.parametrize(
    ("tables", "expected"),
    [((1, 1), {"first": 2, "second": 1}), ((3, 1), {"first": 3, "second": 1})],
    ids=["who stays has its table", "nobody is in its way"],
)
def test_a_session_that_lasts_longer_keeps_its_table_if_nobody_else_stays_there(
    hall: Scenario, tables: tuple[int, int], expected: dict[str, int]
) -> None:
    """The second begins where the first was to end."""
    first, second = tables
    told = plan(hall, Spot("first", "5 09:00", "hall", table=first), Spot("second", "5 09:30", "hall", table=second))
    changed = apply_changes(hall, told, parse_changes(LONGER, "f", hall, told, NOW), NOW)
    after = solve(changed, EFFORT, told.created_at, lambda progress: None, (hall, told))
    assert {item.session: item.table for item in after.placements} == expected
    assert [item.start for item in after.placements] == [item.start for item in told.placements]
