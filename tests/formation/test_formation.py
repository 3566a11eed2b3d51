"""Sessions are formed from cases as the organiser would form them by hand."""

from __future__ import annotations

from typing import Any

import pytest

from planner.formation import Session, form_sessions, lead_parties
from planner.record import Form
from tests.agreement.generate import generate
from tests.verify.build import Data, case, conference, delegate, delegation, meeting, scenario

FOUR = ("KOR", "JPN", "KHM", "THA")


def formed(*cases: Data, people: dict[str, list[Data]] | None = None, **parts: Any) -> dict[str, Session]:
    """Return the sessions of four delegations' cases by id, in the order they are formed."""
    delegations = [delegation(name, delegates=(people or {}).get(name, [])) for name in FOUR]
    return {session.id: session for session in form_sessions(scenario(delegations=delegations, cases=cases, **parts))}


def cases_of(sessions: dict[str, Session]) -> dict[str, tuple[str, ...]]:
    return {name: session.cases for name, session in sessions.items()}


def lead(name: str, **more: Any) -> Data:
    return {"id": name, "title": f"Title of {name}", **more}


def test_cases_of_the_same_parties_are_taken_together_up_to_the_longest_length() -> None:
    """Three half hours of one pair; two of them fill the hour, and the third is left for a session of its own."""
    cases = [case(name, minutes=30) for name in ("a", "b", "c")]
    assert cases_of(formed(*cases, formation={"longest_minutes": 60})) == {"a": ("a", "b"), "c": ("c",)}
    assert cases_of(formed(*cases, formation={"longest_minutes": 90})) == {"a": ("a", "b", "c")}
    assert cases_of(formed(*cases, formation={"longest_minutes": 59})) == {"a": ("a",), "b": ("b",), "c": ("c",)}


def test_a_case_joins_the_first_session_that_has_time_for_it() -> None:
    """60 and 50 minutes need a session each; 30 fit into the first, 40 only into the second."""
    cases = [case(name, minutes=minutes) for name, minutes in (("a", 60), ("b", 50), ("c", 30), ("d", 40))]
    assert cases_of(formed(*cases)) == {"a": ("a", "c"), "b": ("b", "d")}


def test_urgent_cases_are_taken_first_and_the_rest_joins_them() -> None:
    """In the order of the file a and b would be together, and c alone."""
    cases = [case("a", minutes=45, priority=3), case("b", minutes=45), case("c", minutes=45, priority=1)]
    assert cases_of(formed(*cases)) == {"a": ("a",), "c": ("c", "b")}


def test_a_case_is_as_urgent_as_its_most_urgent_lead() -> None:
    sessions = formed(
        case("a", minutes=45), case("b", minutes=45, priority=3, leads=[lead("l", priority=1), lead("m", priority=4)])
    )
    assert {name: (session.cases, session.priority) for name, session in sessions.items()} == {"b": (("b", "a"), 1)}


def test_a_case_alone_is_longer_than_the_longest_session_of_several() -> None:
    sessions = formed(case("a", minutes=120), formation={"longest_minutes": 60})
    assert [session.length_minutes for session in sessions.values()] == [120]


def test_nothing_is_taken_together_when_the_organiser_says_so() -> None:
    cases = [case("a", minutes=30), case("b", minutes=30)]
    assert cases_of(formed(*cases, formation={"together": False})) == {"a": ("a",), "b": ("b",)}


