"""Every fault of a plan as a document, each on a plan that is sound but for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from planner.plan import Placement, Plan, Status, Unplaced, session_uid
from planner.rules import CATALOGUE
from planner.scenario import Scenario
from planner.verify import broken_subjects, counts, verify
from tests.verify.build import (
    Spot,
    assert_broken,
    block,
    case,
    conference,
    delegate,
    delegation,
    interpreter,
    meeting,
    plan,
    replace_placement,
    room,
    scenario,
    window,
)

START = datetime(2026, 2, 5, 9, tzinfo=timezone(timedelta(hours=9)))
HOUR = timedelta(hours=1)
TIERS = [
    {"name": "held", "rules": ["held"]},
    {"name": "presence", "rules": ["optional-present"]},
    {"name": "quality", "rules": []},
]
SECRET_UID = "1f11dc33-9521-5f5e-a108-db607c70f6f4@example.org"
UID = "d1163fba-c198-59c1-a840-56aa372b4c89@example.org"


@pytest.fixture
def given() -> Scenario:
    """KOR has two teams and JPN one; s is held, t of priority 3 is left out, c is a case whose format is open."""
    people = [delegate("ann", team=1), delegate("bob", team=2), delegate("cho"), delegate("dan")]
    return scenario(
        rooms=[room("A"), room("T", count=2)],
        delegations=[
            delegation("KOR", teams=2, delegates=people),
            delegation("JPN", delegates=[delegate("aki")]),
            delegation("KHM"),
        ],
        interpreters=[interpreter("mia")],
        cases=[case("c", required=["JPN", "KHM"], format="any")],
        sessions=[meeting("s"), meeting("t", priority=3)],
        tiers=TIERS,
    )


@pytest.fixture
def sound(given: Scenario) -> Plan:
    """Session s is held by KOR's first team and JPN, with an interpreter; everything else is left out."""
    return plan(given, Spot("s", "5 09:00", interpreters=("mia",)))


def test_a_plan_in_order_has_no_faults(given: Scenario, sound: Plan) -> None:
    assert verify(given, sound).faults == ()
    assert verify(given, sound).sound


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"room": "Z"}, ["room 'Z' does not exist"]),
        ({"table": 1}, ["room A has no tables, and table 1 is given"]),
        ({"interpreters": ("mia", "zoe")}, ["interpreter 'zoe' does not exist"]),
        ({"interpreters": ("mia", "mia")}, ["interpreter mia is listed 2 times"]),
        ({"uid": "s@example.org"}, ["uid 's@example.org' is not that of the session"]),
        ({"sequence": -1}, ["sequence -1 is negative"]),
        ({"end": START + HOUR / 2}, ["lasts 30 minutes instead of 60"]),
        ({"end": START + 2 * HOUR}, ["lasts 120 minutes instead of 60"]),
        ({"end": START - HOUR}, ["lasts -60 minutes instead of 60"]),
        ({"end": START + 25 * HOUR}, ["lasts 1500 minutes instead of 60"]),
        (
            {"start": START.astimezone(UTC), "end": (START + HOUR).astimezone(timezone(timedelta(hours=8)))},
            [
                "2026-02-05T00:00:00+00:00 has not the offset of Asia/Seoul",
                "2026-02-05T09:00:00+08:00 has not the offset of Asia/Seoul",
            ],
        ),
        (
            {"teams": {"KOR": 3, "JPN": 0}},
            ["KOR has teams 1 to 2, and team 3 is sent", "JPN has teams 1 to 1, and team 0 is sent"],
        ),
        (
            {"teams": {"KOR": 1, "JPN": 1, "XXX": 1}, "delegates": {"KOR": (), "JPN": (), "XXX": ()}},
            ["delegation 'XXX' does not exist"],
        ),
        ({"delegates": {"KOR": ()}}, ["teams are of JPN, KOR, and delegates of KOR"]),
        ({"teams": {}}, ["teams are of nobody, and delegates of JPN, KOR"]),
        (
            {"teams": {"JPN": 1}, "delegates": {"KOR": ("bob",), "JPN": ()}},
            ["teams are of JPN, and delegates of JPN, KOR"],
        ),
        ({"delegates": {}}, ["teams are of JPN, KOR, and delegates of nobody"]),
        (
            {"delegates": {"KOR": (), "JPN": (), "KHM": ()}},
            ["teams are of JPN, KOR, and delegates of JPN, KHM, KOR"],
        ),
        ({"delegates": {"KOR": ("zed",), "JPN": ()}}, ["delegate 'zed' does not exist"]),
        ({"delegates": {"KOR": ("aki",), "JPN": ()}}, ["delegate aki is of JPN and listed under KOR"]),
        ({"delegates": {"KOR": ("cho", "cho"), "JPN": ()}}, ["delegate cho is listed 2 times"]),
        ({"delegates": {"KOR": ("bob",), "JPN": ()}}, ["delegate bob is of team KOR/2, and KOR/1 is sent"]),
        (
            {"delegates": {"KOR": ("ann", "cho", "dan"), "JPN": ()}},
            ["3 delegates of KOR are listed, and 2 have seats"],
        ),
    ],
)
def test_what_is_wrong_with_a_placement(
    given: Scenario, sound: Plan, changes: dict[str, Any], faults: list[str]
) -> None:
    report = verify(given, replace_placement(sound, **changes))
    assert list(report.faults) == [f"session s: {fault}" for fault in faults]
    assert not report.sound


