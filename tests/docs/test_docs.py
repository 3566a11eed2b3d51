"""The documentation says what the product does: nothing is missing, stale, or leads nowhere."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import tomllib
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.changes_file import parse_changes
from planner.changes_file.item import KINDS
from planner.cli.program import app
from planner.errors import InputError
from planner.rules import CATALOGUE
from planner.scenario_file import parse_scenario
from tests.conftest import Solved
from tests.docs import guide
from tests.docs.tutorial import DOCS, TUTORIAL, final_scenario, run, steps, tidy

ROOT = DOCS.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted(
    [
        *DOCS.rglob("*.md"),
        *(page for name in ("README", "CHANGELOG", "CONTRIBUTING") for page in ROOT.glob(f"{name}.md")),
    ]
)
VERBS = sorted(each.name or each.callback.__name__ for each in app.registered_commands if each.callback is not None)
_LINK = re.compile(r"(?<!`)\[[^\]\n]*\]\(([^)\s]+)\)")
_FENCED = re.compile(r"^```.*?^```$|^    .*$", re.MULTILINE | re.DOTALL)


def _generate(*arguments: str, at: Path = DOCS) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(at / "generate.py"), *arguments], capture_output=True, text=True, check=False
    )


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings]
    return {heading.strip().replace(" ", "-") for heading in plain}


def _dead_links(page: Path) -> list[str]:
    dead = []
    for link in _LINK.findall(_FENCED.sub("", page.read_text(encoding="utf-8"))):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        outside = re.match(r"[a-z]+:", link)
        if not outside and not (target.exists() and (not anchor or anchor in _anchors(target))):
            dead.append(link)
    return dead


def test_generated_pages_are_current() -> None:
    run = _generate("--check")
    assert (run.stdout, run.stderr, run.returncode) == ("", "", 0)


def test_a_stale_page_is_named(tmp_path: Path) -> None:
    (tmp_path / "generate.py").write_bytes((DOCS / "generate.py").read_bytes())
    _generate(at=tmp_path)
    page = tmp_path / "reference" / "rules.md"
    page.write_text(page.read_text(encoding="utf-8").replace("Opening hours", "Closing hours"), encoding="utf-8")
    run = _generate("--check", at=tmp_path)
    assert (run.stdout, run.returncode) == ("docs/reference/rules.md is stale; run python docs/generate.py\n", 1)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_link_is_dead(page: Path) -> None:
    assert _dead_links(page) == []


def test_a_dead_link_would_be_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One\n[a](gone.md) [b](#one) [c](#two) [d](page.md#one) [e](https://example.org/x)\n")
    assert _dead_links(page) == ["gone.md", "#two"]


def test_every_page_is_on_the_map() -> None:
    linked = {(DOCS / link.partition("#")[0]).resolve() for link in _LINK.findall((DOCS / "index.md").read_text())}
    assert [page for page in DOCS.rglob("*.md") if page not in linked and page.name != "index.md"] == []


def test_every_rule_has_its_formula_in_the_order_of_the_catalogue() -> None:
    headings = re.findall(r"^### (\S+)$", (DOCS / "explanation" / "model.md").read_text(), re.MULTILINE)
    assert headings == [rule.id for rule in CATALOGUE]


def test_every_rule_is_in_the_reference() -> None:
    headings = re.findall(r"^### (\S+)$", (DOCS / "reference" / "rules.md").read_text(), re.MULTILINE)
    assert sorted(headings) == sorted(rule.id for rule in CATALOGUE)


def test_every_verb_is_in_the_reference() -> None:
    headings = re.findall(r"^## planner (\S+)$", (DOCS / "reference" / "command-line.md").read_text(), re.MULTILINE)
    assert sorted(headings) == VERBS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_in_the_documentation_exist(page: Path) -> None:
    said = re.findall(r"^(?:    |\$ )planner (\w+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert [verb for verb in said if verb not in VERBS] == []


def test_quoted_code_is_in_the_code() -> None:
    quotes = re.findall(
        r"<!-- from (\S+) -->\n```text\n(.*?)```", (DOCS / "add-a-rule.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert len(quotes) == 6
    assert [path for path, code in quotes if code not in (ROOT / path).read_text(encoding="utf-8")] == []


def test_the_layers_are_those_of_the_import_contract() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = [layer.replace("planner.", "") for layer in settings["tool"]["importlinter"]["contracts"][0]["layers"]]
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    said = re.findall(r"^   ```text\n(.*?)   ```$", text, re.MULTILINE | re.DOTALL)
    assert [block.split("\n") for block in map(inspect.cleandoc, said)] == [layers]


def test_settings_shown_in_the_how_to_guides_are_accepted() -> None:
    guide = (DOCS / "how-to" / "rules-and-tiers.md").read_text(encoding="utf-8")
    shown = re.findall(r"^```text\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)
    base = final_scenario().partition("\nrules:")[0]
    assert [parse_scenario(f"{base}\n{text}".encode()).conference.id for text in shown] == ["medicines-2026"] * 3


def test_the_readme_shows_a_real_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which of equally good sessions are left out may differ from run to run, so the table of them is not compared."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    blocks = re.findall(r"^```console\n\$ planner (.*?)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    printed = [CliRunner().invoke(app, command.split()).stdout for command, _ in blocks]
    assert [_up_to_table(tidy(text)) for text in printed] == [_up_to_table(tidy(text)) for _, text in blocks]
    assert [command.split()[0] for command, _ in blocks] == ["check", "solve", "verify"]


def _up_to_table(printed: str) -> str:
    return printed.partition("left out  priority")[0]


def test_the_readme_counts_the_rules_and_the_kinds_of_change() -> None:
    assert f"[{len(CATALOGUE)} rules](docs/reference/rules.md)" in README
    assert f"[{len(KINDS)} kinds of change](docs/reference/changes.md)" in README


def test_the_tutorial_prints_what_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    followed = list(steps())
    said = [(*step.command, step.printed) for step in followed]
    printed = [(*step.command, tidy(run(step))) for step in followed]
    assert printed == said


@pytest.mark.parametrize(
    ("page", "number"), [(guide.COMPARE, 3), (guide.WHY_NO_PLAN, 4)], ids=["compare", "why-no-plan"]
)
def test_guides_print_what_is_printed(page: Path, number: int, tmp_path: Path) -> None:
    assert guide.printed(page, tmp_path) == guide.shown(page)
    assert len(guide.shown(page)) == number


def test_the_tutorial_ends_with_a_sound_scenario() -> None:
    scenario = parse_scenario(final_scenario().encode())
    assert (len(scenario.cases), len(scenario.pins), [str(rule) for rule in scenario.rules]) == (5, 1, ["buffer"])


def test_the_tutorial_uses_every_verb_that_a_newcomer_needs() -> None:
    assert {step.command[1] for step in steps()} == {"check", "sessions", "solve", "verify"}
    assert TUTORIAL.is_file()


@pytest.mark.xdist_group("seoul")
def test_the_changes_of_the_guide_collide_with_a_pin_as_it_says_until_that_is_lifted(seoul: Solved) -> None:
    """Whether Cambodia has been in a session by then, and so which window is broken, is left to the plan."""
    page = (DOCS / "how-to" / "when-something-changes.md").read_text(encoding="utf-8")
    changes, line = re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    now = datetime(2026, 2, 5, 13, 5)
    with pytest.raises(InputError) as caught:
        parse_changes(changes, "changes.yaml", seoul.scenario, seoul.plan, now)
    (flaw,) = caught.value.flaws
    assert f"  {str(flaw).partition(': case-10 (')[0]}: case-10 (" in page
    assert f" {flaw.hint}\n{caught.value.hint}\n" in page
    found = parse_changes(changes + line, "changes.yaml", seoul.scenario, seoul.plan, now)
    assert [each.kind for each in found.changes][-1] == "session-unpinned"
