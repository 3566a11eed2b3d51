"""``planner explain`` as organisers call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import OVERFULL, SMALL, run

QUICK = ("--time-limit", "60", "--workers", "1")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The file of a plan of the overfull scenario."""
    folder = tmp_path_factory.mktemp("explain") / "out"
    assert run("solve", OVERFULL, "-o", str(folder), "--deterministic-limit", "5").exit_code == 0
    return str(folder / "plan.json")


def test_a_scenario_that_can_be_held_whole_is_said_to_be() -> None:
    result = run("explain", SMALL, *QUICK)
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "Everything can be held.")


def test_obstacles_are_told_with_what_would_help() -> None:
    result = run("explain", OVERFULL, *QUICK)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0].startswith("The best plan leaves out 6 sessions: case-04, case-09, case-10, case-11, ")
    first = lines.index("1. case-04 cannot be held, whatever else is planned.")
    assert lines[first + 1 : first + 3] == [
        "   case-04 is secret, for which everybody and everything must be cleared: no room is.",
        "   What would help:",
    ]
    assert lines[first + 3].startswith("   - Clear Bear Room for secret (the rooms): ")
    assert "   Greece is there only from Wed 7 Oct 12:30." in lines


def test_what_leaves_no_plan_at_all_is_lifted_together(tmp_path: Path) -> None:
    """Two things leave no plan: a pin on a session that can never be held, and two pins on one room."""
    there = "start: 2026-10-07T10:00, room: bear"
    pins = f"pins: [{{session: case-04}}, {{session: case-01, {there}}}, {{session: case-02, {there}}}]"
    pinned = tmp_path / "pinned.yaml"
    pinned.write_text(f"{Path(OVERFULL).read_text(encoding='utf-8')}\n{pins}\n", encoding="utf-8")
    result = run("explain", str(pinned), *QUICK)
    lines = result.stdout.splitlines()
    assert (result.exit_code, lines[0]) == (1, "There is no plan.")
    second = lines.index("2. There is no plan at all.")
    assert lines[second + 1 : second + 4] == [
        "   case-01 is pinned: Wed 7 Oct 10:00, in Bear Room.",
        "   case-02 is pinned: Wed 7 Oct 10:00, in Bear Room.",
        "   Bear Room holds one session at a time.",
    ]
    assert (
        "There is a plan with 2 changes: Lift the pin of case-04 and Lift the pin of case-01; no fewer of these changes do."
        in lines
    )


def test_everything_is_told_to_programs() -> None:
    result = run("explain", OVERFULL, "--json", *QUICK)
    given = json.loads(result.stdout)
    assert (result.exit_code, given["everything_can_be_held"], given["complete"], given["plan"]) == (
        1,
        False,
        True,
        True,
    )
    assert [obstacle["sessions"] for obstacle in given["obstacles"][:2]] == [["case-04"], ["case-09"]]
    assert given["obstacles"][0]["conflict"] == {
        "minimal": True,
        "members": [
            {"rule": "held", "subject": ["session", "case-04"]},
            {"rule": "clearance", "subject": ["session", "case-04"]},
        ],
    }
    assert (given["together"]["at_least"], len(given["together"]["relaxation"]["changes"])) == (4, 4)
    assert given["together"]["relaxation"]["left_out"] == 0
    assert given["obstacles"][2]["proof"] == {
        "of": "rooms",
        "measure": "sessions",
        "needed": 12,
        "available": 8,
        "lacking_sessions": 4,
    }


def test_a_session_left_out_is_explained_with_its_price(plan: str) -> None:
    result = run("explain", OVERFULL, plan, "--session", "case-10", *QUICK)
    lines = result.stdout.splitlines()
    assert (result.exit_code, lines[0]) == (
        1,
        "case-10 is impossible beside case-01, case-03 and case-05 of the same or a higher priority:",
    )
    assert "held: 46 now, 51 then" in lines


def test_a_session_that_is_held_is_explained_by_what_else_it_would_cost(plan: str) -> None:
    result = run("explain", OVERFULL, plan, "--session", "case-03", "--at", "2026-10-07T10:00", *QUICK)
    assert result.stdout.splitlines()[0] == (
        "case-03 on Wed 7 Oct at 10:00 is possible while all other sessions are held as well. "
        "It would cost something else more."
    )
    other = run(
        "explain", OVERFULL, plan, "--session", "case-03", "--room", "tower", "--at", "2026-10-07T10:00", *QUICK
    )
    assert other.stdout.splitlines() == [
        "case-03 on Wed 7 Oct at 10:00 in tower is impossible, whatever else is planned:",
        "   It is asked for on Wed 7 Oct at 10:00 in tower.",
        "   Tower Room can be used only Wed 7 Oct 11:00–13:00.",
    ]


