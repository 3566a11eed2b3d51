"""Files of changes and options: what is right is read, and of what is wrong all flaws are told."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from planner.applying import apply_changes
from planner.changes import ArrivesLate, Changes, PartyJoins, RoomLost, SessionMoved, TeamAway
from planner.changes_file import given_changes, parse_changes, read_changes
from planner.changes_file.item import KINDS
from planner.errors import InputError
from planner.scenario import Pin
from planner.scenario_file.compose import read_tree
from planner.scenario_file.tree import plain
from planner.schema import changes_schema
from tests.replanning.world import NOW, PLAN, SCENARIO, SPOTS, parsed
from tests.verify.build import moment, plan

HERE = Path(__file__).parent
EXAMPLE = "[{kind: arrives-late, delegation: KHM, at: 2026-02-05T17:00}]"
EVERY_KIND = """\
why: The first morning
changes:
  - {kind: arrives-late, delegation: KHM, at: 2026-02-05T11:30, why: Their flight is late}
  - {kind: leaves-early, delegation: KHM, at: 2026-02-06T16:00}
  - {kind: team-away, delegation: KOR, team: 2, start: 2026-02-05T12:00, end: 2026-02-05T13:00}
  - {kind: team-added, delegation: JPN}
  - {kind: delegate-away, delegate: kor-1}
  - {kind: room-lost, room: A, features: [video], end: 2026-02-05T12:00}
  - {kind: interpreter-away, interpreter: int-1, start: 2026-02-05T12:00, end: 2026-02-05T13:00}
  - {kind: case-added, case: {id: case-7, title: Crow, leader: JPN, required: [KHM], minutes: 30}}
  - {kind: case-priority, case: case-7, priority: 1}
  - {kind: lead-added, case: case-7, lead: {id: lead-3, title: Plate}}
  - {kind: lead-priority, lead: lead-3, priority: 1}
  - {kind: lead-withdrawn, lead: lead-2}
  - {kind: party-joins, case: case-7, delegation: THA, role: optional}
  - {kind: party-leaves, case: case-2, delegation: THA}
  - {kind: sitting-added, case: case-1}
  - {kind: session-pinned, session: case-3}
  - {kind: session-moved, session: case-6.2, start: 2026-02-06T10:00, room: B}
  - {kind: session-cancelled, session: brief}
  - {kind: block-moved, block: lunch, start: 2026-02-05T12:30}