@pytest.mark.parametrize(
    "delegates",
    [{"KOR": ("ann", "cho"), "JPN": ("aki",)}, {"KOR": ("dan",), "JPN": ()}],
)
def test_up_to_a_team_of_delegates_may_be_listed(given: Scenario, sound: Plan, delegates: dict[str, Any]) -> None:
    assert verify(given, replace_placement(sound, delegates=delegates)).faults == ()


def test_all_officers_may_be_listed_even_if_they_are_more_than_a_team() -> None:
    people = [delegate(name, officer_of=["c"]) for name in ("ann", "bob", "cho")]
    given = scenario(delegations=[delegation("KOR", delegates=people), delegation("JPN")], cases=[case("c")])
    assert_broken(given, plan(given, Spot("c", "5 09:00")), {})


def test_the_uid_is_that_of_conference_session_and_domain() -> None:
    """The expected UID was computed once from SHA-1 and the bytes that RFC 9562 describes, to rely on no code of ours."""
    given = scenario(sessions=[meeting("s")])
    assert replace_placement(plan(given, Spot("s", "5 09:00")), uid=UID) == plan(given, Spot("s", "5 09:00"))
    elsewhere = scenario(conference=conference(uid_domain="example.com"), sessions=[meeting("s")])
    found = replace_placement(plan(elsewhere, Spot("s", "5 09:00")), uid=UID)
    assert verify(elsewhere, found).faults == (f"session s: uid '{UID}' is not that of the session",)


def test_a_secret_of_the_conference_is_part_of_the_uid() -> None:
    """The expected UID was computed once from SHA-1, as the other one; that of a conference without a secret is wrong."""
    given = scenario(conference=conference(secret="x" * 32), sessions=[meeting("s")])
    found = plan(given, Spot("s", "5 09:00"))
    assert verify(given, replace_placement(found, uid=SECRET_UID)).faults == ()
    assert verify(given, replace_placement(found, uid=UID)).faults == (
        f"session s: uid '{UID}' is not that of the session",
    )


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"conference": "other"}, "the plan is of conference 'other', the scenario of 'test'"),
        ({"scenario_hash": "sha256:0"}, "the plan was made from another scenario: its scenario_hash is 'sha256:0'"),
        ({"seed": 2}, "the plan gives two seeds: 2 and, among its options, 1"),
        ({"status": Status.infeasible}, "the status is infeasible: the document holds no plan"),
        ({"status": Status.unknown}, "the status is unknown: the document holds no plan"),
    ],
)
def test_what_is_wrong_with_the_whole(given: Scenario, sound: Plan, changes: dict[str, Any], fault: str) -> None:
    assert verify(given, sound.model_copy(update=changes)).faults == (fault,)


def left_out(*names: str, **priorities: int) -> tuple[Unplaced, ...]:
    """Unplaced sessions, of priority 2 unless said."""
    return tuple(
        Unplaced(session=name, priority=priorities.get(name, 3 if name == "t" else 2), reason="no room")
        for name in names
    )


