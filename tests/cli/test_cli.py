"""Every verb answers with the right exit code, prints JSON when asked, and writes nothing when it could not run."""

from __future__ import annotations

import json
import os
import re
import resource
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import planner
from planner.cli.program import app
from planner.rules import CATALOGUE
from planner.scenario_file import read_scenario
from tests.cli.running import OVERFULL, QUICK, SEOUL, SMALL, answer, command, contents, process, run
from tests.input.support import edited

VERBS = (
    "check",
    "sessions",
    "import",
    "solve",
    "demo",
    "verify",
    "render",
    "impact",
    "replan",
    "compare",
    "publish",
    "log",
    "show",
    "outbox",
    "send",
    "explain",
    "rules",
    "schema",
)
TEXT = Path(SMALL).read_text(encoding="utf-8")
STAMP = "2026-01-20T09:00:00+09:00"


def altered(*changes: tuple[str, str]) -> str:
    """Return the small scenario with texts replaced, each of which stands in it once."""
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


PINNED_TWICE = TEXT + (
    "pins:\n"
    "  - {session: case-3, start: 2026-09-15T11:00}\n"
    "  - {session: case-6, start: 2026-09-15T11:00}\n"
)  # fmt: skip
"""Chile has one team, and both sessions need it."""


def tampered(folder: Path, **changes: Any) -> str:
    """Return the plan of a folder with fields of its first placement replaced."""
    data = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    data["placements"][0] |= changes
    return json.dumps(data)


# Help


def test_the_verbs_are_those_of_the_help() -> None:
    names = [each.name or each.callback.__name__ for each in app.registered_commands if each.callback]
    assert sorted(names) == sorted(VERBS)
    shown = run("--help")
    assert shown.exit_code == 0
    assert [verb for verb in VERBS if f"\n  {verb} " not in shown.stdout] == []


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_a_verb_has_an_example_of_it(verb: str) -> None:
    shown = run(verb, "--help")
    assert shown.exit_code == 0
    assert f"Example: planner {verb}" in " ".join(shown.stdout.split())


def test_the_version_is_told() -> None:
    assert run("--version").stdout == f"planner {planner.__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["solve"], ["solve", SMALL], ["check", SMALL, "--nonsense"]])
def test_a_wrong_call_is_answered_with_usage_and_2(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.output


@pytest.mark.parametrize(
    "verb",
    [
        ("--help",),
        ("solve", "--help"),
        ("schema",),
        ("schema", "plan"),
        ("rules",),
        ("check", SMALL),
        ("sessions", SMALL),
        ("verify", SMALL, "plan.json"),
        ("render", SMALL, "plan.json", "-o", "out"),
        ("compare", "plan.json", "plan.json", "--scenario", SMALL),
        ("impact", SMALL, "plan.json", "--now", "2026-09-15T09:45", "--cancel", "case-6"),
        ("schema", "changes"),
    ],
    ids=" ".join,
)
def test_verbs_that_do_not_search_do_not_load_the_solver(verb: tuple[str, ...], small: Path, here: Path) -> None:
    Path("plan.json").write_bytes((small / "plan.json").read_bytes())
    call = command(*verb)
    call[call.index("-c") + 1] = (
        "import atexit, sys; atexit.register(lambda: sys.stderr.write(str('ortools' in sys.modules)));"
        + call[call.index("-c") + 1]
    )
    done = subprocess.run(call, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "False")


def test_the_help_loads_neither_pages_nor_calendars_nor_scenarios() -> None:
    unwanted = "ortools jinja2 icalendar ruamel.yaml langcodes pycountry planner.verify planner.scenario"
    call = f"import sys, planner.cli; print([name for name in {unwanted.split()} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", call], capture_output=True, encoding="utf-8", check=False)
    assert done.stdout == "[]\n"


# check, sessions, rules, schema