def test_a_delegation_is_told_of_its_own_side_only(plan: str) -> None:
    result = run("explain", OVERFULL, plan, "--session", "case-09", "--for", "GRC")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1:] == [
        "It takes 55 minutes. On your side, if it started at:",
        "  Wednesday 09:00 to 12:00: you are not there",
        "So no start is open on your side.",
        "More starts would be open on your side with being there longer. Tell the organiser if you can offer that.",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--at", "2026-10-07T10:00"], "Which session?"),
        (["--session", "case-10"], "A session is explained in a plan."),
        (["PLAN", "--session", "case-99"], "There is no session 'case-99'."),
        (["PLAN", "--session", "case-03", "--at", "10:00"], "--at '10:00' is no moment by the clock at the venue."),
        (["PLAN", "--session", "case-03", "--at", "2026-10-07T10:30"], "No session starts at 2026-10-07 10:30."),
        (["PLAN", "--session", "case-03", "--room", "attic"], "There is no room 'attic'."),
        (["PLAN", "--session", "case-09", "--for", "CHE"], "case-09 does not stand in the agenda of CHE."),
        (["PLAN", "--session", "case-09", "--for", "XXX"], "There is no delegation 'XXX'."),
    ],
)
def test_a_question_without_an_answer_is_refused(plan: str, arguments: list[str], message: str) -> None:
    result = run("explain", OVERFULL, *(plan if word == "PLAN" else word for word in arguments), *QUICK)
    assert (result.exit_code, result.stderr.splitlines()[-2]) == (2, message)


