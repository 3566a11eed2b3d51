"""The large conferences that the benchmark runs on are what their description says."""

from __future__ import annotations

from collections import Counter

import pytest

from planner.compiling import compile_problem
from planner.consistency import check
from planner.problem import Problem, available
from planner.reasons import hopeless
from planner.scenario import Scenario
from planner.scenario_file import parse_scenario
from planner.scenario_file.writing import scenario_text
from planner.settings import tiers_of
from tests.benchmarks.large.generator import large_conference

CELL = 30


@pytest.fixture(scope="module", params=[40, 100, 300])
def conference(request: pytest.FixtureRequest) -> Scenario:
    """A conference in which a caucus may meet the keynote, as there is one from three days on."""
    return large_conference(request.param)


def test_the_same_numbers_give_the_same_conference() -> None:
    assert large_conference(40, seed=3) == large_conference(40, seed=3)


def test_another_seed_gives_other_sessions() -> None:
    assert large_conference(40, seed=3).sessions != large_conference(40, seed=4).sessions


def test_it_is_consistent(conference: Scenario) -> None:
    assert check(conference) == ()


def test_it_can_be_written_to_a_file_and_read_again(conference: Scenario) -> None:
    assert parse_scenario(scenario_text(conference)) == conference


def test_every_session_could_be_held_if_it_were_alone(conference: Scenario) -> None:
    assert hopeless(compile_problem(conference)) == {}


def test_four_in_five_sessions_are_of_two_and_the_others_of_three_to_six(conference: Scenario) -> None:
    sizes = Counter(len(session.required) for session in conference.sessions)
    assert sizes[2] == round(0.8 * len(conference.sessions))
    assert set(sizes) == {2, 3, 4, 5, 6}


def test_there_are_four_and_a_half_sessions_a_party_unless_another_number_is_given(conference: Scenario) -> None:
    assert len(conference.sessions) == 4.5 * len(conference.delegations)
    assert len(large_conference(40, sessions_per_party=2).sessions) == 80


@pytest.mark.parametrize(("parties", "days"), [(100, 2), (300, 3), (1000, 5)])
def test_days_grow_with_the_parties(parties: int, days: int) -> None:
    assert len(large_conference(parties, sessions_per_party=0.1).conference.days) == days


def test_a_tenth_of_the_parties_leads_more_than_half_of_the_sessions_of_many() -> None:
    leaders = Counter(session.required[0] for session in large_conference(1000).sessions)
    assert sum(count for _, count in leaders.most_common(100)) > 2250


def test_most_parties_have_one_team_and_some_have_several(conference: Scenario) -> None:
    teams = Counter(delegation.teams for delegation in conference.delegations)
    assert teams[1] > 0.75 * len(conference.delegations)
    assert max(teams) > 1


def test_nobody_is_asked_for_more_than_three_quarters_of_the_time_of_its_teams(conference: Scenario) -> None:
    problem = compile_problem(conference)
    busy: Counter[int] = Counter()
    for item in problem.items:
        for party in item.always:
            busy[party] += -(-item.length // CELL)
    assert [
        party.id
        for number, party in enumerate(problem.parties)
        if busy[number] > 0.75 * party.teams * len(_free(problem, number))
    ] == []


def test_every_session_has_several_starts_at_which_all_its_parties_are_there(conference: Scenario) -> None:
    problem = compile_problem(conference)
    free = [_free(problem, party) for party in range(len(problem.parties))]
    day_of = {slot.start: slot.day for slot in problem.slots}
    for item in problem.items:
        common = set.intersection(*(free[party] for party in item.always))
        starts = [
            start
            for start in common
            if all(
                start + more in common and day_of[start + more] == day_of[start] for more in range(0, item.length, CELL)
            )
        ]
        assert len(starts) >= 8


def test_some_parties_come_late_some_leave_early_and_some_are_there_for_half_days(conference: Scenario) -> None:
    assert any(delegation.arrival for delegation in conference.delegations)
    assert any(delegation.departure for delegation in conference.delegations)
    assert any(delegation.windows for delegation in conference.delegations)


def test_tables_are_needed_for_seven_to_eight_tenths_of_their_time(conference: Scenario) -> None:
    problem = compile_problem(conference)
    everybody = frozenset(range(len(problem.parties)))
    blocked = [stop.span for stop in problem.stops if stop.parties == everybody]
    slots = sum(not any(span.overlaps(slot.start, slot.start + CELL) for span in blocked) for slot in problem.slots)
    tables = sum(place.count for place in problem.places if place.count > 1)
    most = max(place.seats for place in problem.places if place.count > 1)
    needed = sum(
        -(-item.length // CELL)
        for item in problem.items
        if sum(item.seats_of[party] for party in item.always) <= most and not item.session.features
    )
    assert 0.65 <= needed / (tables * slots) <= 0.8


def test_sessions_left_out_count_first_and_then_breaks_and_idle_slots(conference: Scenario) -> None:
    assert tiers_of(conference) == (("held", ("held",)), ("waiting", ("breaks", "idle")))


def _free(problem: Problem, party: int) -> set[int]:
    """Return the starts of the slots in which a party is there and in no block."""
    return {
        slot.start
        for slot in problem.slots
        if available(problem.parties[party].windows, slot.start, slot.start + CELL)
        and not any(
            party in stop.parties and stop.span.overlaps(slot.start, slot.start + CELL) for stop in problem.stops
        )
    }
