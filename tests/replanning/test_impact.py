"""What changes break of a plan: which sessions stay, which cannot and why, and who is in them."""

from __future__ import annotations

import pytest

from planner.impact import Affected, Altered, Broken, Fresh, Hopeless, Impact, Placed, Reason, Standing, impact
from tests.replanning.test_applying import at
from tests.replanning.world import NOW, PLAN, SCENARIO, changed

TO_COME = ("case-2", "case-3", "case-6.2", "case-5.all", "brief")
CASE_2 = Standing("case-2", at("5 11:30"), at("5 12:30"), "A")
CASE_3 = Standing("case-3", at("5 15:00"), at("5 16:00"), "B")
EVERYBODY = ("JPN", "KHM", "KOR", "THA")


def found(*lines: str) -> Impact:
    return impact(SCENARIO, PLAN, changed(*lines))


def test_a_change_that_breaks_nothing_leaves_everybody_alone() -> None:
    assert found("{kind: team-added, delegation: KOR}") == Impact(
        now=NOW,
        past=("case-1", "case-6"),
        staying=TO_COME,
        altered=(),
        placed=(),
        broken=(),
        cancelled=(),
        fresh=(),
        hopeless=(),
        elsewhere=(),
        affected=Affected((), (), (), 0),
    )
    assert found("{kind: team-added, delegation: KOR}").harmless


def test_a_delegation_that_is_late_breaks_what_it_would_have_been_in() -> None:
    """Cambodia is in case-3 on the same day, after it has come."""
    late = found("{kind: arrives-late, delegation: KHM, at: 2026-02-05T15:00}")
    said = "case-2 (2026-02-05 11:30–12:30) starts before KHM arrives (2026-02-05 15:00)"
    assert late.broken == (Broken(CASE_2, (Reason("windows", said),)),)
    assert late.staying == TO_COME[1:]
    assert not late.harmless


def test_those_concerned_are_all_who_are_in_what_is_broken() -> None:
    """Two of each delegation, and the interpreter; Korea sends the officer of case-2."""
    late = found("{kind: arrives-late, delegation: KHM, at: 2026-02-05T15:00}")
    assert late.affected == Affected(EVERYBODY, ("kor-2",), ("int-1",), 9)


@pytest.mark.parametrize(
    ("line", "broken"),
    [
        ("{kind: room-lost, room: B}", {"case-3": {"windows"}, "case-6.2": {"windows"}}),
        ("{kind: room-lost, room: A, features: [video]}", {}),
        ("{kind: delegate-away, delegate: kor-2}", {"case-2": {"windows"}}),
        ("{kind: delegate-away, delegate: kor-1}", {}),
        ("{kind: team-away, delegation: KOR, team: 1, end: 2026-02-05T17:00}", {"case-2": {"windows"}}),
        ("{kind: leaves-early, delegation: JPN, at: 2026-02-06T12:00}", {"brief": {"windows"}}),
        ("{kind: party-joins, case: case-2, delegation: THA}", {}),
        ("{kind: party-joins, case: case-6, delegation: KHM}", {"case-6.2": {"attendance"}}),
        ("{kind: block-moved, block: lunch, start: 2026-02-05T12:00}", {"case-2": {"blocks"}}),
    ],
)
def test_each_session_that_cannot_stay_is_told_with_its_rules(line: str, broken: dict[str, set[str]]) -> None:
    rules = {each.told.session: {reason.rule for reason in each.reasons} for each in found(line).broken}
    assert rules == broken


def test_a_session_that_is_moved_names_what_is_in_its_way_and_that_cannot_stay() -> None:
    """All three of the briefing are in case-2 at that time; the buffer says nothing that this does not."""
    moved = found("{kind: session-moved, session: brief, start: 2026-02-05T11:30, room: B}")
    told = Standing("brief", at("6 14:00"), at("6 14:30"), "A")
    assert moved.placed == (Placed(told, at("5 11:30"), "B", ("case-2",), ()),)
    (case_2,) = moved.broken
    assert [reason.rule for reason in case_2.reasons] == ["team-one-place"] * 3
    assert moved.staying == ("case-3", "case-6.2", "case-5.all")


def test_a_session_that_is_moved_where_it_fits_breaks_nothing_else() -> None:
    moved = found("{kind: session-moved, session: brief, start: 2026-02-06T15:00}")
    assert [(each.new_start, each.new_room, each.in_the_way) for each in moved.placed] == [(at("6 15:00"), None, ())]
    assert moved.broken == ()


def test_what_changes_inside_of_a_session_that_stays_is_told() -> None:
    apart = found("{kind: party-joins, case: case-4, delegation: THA}", "{kind: lead-withdrawn, lead: lead-2}")
    assert apart.altered == (
        Altered(CASE_2, ("without lead-2",)),
        Altered(CASE_3, ("30 minutes instead of 60", "without case-4")),
    )
    assert apart.fresh == (Fresh("case-4", 30, ("KHM", "JPN", "THA")),)
    assert apart.broken == ()


def test_a_delegation_that_leaves_a_session_is_concerned_and_breaks_it_not() -> None:
    left = found("{kind: party-leaves, case: case-2, delegation: THA}")
    assert (left.altered, left.broken) == ((Altered(CASE_2, ("without THA",)),), ())
    assert left.affected.delegations == EVERYBODY


def test_who_must_come_to_a_session_is_concerned() -> None:
    joined = found(
        "{kind: party-joins, case: case-3, delegation: THA}", "{kind: party-joins, case: case-4, delegation: THA}"
    )
    assert joined.affected == Affected(("JPN", "KHM", "THA"), (), ("int-1",), 7)


def test_sessions_that_are_cancelled_are_told_with_where_they_were() -> None:
    gone = found("{kind: case-withdrawn, case: case-2}", "{kind: session-cancelled, session: case-3}")
    assert (gone.cancelled, gone.broken, gone.fresh) == ((CASE_2, CASE_3), (), ())


def test_a_new_case_is_a_new_session_and_moves_nobody() -> None:
    new = found("{kind: case-added, case: {id: case-7, title: Crow, leader: JPN, required: [KHM], minutes: 30}}")
    assert (new.fresh, new.staying) == ((Fresh("case-7", 30, ("JPN", "KHM")),), TO_COME)
    assert new.affected == Affected(("JPN", "KHM"), (), (), 4)


def test_what_no_plan_could_hold_any_more_is_told_and_what_never_could_is_not() -> None:
    """Cambodia comes for the last twenty minutes; the session of it alone was not asked for, as all meet together."""
    late = found("{kind: arrives-late, delegation: KHM, at: 2026-02-06T16:40}")
    assert late.hopeless == (
        Hopeless("case-2", "KHM is at no time there and free of blocks for 60 minutes."),
        Hopeless("case-3", "KHM is at no time there and free of blocks for 60 minutes."),
        Hopeless("case-5.all", "KHM is at no time there and free of blocks for 30 minutes."),
    )


def test_time_that_is_past_does_not_count_as_time_to_come() -> None:
    """Rooms A and B were free in the morning of day 1, before the change; the tables of the hall are for two parties."""
    lost = found("{kind: room-lost, room: A}", "{kind: room-lost, room: B}")
    assert [each.session for each in lost.hopeless] == ["case-2", "case-5.all", "brief"]
