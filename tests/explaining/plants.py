"""Known causes, each planted into a corner of a small conference: its own delegations, rooms and sessions.

One morning with two slots of an hour. Whatever is in a corner needs the corner's own feature, and so shares nothing with other
corners but the hours and the rules; two causes planted side by side are told one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from planner.conflict import Member
from planner.scenario import Scenario
from tests.verify.build import (
    block,
    case,
    conference,
    day,
    delegate,
    interpreter,
    meeting,
    moment,
    room,
    scenario,
    window,
)

Data = dict[str, Any]


@dataclass(frozen=True)
class Corner:
    """What a plant adds.

    Attributes:
        cause: demands of which each must be in the explanation.
        sessions: ids of the sessions that it keeps from being held together; none when it leaves no plan at all.
        rules: settings of rules that it changes.
    """

    cause: frozenset[Member]
    sessions: frozenset[str]
    parts: dict[str, list[Data]] = field(default_factory=dict)
    rules: dict[str, Data] = field(default_factory=dict)


def _party(id: str, **more: Any) -> Data:
    return {"id": id, "kind": "organisation", "name": f"Office {id}", "languages": ["en"], **more}


class _Maker:
    """Makes what a corner needs; ``p`` is its letter."""

    def __init__(self, p: str) -> None:
        self.p = p
        self.tongue, self.unheard = {"A": ("fr", "km"), "B": ("ja", "lo")}[p]

    def parties(self, *given: Data, count: int = 4) -> list[Data]:
        known = {one["id"] for one in given}
        return [*given, *(_party(self.id(name)) for name in "abcdef"[:count] if self.id(name) not in known)]

    def id(self, name: str) -> str:
        return f"{self.p}{name}"

    def rooms(self, count: int = 3, **more: Any) -> list[Data]:
        return [room(self.id(f"room{number}"), features=[self.p], **more) for number in range(count)]

    def meet(self, name: str, *parties: str, **more: Any) -> Data:
        given = {"title": name, "minutes": 55, "features": [self.p], **more}
        return meeting(self.id(name), *(self.id(party) for party in parties or ("a", "b")), **given)

    def case(self, name: str, *parties: str, **more: Any) -> Data:
        leader, *others = [self.id(party) for party in parties or ("a", "b")]
        return case(self.id(name), leader, required=others, **{"minutes": 55, "features": [self.p], **more})

    def corner(self, cause: dict[str, tuple[str, str]] | list[Member], of: list[str], **parts: Any) -> Corner:
        members = cause if isinstance(cause, list) else [Member(rule, subject) for rule, subject in cause.items()]
        rules = parts.pop("rules", {})
        whole = {"delegations": self.parties(), "rooms": self.rooms(), **parts}
        return Corner(frozenset(members), frozenset(map(self.id, of)), whole, rules)

    def three_of_a(self, **more: Any) -> list[Data]:
        return [self.meet(f"s{number}", "a", other, **more) for number, other in enumerate("bcd")]


def hours(m: _Maker) -> Corner:
    return m.corner({"hours": ("session", m.id("s"))}, ["s"], sessions=[m.meet("s", minutes=150)])


def windows_of_a_delegation(m: _Maker) -> Corner:
    late = _party(m.id("a"), arrival=moment("5 10:30"))
    cause = {"windows": ("delegation", m.id("a"))}
    return m.corner(cause, ["s"], delegations=m.parties(late), sessions=[m.meet("s")])


def windows_of_a_delegate(m: _Maker) -> Corner:
    kim = delegate(m.id("kim"), windows=[window("5 09:00", "5 09:30")])
    cause = {"windows": ("delegate", m.id("kim")), "officer-present": ("delegate", m.id("kim"))}
    parties = m.parties(_party(m.id("a"), delegates=[kim]))
    return m.corner(cause, ["s"], delegations=parties, sessions=[m.meet("s", officers=[m.id("kim")])])


def windows_of_an_interpreter(m: _Maker) -> Corner:
    voice = interpreter(m.id("voice"), ("en", m.tongue), windows=[window("5 09:00", "5 09:30")])
    cause = {"windows": ("interpreter", m.id("voice")), "language": ("session", m.id("s"))}
    parties = m.parties(_party(m.id("b"), languages=[m.tongue]))
    return m.corner(cause, ["s"], delegations=parties, interpreters=[voice], sessions=[m.meet("s")])


def windows_of_a_room(m: _Maker) -> Corner:
    rooms = m.rooms(1, windows=[window("5 09:00", "5 09:30")])
    return m.corner({"windows": ("room", m.id("room0"))}, ["s"], rooms=rooms, sessions=[m.meet("s")])


def windows_of_a_session(m: _Maker) -> Corner:
    given = m.meet("s", windows=[window("5 09:30", "5 10:20")])
    return m.corner({"windows": ("session", m.id("s"))}, ["s"], sessions=[given])


def blocks(m: _Maker) -> Corner:
    talk = block(m.id("talk"), "5 09:30", "5 10:30", delegations=[m.id("a")])
    return m.corner({"blocks": ("block", m.id("talk"))}, ["s"], blocks=[talk], sessions=[m.meet("s")])


def teams(m: _Maker) -> Corner:
    cause = {"team-one-place": ("team", f"{m.id('a')}/1")}
    return m.corner(cause, ["s0", "s1", "s2"], sessions=m.three_of_a())


def officers_in_one_place(m: _Maker) -> Corner:
    host = _party(m.id("a"), teams=3, delegates=[delegate(m.id("kim"))])
    cause = {"officer-one-place": ("delegate", m.id("kim"))}
    sessions = m.three_of_a(officers=[m.id("kim")])
    return m.corner(cause, ["s0", "s1", "s2"], delegations=m.parties(host), sessions=sessions)


def officers_of_one_team(m: _Maker) -> Corner:
    people = [delegate(m.id(name), team=1) for name in ("kim", "lee", "park")]
    host = _party(m.id("a"), teams=3, delegates=people)
    sessions = [
        m.meet(f"s{number}", "a", other, officers=[person["id"]])
        for number, (other, person) in enumerate(zip("bcd", people, strict=True))
    ]
    cause = [Member("team-one-place", ("team", f"{m.id('a')}/1"))]
    cause += [Member("officer-present", ("delegate", person["id"])) for person in people]
    return m.corner(cause, ["s0", "s1", "s2"], delegations=m.parties(host), sessions=sessions)


def interpreters_in_one_place(m: _Maker) -> Corner:
    parties = m.parties(*(_party(m.id(name), languages=[m.tongue]) for name in "bdf"), count=6)
    sessions = [m.meet(f"s{number}", *pair) for number, pair in enumerate(("ab", "cd", "ef"))]
    cause = {"interpreter-one-place": ("interpreter", m.id("voice"))}
    voice = interpreter(m.id("voice"), ("en", m.tongue))
    return m.corner(cause, ["s0", "s1", "s2"], delegations=parties, interpreters=[voice], sessions=sessions)


def rooms(m: _Maker) -> Corner:
    sessions = [m.meet(f"s{number}", *pair) for number, pair in enumerate(("ab", "cd", "ef"))]
    cause = {"room-one-session": ("room", m.id("room0"))}
    return m.corner(cause, ["s0", "s1", "s2"], delegations=m.parties(count=6), rooms=m.rooms(1), sessions=sessions)


def seats(m: _Maker) -> Corner:
    rooms = m.rooms(1, seats=3)
    return m.corner({"seats": ("session", m.id("s"))}, ["s"], rooms=rooms, sessions=[m.meet("s")])


def features(m: _Maker) -> Corner:
    rooms = [*m.rooms(1), room(m.id("other"), features=[f"{m.p}-line"])]
    given = m.meet("s", features=[m.p, f"{m.p}-line"])
    return m.corner({"features": ("session", m.id("s"))}, ["s"], rooms=rooms, sessions=[given])


def clearance(m: _Maker) -> Corner:
    parties = [_party(m.id(name), clearance="secret") for name in "ab"]
    given = m.meet("s", classification="secret")
    return m.corner({"clearance": ("session", m.id("s"))}, ["s"], delegations=parties, sessions=[given])


def attendance(m: _Maker) -> Corner:
    late = _party(m.id("c"), arrival=moment("5 10:30"))
    given = m.meet("s", quorum={"of": [m.id("c"), m.id("d")], "at_least": 2})
    cause = {"attendance": ("session", m.id("s")), "windows": ("delegation", m.id("c"))}
    return m.corner(cause, ["s"], delegations=m.parties(late), sessions=[given])


def language(m: _Maker) -> Corner:
    parties = m.parties(_party(m.id("b"), languages=[m.unheard]))
    return m.corner({"language": ("session", m.id("s"))}, ["s"], delegations=parties, sessions=[m.meet("s")])


def buffer(m: _Maker) -> Corner:
    sessions = [m.meet(f"s{number}", "a", other, minutes=60) for number, other in enumerate("bc")]
    cause = {"buffer": ("team", f"{m.id('a')}/1")}
    return m.corner(cause, ["s0", "s1"], sessions=sessions)


def longest_run(m: _Maker) -> Corner:
    parties = m.parties(_party(m.id("a"), longest_run=1))
    cause = {"longest-run": ("team", f"{m.id('a')}/1")}
    return m.corner(cause, ["s0", "s1"], delegations=parties, sessions=m.three_of_a()[:2])


def most_a_day(m: _Maker) -> Corner:
    parties = m.parties(_party(m.id("a"), most_sessions_a_day=1))
    cause = {"most-a-day": ("team-day", f"{m.id('a')}/1 2026-02-05")}
    return m.corner(cause, ["s0", "s1"], delegations=parties, sessions=m.three_of_a()[:2])


def sittings(m: _Maker) -> Corner:
    cause = {"sittings": ("session", m.id("talk.2"))}
    return m.corner(cause, ["talk.2"], cases=[m.case("talk", sittings=2, sitting_gap_minutes=60)])


def case_order(m: _Maker) -> Corner:
    parties = m.parties(_party(m.id("a"), arrival=moment("5 10:00")), _party(m.id("c"), departure=moment("5 09:55")))
    cases = [m.case("one", before=[m.id("two")]), m.case("two", "c", "d")]
    cause = {"case-order": ("order", f"{m.id('one')} < {m.id('two')}")}
    return m.corner(cause, ["one", "two"], delegations=parties, cases=cases)


def pins(m: _Maker) -> Corner:
    there = {"start": moment("5 09:00"), "room": m.id("room0")}
    cause = [Member("pins", ("pin", m.id(name))) for name in ("s0", "s1")]
    sessions = [m.meet("s0", "a", "b"), m.meet("s1", "c", "d")]
    return m.corner(cause, [], sessions=sessions, pins=[{"session": m.id(name), **there} for name in ("s0", "s1")])


def kept_apart(m: _Maker) -> Corner:
    parties = m.parties(_party(m.id("a"), not_with=[m.id("b")]))
    return m.corner({"kept-apart": ("session", m.id("s"))}, ["s"], delegations=parties, sessions=[m.meet("s")])


def formation(m: _Maker) -> Corner:
    talk = m.case("talk", "a", "b", "c", format="any")
    both = [{"session": m.id("talk.all")}, {"session": f"{m.id('talk')}.{m.id('b')}"}]
    return m.corner({"formation": ("case", m.id("talk"))}, [], cases=[talk], pins=both)


def hard_wish(m: _Maker) -> Corner:
    talks = [m.meet("s", "a", "b", windows=[window("5 09:00", "5 10:00")])]
    rules = {"room-changes": {"level": "hard", "parameters": {"at_most": 0}}}
    talks += [m.meet("t", "a", "c", features=[f"{m.p}-line"])]
    rooms = [*m.rooms(1), room(m.id("other"), features=[f"{m.p}-line"])]
    pinned = [{"session": m.id(name)} for name in ("s", "t")]
    cause = {"room-changes": ("plan", "")}
    return m.corner(cause, [], rooms=rooms, sessions=talks, pins=pinned, rules=rules)


PLANTS: tuple[Callable[[_Maker], Corner], ...] = (
    hours,
    windows_of_a_delegation,
    windows_of_a_delegate,
    windows_of_an_interpreter,
    windows_of_a_room,
    windows_of_a_session,
    blocks,
    teams,
    officers_in_one_place,
    officers_of_one_team,
    interpreters_in_one_place,
    rooms,
    seats,
    features,
    clearance,
    attendance,
    language,
    buffer,
    longest_run,
    most_a_day,
    sittings,
    case_order,
    pins,
    kept_apart,
    formation,
    hard_wish,
)


@dataclass(frozen=True)
class Planted:
    """A scenario with known causes."""

    name: str
    scenario: Scenario
    corners: tuple[Corner, ...]


def planted(*plants: Callable[[_Maker], Corner]) -> Planted:
    """Return the scenario in which each plant has a corner."""
    corners = tuple(plant(_Maker(letter)) for plant, letter in zip(plants, "AB", strict=False))
    parts: dict[str, list[Data]] = {}
    for corner in corners:
        for name, things in corner.parts.items():
            parts.setdefault(name, []).extend(things)
    rules = {name: setting for corner in corners for name, setting in corner.rules.items()}
    whole = conference(days=[day("2026-02-05", "09:00", "11:00")], grid_minutes=60, clearances=["open", "secret"])
    name = " and ".join(plant.__name__.replace("_", " ") for plant in plants)
    return Planted(name, scenario(conference=whole, rules=rules, **parts), corners)


def singles() -> Sequence[Planted]:
    """Every plant alone."""
    return [planted(plant) for plant in PLANTS]


def pairs(step: int = 1, first: int = 0) -> Sequence[Planted]:
    """Every plant beside every other, or each so many of these pairs."""
    both = [(one, other) for position, one in enumerate(PLANTS) for other in PLANTS[position:]]
    return [planted(*pair) for pair in both[first::step]]
