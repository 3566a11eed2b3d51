"""What the tables say of rows, above all of those that ran out of time."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.b2bsp.outcome import Outcome
from tests.benchmarks.b2bsp.published import Case
from tests.benchmarks.b2bsp.ratios import Ratio, mean, published_ratio, ratio
from tests.benchmarks.b2bsp.results import Row, Size, append_row, read_rows
from tests.benchmarks.b2bsp.tables import tables

CASE = Case("original/tic-12.original.dzn", 2, "3", 0.5)
SIZE = Size(participants=42, meetings=125, tables=21, slots=8)


def row(contender: str, outcome: Outcome, case: Case = CASE) -> Row:
    return Row(case, SIZE, contender, 60.0, outcome, {"cores": "2"})


def proven(contender: str, seconds: float, case: Case = CASE) -> Row:
    return row(contender, Outcome("optimal", seconds, 0.75, value=3, slots=(0, 1)), case)


def stopped(contender: str, case: Case = CASE) -> Row:
    return row(contender, Outcome("feasible", 60.2, value=9, slots=(0, 1)), case)


def test_the_ratio_of_two_proofs_is_that_of_their_seconds() -> None:
    assert ratio(proven("planner", 1.0), proven("maxsat", 4.0)) == Ratio(0.25)


def test_a_reference_that_ran_out_of_time_makes_an_upper_bound() -> None:
    assert ratio(proven("planner", 6.0), stopped("gecode")) == Ratio(0.1, lower=True)


def test_a_planner_that_ran_out_of_time_makes_a_lower_bound() -> None:
    assert ratio(stopped("planner"), proven("maxsat", 6.0)) == Ratio(10.0, higher=True)
    assert published_ratio(stopped("planner")) == Ratio(120.0, higher=True)


def test_two_that_ran_out_of_time_have_no_ratio() -> None:
    assert ratio(stopped("planner"), stopped("gecode")) is None


def test_nothing_published_has_no_ratio() -> None:
    assert published_ratio(proven("planner", 1.0, Case(CASE.file, 3, None, None))) is None


def test_the_mean_is_geometric() -> None:
    assert str(mean([Ratio(0.5), Ratio(8.0)])) == "2.00"
    assert mean([]) is None


def test_a_mean_with_bounds_says_so() -> None:
    assert [str(mean([Ratio(2.0), one])) for one in (Ratio(2.0), Ratio(2.0, lower=True), Ratio(2.0, higher=True))] == [
        "2.00",
        "≤ 2.00",
        "≥ 2.00",
    ]
    assert str(mean([Ratio(2.0, lower=True), Ratio(2.0, higher=True)])) == "≈ 2.00"


def test_rows_come_back_from_the_file_as_they_went(tmp_path: Path) -> None:
    file = tmp_path / "results.jsonl"
    written = [proven("planner", 1.5), row("maxsat", Outcome("unknown", 60.0, memory_mib=100))]
    for one in written:
        append_row(file, one)
    assert read_rows(file) == written


def test_there_are_no_rows_before_there_is_a_file(tmp_path: Path) -> None:
    assert read_rows(tmp_path / "results.jsonl") == []


def test_a_table_has_a_line_for_each_case_and_a_mean_for_each_reference() -> None:
    other = Case("original/tic-13.original.dzn", 2, "UNSAT", 2.0)
    rows = [
        proven("planner", 1.0),
        proven("maxsat", 4.0),
        stopped("gecode"),
        row("planner", Outcome("infeasible", 1.0), other),
        row("maxsat", Outcome("infeasible", 1.0), other),
    ]
    head, *lines = tables(rows).split("\n\n")
    table, means, conditions = lines
    assert head == "### The originals, fairness 2"
    assert table.splitlines()[2:] == [
        "| tic-12 | 42 | 125 | 21 | 8 | 3 | 3, proven | 1.00 | 0.75 | 4.00 | > 60 | 0.5 | 0.25 |",
        "| tic-13 | 42 | 125 | 21 | 8 | UNSAT | UNSAT, proven | 1.00 | – | 1.00 | – | 2.0 | 1.00 |",
    ]
    assert means.splitlines() == [
        "- 2 of 2 proven by the planner, of them 2 with the published value, or with none to compare",
        "- seconds of the planner over those of RC2, beside: geometric mean 0.50 of 2 instances",
        "- seconds of the planner over those of Gecode, beside: geometric mean ≤ 0.02 of 1 instances",
        "- seconds of the planner over those of UWrMaxSAT as published, on another machine: geometric mean 1.00 of 2 instances",
    ]
    assert conditions == "Measured with: cores 2; time limit 60 s."


def test_a_value_that_is_not_proven_or_not_the_published_one_is_shown() -> None:
    rows = [stopped("planner"), proven("planner", 1.0, Case("original/tic-13.original.dzn", 2, "4", 2.0))]
    table, means = tables(rows).split("\n\n")[1:3]
    assert [line.split(" | ")[5:8] for line in table.splitlines()[2:]] == [
        ["3", "9, not proven", "> 60"],
        ["4", "3, proven", "1.00"],
    ]
    assert means.splitlines()[0] == (
        "- 1 of 2 proven by the planner, of them 0 with the published value, or with none to compare"
    )
