"""The planner answers the shipped scenarios as their READMEs say, and tells nobody what is not theirs."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from planner.formation import form_sessions
from planner.plan import Plan
from planner.resources import shipped
from planner.scenario import Scenario
from planner.scenario_file import read_scenario
from planner.solver.search import Effort
from planner.verify import verify
from planner.workflow import publish, solve
from tests.agreement.generate import generate_data
from tests.conftest import MOMENT, Solved, solve_until
from tests.readers.leaks import all_secrets, find_leaks

QUICK = Effort(deterministic_limit=5.0, workers=1)


def answered(scenario: Scenario, effort: Effort = QUICK) -> Plan:
    return solve(scenario, effort, MOMENT, lambda _: None)


def shipped_scenario(name: str) -> Scenario:
    return read_scenario(shipped("scenarios") / name / "scenario.yaml")


def promised(name: str) -> dict[str, int]:
    """Return the values that a README says the planner must reach, by tier."""
    text = (shipped("scenarios") / name / "README.md").read_text(encoding="utf-8")
    table = text.partition("### What the planner must answer")[2].partition("\n#")[0]
    return {tier: int(value) for tier, value in re.findall(r"^\| (\w+) \| (\d+) \|", table, re.MULTILINE)}


def test_small_is_solved_to_the_end_as_its_readme_says() -> None:
    plan = answered(shipped_scenario("small"))
    values = {tier.name: tier.value for tier in plan.tiers}
    assert {name: values[name] for name in promised("small")} == promised("small") == {"held": 0, "presence": 0}
    assert (plan.status, {tier.status for tier in plan.tiers}, plan.unplaced) == ("optimal", {"optimal"}, ())


@pytest.fixture(scope="module")
def small_text() -> str:
    return (shipped("scenarios") / "small" / "scenario.yaml").read_text(encoding="utf-8")


def changed(text: str, tmp_path: Path, old: str, new: str) -> Plan:
    """Return the plan of a scenario in which one text is replaced."""
    assert text.count(old) == 1
    (tmp_path / "scenario.yaml").write_text(text.replace(old, new), encoding="utf-8")
    return answered(read_scenario(tmp_path / "scenario.yaml"))


def test_small_with_chile_in_the_afternoon_leaves_out_chile_in_case_5(small_text: str, tmp_path: Path) -> None:
    plan = changed(small_text, tmp_path, "arrival: 2026-09-15T10:30", "arrival: 2026-09-15T14:00")
    assert (plan.status, plan.tiers[0].value) == ("optimal", 1)
    assert [one.session for one in plan.unplaced] == ["case-5.CHL"]
    assert "case-5.EST" in {one.session for one in plan.placements}


def test_small_with_three_sessions_for_norway_takes_case_5_together(small_text: str, tmp_path: Path) -> None:
    norway = "name: Norway, role: sharing,"
    plan = changed(small_text, tmp_path, norway, f"{norway} most_sessions_a_day: 3,")
    assert (plan.status, plan.tiers[0].value, plan.unplaced) == ("optimal", 0, ())
    assert [one.session for one in plan.placements if "case-5" in one.cases] == ["case-5.all"]


def test_small_with_a_cleared_cabin_may_hold_case_6_there(small_text: str, tmp_path: Path) -> None:
    pinned = "formation: {minutes_per_lead: 25"
    pin = f"pins: [{{session: case-6, room: cabin}}]\n{pinned}"
    assert changed(small_text, tmp_path, pinned, pin).status == "infeasible"
    cleared = small_text.replace("seats: 5}", "seats: 5, clearance: restricted}")
    plan = changed(cleared, tmp_path, pinned, pin)
    assert [(one.room, plan.unplaced) for one in plan.placements if one.session == "case-6"] == [("cabin", ())]


_FULL = (
    "It cannot be held beside case-{}, of the same or a higher priority. {} sessions of 55 minutes can only be held "
    "10:00–13:00; {}that is enough for {}.{} Other times are taken by Opening."
)
_CHANGE, _TOWER = "with the time to change ", " Tower Room can be used only Wed 7 Oct 11:00–13:00."


def test_overfull_is_solved_to_the_end_as_its_readme_says() -> None:
    plan = answered(shipped_scenario("overfull"))
    values = {tier.name: tier.value for tier in plan.tiers}
    assert promised("overfull") == {"held": 46}
    assert (plan.status, values["held"], values["presence"]) == ("optimal", 46, 0)
    held = {one.session for one in plan.placements}
    assert held - {"case-12", "case-13"} == {f"case-{number:02}" for number in (1, 2, 3, 5, 6, 7, 8)}
    last = ({"case-12", "case-13"} - held).pop()
    assert len(held) == 8
    assert {one.session: (one.priority, one.reason) for one in plan.unplaced} == {
        "case-04": (1, "No room is cleared for secret."),
        "case-09": (2, "GRC is at no time there and free of blocks for 55 minutes."),
        "case-10": (3, _FULL.format("01, case-03 and case-05", "Switzerland (one team): 4", _CHANGE, 3, "")),
        "case-11": (3, _FULL.format("01, case-03 and case-05", "Switzerland (one team): 4", _CHANGE, 3, "")),
        last: (3, _FULL.format("01, case-02, case-03, case-05 and 4 more", "Rooms: 9", "", 8, _TOWER)),
        "case-14": (3, _FULL.format("03, case-06 and case-08", "Denmark (one team): 4", _CHANGE, 3, "")),
    }


@pytest.mark.xdist_group("seoul")
def test_seoul_is_held_whole_and_everybody_comes_as_its_readme_says(seoul: Solved) -> None:
    tiers = {tier.name: (tier.status.value, tier.value, tier.bound) for tier in seoul.plan.tiers}
    assert promised("seoul-2026") == {"held": 0, "presence": 1, "quality": 43}
    assert (tiers["held"], tiers["presence"]) == (("optimal", 0, 0), ("optimal", 1, 1))
    _, value, bound = tiers["quality"]
    assert (bound or 0) <= 43 <= (value or 0)
    assert seoul.plan.unplaced == ()
    report = verify(seoul.scenario, seoul.plan)
    assert (report.sound, report.violations, report.faults) == (True, (), ())


@pytest.mark.slow
def test_seoul_is_proven_best_in_all_that_its_readme_promises() -> None:
    plan = solve_until(shipped_scenario("seoul-2026"), "rooms")
    ends = {tier.name: (tier.value, tier.bound) for tier in plan.tiers}
    assert {name: ends[name] for name in promised("seoul-2026")} == {
        name: (value, value) for name, value in promised("seoul-2026").items()
    }


@pytest.mark.xdist_group("seoul")
def test_seoul_holds_every_case_and_lead(seoul: Solved) -> None:
    assert {name for one in seoul.plan.placements for name in one.cases} == {case.id for case in seoul.scenario.cases}
    assert {name for one in seoul.plan.placements for name in one.leads} == {
        lead.id for case in seoul.scenario.cases for lead in case.leads
    }


@pytest.mark.xdist_group("seoul")
def test_seoul_leaves_out_mongolia_or_new_zealand_of_one_session(seoul: Solved) -> None:
    formed = {session.id: session for session in form_sessions(seoul.scenario)}
    absent = [name for one in seoul.plan.placements for name in formed[one.session].parties if name not in one.teams]
    assert absent in (["MNG"], ["NZL"])


@pytest.mark.xdist_group("seoul")
def test_no_file_of_any_seoul_reader_tells_what_is_not_theirs(seoul: Solved) -> None:
    assert find_leaks(seoul.scenario, seoul.plan, seoul.folder) == []


@pytest.mark.parametrize("name", ["small", "overfull"])
def test_no_file_of_any_shipped_reader_tells_what_is_not_theirs(name: str, tmp_path: Path) -> None:
    scenario = shipped_scenario(name)
    plan = answered(scenario)
    publish(scenario, plan, tmp_path / "out")
    assert find_leaks(scenario, plan, tmp_path / "out") == []


def readers_of(scenario: Scenario) -> set[str]:
    """Return the folders of everybody who gets an agenda, of the rooms, and of the public."""
    return {
        "public",
        *(f"delegations/{one.id}" for one in scenario.delegations),
        *(f"delegates/{who.id}" for one in scenario.delegations for who in one.delegates),
        *(f"interpreters/{one.id}" for one in scenario.interpreters),
        *(f"rooms/{one.id}" for one in scenario.rooms),
    }


@pytest.mark.parametrize("seed", range(32))
def test_no_file_of_any_generated_reader_tells_what_is_not_theirs(seed: int, tmp_path: Path) -> None:
    """Rules are as in the catalogue and nothing is pinned, so that there is a plan; it may leave sessions out."""
    scenario = Scenario.model_validate(generate_data(seed) | {"rules": {}, "pins": []})
    plan = answered(scenario, Effort(deterministic_limit=0.5, workers=1))
    _, files = publish(scenario, plan, tmp_path / "out")
    assert {path.parent.relative_to(tmp_path / "out").as_posix() for path in files} - {"."} == readers_of(scenario)
    assert find_leaks(scenario, plan, tmp_path / "out") == []
    told = [f"<p>{html.escape(one.text)}</p>" for one in all_secrets(scenario, plan)]
    (tmp_path / "leaky" / "public").mkdir(parents=True)
    (tmp_path / "leaky" / "public" / "programme.html").write_text("\n".join(told), encoding="utf-8")
    assert len(find_leaks(scenario, plan, tmp_path / "leaky")) == len(told)


@pytest.mark.xdist_group("seoul")
@pytest.mark.parametrize("kind", ["html", "ics"])
def test_a_secret_planted_with_any_seoul_reader_would_be_found(kind: str, seoul: Solved, tmp_path: Path) -> None:
    """Every reader's file gets one foreign secret: the reader's number decides which."""
    secrets = [
        one for one in all_secrets(seoul.scenario, seoul.plan) if one.kind in ("case title", "lead id", "delegate")
    ]
    planted = set()
    for number, path in enumerate(sorted(seoul.folder.glob(f"*/*/*.{kind}"))):
        name = path.relative_to(seoul.folder)
        foreign = [one for one in secrets if name.parent.as_posix() not in one.readers]
        secret = foreign[number * 7 % len(foreign)]
        text = path.read_bytes().decode()
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        if kind == "html":
            text = text.replace("</body>", f"<!-- {html.escape(secret.text)} --></body>")
        else:
            text = text.replace("END:VCALENDAR", f"X-NOTE:{secret.text}\r\nEND:VCALENDAR")
        (tmp_path / name).write_bytes(text.encode())
        planted.add(f"{name.as_posix()}: {secret.kind} {secret.text}")
    assert len(planted) > 100
    assert set(find_leaks(seoul.scenario, seoul.plan, tmp_path)) == planted
