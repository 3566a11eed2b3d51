"""The verb ``impact``: options, files, what is printed, and what is answered to wrong input."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import SMALL, answer, run

NOW = ("--now", "2026-09-15T09:45")


def told(small: Path, *arguments: str | Path) -> str:
    result = run("impact", SMALL, small / "plan.json", *NOW, *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_change_that_breaks_nothing_is_told_in_two_lines(small: Path) -> None:
    assert told(small, "--interpreter-away", "es-1=2026-09-15T14:45") == (
        "1 session past or under way; of 4 to come 4 can stay as told\nnobody is told anything new\n"
    )


def test_options_and_file_are_taken_together(small: Path, here: Path) -> None:
    Path("changes.yaml").write_text("changes: [{kind: session-cancelled, session: case-6}]\n", encoding="utf-8")
    found = answer(
        "impact", SMALL, small / "plan.json", "changes.yaml", *NOW, "--cancel", "case-3", "--cancel", "case-4"
    )
    assert [each["session"] for each in found["cancelled"]] == ["case-4", "case-6", "case-3"]
    assert (found["harmless"], found["now"], found["past"]) == (False, "2026-09-15 09:45:00", ["case-1"])


def test_a_file_from_stdin_is_read(small: Path) -> None:
    text = "changes: [{kind: withdraws, delegation: CHL}]\n"
    result = run("impact", SMALL, small / "plan.json", "-", *NOW, stdin=text)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "1 session past or under way; of 4 to come 1 can stay as told"


def test_a_session_that_cannot_stay_is_told_with_when_where_and_why(small: Path) -> None:
    found = answer("impact", SMALL, small / "plan.json", *NOW, "--late", "CHL=2026-09-15T14:00")
    lines = told(small, "--late", "CHL=2026-09-15T14:00")
    assert found["broken"]
    for broken in found["broken"]:
        assert broken["told"]["session"] in lines
        assert all(reason["message"] in " ".join(lines.split()) for reason in broken["reasons"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*NOW,), "Nothing changes.\nGive a file of changes, or an option such as --late.\n"),
        (
            (*NOW, "--late", "CHI=2026-09-15T14:00"),
            "These changes cannot be made: one flaw:\n  --late CHI=2026-09-15T14:00: delegation: there is no delegation of "
            "this id (found CHI). Did you mean CHL?\nCorrect the options, or leave them out.\n",
        ),
        (
            ("--now", "9:45", "--withdraws", "CHL"),
            "--now '9:45' is no date and time to the minute as the clock at the venue shows it.\n"
            "Write for example 2026-02-05T13:05.\n",
        ),
        (
            ("--now", "2026-09-15T09:45+09:00", "--withdraws", "CHL"),
            "--now '2026-09-15T09:45+09:00' is no date and time to the minute as the clock at the venue shows it.\n"
            "Write for example 2026-02-05T13:05.\n",
        ),
        (
            ("--now", "2026-09-15T15:00", "--withdraws", "CHL"),
            "The conference was over at 2026-09-15T15:00.\nGive an earlier moment as --now.\n",
        ),
        (
            ("nowhere.yaml", *NOW),
            "nowhere.yaml cannot be read: No such file or directory.\nGive the path of a changes file.\n",
        ),
    ],
    ids=["nothing", "unknown", "now", "offset", "late", "file"],
)
def test_wrong_input_is_answered_with_what_to_do_and_2(
    small: Path, here: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = run("impact", SMALL, small / "plan.json", *arguments)
    assert (result.exit_code, result.stderr) == (2, said)


def test_a_plan_of_another_scenario_is_refused(small: Path, here: Path) -> None:
    other = Path(SMALL).read_text(encoding="utf-8").replace("Harbour House", "Harbour Hall")
    Path("other.yaml").write_text(other, encoding="utf-8")
    result = run("impact", "other.yaml", small / "plan.json", *NOW, "--withdraws", "CHL")
    assert result.exit_code == 2
    assert result.stderr.startswith("The plan was made from another scenario.\n")