def test_a_plan_of_another_scenario_is_refused(plan: str, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    text = Path(OVERFULL).read_text(encoding="utf-8")
    other.write_text(text.replace("arrival: 2026-10-07T12:30", "arrival: 2026-10-07T12:45"), encoding="utf-8")
    result = run("explain", str(other), plan, "--session", "case-10")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("The plan does not fit the scenario: ")


@pytest.fixture(scope="module")
def repaired(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Scenario and plan of the small conference after the Bridge is lost from 10:45 to 13:00."""
    folder = tmp_path_factory.mktemp("moved")
    lost = "bridge=2026-09-15T10:45..2026-09-15T13:00"
    limit = ("--deterministic-limit", "5")
    assert run("solve", SMALL, "-o", str(folder / "before"), *limit).exit_code == 0
    plan = str(folder / "before" / "plan.json")
    now = ("--now", "2026-09-15T09:45", "--room-lost", lost)
    assert run("replan", SMALL, plan, "-o", str(folder / "after"), *now, *limit).exit_code == 0
    return str(folder / "after" / "scenario.yaml"), str(folder / "after" / "plan.json")


def test_a_session_that_was_moved_is_explained(repaired: tuple[str, str]) -> None:
    result = run("explain", *repaired, "--session", "case-4", "--why-moved", *QUICK)
    lines = result.stdout.splitlines()
    assert (result.exit_code, lines[1:]) == (
        1,
        [
            "It cannot be then and there any more, whatever else is planned:",
            "   As told, it is on Tue 15 Sep at 11:00 in Bridge.",
            "   Bridge can be used only Tue 15 Sep 09:00–10:45 and Tue 15 Sep 13:00–15:00.",
            "   What would help:",
            "   - Have Bridge free all the time (the rooms): case-4 could be then and there, nothing left out.",
        ],
    )
    given = json.loads(run("explain", *repaired, "--session", "case-4", "--why-moved", "--json", *QUICK).stdout)
    assert (given["stays"], given["impossible_alone"]["conflict"]["minimal"]) == (False, True)


def test_a_delegation_is_told_why_its_session_was_moved_by_its_own_side(repaired: tuple[str, str]) -> None:
    result = run("explain", *repaired, "--session", "case-4", "--why-moved", "--for", "EST")
    assert (result.exit_code, result.stdout.splitlines()[2]) == (
        0,
        "Nothing on your side is in the way of that. It is so no more because of other delegations, rooms or interpreters,",
    )
    given = json.loads(run("explain", *repaired, "--session", "case-4", "--why-moved", "--for", "EST", "--json").stdout)
    assert (given["reader"], given["in_the_way"], given["stays"]) == ("Estonia", [], False)


def test_why_moved_asks_of_a_changed_plan_what_people_were_told(plan: str, repaired: tuple[str, str]) -> None:
    first = run("explain", OVERFULL, plan, "--session", "case-10", "--why-moved")
    assert (first.exit_code, first.stderr.splitlines()) == (
        2,
        [
            "This is a first plan: nothing was moved in it.",
            "Give scenario.yaml and plan.json of a folder that replan wrote, or ask without --why-moved.",
        ],
    )
    both = run("explain", *repaired, "--session", "case-4", "--why-moved", "--room", "cabin")
    assert (both.exit_code, both.stderr.splitlines()[0]) == (2, "--why-moved asks for what people were told.")
    assert run("explain", OVERFULL, "--why-moved").stderr.splitlines()[0] == "Which session?"


def test_a_plan_that_leaves_sessions_out_ends_with_the_command_that_explains_it(here: Path) -> None:
    solved = run("solve", OVERFULL, "-o", "my out", "--deterministic-limit", "5")
    last = solved.stdout.splitlines()[-1]
    assert last == f"why sessions are left out, and what would help: planner explain {OVERFULL}"
    lost = ("--now", "2026-10-07T08:00", "--room-lost", "bear=2026-10-07T12:00..2026-10-07T13:00")
    repaired = run("replan", OVERFULL, "my out/plan.json", "-o", "new out", *lost, "--deterministic-limit", "5")
    assert repaired.stdout.splitlines()[-1] == (
        "why sessions are left out, and what would help: planner explain 'new out/scenario.yaml'"
    )
    again = run("replan", OVERFULL, "my out/plan.json", "-o", "other", *lost, "--deterministic-limit", "5", "--json")
    told = json.loads(again.stdout)
    assert told["explain"] == {
        "all": "planner explain other/scenario.yaml",
        "sessions": {
            item["session"]: f"planner explain other/scenario.yaml other/plan.json --session {item['session']}"
            for item in told["unplaced"]
        },
    }
    assert len(told["unplaced"]) > 5


def test_a_plan_that_holds_everything_has_nothing_to_explain(here: Path) -> None:
    result = run("solve", SMALL, "-o", "out", "--deterministic-limit", "5")
    assert result.stdout.splitlines()[-1] == f"the organiser's page: {Path('out', 'index.html')}"


def test_a_changed_scenario_without_a_plan_is_kept_for_its_explanation(here: Path) -> None:
    """Nobody may be told anything, and a room is lost; a file that is the organiser's own is not written over."""
    text = Path(SMALL).read_text(encoding="utf-8")
    Path("small.yaml").write_text(
        f"{text}\nrules: {{most-changes: {{parameters: {{sessions: 0}}}}}}\n", encoding="utf-8"
    )
    assert run("solve", "small.yaml", "-o", "out", "--deterministic-limit", "5").exit_code == 0
    lost = ("--now", "2026-09-15T09:45", "--room-lost", "bridge=2026-09-15T10:45..2026-09-15T13:00")
    arguments = ("replan", "small.yaml", "out/plan.json", "-o", "new", *lost, *QUICK)
    result = run(*arguments)
    assert (result.exit_code, result.stdout.splitlines()[-2:]) == (
        1,
        [
            "Nothing was written but the changed scenario, new-scenario.yaml.",
            "why, and what would help: planner explain new-scenario.yaml",
        ],
    )
    assert run("explain", "new-scenario.yaml", *QUICK).stdout.splitlines()[0] == "There is no plan."
    Path("new-scenario.yaml").unlink()
    told = json.loads(run(*arguments, "--json").stdout)
    assert told["explain"] == {"all": "planner explain new-scenario.yaml", "sessions": {}}
    assert Path("new-scenario.yaml").exists()
    Path("new-scenario.yaml").write_text("mine", encoding="utf-8")
    assert run(*arguments).stdout.splitlines()[-1] == "Nothing was written."
    assert Path("new-scenario.yaml").read_text(encoding="utf-8") == "mine"