def test_check_counts_what_a_consistent_scenario_holds() -> None:
    assert answer("check", SMALL) == {
        "scenario": SMALL,
        "consistent": True,
        "delegations": 5,
        "cases": 6,
        "leads": 8,
        "sessions": 7,
        "rooms": 2,
        "days": 1,
        "impossible": {},
    }
    assert run("check", SMALL).stdout == (
        f"{SMALL} is consistent: 5 delegations, 6 cases, 8 leads, 7 sessions, 2 rooms, 1 day\n"
    )


def test_check_lists_what_no_plan_could_hold_and_calls_it_no_error() -> None:
    result = run("check", OVERFULL)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1:] == [
        "  case-04 can be held in no plan: No room is cleared for secret.",
        "  case-09 can be held in no plan: GRC is at no time there and free of blocks for 55 minutes.",
    ]
    assert list(answer("check", OVERFULL)["impossible"]) == ["case-04", "case-09"]


def test_a_scenario_comes_from_stdin_as_well() -> None:
    assert run("check", "-", stdin=TEXT).stdout.startswith("- is consistent: 5 delegations")
    assert run("sessions", "-", "--json", stdin=TEXT).stdout == run("sessions", SMALL, "--json").stdout


def test_sessions_are_shown_with_what_they_are_formed_from() -> None:
    given = answer("sessions", SMALL)
    assert [each["session"] for each in given] == [
        "case-1",
        "case-3",
        "case-4",
        "case-5.all",
        "case-5.CHL",
        "case-5.EST",
        "case-6",
    ]
    assert given[0] == {
        "session": "case-1",
        "chain": "case-1",
        "form": None,
        "cases": ["case-1", "case-2"],
        "leads": ["lead-1", "lead-2", "lead-3"],
        "leader": "PRT",
        "required": ["NOR"],
        "optional": [],
        "quorum": None,
        "officers": ["prt-1"],
        "minutes": 75,
        "priority": 1,
        "classification": "open",
        "features": [],
        "language": None,
        "sitting": 1,
        "follows": None,
    }
    assert run("sessions", SMALL).stdout.splitlines()[-1] == (
        "7 sessions in 5 chains, 250 minutes; parties in brackets are not required"
    )


def test_the_catalogue_is_printed_whole() -> None:
    given = answer("rules")
    assert [rule["id"] for rule in given] == [rule.id for rule in CATALOGUE]
    assert {tuple(rule) for rule in given} == {
        ("id", "title", "kind", "statement", "subject", "measure", "level", "weight", "tier", "parameters")
    }
    shown = run("rules").stdout
    assert [rule.id for rule in CATALOGUE if f"\n{rule.id} " not in shown] == []


@pytest.mark.parametrize(("of", "title"), [((), "Scenario"), (("scenario",), "Scenario"), (("plan",), "Plan")])
def test_the_schema_is_printed_as_it_is_shipped(of: tuple[str, ...], title: str) -> None:
    shown = run("schema", *of).stdout
    assert json.loads(shown)["title"] == f"{title} of a conference"
    assert shown == (Path(planner.__file__).parent / "schemas" / f"{title.lower()}.schema.json").read_text("utf-8")


# solve


KEYS = ["status", "held", "tiers", "unplaced", "costs", "folder", "files", "explain"]


def test_solve_writes_the_folder_and_tells_how_each_tier_ended(here: Path) -> None:
    given = answer("solve", SMALL, "-o", "out", *QUICK)
    assert list(given) == KEYS
    assert (given["status"], given["held"], given["unplaced"], given["folder"]) == ("optimal", 5, [], "out")
    assert [list(tier) for tier in given["tiers"]] == [["name", "status", "value", "bound", "seconds", "gap"]] * 4
    assert [(tier["name"], tier["value"], tier["gap"]) for tier in given["tiers"][:2]] == [
        ("held", 0, 0),
        ("presence", 0, 0),
    ]
    assert given["files"] == len(contents(here / "out")) == 27
    assert given["explain"] is None
    assert os.listdir() == ["out"]


