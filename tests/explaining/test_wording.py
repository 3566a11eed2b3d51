"""Demands of a conflict in words."""

from __future__ import annotations

from planner.compiling import compile_problem
from planner.conflict import Conflict, Member
from planner.obstacles import Wording
from tests.verify.build import delegation, meeting, scenario, window


def test_a_team_that_is_away_is_told() -> None:
    absences = [{"team": 2, **window("5 09:00", "5 17:00")}, {"team": 1, **window("6 09:00", "6 12:00")}]
    given = scenario(
        delegations=[delegation("KOR", teams=2, absences=absences), delegation("JPN")], sessions=[meeting("s")]
    )
    conflict = Conflict((Member("held", ("session", "s")), Member("windows", ("team", "KOR/2"))), minimal=True)
    (said,) = Wording(given, compile_problem(given)).demands(conflict)
    assert said == "Team 2 of Kor is away Thu 5 Feb 09:00–17:00."