@pytest.mark.parametrize(
    ("names", "faults"),
    [
        ("c.JPN c.KHM t", []),
        ("t c.KHM c.JPN", []),
        ("c.all t", []),
        ("c.JPN c.KHM", ["session t is neither placed nor listed as unplaced"]),
        ("c.JPN c.KHM t t", ["session t is listed as unplaced 2 times"]),
        ("c.JPN c.KHM t s", ["session s is both placed and listed as unplaced"]),
        ("c.JPN c.KHM t u", ["session 'u' does not exist"]),
        ("c.JPN t", ["session c.KHM is neither placed nor listed as unplaced"]),
        ("c.JPN c.KHM c.all t", ["session c.all is listed as unplaced, and c takes the other form"]),
        (
            "t",
            [
                "session c.JPN is neither placed nor listed as unplaced",
                "session c.KHM is neither placed nor listed as unplaced",
            ],
        ),
    ],
)
def test_sessions_are_placed_or_left_out(given: Scenario, sound: Plan, names: str, faults: list[str]) -> None:
    found = sound.model_copy(update={"unplaced": left_out(*names.split())})
    assert list(verify(given, found).faults) == faults


@pytest.mark.parametrize(
    ("placed", "names", "faults"),
    [
        ("c.all", "s t", []),
        ("c.JPN", "c.KHM s t", []),
        ("c.JPN c.KHM", "s t", []),
        ("c.all", "s t c.JPN", ["session c.JPN is listed as unplaced, and c takes the other form"]),
        ("c.JPN", "s t", ["session c.KHM is neither placed nor listed as unplaced"]),
        ("c.JPN", "s t c.KHM c.all", ["session c.all is listed as unplaced, and c takes the other form"]),
    ],
)
def test_sessions_of_the_form_not_chosen_are_in_neither_list(
    given: Scenario, placed: str, names: str, faults: list[str]
) -> None:
    spots = [Spot(name, start) for name, start in zip(placed.split(), ("5 09:00", "5 12:00"), strict=False)]
    found = plan(given, *spots).model_copy(update={"unplaced": left_out(*names.split())})
    assert list(verify(given, found).faults) == faults


def test_a_session_placed_twice_is_told_with_its_uid(given: Scenario) -> None:
    found = plan(given, Spot("s", "5 09:00"), Spot("s", "5 12:00"))
    uid = session_uid("test", "example.org", "s")
    assert verify(given, found).faults == (f"uid {uid} occurs 2 times", "session s is placed 2 times")


def test_two_placements_of_a_session_both_take_their_room_and_teams(given: Scenario) -> None:
    found = plan(given, Spot("s", "5 09:00"), Spot("s", "5 09:30"))
    broken = {rule for rule, subjects in broken_subjects(given, found).items() if subjects}
    assert broken == {"room-one-session", "team-one-place", "buffer"}


def test_the_priority_of_what_is_left_out_is_that_of_the_session(given: Scenario, sound: Plan) -> None:
    found = sound.model_copy(update={"unplaced": left_out("c.JPN", "c.KHM", "t", t=1)})
    assert verify(given, found).faults == ("session t has priority 3, not 1",)


@pytest.mark.parametrize(
    ("status", "changes", "faults"),
    [
        ("feasible", {"status": "feasible", "bound": None}, []),
        ("feasible", {"status": "feasible", "bound": 4}, []),
        ("feasible", {}, []),
        ("optimal", {"status": "feasible"}, ["the status of the plan is optimal, and that of tier quality feasible"]),
        ("feasible", {"bound": 4}, ["tier quality: the status is optimal, with value 5 and bound 4"]),
        ("feasible", {"bound": None}, ["tier quality: the status is optimal, with value 5 and bound None"]),
        ("feasible", {"status": "feasible", "bound": 6}, ["tier quality: the bound 6 is above the value 5"]),
        ("optimal", {"bound": 6}, ["tier quality: the bound 6 is above the value 5"]),
        (
            "feasible",
            {"status": "infeasible"},
            ["tier quality: the status is infeasible, and that of the plan feasible"],
        ),
        ("optimal", {"seconds": 0.0}, []),
        ("optimal", {"seconds": -1.0}, ["tier quality: -1.0 seconds is negative"]),
        ("optimal", {"value": 6, "bound": 6}, ["tier quality: the value is 5, not 6"]),
        (
            "feasible",
            {"value": None, "bound": None},
            [
                "tier quality: the status is optimal, with value None and bound None",
                "tier quality: the value is 5, not None",
            ],
        ),
        ("infeasible", {"status": "infeasible"}, ["the status is infeasible: the document holds no plan"]),
        ("feasible", {"status": "unknown", "value": None, "bound": 0}, ["tier quality: the value is 5, not None"]),
    ],
)
def test_claims_about_tiers(status: str, changes: dict[str, Any], faults: list[str]) -> None:
    """One soft rule of the tier costs 5: five interpreters work."""
    given = scenario(
        interpreters=[interpreter(name) for name in ("m1", "m2", "m3", "m4", "m5")],
        sessions=[meeting("s")],
        tiers=TIERS,
    )
    found = plan(given, Spot("s", "5 09:00", interpreters=("m1", "m2", "m3", "m4", "m5")))
    quality = found.tiers[-1].model_copy(
        update=changes | ({"status": Status(changes["status"])} if "status" in changes else {})
    )
    changed = found.model_copy(update={"status": Status(status), "tiers": (*found.tiers[:-1], quality)})
    assert list(verify(given, changed).faults) == faults