def test_solve_prints_results_to_stdout_and_progress_to_stderr(here: Path) -> None:
    result = run("solve", OVERFULL, "-o", "out", *QUICK)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "optimal: 8 sessions held, 6 left out"
    assert lines[1].split() == ["tier", "status", "value", "bound", "gap", "seconds"]
    assert lines[2].split()[:5] == ["held", "optimal", "46", "46", "0"]
    assert "case-04" in result.stdout
    assert "No room is cleared for secret." in result.stdout
    progress = result.stderr.splitlines()
    assert {line.split()[0] for line in progress} == {"held", "presence", "quality", "rooms"}
    assert all(" value " in line and " bound " in line and " gap " in line and line.endswith(" s") for line in progress)


def test_the_plan_goes_to_stdout_and_from_there_into_verify(small: Path, here: Path) -> None:
    result = run("solve", "-", "-o", "-", *QUICK, stdin=TEXT)
    assert result.exit_code == 0
    assert result.stdout_bytes == (small / "plan.json").read_bytes()
    assert run("verify", SMALL, "-", stdin=result.stdout).exit_code == 0
    assert os.listdir() == []


def test_options_of_the_search_stand_in_the_plan(small: Path) -> None:
    plan = json.loads((small / "plan.json").read_text(encoding="utf-8"))
    assert (plan["seed"], plan["options"], plan["created_at"], plan["scenario_hash"]) == (
        0,
        {"seed": 0, "workers": 1, "time_limit": None, "deterministic_limit": 5.0, "clock": "deterministic"},
        "2026-01-20T00:00:00Z",
        read_scenario(Path(SMALL)).hash,
    )
    reproducible = json.loads(run("solve", SMALL, "-o", "-", "--deterministic-limit", "5").stdout)
    assert reproducible["options"] == plan["options"]
    wall = json.loads(run("solve", SMALL, "-o", "-", "--time-limit", "30", "--seed", "7").stdout)
    assert (wall["seed"], wall["options"]) == (
        7,
        {"seed": 7, "workers": 2, "time_limit": 30.0, "deterministic_limit": None, "clock": "wall"},
    )


def test_programs_are_told_how_to_ask_about_each_session_that_is_left_out(here: Path) -> None:
    """Of the overfull morning; a command that is told can be typed."""
    overfull = Path(SMALL).parents[1] / "overfull" / "scenario.yaml"
    given = answer("solve", str(overfull), "-o", "out of order", *QUICK)
    names = [item["session"] for item in given["unplaced"]]
    assert names
    told = [["planner", "explain", str(overfull), "out of order/plan.json", "--session", name] for name in names]
    assert [shlex.split(command) for command in given["explain"]["sessions"].values()] == told
    assert list(given["explain"]["sessions"]) == names
    assert given["explain"]["all"] == shlex.join(["planner", "explain", str(overfull)])
    assert run(*told[0][1:], "--time-limit", "5").stdout.startswith(names[0])


def test_pins_that_collide_give_a_negative_answer_and_nothing_is_written(here: Path) -> None:
    Path("pinned.yaml").write_text(PINNED_TWICE, encoding="utf-8")
    result = run("solve", "pinned.yaml", "-o", "out", *QUICK)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == "infeasible: there is no plan"
    assert result.stdout.splitlines()[-2:] == [
        "Nothing was written.",
        "why, and what would help: planner explain pinned.yaml",
    ]
    given = answer("solve", "pinned.yaml", "-o", "out", *QUICK, code=1)
    assert list(given) == [*KEYS, "colliding_pins"]
    assert (given["status"], given["folder"], given["files"]) == ("infeasible", None, 0)
    assert given["explain"] == {"all": "planner explain pinned.yaml", "sessions": {}}
    assert len(given["colliding_pins"]) == 1
    assert f"cannot all be kept: {given['colliding_pins'][0]}." in result.stdout
    assert {tier["status"] for tier in given["tiers"]} == {"infeasible"}
    assert os.listdir() == ["pinned.yaml"]