def test_it_does_not_matter_who_of_the_parties_leads() -> None:
    sessions = formed(case("a", minutes=30), case("b", leader="JPN", required=["KOR"], minutes=30))
    assert [(s.cases, s.leader, s.required, s.parties) for s in sessions.values()] == [
        (("a", "b"), "KOR", ("JPN",), ("KOR", "JPN"))
    ]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"required": ["KHM"]}, id="other parties"),
        pytest.param({"required": ["JPN", "KHM"]}, id="one party more"),
        pytest.param({"required": [], "optional": ["JPN"]}, id="optional instead of required"),
        pytest.param({"required": ["JPN"], "optional": ["KHM"]}, id="one optional party more"),
        pytest.param({"required": [], "quorum": {"of": ["JPN"], "at_least": 1}}, id="quorum instead of required"),
        pytest.param({"language": "ko"}, id="another working language"),
        pytest.param({"sittings": 2}, id="two sittings"),
        pytest.param({"after": ["z"]}, id="after another case"),
        pytest.param({"before": ["z"]}, id="before another case"),
    ],
)
def test_cases_that_differ_in_what_a_session_needs_stay_apart(other: Data) -> None:
    """The first two cases would be together; case z, of other parties, is there to be ordered against."""
    z = case("z", leader="KHM", required=["THA"], minutes=30)
    assert cases_of(formed(case("a", minutes=30), case("b", minutes=30), z))["a"] == ("a", "b")
    sessions = formed(case("a", minutes=30), case("b", minutes=30, **other), z)
    assert cases_of(sessions)["a"] == ("a",)
    assert cases_of(sessions)["b"] == ("b",)


def test_a_case_that_another_is_ordered_against_stays_alone() -> None:
    """Case b says nothing of an order; z names it."""
    z = case("z", leader="KHM", required=["THA"], after=["b"])
    assert cases_of(formed(case("a", minutes=30), case("b", minutes=30), z)) == {"a": ("a",), "b": ("b",), "z": ("z",)}


def test_officers_of_different_fixed_teams_are_kept_apart() -> None:
    """Kim and Lee sit in teams 1 and 2, Park in team 1 and Choi in any."""
    people = {"KOR": [delegate("kim", team=1), delegate("lee", team=2), delegate("park", team=1), delegate("choi")]}
    for officers, expected in {
        ("kim", "lee"): {"a": ("a",), "b": ("b",)},
        ("kim", "park"): {"a": ("a", "b")},
        ("kim", "choi"): {"a": ("a", "b")},
    }.items():
        cases = [case(name, minutes=30, officers=[officer]) for name, officer in zip("ab", officers, strict=True)]
        assert cases_of(formed(*cases, people=people)) == expected


def test_a_session_of_two_cases_takes_the_most_demanding_of_both() -> None:
    """Leads give the length; the conference knows the levels open, restricted and secret."""
    sessions = formed(
        case("a", minutes=None, minutes_per_lead=20, leads=[lead("a1"), lead("a2")], features=["video", "line"]),
        case("b", minutes=None, leads=[lead("b1")], classification="secret", features=["line", "booth"]),
        formation={"minutes_per_lead": 25},
        conference=conference(clearances=["open", "restricted", "secret"]),
    )
    assert [
        (s.title, s.leads, s.length_minutes, s.classification, s.features, s.share, s.form) for s in sessions.values()
    ] == [("Title of a; Title of b", ("a1", "a2", "b1"), 65, "secret", ("video", "line", "booth"), 1, None)]


def test_a_case_without_leads_or_length_takes_the_time_of_one_lead() -> None:
    assert formed(case("a", minutes=None), formation={"minutes_per_lead": 25})["a"].length_minutes == 25


def test_a_multilateral_case_is_one_session_of_all() -> None:
    sessions = formed(
        case("a", required=["JPN"], optional=["THA"], quorum={"of": ["KHM", "JPN"], "at_least": 1}, classification=None)
    )
    assert [(s.id, s.parties, s.always, s.optional, s.quorum and s.quorum.of) for s in sessions.values()] == [
        ("a", ("KOR", "JPN", "KHM", "THA"), ("KOR", "JPN"), ("THA",), ("KHM", "JPN"))
    ]


def test_a_bilateral_case_is_a_session_of_the_leader_with_each_partner() -> None:
    """Japan is required and Thailand optional; each is the partner of a session of its own, and alone it must be there."""
    sessions = formed(case("a", required=["JPN", "KHM"], optional=["THA"], format="bilateral"))
    assert {name: (s.parties, s.always, s.form, s.chain, s.share) for name, s in sessions.items()} == {
        f"a.{name}": (("KOR", name), ("KOR", name), None, "a", 1) for name in ("JPN", "KHM", "THA")
    }
    assert [session.is_bilateral for session in sessions.values()] == [True, True, True]


