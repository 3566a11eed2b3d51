"""What an organiser writes: the conference, who comes, what they share, and the rules of the house.

Every model is frozen and refuses unknown fields. Times are wall-clock times of the conference's zone, to the minute and
without an offset; lengths are whole minutes. What no single field can tell (dangling names, overlapping blocks) is
found by ``planner.consistency``.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from planner import codes
from planner.record import Replanning
from planner.rules import CATALOGUE, Level
from planner.values import (
    CalendarDate,
    ClockTime,
    Frozen,
    Id,
    Language,
    LocalTime,
    Mail,
    Minutes,
    Priority,
    Quorum,
    SessionId,
    Text,
    Window,
)

RuleId = StrEnum("RuleId", {rule.id: rule.id for rule in CATALOGUE})  # type: ignore[misc]


class Organiser(Frozen):
    """Who issues the plan; stands in every calendar file as ORGANIZER."""

    name: Text = Field(description="as readers see it")
    mail: Mail = Field(description="mail address; the same through the whole conference")


class Day(Frozen):
    """One day with its opening hours; sessions start on the grid counted from ``opens``."""

    date: CalendarDate = Field(description="each date once")
    opens: ClockTime = Field(description="first moment at which a session may start")
    closes: ClockTime = Field(description="moment by which every session has ended")


class Conference(Frozen):
    """The whole occasion."""

    id: Id = Field(description="short permanent name; part of every calendar UID")
    title: Text = Field(description="as readers see it")
    venue: Text = Field(description="as readers see it; part of every place in calendars")
    time_zone: Annotated[str, AfterValidator(codes.time_zone)] = Field(description="IANA name, such as Asia/Seoul")
    organiser: Organiser = Field(description="who issues the plan")
    uid_domain: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$")] | None = Field(
        default=None, description="domain of calendar UIDs; the organiser's mail domain if left out"
    )
    secret: Text | None = Field(
        default=None,
        description="any text that only the organiser knows; with it, calendar UIDs and door codes cannot be worked out "
        "from guessed names; never change it once calendars are out",
    )
    days: tuple[Day, ...] = Field(min_length=1, description="in any order; sorted by date")
    grid_minutes: Annotated[int, Field(ge=5, le=240)] = Field(default=30, description="minutes between two slots")
    working_languages: tuple[Language, ...] = Field(min_length=1, description="that any session may be held in")
    interpreters_told: bool = Field(
        default=False,
        description="whether a delegation that asks why its session is not held may learn that no interpreter whom it needs is "
        "free at a time; nothing of whom, where or why, yet whoever else speaks its language is likely to be in a session then",
    )
    clearances: tuple[Id, ...] = Field(
        default=("open", "restricted", "confidential", "secret"), min_length=1, description="levels, lowest first"
    )

    @property
    def domain(self) -> str:
        """Domain of the calendar UIDs."""
        return self.uid_domain or self.organiser.mail.rpartition("@")[2].lower()


class BlockKind(StrEnum):
    """What a block is, for those who read the programme."""

    plenary = "plenary"
    ceremony = "ceremony"
    break_ = "break"
    lunch = "lunch"
    prayer = "prayer"
    reception = "reception"


class Block(Frozen):
    """A part of the programme that is fixed: a plenary, a ceremony, a break, lunch, prayer, a reception."""

    id: Id = Field(description="permanent; part of its calendar UID")
    title: Text = Field(description="as readers see it")
    kind: BlockKind = Field(description="as readers see it; only plenaries and ceremonies are in the public programme")
    start: LocalTime = Field(description="first moment")
    end: LocalTime = Field(description="moment after the last")
    room: Id | None = Field(default=None, description="where it is; nowhere in particular if left out")
    delegations: tuple[Id, ...] | None = Field(default=None, description="whom it is for; everybody if left out")
    blocks: tuple[Literal["delegations", "room", "interpreters"], ...] = Field(
        default=("delegations", "room"), description="what cannot be in a session meanwhile"
    )


class Outage(Frozen):
    """Features that a room lacks for a time."""

    features: tuple[Id, ...] = Field(min_length=1, description="what it lacks")
    start: LocalTime = Field(description="first moment")
    end: LocalTime = Field(description="moment after the last")


class Room(Frozen):
    """A room, or with ``count`` above 1 that many interchangeable tables in one place."""

    id: Id = Field(description="names the folder of its door sheets")
    name: Text = Field(description="as readers see it")
    building: Text = Field(default="main", description="walks are between buildings")
    seats: Annotated[int, Field(ge=1)] = Field(description="of the room, or of each of its tables")
    features: tuple[Id, ...] = Field(default=(), description="what it has, in words of your own: secure-line, video")
    clearance: Id | None = Field(default=None, description="highest classification it may hold; the lowest if left out")
    windows: tuple[Window, ...] = Field(default=(), description="when it can be used; always if empty")
    outages: tuple[Outage, ...] = Field(default=(), description="features that it lacks for a time")
    count: Annotated[int, Field(ge=1, le=1000)] = Field(default=1, description="tables; sessions it holds at once")


class Walk(Frozen):
    """The minutes it takes to walk between two buildings, either way."""

    between: tuple[Text, Text] = Field(description="two buildings")
    minutes: Annotated[int, Field(ge=0, le=240)] = Field(description="0 for a pair that is left out")


class Delegate(Frozen):
    """A person of a delegation."""

    id: Id = Field(description="names the folder of this person's agenda")
    name: Text = Field(description="as readers see it")
    function: Text | None = Field(default=None, description="stands beside the name")
    mail: Mail | None = Field(default=None, description="mail address; stands in this person's own invitations only")
    languages: tuple[Language, ...] = Field(default=(), description="the delegation's if empty")
    officer_of: tuple[Id, ...] = Field(default=(), description="cases whose sessions this person must sit in")
    team: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="number of the team this person belongs to"
    )
    windows: tuple[Window, ...] = Field(default=(), description="when this person is there; always if empty")


class Absence(Frozen):
    """A time in which one team of a delegation is in no session."""

    team: Annotated[int, Field(ge=1)] = Field(description="number of the team")
    start: LocalTime = Field(description="first moment")
    end: LocalTime = Field(description="moment after the last")


class Role(StrEnum):
    """What a delegation does at the conference; an observer leads no case."""

    host = "host"
    sharing = "sharing"
    taking_part = "taking-part"
    observer = "observer"


class Delegation(Frozen):
    """A participating country or organisation."""

    id: Id = Field(description="names the folder of its agenda; for a country often its ISO code")
    kind: Literal["country", "organisation"] = Field(description="what takes part")
    code: str | None = Field(default=None, description="ISO 3166-1 code of a country; its id if left out")
    name: Text = Field(description="as readers see it")
    mail: Mail | None = Field(default=None, description="mail address; stands in its own invitations only")
    languages: tuple[Language, ...] = Field(min_length=1, description="that its teams speak")
    clearance: Id | None = Field(default=None, description="the lowest if left out")
    role: Role = Field(default=Role.taking_part, description="what it does here; an observer leads no case")
    teams: Annotated[int, Field(ge=1, le=20)] = Field(default=1, description="sessions it can sit in at once")
    team_size: Annotated[int, Field(ge=1, le=50)] = Field(default=2, description="seats that one team takes")
    delegates: tuple[Delegate, ...] = Field(default=(), description="its people, as far as they matter to the plan")
    arrival: LocalTime | None = Field(default=None, description="in no session before; none if left out")
    departure: LocalTime | None = Field(default=None, description="in no session after; none if left out")
    windows: tuple[Window, ...] = Field(default=(), description="when it can be in sessions; always if empty")
    longest_run: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="sessions that one team sits in without a pause"
    )
    most_sessions_a_day: Annotated[int, Field(ge=1)] | None = Field(default=None, description="for one team")
    absences: tuple[Absence, ...] = Field(default=(), description="when one of its teams is away")
    most_changes: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="sessions of it that one new plan may change; the rule's if left out"
    )
    not_with: tuple[Id, ...] = Field(default=(), description="delegations that it must not sit in a session with")

    @model_validator(mode="after")
    def _known_country(self) -> Self:
        if self.kind == "country":
            codes.country_code(self.code or self.id)
        return self


class Interpreter(Frozen):
    """A person who interprets between the languages of each pair, both ways."""

    id: Id = Field(description="names the folder of this person's agenda")
    name: Text = Field(description="as readers see it")
    mail: Mail | None = Field(default=None, description="mail address; stands in this person's own invitations only")
    pairs: tuple[tuple[Language, Language], ...] = Field(min_length=1, description="of languages; each pair both ways")
    windows: tuple[Window, ...] = Field(default=(), description="when this person is there; always if empty")
    clearance: Id | None = Field(default=None, description="the lowest if left out")
    longest_run_minutes: Minutes | None = Field(default=None, description="minutes of sessions before a rest")
    rest_minutes: Minutes = Field(default=30, description="the least time without a session that is a rest")


class Lead(Frozen):
    """An investigative lead of a case."""

    id: Id = Field(description="unique among all leads")
    title: Text = Field(description="told to those who share it, and to no others")
    priority: Priority | None = Field(default=None, description="the case's if left out")
    shared_by: Id | None = Field(default=None, description="the delegation that leads the case if left out")
    shared_with: tuple[Id, ...] | None = Field(default=None, description="all other parties of the case if left out")
    withdrawn: bool = Field(default=False, description="met no more; kept for sessions that are past")


class Format(StrEnum):
    """Whether a case is met by its leader with each party, by all parties, or whichever serves the plan better."""

    bilateral = "bilateral"
    multilateral = "multilateral"
    any = "any"


class Case(Frozen):
    """A matter that delegations share."""

    id: Id = Field(description="permanent; its sessions are named after it")
    title: Text = Field(description="told to the parties, and to no others")
    classification: Id | None = Field(default=None, description="the lowest if left out")
    priority: Priority = Field(default=2, description="1 is the highest; that of its most urgent lead if higher")
    leader: Id = Field(description="the delegation that leads")
    required: tuple[Id, ...] = Field(default=(), description="further delegations that must be there")
    optional: tuple[Id, ...] = Field(default=(), description="delegations that come if they can")
    quorum: Quorum | None = Field(default=None, description="further delegations of whom some must be there")
    officers: tuple[Id, ...] = Field(
        default=(), description="delegates who must be there, besides those who name the case"
    )
    leads: tuple[Lead, ...] = Field(default=(), description="investigative leads of the case")
    format: Format = Field(default=Format.multilateral, description="any: the planner chooses the better form")
    minutes: Minutes | None = Field(default=None, description="length of each session")
    minutes_per_lead: Minutes | None = Field(default=None, description="instead of minutes: length for each lead")
    sittings: Annotated[int, Field(ge=1, le=9)] = Field(default=1, description="how often each session is held")
    sitting_gap_minutes: Annotated[int, Field(ge=0)] = Field(
        default=0, description="least time from one sitting's end to the next one's start"
    )
    before: tuple[Id, ...] = Field(default=(), description="cases whose sessions come after all of this one's")
    after: tuple[Id, ...] = Field(default=(), description="cases whose sessions come before all of this one's")
    features: tuple[Id, ...] = Field(default=(), description="what the room must have")
    language: Language | None = Field(default=None, description="working language, if fixed")
    withdrawn: bool = Field(default=False, description="met no more; kept for sessions that are past")

    @property
    def parties(self) -> tuple[str, ...]:
        """Delegations of the case, whether or not they must be there: the leader first, each once."""
        return _parties(self)


class ExplicitSession(Frozen):
    """A session given by the organiser rather than formed from cases."""

    id: Id = Field(description="permanent; part of its calendar UID")
    title: Text | None = Field(default=None, description="told to those who are in it; its cases' if left out")
    cases: tuple[Id, ...] = Field(default=(), description="cases that are met here, and so not formed; may be none")
    leader: Id | None = Field(default=None, description="the first required delegation if left out")
    required: tuple[Id, ...] = Field(default=(), description="delegations that must be there; its cases' if empty")
    optional: tuple[Id, ...] = Field(default=(), description="delegations that come if they can; its cases' if empty")
    quorum: Quorum | None = Field(default=None, description="further delegations of whom some must be there")
    officers: tuple[Id, ...] = Field(default=(), description="delegates who must be there, besides its cases'")
    minutes: Minutes | None = Field(default=None, description="the sum of its cases' if left out")
    priority: Priority | None = Field(default=None, description="the highest of its cases', or 2, if left out")
    classification: Id | None = Field(default=None, description="or higher, if a case of it is")
    features: tuple[Id, ...] = Field(default=(), description="what the room must have, besides what its cases need")
    language: Language | None = Field(default=None, description="working language, if fixed; its cases' if left out")
    windows: tuple[Window, ...] = Field(default=(), description="held wholly inside one of them; at any time if empty")
    before: tuple[Id, ...] = Field(default=(), description="sessions of this list that start after the end of this one")
    after: tuple[Id, ...] = Field(default=(), description="sessions of this list that end before the start of this one")

    @property
    def parties(self) -> tuple[str, ...]:
        """Delegations that it names itself: the leader first, if it names one, each once."""
        return _parties(self)


class Formation(Frozen):
    """How cases become sessions."""

    together: bool = Field(default=True, description="take cases of the same parties together in one session")
    longest_minutes: Minutes = Field(default=90, description="a session of several cases is never longer")
    minutes_per_lead: Minutes = Field(default=30, description="for cases that give no length of their own")
    groups: tuple[tuple[Id, ...], ...] | None = Field(
        default=None, description="cases that are met together, instead of those that the planner would take together"
    )


class Pin(Frozen):
    """What may not move of a session."""

    session: SessionId = Field(description="id of a formed session, as planner sessions prints it")
    start: LocalTime | None = Field(default=None, description="when it starts; free if left out")
    room: Id | None = Field(default=None, description="where it is held; free if left out")
    teams: dict[Id, Annotated[int, Field(ge=1)]] = Field(
        default_factory=dict, description="number of the team, by delegation"
    )
    interpreters: tuple[Id, ...] = Field(default=(), description="who must interpret; others may as well")
    language: Language | None = Field(default=None, description="working language; free if left out")


class RuleSetting(Frozen):
    """What an organiser changes of a rule of the catalogue."""

    level: Level | None = Field(default=None, description="hard, soft or off; the catalogue's if left out")
    weight: Annotated[int, Field(ge=0, le=10_000)] | None = Field(default=None, description="cost of one count")
    parameters: dict[str, Annotated[int, Field(ge=0)]] = Field(default_factory=dict, description="by name")


class Tier(Frozen):
    """A named step of the objective; an earlier tier is never given up for a later one."""

    name: Id = Field(description="as reports print it")
    rules: tuple[RuleId, ...] = Field(description="whose costs it adds up")


class Scenario(Frozen):
    """Everything that a plan is made from."""

    conference: Conference = Field(description="the whole occasion")
    blocks: tuple[Block, ...] = Field(default=(), description="parts of the programme that are fixed")
    rooms: tuple[Room, ...] = Field(min_length=1, description="where sessions can be")
    walks: tuple[Walk, ...] = Field(default=(), description="ways between buildings")
    delegations: tuple[Delegation, ...] = Field(min_length=1, description="who takes part")
    interpreters: tuple[Interpreter, ...] = Field(default=(), description="who interprets where languages differ")
    cases: tuple[Case, ...] = Field(default=(), description="what is shared; sessions are formed from it")
    sessions: tuple[ExplicitSession, ...] = Field(default=(), description="sessions given rather than formed")
    formation: Formation = Field(default=Formation(), description="how cases become sessions")
    pins: tuple[Pin, ...] = Field(default=(), description="what may not move")
    rules: dict[RuleId, RuleSetting] = Field(default_factory=dict, description="changes of rules, by rule id")
    tiers: tuple[Tier, ...] = Field(default=(), description="order of the objective; the catalogue's if empty")
    cancelled: tuple[SessionId, ...] = Field(default=(), description="formed sessions that are not to be held")
    replanning: Replanning | None = Field(default=None, description="when a plan is changed: what it was, and when")

    @property
    def hash(self) -> str:
        """SHA-256 of the scenario's content; comments and layout of the file do not count, nor does what is as usual."""
        return "sha256:" + hashlib.sha256(self.model_dump_json(exclude_defaults=True).encode()).hexdigest()


def _parties(item: Case | ExplicitSession) -> tuple[str, ...]:
    of = item.quorum.of if item.quorum else ()
    leader = () if item.leader is None else (item.leader,)
    return tuple(dict.fromkeys((*leader, *item.required, *of, *item.optional)))