def test_no_plan_in_time_is_a_negative_answer_and_nothing_is_written(here: Path) -> None:
    result = run("solve", SEOUL, "-o", "out", "--deterministic-limit", "0.01", "--workers", "1")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == "unknown: there is no plan"
    assert "Give a larger --deterministic-limit." in result.stdout
    assert os.listdir() == []


def test_a_folder_written_before_stays_when_the_next_run_fails(small: Path, here: Path) -> None:
    assert run("render", SMALL, small / "plan.json", "-o", "out").exit_code == 0
    before = contents(here / "out")
    Path("pinned.yaml").write_text(PINNED_TWICE, encoding="utf-8")
    Path("broken.yaml").write_text("conference: {}\n", encoding="utf-8")
    assert run("solve", "pinned.yaml", "-o", "out", *QUICK).exit_code == 1
    assert run("solve", "broken.yaml", "-o", "out", *QUICK).exit_code == 2
    assert run("render", SMALL, "broken.yaml", "-o", "out").exit_code == 2
    assert contents(here / "out") == before


def test_a_folder_with_other_things_is_refused_before_the_search(here: Path) -> None:
    Path("out").mkdir()
    Path("out", "thesis.txt").write_text("mine", encoding="utf-8")
    result = run("solve", SMALL, "-o", "out", *QUICK)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "thesis.txt" in result.stderr
    assert "held" not in result.stderr
    assert contents(here) == {"out/thesis.txt": b"mine"}


def test_a_plan_that_was_found_is_kept_when_its_folder_cannot_be_written(here: Path) -> None:
    Path("mine").mkdir()
    Path("mine/door.html.j2").write_text("{{ view.nothing }}", encoding="utf-8")
    result = run("solve", SMALL, "-o", "out", "--templates", "mine", *QUICK)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"The plan is kept in {here / 'stolen-boats-2026-plan.json'}." in result.stderr
    assert sorted(os.listdir()) == ["mine", "stolen-boats-2026-plan.json"]
    assert run("verify", SMALL, "stolen-boats-2026-plan.json").exit_code == 0


def test_a_place_that_cannot_be_written_is_refused_before_the_search(here: Path) -> None:
    Path("file").write_text("no folder", encoding="utf-8")
    result = run("solve", SMALL, "-o", "file/out", *QUICK)
    assert (result.exit_code, result.stdout, os.listdir()) == (2, "", ["file"])
    assert result.stderr.startswith(f"{here / 'file' / 'out'} cannot be made: {here / 'file'} is a file.")


def test_demo_solves_a_shipped_scenario(small: Path, here: Path) -> None:
    given = answer("demo", "--scenario", "small", "-o", "out", "--deterministic-limit", "5", "--workers", "1")
    assert (given["status"], given["held"], given["folder"]) == ("optimal", 5, "out")
    assert set(contents(here / "out")) == set(contents(small))
    assert run("demo", "--scenario", "large", "-o", "out").exit_code == 2


# Wrong input