@pytest.mark.parametrize("format", ["bilateral", "any"])
def test_a_case_with_a_single_partner_has_no_choice_of_form(format: str) -> None:
    sessions = formed(case("a", format=format), case("b", minutes=30), formation={"longest_minutes": 90})
    assert {name: (s.cases, s.form) for name, s in sessions.items()} == {"a": (("a", "b"), None)}


def test_an_open_format_offers_both_forms() -> None:
    """One session of all stands for as many as there are partners."""
    sessions = formed(case("a", required=["JPN", "KHM"], optional=["THA"], format="any"), case("b", minutes=30))
    assert {name: (s.form, s.share, s.chain, s.parties) for name, s in sessions.items()} == {
        "a.all": (Form.together, 3, "a", ("KOR", "JPN", "KHM", "THA")),
        "a.JPN": (Form.apart, 1, "a", ("KOR", "JPN")),
        "a.KHM": (Form.apart, 1, "a", ("KOR", "KHM")),
        "a.THA": (Form.apart, 1, "a", ("KOR", "THA")),
        "b": (None, 1, "b", ("KOR", "JPN")),
    }


def test_a_partner_meets_the_leads_that_it_may_know_of_and_takes_their_time() -> None:
    """One lead is Japan's own for the leader, one is for Cambodia alone, and one for all."""
    leads = [lead("for-all"), lead("khm", shared_with=["KHM"]), lead("by-jpn", shared_by="JPN", shared_with=["KOR"])]
    given = case("a", required=["JPN", "KHM", "THA"], format="any", minutes=None, minutes_per_lead=20, leads=leads)
    assert {name: (s.leads, s.length_minutes) for name, s in formed(given).items()} == {
        "a.all": (("for-all", "khm", "by-jpn"), 60),
        "a.JPN": (("for-all", "by-jpn"), 40),
        "a.KHM": (("for-all", "khm"), 40),
        "a.THA": (("for-all",), 20),
    }


def test_a_lead_is_known_to_those_who_share_it_and_by_default_to_all_parties() -> None:
    leads = [lead("own"), lead("for-one", shared_with=["JPN"]), lead("between", shared_by="KHM", shared_with=["THA"])]
    given = scenario(
        delegations=[delegation(name) for name in FOUR],
        cases=[case("a", optional=["KHM"], quorum={"of": ["THA"], "at_least": 1}, leads=leads)],
    )
    assert [sorted(lead_parties(given.cases[0], each)) for each in given.cases[0].leads] == [
        ["JPN", "KHM", "KOR", "THA"],
        ["JPN", "KOR"],
        ["KHM", "THA"],
    ]


def test_sittings_follow_each_other_with_their_gap() -> None:
    sessions = formed(case("a", sittings=3, sitting_gap_minutes=90))
    assert {name: (s.sitting, s.follows, s.gap_minutes, s.chain) for name, s in sessions.items()} == {
        "a": (1, None, 90, "a"),
        "a.2": (2, "a", 90, "a"),
        "a.3": (3, "a.2", 90, "a"),
    }


def test_sittings_of_an_open_format_follow_those_of_the_same_form_and_partner() -> None:
    sessions = formed(case("a", required=["JPN", "KHM"], format="any", sittings=2))
    assert {name: (s.follows, s.share) for name, s in sessions.items()} == {
        "a.all": (None, 2),
        "a.all.2": ("a.all", 2),
        "a.JPN": (None, 1),
        "a.JPN.2": ("a.JPN", 1),
        "a.KHM": (None, 1),
        "a.KHM.2": ("a.KHM", 1),
    }


def test_officers_are_those_named_by_the_case_or_by_themselves_of_the_parties_there() -> None:
    """Each delegation has an officer of case a; in a bilateral session only those of the two sit."""
    people = {
        "KOR": [delegate("kim", officer_of=["a"]), delegate("lee")],
        "JPN": [delegate("ito", officer_of=["a"])],
        "KHM": [delegate("sok", officer_of=["a"])],
    }
    given = case("a", required=["JPN", "KHM"], format="bilateral", officers=["lee", "ito"])
    assert {name: s.officers for name, s in formed(given, people=people).items()} == {
        "a.JPN": ("lee", "ito", "kim"),
        "a.KHM": ("lee", "kim", "sok"),
    }