def test_tiers_are_those_of_the_scenario_in_order(given: Scenario, sound: Plan) -> None:
    held, presence, quality = sound.tiers
    for tiers, names in (
        ((held, quality, presence), "held, quality, presence"),
        ((held, presence), "held, presence"),
        ((), "none"),
    ):
        found = sound.model_copy(update={"tiers": tiers})
        assert verify(given, found).faults == (f"the tiers are {names} instead of held, presence, quality",)


def test_a_tier_of_another_name_is_told_once(given: Scenario, sound: Plan) -> None:
    other = sound.tiers[0].model_copy(update={"name": "other", "value": 0, "bound": 0})
    found = sound.model_copy(update={"tiers": (other, *sound.tiers[1:])})
    assert verify(given, found).faults == ("the tiers are other, presence, quality instead of held, presence, quality",)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"count": 2, "cost": 2}, "2 times 1 is 2 (soft, tier quality)"),
        ({"cost": 2}, "1 times 1 is 2 (soft, tier quality)"),
        ({"weight": 2, "cost": 2}, "1 times 2 is 2 (soft, tier quality)"),
        ({"tier": "held"}, "1 times 1 is 1 (soft, tier held)"),
    ],
)
def test_a_wrong_row_of_costs_is_told(given: Scenario, sound: Plan, changes: dict[str, Any], told: str) -> None:
    row = sound.costs[-1]
    assert row.rule == "few-interpreters"
    found = sound.model_copy(update={"costs": (*sound.costs[:-1], row.model_copy(update=changes))})
    right = "1 times 1 is 1 (soft, tier quality)"
    assert verify(given, found).faults == (f"costs of few-interpreters: {told} instead of {right}",)


def test_missing_and_foreign_rows_of_costs_are_told(given: Scenario, sound: Plan) -> None:
    rules = ", ".join(row.rule for row in sound.costs)
    found = sound.model_copy(update={"costs": ()})
    assert verify(given, found).faults == (f"the costs are of no rule instead of {rules}",)
    foreign = sound.costs[0].model_copy(update={"rule": "seats"})
    found = sound.model_copy(update={"costs": (foreign, *sound.costs)})
    assert verify(given, found).faults == (f"the costs are of seats, {rules} instead of {rules}",)


def test_a_scenario_without_soft_rules_has_neither_tiers_nor_costs(sound: Plan) -> None:
    given = scenario(sessions=[meeting("s")], rules={rule.id: {"level": "off"} for rule in CATALOGUE})
    found = plan(given, Spot("s", "5 09:00"))
    assert verify(given, found).sound
    report = verify(given, found.model_copy(update={"tiers": sound.tiers, "costs": sound.costs[:1]}))
    assert report.faults == (
        "the tiers are held, presence, quality instead of none",
        "the costs are of held instead of no rule",
    )


def test_a_plan_of_another_world_raises_nothing(given: Scenario) -> None:
    """Nothing that the placements name exists, and the last two lie at the edges of the calendar."""
    world = Placement(
        session="x",
        uid="x",
        start=START,
        end=START + HOUR,
        room="X",
        table=7,
        teams={"XXX": 1},
        delegates={"YYY": ("yes",), "KOR": ("bob", "cho", "dan")},
        interpreters=("zoe",),
        working_language="tlh",
        cases=("x",),
        leads=("y",),
    )
    known = world.model_copy(update={"session": "s", "delegates": {"YYY": ("yes",)}})
    first = known.model_copy(update={"start": datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))})
    last = known.model_copy(update={"session": "t", "end": datetime(9999, 12, 31, 23, tzinfo=UTC)})
    late = known.model_copy(update={"session": "c.all", "start": datetime(9999, 12, 31, 12, tzinfo=UTC)})
    found = plan(given).model_copy(update={"placements": (world, known, first, last, late)})
    report = verify(given, found)
    assert {violation.rule for violation in report.violations} == {"formation", "attendance", "language"}
    assert [fault for fault in report.faults if "no time that can be read" in fault] == [
        "session s: 0001-01-01 00:00:00+14:00 to 2026-02-05 10:00:00+09:00 is no time that can be read",
        "session t: 2026-02-05 09:00:00+09:00 to 9999-12-31 23:00:00+00:00 is no time that can be read",
        "session c.all: 9999-12-31 12:00:00+00:00 to 2026-02-05 10:00:00+09:00 is no time that can be read",
    ]
    assert counts(given, found)["room-changes"] == 0