@pytest.mark.parametrize(
    "arguments",
    [("check",), ("sessions",), ("solve", "-o", "out"), ("verify", "plan.json"), ("render", "plan.json", "-o", "out")],
    ids=lambda arguments: arguments[0],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_a_broken_scenario_is_answered_with_all_flaws_and_nothing_is_written(
    arguments: tuple[str, ...], as_json: bool, small: Path, here: Path
) -> None:
    """Three flaws in three parts of the file."""
    text = edited(("Asia/Seoul", "Asia/Soul"), ("leader: KOR, required: [KHM]", "leader: KOR, required: [KHN]"),
                  ("grid_minutes: 30", "grid_minutes: 1"))  # fmt: skip
    Path("broken.yaml").write_text(text, encoding="utf-8")
    Path("plan.json").write_bytes((small / "plan.json").read_bytes())
    verb, *more = arguments
    result = run(verb, "broken.yaml", *more, *(["--json"] if as_json else []))
    assert result.exit_code == 2
    assert sorted(os.listdir()) == ["broken.yaml", "plan.json"]
    if as_json:
        given = json.loads(result.stdout)
        assert list(given) == ["error", "hint", "flaws"]
        assert [list(flaw) for flaw in given["flaws"]] == [["place", "field", "value", "message", "hint"]] * 3
        fields = [(flaw["place"], flaw["field"]) for flaw in given["flaws"]]
        assert (fields, result.stderr) == (
            [
                ("broken.yaml:5", "conference.time_zone"),
                ("broken.yaml:10", "conference.grid_minutes"),
                ("broken.yaml:38", "cases[0].required[0]"),
            ],
            "",
        )
    else:
        assert result.stdout == ""
        lines = result.stderr.splitlines()
        assert lines[0] == "broken.yaml is not a usable scenario: 3 flaws:"
        assert [line.partition(": ")[0].strip() for line in lines[1:4]] == [
            "broken.yaml:5",
            "broken.yaml:10",
            "broken.yaml:38",
        ]
        assert lines[4:] == ["Correct the file and check it again."]


@pytest.mark.parametrize("verb", [("check",), ("sessions",), ("solve", "-o", "out")], ids=lambda verb: verb[0])
def test_a_scenario_that_is_not_there_could_not_be_run(verb: tuple[str, ...], here: Path) -> None:
    name, *more = verb
    for path in ("nowhere.yaml", "."):
        result = run(name, path, *more)
        assert (result.exit_code, result.stdout) == (2, "")
        assert re.fullmatch(f"{path} cannot be read: .*\\.\nGive the path of a scenario file\\.\n", result.stderr)
    assert os.listdir() == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no json", "plan: this is no JSON."),
        ("{}", "conference: Field required"),
        ("[]", "plan: Input should be an object"),
        ("", "plan: the file is empty."),
        ("# A page\n\nAbout\n\nconference:\n", "plan: this is no JSON."),
    ],
)
def test_a_file_that_is_no_plan_could_not_be_run(text: str, said: str, here: Path) -> None:
    Path("plan.json").write_text(text, encoding="utf-8")
    for arguments in (("verify", SMALL, "plan.json"), ("render", SMALL, "plan.json", "-o", "out")):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"plan.json: {said}" in result.stderr
    result = run("verify", SMALL, "-", stdin=text)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"stdin: {said}" in result.stderr
    assert os.listdir() == ["plan.json"]


@pytest.mark.parametrize("text", [TEXT, "\ufeffconference:\n", '{"conference": {}}'], ids=["yaml", "mark", "json"])
def test_a_scenario_in_the_place_of_the_plan_is_said_to_be_one(text: str, here: Path) -> None:
    Path("both.yaml").write_text(text, encoding="utf-8")
    for verb, *more in (("verify",), ("explain", "--session", "case-1"), ("render", "-o", "out")):
        result = run(verb, SMALL, "both.yaml", *more)
        assert (result.exit_code, result.stdout, result.stderr) == (
            2,
            "",
            "both.yaml is a scenario, not a plan.\nGive the scenario first, then the plan.json that was made from it.\n",
        )