def test_an_explicit_session_takes_from_its_cases_what_it_does_not_say() -> None:
    people = {"KOR": [delegate("kim", officer_of=["a"]), delegate("lee")]}
    cases = [
        case("a", minutes=30, priority=3, optional=["THA"], features=["line"]),
        case("b", leader="JPN", required=["KHM"], minutes=20, priority=1, language="ko", leads=[lead("b1")]),
    ]
    sessions = formed(
        *cases,
        people=people,
        sessions=[{"id": "joint", "cases": ["a", "b"], "officers": ["lee"], "features": ["hall"]}],
    )
    assert list(sessions.values()) == [
        Session(
            id="joint",
            chain="joint",
            title="Title of a; Title of b",
            cases=("a", "b"),
            leads=("b1",),
            leader="KOR",
            required=("JPN", "KHM"),
            optional=("THA",),
            quorum=None,
            officers=("lee", "kim"),
            length_minutes=50,
            priority=1,
            classification="open",
            features=("hall", "line"),
            language="ko",
        )
    ]


def test_what_an_explicit_session_says_goes_before_its_cases() -> None:
    given = {
        "id": "joint",
        "title": "Joint",
        "cases": ["a"],
        "leader": "JPN",
        "required": ["KOR", "JPN"],
        "optional": ["KHM"],
    }
    sessions = formed(case("a", optional=["THA"]), sessions=[{**given, "minutes": 15, "priority": 4, "language": "en"}])
    assert [
        (s.title, s.leader, s.required, s.optional, s.length_minutes, s.priority, s.language) for s in sessions.values()
    ] == [("Joint", "JPN", ("KOR",), ("KHM",), 15, 4, "en")]


def test_an_explicit_session_is_never_less_secret_than_its_cases() -> None:
    cases = [case("a", classification="secret"), case("b", required=["KHM"])]
    given = [
        {"id": "one", "cases": ["a"], "classification": "restricted"},
        {"id": "two", "cases": ["b"], "classification": "restricted"},
    ]
    sessions = formed(*cases, sessions=given, conference=conference(clearances=["open", "restricted", "secret"]))
    assert [session.classification for session in sessions.values()] == ["secret", "restricted"]


def test_a_session_without_cases_stands_for_itself() -> None:
    (session,) = formed(sessions=[meeting("talk", "KOR", "THA", title="Next steps")]).values()
    assert (session.title, session.cases, session.leads, session.leader, session.priority) == (
        "Next steps",
        (),
        (),
        "KOR",
        2,
    )


def test_explicit_sessions_come_last_and_take_their_cases_out_of_the_formed_ones() -> None:
    cases = [case(name, minutes=30) for name in ("a", "b", "c")]
    assert cases_of(formed(*cases, sessions=[{"id": "only-b", "cases": ["b"]}])) == {"a": ("a", "c"), "only-b": ("b",)}


@pytest.mark.parametrize("where", [0, 1, 2, 3])
def test_ids_of_other_sessions_stay_when_a_case_is_added(where: int) -> None:
    """The new case, of other parties, comes anywhere in the file."""
    cases = [case("a"), case("b", required=["JPN", "KHM"], format="any"), case("c", required=["THA"], sittings=2)]
    before = formed(*cases)
    after = formed(*cases[:where], case("new", leader="JPN", required=["THA"]), *cases[where:])
    assert {name: session for name, session in after.items() if name != "new"} == before
    assert "new" in after


def test_sessions_come_in_the_order_of_the_file() -> None:
    cases = [case("a", priority=3), case("b", required=["KHM"], priority=1), case("c", required=["THA"], priority=2)]
    assert list(formed(*cases)) == ["a", "b", "c"]


def test_every_case_and_lead_of_a_generated_scenario_is_in_one_chain() -> None:
    for seed in range(60):
        given = generate(seed)
        sessions = form_sessions(given)
        cases = sorted({(name, s.chain) for s in sessions for name in s.cases})
        leads = sorted({(name, s.chain) for s in sessions for name in s.leads})
        assert [name for name, _ in cases] == sorted(item.id for item in given.cases)
        assert [name for name, _ in leads] == sorted(one.id for item in given.cases for one in item.leads)