def test_names_that_do_not_exist_hide_nothing_else(given: Scenario, sound: Plan) -> None:
    """The room and one delegation are unknown; the other delegation is still in two places."""
    found = plan(given, Spot("s", "5 09:00"), Spot("t", "5 09:30", "T", table=1))
    strange = replace_placement(
        found, room="Z", teams={"KOR": 1, "JPN": 1, "XXX": 1}, delegates={"KOR": (), "JPN": (), "XXX": ()}
    )
    clash = {("team", "KOR/1"), ("team", "JPN/1")}
    broken = {rule: set(subjects) for rule, subjects in broken_subjects(given, strange).items() if subjects}
    assert broken == {"team-one-place": clash, "buffer": clash}


def test_a_room_that_does_not_exist_is_no_other_room() -> None:
    """A pin, a block and a walk ask for the room of the sessions; for an unknown one nothing can be said of it."""
    given = scenario(
        rooms=[room("A", seats=2, windows=[window("6 09:00", "6 10:00")]), room("X", building="annex")],
        walks=[{"between": ["main", "annex"], "minutes": 200}],
        blocks=[block("b", "5 09:00", "5 17:00", room="A", blocks=["room"])],
        sessions=[meeting("s", features=["line"]), meeting("t")],
        pins=[{"session": "s", "room": "A"}],
    )
    found = plan(given, Spot("s", "5 09:00"), Spot("t", "5 11:00"))
    unknown = replace_placement(replace_placement(found, room="Z"), 1, room="Y")
    assert {rule: subjects for rule, subjects in broken_subjects(given, unknown).items() if subjects} == {}
    for position in (0, 1):
        half = replace_placement(plan(given, Spot("s", "5 09:00", "X"), Spot("t", "5 11:00", "X")), position, room="Z")
        assert broken_subjects(given, half)["buffer"] == frozenset()


def test_the_clock_of_the_venue_counts_and_not_that_of_the_plan(given: Scenario, sound: Plan) -> None:
    """The same instants with another offset are the same placement, but for the fault."""
    abroad = replace_placement(sound, start=START.astimezone(UTC), end=(START + HOUR).astimezone(UTC))
    assert broken_subjects(given, abroad) == broken_subjects(given, sound)
    assert counts(given, abroad) == counts(given, sound)
    moved = replace_placement(sound, start=START.replace(tzinfo=UTC), end=(START + HOUR).replace(tzinfo=UTC))
    assert {rule for rule, subjects in broken_subjects(given, moved).items() if subjects} == {"hours"}


def test_lengths_are_those_of_the_clock_on_the_wall_when_summer_time_begins() -> None:
    """In Paris the clock goes from two to three on 29 March 2026; from one to four it shows three hours."""
    days = [{"date": "2026-03-29", "opens": "01:00", "closes": "06:00"}]
    given = scenario(
        conference=conference(time_zone="Europe/Paris", days=days), sessions=[meeting("s", "KOR", minutes=180)]
    )
    found = plan(given, Spot("s", "5 09:00"))
    start = datetime(2026, 3, 29, 1, tzinfo=timezone(HOUR))
    right = replace_placement(found, start=start, end=datetime(2026, 3, 29, 4, tzinfo=timezone(2 * HOUR)))
    assert verify(given, right).faults == ()
    wrong = replace_placement(found, start=start, end=datetime(2026, 3, 29, 4, tzinfo=timezone(HOUR)))
    assert verify(given, wrong).faults == (
        "session s: 2026-03-29T04:00:00+01:00 has not the offset of Europe/Paris",
        "session s: lasts 240 minutes instead of 180",
    )