def test_a_plan_that_is_not_there_could_not_be_run(here: Path) -> None:
    result = run("verify", SMALL, "nowhere.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("nowhere.json cannot be read: No such file or directory")


def test_scenario_and_plan_cannot_both_come_from_stdin() -> None:
    result = run("verify", "-", "-", stdin=TEXT)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Scenario and plan cannot both come from stdin.")


@pytest.mark.parametrize(
    "option",
    [
        ("--seed", "-1"),
        ("--seed", "2147483648"),
        ("--workers", "0"),
        ("--time-limit", "0"),
        ("--time-limit", "nan"),
        ("--deterministic-limit", "nan"),
        ("--stamp", "yesterday"),
        ("--stamp", "2026-01-20T09:00:00"),
        ("--stamp", "2026-01-20"),
        ("--stamp", "0001-01-01T00:00:00+09:00"),
        ("--templates", "nowhere"),
    ],
    ids=" ".join,
)
def test_an_option_that_makes_no_sense_is_refused(option: tuple[str, str], here: Path) -> None:
    result = run("solve", SMALL, "-o", "out", *option)
    assert (result.exit_code, result.stdout) == (2, "")
    assert option[1] in result.stderr or option[0] in result.stderr
    assert os.listdir() == []


# Moments


def created(result_stdout: str) -> datetime:
    return datetime.fromisoformat(json.loads(result_stdout)["created_at"])


def test_the_stamp_is_what_calendars_give_as_their_last_change(small: Path) -> None:
    assert b"DTSTAMP:20260120T000000Z" in (small / "delegations" / "PRT" / "agenda.ics").read_bytes()


def test_without_a_stamp_the_moment_comes_from_the_environment(here: Path) -> None:
    options = ("-o", "-", *QUICK[:4])
    given = run("solve", SMALL, *options, env={"SOURCE_DATE_EPOCH": "1767225600"})
    assert created(given.stdout) == datetime(2026, 1, 1, tzinfo=UTC)
    both = run("solve", SMALL, *options, "--stamp", STAMP, env={"SOURCE_DATE_EPOCH": "1767225600"})
    assert created(both.stdout) == datetime(2026, 1, 20, tzinfo=UTC)
    for wrong in ("soon", "99999999999999999999", ""):
        refused = run("solve", SMALL, *options, env={"SOURCE_DATE_EPOCH": wrong})
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert f"SOURCE_DATE_EPOCH={wrong!r} is no number of seconds." in refused.stderr


def test_with_a_deterministic_limit_the_moment_is_that_of_the_file(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    Path("mine.yaml").write_text(TEXT, encoding="utf-8")
    os.utime("mine.yaml", (1767225600, 1767225600))
    assert created(run("solve", "mine.yaml", "-o", "-", *QUICK[:4]).stdout) == datetime(2026, 1, 1, tzinfo=UTC)
    before = datetime.now(UTC).replace(microsecond=0)
    now = created(run("solve", "mine.yaml", "-o", "-", "--workers", "1").stdout)
    assert before <= now <= datetime.now(UTC)


# verify and render


def test_verify_counts_every_cost_of_a_sound_plan(small: Path) -> None:
    given = answer("verify", SMALL, small / "plan.json")
    assert list(given) == ["sound", "faults", "violations", "relaxed", "costs", "tiers"]
    assert (given["sound"], given["faults"], given["violations"]) == (True, [], [])
    plan = json.loads((small / "plan.json").read_text(encoding="utf-8"))
    assert given["costs"] == plan["costs"]
    assert given["tiers"] == [{"name": tier["name"], "value": tier["value"]} for tier in plan["tiers"]]
    assert run("verify", SMALL, small / "plan.json").stdout.splitlines()[-1] == "sound: nothing found"


def test_verify_tells_what_is_wrong_with_a_tampered_plan(small: Path, here: Path) -> None:
    """The first session is moved on by five minutes."""
    first = json.loads((small / "plan.json").read_text(encoding="utf-8"))["placements"][0]
    start, end = (datetime.fromisoformat(first[key]).replace(minute=35).isoformat() for key in ("start", "end"))
    Path("plan.json").write_text(tampered(small, start=start, end=end), encoding="utf-8")
    given = answer("verify", SMALL, "plan.json", code=1)
    assert given["sound"] is False
    assert ["hours", ["session", first["session"]]] in [[each["rule"], each["subject"]] for each in given["violations"]]
    shown = run("verify", SMALL, "plan.json")
    assert shown.exit_code == 1
    assert [
        each for each in given["violations"] if f"broken: {each['rule']}: {each['message']}" not in shown.stdout
    ] == []
    assert shown.stdout.splitlines()[-1].startswith("not sound: ")


def test_verify_refuses_the_plan_of_another_scenario(small: Path) -> None:
    given = answer("verify", OVERFULL, small / "plan.json", code=1)
    assert given["sound"] is False
    assert len(given["faults"]) > 1


def test_verify_refuses_the_plan_of_a_scenario_that_was_changed_since(small: Path, here: Path) -> None:
    Path("changed.yaml").write_text(altered(("seats: 12", "seats: 13")), encoding="utf-8")
    given = answer("verify", "changed.yaml", small / "plan.json", code=1)
    assert (given["violations"], len(given["faults"])) == ([], 1)
    Path("changed.yaml").write_text(altered(("# a late flight", "# another comment")), encoding="utf-8")
    assert answer("verify", "changed.yaml", small / "plan.json")["sound"] is True


def test_render_writes_the_same_folder_again(small: Path, here: Path) -> None:
    given = answer("render", SMALL, small / "plan.json", "-o", "out")
    assert list(given) == KEYS
    assert contents(here / "out") == contents(small)


def test_render_of_an_unsound_plan_writes_nothing(small: Path, here: Path) -> None:
    Path("plan.json").write_text(tampered(small, room="cabin", teams={"PRT": 9}), encoding="utf-8")
    result = run("render", SMALL, "plan.json", "-o", "out")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1].startswith("not sound: ")
    assert answer("render", SMALL, "plan.json", "-o", "out", code=1)["sound"] is False
    assert os.listdir() == ["plan.json"]


def test_render_takes_the_organisers_templates_first(small: Path, here: Path) -> None:
    Path("mine").mkdir()
    Path("mine", "public.html.j2").write_text("<p>Made by hand</p>\n", encoding="utf-8")
    assert run("render", SMALL, small / "plan.json", "-o", "out", "--templates", "mine").exit_code == 0
    changed = {name for name, content in contents(here / "out").items() if content != contents(small)[name]}
    assert changed == {"public/programme.html"}
    assert Path("out", "public", "programme.html").read_text(encoding="utf-8") == "<p>Made by hand</p>\n"


@pytest.mark.parametrize("template", ["{{ view.nothing }}", "{% if %}", "{% include 'nowhere' %}"])
def test_a_wrong_template_is_refused_and_nothing_is_written(template: str, small: Path, here: Path) -> None:
    Path("mine").mkdir()
    Path("mine", "public.html.j2").write_text(template, encoding="utf-8")
    result = run("render", SMALL, small / "plan.json", "-o", "out", "--templates", "mine")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "public.html.j2" in result.stderr
    assert os.listdir() == ["mine"]


def test_render_does_not_write_a_folder_to_stdout(small: Path, here: Path) -> None:
    result = run("render", SMALL, small / "plan.json", "-o", "-")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("A folder cannot be written to stdout.")
    assert os.listdir() == []


# Streams


def test_output_is_utf_8_wherever_it_goes(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text(altered(("title: Outboard motors", "title: Außenbordmotoren 船")), "utf-8")
    done = process("solve", "scenario.yaml", "-o", "-", *QUICK, cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    (tmp_path / "broken.yaml").write_text("船: 1\n", "utf-8")
    done = process("check", "broken.yaml", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert done.returncode == 2
    assert "船" in done.stderr


@pytest.mark.parametrize("verb", [("rules",), ("rules", "--json"), ("schema",), ("check", SMALL)], ids=" ".join)
def test_a_full_disk_is_told_without_a_traceback(verb: tuple[str, ...], tmp_path: Path) -> None:
    """The process may write files of no bytes only."""
    with (tmp_path / "out").open("w") as full:
        done = subprocess.run(
            command(*verb),
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
        )
    assert (done.returncode, done.stderr) == (2, "The output cannot be written: File too large.\n")


def test_a_reader_who_goes_away_is_no_error_to_talk_about() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as closed:
        done = subprocess.run(command("rules"), stdout=closed, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