"""


def _wrong() -> list[Any]:
    return [
        pytest.param(entry["changes"], entry["flaws"], id=f"{file.stem}: {entry['name']}")
        for file in sorted((HERE / "wrong").glob("*.yaml"))
        for entry in YAML(typ="safe", pure=True).load(file)
    ]


def _said(text: str | bytes) -> list[str]:
    with pytest.raises(InputError) as caught:
        parse_changes(text, "f", SCENARIO, PLAN, NOW)
    assert all(flaw.hint for flaw in caught.value.flaws)
    return [str(flaw) for flaw in caught.value.flaws]


@pytest.mark.parametrize(("changes", "flaws"), _wrong())
def test_wrong_changes_are_answered_with_all_their_flaws(changes: list[str], flaws: list[str]) -> None:
    assert flaws
    assert _said("changes:\n" + "".join(f"  - {line}\n" for line in changes)) == flaws


def test_every_kind_of_change_can_be_made_beside_others() -> None:
    """Only what ends a delegation or a case is left out, since the others name those, and the end of a pin."""
    changes = parsed(EVERY_KIND)
    assert changes.why == "The first morning"
    assert {change.kind for change in changes.changes} == KINDS.keys() - {
        "withdraws",
        "case-withdrawn",
        "session-unpinned",
    }
    assert changes.changes[0] == ArrivesLate(
        kind="arrives-late",
        delegation="KHM",
        at=datetime.fromisoformat(moment("5 11:30")),
        why="Their flight is late",
    )


def test_flaws_of_the_file_and_of_its_changes_are_shown_together_by_line() -> None:
    text = (
        "wy: typing\nchanges:\n  - {kind: withdraws, delegation: KHN}\n  - {kind: withdraws}\n"
        "  - {kind: withdraws, delegation: JPN, delegation: KHM}\n"
    )
    assert _said(text) == [
        "f:1: wy: there is no such field (found typing). Did you mean why?",
        "f:3: changes[0].delegation: there is no delegation of this id (found KHN). Did you mean KHM?",
        "f:4: changes[1].delegation: this field is missing. Add it, for example delegation: KHM.",
        "f:5: changes[2].delegation: the field is given twice, first on line 5. Keep one of them.",
    ]


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("", f"f:1: changes: the file is empty. Write for example changes: {EXAMPLE}."),
        ("changes: []\n", f"f:1: changes: there must be 1 or more of these (found []). Write for example {EXAMPLE}."),
        ("why: x\n", f"f:1: changes: this field is missing. Add it, for example changes: {EXAMPLE}."),
        (
            "changes: [\n",
            "f:2: changes: this is not YAML: expected the node content, but found '<stream end>'. "
            "Close the bracket or brace.",
        ),
        (b"changes: \xff\n", "f:1: changes: the file is not in UTF-8 (found 0xff). Save it with the encoding UTF-8."),
        (
            "changes: [{kind: withdraws, delegation: KHM}]\n---\nchanges: []\n",
            "f:2: changes: a second document begins here. Keep one list of changes in a file; take the line --- out.",
        ),
    ],
    ids=["nothing", "no changes", "no list", "no YAML", "no UTF-8", "two documents"],
)
def test_what_is_no_list_of_changes_is_told(text: str | bytes, flaw: str) -> None:
    assert _said(text) == [flaw]


def test_a_change_that_cannot_be_read_raises_no_false_flaws_elsewhere() -> None:
    """The case that the first change would add is named by all others."""
    text = (
        "changes:\n  - {kind: case-added, case: {id: case-7, title: Crow, leader: JPN, required: [KHM], minuts: 30}}\n"
        "  - {kind: case-priority, case: case-7, priority: 1}\n  - {kind: session-pinned, session: case-7, room: A}\n"
    )
    assert _said(text) == ["f:2: changes[0].case.minuts: there is no such field (found 30). Did you mean minutes?"]


def test_an_earlier_pin_that_cannot_be_kept_any_more_is_told_of_the_change_that_ends_it() -> None:
    pin = Pin(session="case-3", start=datetime.fromisoformat(moment("5 15:00")))
    pinned = SCENARIO.model_copy(update={"pins": (pin,)})
    text = "changes:\n  - {kind: team-added, delegation: JPN}\n  - {kind: interpreter-away, interpreter: int-1}\n"
    with pytest.raises(InputError) as caught:
        parse_changes(text, "f", pinned, plan(pinned, *SPOTS), NOW)
    assert [str(flaw) for flaw in caught.value.flaws] == [
        "f:3: changes[1]: with this change the pin of case-3 cannot be kept: case-3 can be held in no plan: KHM has no "
        "cleared interpreter from any language that may be spoken (en) (found {kind: interpreter-away, interpreter: int-1}). "
        "Write {kind: session-unpinned, session: case-3} as well, or move or cancel the session."
    ]


@pytest.mark.parametrize(
    ("option", "value", "change"),
    [
        ("--late", "KHM=2026-02-05T11:30", {"kind": "arrives-late", "delegation": "KHM", "at": moment("5 11:30")}),
        (
            "--leaves-early",
            "KHM=2026-02-05T12:30",
            {"kind": "leaves-early", "delegation": "KHM", "at": moment("5 12:30")},
        ),
        ("--withdraws", "KHM", {"kind": "withdraws", "delegation": "KHM"}),
        ("--team-away", "KOR/2", {"kind": "team-away", "delegation": "KOR", "team": 2}),
        (
            "--team-away",
            "KOR/2=2026-02-05T12:00",
            {"kind": "team-away", "delegation": "KOR", "team": 2, "start": moment("5 12:00")},
        ),
        (
            "--team-away",
            "KOR/2=..2026-02-05T12:00",
            {"kind": "team-away", "delegation": "KOR", "team": 2, "end": moment("5 12:00")},
        ),
        (
            "--delegate-away",
            "kor-1=2026-02-05T12:00..2026-02-05T14:00",
            {"kind": "delegate-away", "delegate": "kor-1", "start": moment("5 12:00"), "end": moment("5 14:00")},
        ),
        ("--interpreter-away", "int-1", {"kind": "interpreter-away", "interpreter": "int-1"}),
        ("--room-lost", "A", {"kind": "room-lost", "room": "A"}),
        (
            "--room-lost",
            "A/video=2026-02-05T12:00",
            {"kind": "room-lost", "room": "A", "features": ("video",), "start": moment("5 12:00")},
        ),
        ("--cancel", "case-2", {"kind": "session-cancelled", "session": "case-2"}),
        (
            "--move",
            "case-2=2026-02-05T14:00",
            {"kind": "session-moved", "session": "case-2", "start": moment("5 14:00")},
        ),
        (
            "--move",
            "case-2=2026-02-05T14:00@A",
            {"kind": "session-moved", "session": "case-2", "start": moment("5 14:00"), "room": "A"},
        ),
    ],
)
def test_an_option_gives_the_change_that_a_file_would(option: str, value: str, change: dict[str, Any]) -> None:
    assert given_changes(SCENARIO, PLAN, NOW, [(option, value)]) == Changes.model_validate({"changes": [change]})


def test_flaws_of_options_name_the_option() -> None:
    options = [
        ("--late", "KHM"),
        ("--late", "KHN=2026-02-05T11:30"),
        ("--team-away", "KOR/two"),
        ("--move", "case-2"),
        ("--withdraws", "JPN"),
        ("--leaves-early", "JPN=2026-02-05T16:00"),
    ]
    with pytest.raises(InputError) as caught:
        given_changes(SCENARIO, PLAN, NOW, options)
    assert caught.value.message == "These changes cannot be made: 5 flaws"
    assert sorted(map(str, caught.value.flaws)) == [
        "--late KHM: at: this field is missing. Add it, for example at: 2026-02-05T17:00.",
        "--late KHN=2026-02-05T11:30: delegation: there is no delegation of this id (found KHN). Did you mean KHM?",
        "--leaves-early JPN=2026-02-05T16:00: delegation: --withdraws JPN withdraws this delegation (found JPN). "
        "Keep one of them.",
        "--move case-2: start: this field is missing. Add it, for example start: 2026-02-05T09:00.",
        "--team-away KOR/two: team: this is not a whole number (found two). Write digits only, such as 2.",
    ]


def test_a_pin_that_is_in_the_way_of_a_change_can_be_given_up() -> None:
    pin = Pin(session="case-3", start=datetime.fromisoformat(moment("5 15:00")))
    pinned = SCENARIO.model_copy(update={"pins": (pin,)})
    told = plan(pinned, *SPOTS)
    changes = given_changes(pinned, told, NOW, [("--late", "KHM=2026-02-05T16:00"), ("--unpin", "case-3")])
    assert apply_changes(pinned, told, changes, NOW).pins == ()
    with pytest.raises(InputError):
        given_changes(pinned, told, NOW, [("--late", "KHM=2026-02-05T16:00")])


def test_options_come_after_the_file_and_are_held_against_it() -> None:
    text = "changes: [{kind: case-added, case: {id: case-7, title: Crow, leader: JPN, required: [KHM], minutes: 30}}]\n"
    changes = parse_changes(text, "f", SCENARIO, PLAN, NOW, [("--move", "case-7=2026-02-06T15:00@A")])
    assert changes.changes[1] == SessionMoved(
        kind="session-moved", session="case-7", start=datetime.fromisoformat(moment("6 15:00")), room="A"
    )


def test_no_changes_at_all_are_refused() -> None:
    with pytest.raises(InputError) as caught:
        given_changes(SCENARIO, PLAN, NOW, [])
    assert (caught.value.message, caught.value.hint) == (
        "Nothing changes.",
        "Give a file of changes, or an option such as --late.",
    )


def test_a_moment_after_the_conference_is_refused() -> None:
    late = datetime.fromisoformat(moment("6 17:00"))
    with pytest.raises(InputError) as caught:
        given_changes(SCENARIO, PLAN, late, [("--withdraws", "KHM")])
    assert caught.value.message == "The conference was over at 2026-02-06T17:00."
    assert given_changes(SCENARIO, PLAN, late - timedelta(minutes=5), [("--withdraws", "KHM")]).changes


def test_a_plan_of_another_scenario_is_refused() -> None:
    other = SCENARIO.model_copy(update={"cases": SCENARIO.cases[:-1]})
    with pytest.raises(InputError) as caught:
        given_changes(other, PLAN, NOW, [("--withdraws", "KHM")])
    assert caught.value.message == "The plan was made from another scenario."


def test_a_plan_that_is_not_sound_is_refused() -> None:
    wrong = PLAN.model_copy(update={"placements": PLAN.placements[:-1]})
    with pytest.raises(InputError) as caught:
        given_changes(SCENARIO, wrong, NOW, [("--withdraws", "KHM")])
    assert caught.value.message.startswith("The plan is not sound, so it cannot be changed: ")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_changes(tmp_path / "changes.yaml", SCENARIO, PLAN, NOW)
    assert caught.value.hint == "Give the path of a changes file."


def _faults(text: str) -> list[str]:
    tree = read_tree(text).tree
    assert tree is not None
    validator = jsonschema.Draft202012Validator(changes_schema())
    return [error.json_path for error in validator.iter_errors(plain(tree))]


def test_changes_satisfy_the_schema_and_wrong_ones_do_not() -> None:
    assert _faults(EVERY_KIND) == []
    assert _faults(EVERY_KIND.replace("kind: team-added", "kind: team-aded")) == ["$.changes[3]"]
    assert _faults(EVERY_KIND.replace("at: 2026-02-05T11:30", "at: 11:30")) == ["$.changes[0]"]
    assert _faults(EVERY_KIND.replace("why: The first", "wy: The first")) == ["$"]


def test_times_left_out_are_none() -> None:
    changes = parsed("changes: [{kind: team-away, delegation: KOR, team: 1}, {kind: room-lost, room: B}]").changes
    assert changes == (
        TeamAway(kind="team-away", delegation="KOR", team=1),
        RoomLost(kind="room-lost", room="B"),
    )


def test_a_party_joins_as_required_unless_it_is_said_otherwise() -> None:
    changes = parsed("changes: [{kind: party-joins, case: case-3, delegation: THA}]").changes
    assert changes == (PartyJoins(kind="party-joins", case="case-3", delegation="THA", role="required"),)
