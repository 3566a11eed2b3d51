"""The counters of the reference encoding count, for every assignment of a few literals."""

from __future__ import annotations

from itertools import product

import pytest
from pysat.solvers import Solver

from tests.benchmarks.b2bsp.clauses import Clauses


def outputs_of(literals: int, most: int | None) -> dict[tuple[bool, ...], list[bool | None]]:
    """Return, for each assignment of the literals, what each output must be; None where it may be either."""
    clauses = Clauses()
    inputs = [clauses.fresh() for _ in range(literals)]
    outputs = clauses.counter(inputs, most)
    found = {}
    with Solver(name="cadical153", bootstrap_with=clauses.hard) as solver:
        for values in product([False, True], repeat=literals):
            given = [literal if value else -literal for literal, value in zip(inputs, values, strict=True)]
            possible = [
                {sign for sign in (False, True) if solver.solve([*given, output if sign else -output])}
                for output in outputs
            ]
            found[values] = [next(iter(signs)) if len(signs) == 1 else None for signs in possible]
    return found


@pytest.mark.parametrize("literals", [1, 2, 5, 6])
def test_a_counter_is_unary_and_exact(literals: int) -> None:
    for values, outputs in outputs_of(literals, None).items():
        assert outputs == [sum(values) > k for k in range(literals)]


@pytest.mark.parametrize("most", [1, 3, 4])
def test_a_counter_that_is_cut_off_is_exact_below(most: int) -> None:
    for values, outputs in outputs_of(6, most).items():
        assert outputs == [sum(values) > k for k in range(most)]


def test_nothing_is_counted_without_literals() -> None:
    assert outputs_of(0, None) == {(): []}


def test_one_at_most_is_none_or_any_one() -> None:
    clauses = Clauses()
    literals = [clauses.fresh() for _ in range(4)]
    clauses.at_most_one(literals)
    with Solver(name="cadical153", bootstrap_with=clauses.hard) as solver:
        for values in product([-1, 1], repeat=4):
            given = [sign * literal for sign, literal in zip(values, literals, strict=True)]
            assert solver.solve(given) == (values.count(1) <= 1)
