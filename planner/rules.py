"""The catalogue of rules: what a plan must respect and what it should strive for, said once.

The solver and the verifier each read these rules on their own; documentation, command line and reports print them from here.

A *demand* holds or is broken for a *subject*, the thing that a person could change. When an organiser makes a demand soft,
its cost is the number of subjects for which it is broken. A *wish* has a graded cost. When an organiser makes a wish hard,
its cost may not exceed the parameter ``at_most``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a rule binds: it must hold, breaking it costs, or it is not looked at."""

    hard = "hard"
    soft = "soft"
    off = "off"


class Kind(StrEnum):
    """Whether a rule holds or is broken, or costs more or less."""

    demand = "demand"
    wish = "wish"


@dataclass(frozen=True)
class Parameter:
    """A number that an organiser may set, with its unit and default."""

    name: str
    default: int
    unit: str
    meaning: str


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes:
        id: stable kebab-case name.
        statement: one sentence in the organisers' language.
        subject: what a violation of a demand is about, and so what a soft demand is counted by.
        measure: how the cost of a wish is counted.
        tier: the step of the objective that the rule belongs to when it is soft.
        changes_only: whether it is about changing a plan; it is off for a first plan.
    """

    id: str
    title: str
    kind: Kind
    statement: str
    level: Level
    weight: int
    tier: str
    subject: str = ""
    measure: str = ""
    parameters: tuple[Parameter, ...] = ()
    changes_only: bool = False

    @property
    def is_wish_about_changes(self) -> bool:
        """Whether it asks for a gentle change; organisers' tiers that do not name it leave it a tier of its own."""
        return self.changes_only and self.kind is Kind.wish


AT_MOST = Parameter("at_most", 0, "cost", "when the wish is made hard: the largest cost allowed")


def _demand(
    id: str, title: str, subject: str, statement: str, *parameters: Parameter, changes_only: bool = False
) -> Rule:
    return Rule(
        id,
        title,
        Kind.demand,
        statement,
        Level.hard,
        100,
        "quality",
        subject=subject,
        parameters=parameters,
        changes_only=changes_only,
    )


def _wish(
    id: str,
    title: str,
    tier: str,
    weight: int,
    statement: str,
    measure: str,
    *parameters: Parameter,
    level: Level = Level.soft,
    changes_only: bool = False,
) -> Rule:
    return Rule(
        id,
        title,
        Kind.wish,
        statement,
        level,
        weight,
        tier,
        measure=measure,
        parameters=(*parameters, AT_MOST),
        changes_only=changes_only,
    )


TIERS = ("held", "notice", "disturbance", "presence", "quality", "rooms")
"""Names of the default objective tiers, most important first; those about changes are there only when a plan is changed."""

CATALOGUE: tuple[Rule, ...] = (
    _demand(
        "formation",
        "One chain, one form",
        "case",
        "Every case and every lead is in exactly one session chain, and a case whose format is open is held in one form "
        "only: all parties together, or its leader with each of them apart.",
    ),
    _demand(
        "hours",
        "Opening hours",
        "session",
        "A session starts on the grid and lies inside the opening hours of one day.",
    ),
    _demand(
        "windows",
        "Windows",
        "delegation, delegate, interpreter, room or session",
        "Whoever sits in a session, interprets in it or hosts it is available from its start to its end; "
        "arrival and departure count as windows. A session with windows of its own is held inside one of them.",
    ),
    _demand(
        "blocks",
        "Blocks",
        "block",
        "No session runs while a block holds one of its delegations, its room or its interpreters.",
    ),
    _demand("team-one-place", "Teams in one place", "team", "A team sits in one session at a time."),
    _demand("officer-one-place", "Officers in one place", "delegate", "A person sits in one session at a time."),
    _demand(
        "officer-present",
        "Officers present",
        "delegate",
        "When a delegation is present, its officers of the session's cases sit in the session, with the team that they "
        "belong to.",
    ),
    _demand(
        "interpreter-one-place",
        "Interpreters in one place",
        "interpreter",
        "An interpreter works in one session at a time.",
    ),
    _demand(
        "room-one-session",
        "Rooms hold one session",
        "room",
        "A room, or each table of it, holds one session at a time.",
    ),
    _demand(
        "seats",
        "Seats",
        "session",
        "The room seats every team present and the interpreters; a team takes its delegation's team size, "
        "or more when more officers must come.",
    ),
    _demand("features", "Features", "session", "The room has every feature that the session needs."),
    _demand(
        "clearance",
        "Clearance",
        "session",
        "The room, every delegation present and every interpreter hold the clearance of the session's classification.",
    ),
    _demand(
        "attendance",
        "Attendance",
        "session",
        "The leader and every required delegation are present, and at least as many of a quorum's delegations as it asks for; "
        "nobody else is but optional parties.",
    ),
    _demand(
        "language",
        "Language covered",
        "session",
        "Every delegation present, and every officer with languages of their own whom it brings, speaks the working "
        "language or has an interpreter between it and a language of theirs; the working language is the fixed one, else "
        "one of the conference's or one that all parties speak.",
    ),
    _demand(
        "buffer",
        "Buffer",
        "team or interpreter",
        "Between two sessions of a team or of an interpreter there is time to change, and to walk when the buildings differ.",
        Parameter("minutes", 5, "minutes", "time to change, to which walking minutes are added"),
    ),
    _demand(
        "longest-run",
        "Longest run",
        "team or interpreter",
        "A team sits in no more sessions in a row than its delegation allows, and an interpreter works no more minutes in "
        "a row than allowed; a pause of a team and a rest of an interpreter end the run.",
        Parameter("pause_minutes", 30, "minutes", "the least time without a session that is a pause for a team"),
    ),
    _demand(
        "most-a-day",
        "Most sessions a day",
        "team and day",
        "A team sits in no more sessions a day than its delegation allows.",
    ),
    _demand(
        "sittings",
        "Sittings in order",
        "session",
        "A later sitting is held only after the one before it, and no sooner than the case's gap allows.",
    ),
    _demand(
        "case-order",
        "Cases and sessions in order",
        "pair of cases or of sessions",
        "All sessions of a case that comes before another end before any session of the other starts; "
        "a given session that comes before another ends before the other starts.",
    ),
    _demand("pins", "Pins", "session", "A pinned session is held, and is where and with whom the pin says."),
    _demand(
        "kept-apart",
        "Parties kept apart",
        "session",
        "Delegations that must not sit together are not in the same session.",
    ),
    _demand(
        "past-kept",
        "The past stays",
        "session",
        "When a plan is changed, sessions that have started are as they were, and no other starts by that moment.",
        changes_only=True,
    ),
    _demand(
        "most-changes",
        "Most changes of a delegation",
        "delegation",
        "When a plan is changed, a delegation is told something new about no more of its sessions than it allows.",
        Parameter("sessions", 1000, "sessions", "the most for a delegation that gives no number of its own"),
        changes_only=True,
    ),
    _wish(
        "held",
        "Every session is held",
        "held",
        1,
        "Every session is held; those of higher priority before any number of lower ones.",
        "for each session left out its share times the weight of its priority; the weight of a priority is one more than "
        "all that lower priorities could cost together, and the lowest weighs 1. The share of a session that takes the "
        "place of n bilateral ones is n, otherwise 1",
    ),
    _wish(
        "notice",
        "Notice of changes",
        "notice",
        1,
        "When a plan is changed, nobody is told something new about the next minutes.",
        "people told of a change, or of a new session, whose old or new start is less than so many minutes away; people are "
        "counted as under disturbance",
        Parameter("minutes", 30, "minutes", "from the moment of the change"),
        changes_only=True,
    ),
    _wish(
        "disturbance",
        "Few people told something new",
        "disturbance",
        1,
        "When a plan is changed, few people are told something new, and those who must be hear of it early.",
        "for each session that people were told of and each delegation and interpreter who was to be in it: people times the "
        "weights of what is not as told, times urgency. People: the seats of the delegation's team, one for an interpreter. "
        "Weights: time when the session is at another time or not held; room when it is in another room; team when the parties, "
        "the language or the delegation's team differ. A delegation that leaves or joins is told all three, an interpreter "
        "who leaves or joins counts team. Urgency: one, and one more for each hour by which the old start is nearer than near "
        "hours, for a change of time the nearer of old and new start; and once more the parameter again for whom an earlier "
        "change has moved. A new session counts only when its case takes another form than people were told of; then "
        "everybody in it joins",
        Parameter("time", 6, "cost", "for one person, when the time changes"),
        Parameter("room", 3, "cost", "for one person, when the room changes"),
        Parameter("team", 1, "cost", "for one person, when the team, the parties or the language change"),
        Parameter("near_hours", 4, "hours", "changes nearer than this count more, at most this many times more"),
        Parameter("again", 1, "times", "urgency added for whom an earlier change has moved"),
        changes_only=True,
    ),
    _wish(
        "optional-present",
        "Optional parties present",
        "presence",
        1,
        "Optional parties, and quorum parties beyond the quorum, are present.",
        "optional and quorum parties missing from sessions held",
    ),
    _wish(
        "early",
        "High priority early",
        "quality",
        4,
        "Cases of high priority are met early, so that later days can follow up.",
        "for each session of high priority held, the days after the first",
        Parameter("priority", 1, "priority", "the lowest priority that counts as high"),
    ),
    _wish(
        "breaks",
        "Few breaks",
        "quality",
        2,
        "Teams have few breaks between their sessions of a day.",
        "breaks of all teams; a break is an unbroken run of idle slots, blocks aside",
    ),
    _wish(
        "idle",
        "Little idle time",
        "quality",
        1,
        "Teams wait little between their sessions of a day.",
        "idle slots of all teams: grid slots between the team's first and last session of a day that neither a session "
        "with its buffer nor a block of the delegation touches",
    ),
    _wish(
        "fair-idle",
        "Fair shares of idle time",
        "quality",
        1,
        "Idle time is shared fairly.",
        "largest difference between the idle slots of two teams over the conference; teams of delegations that are party "
        "to no session do not count",
    ),
    _wish(
        "fair-breaks",
        "Fair shares of breaks",
        "quality",
        1,
        "Breaks are shared fairly.",
        "most breaks of a delegation less the fewest of a delegation, over all its teams and days; every delegation counts, "
        "and one without sessions has none",
        level=Level.off,
    ),
    _wish(
        "room-changes",
        "Few room changes",
        "rooms",
        1,
        "Teams stay in the same room through a day.",
        "for each team and day with sessions, the rooms used less one; tables of one room are one room",
    ),
    _wish(
        "continuity",
        "Sittings alike",
        "quality",
        2,
        "All sittings of a case have the same room, teams and interpreters.",
        "for each two successive sittings held: one if the room differs, one for each delegation present in both whose "
        "team differs, one if the interpreters differ",
    ),
    _wish(
        "balance",
        "Balanced days",
        "quality",
        1,
        "Each delegation's sessions are balanced over the days.",
        "for each delegation, sessions on its fullest day less those on its emptiest, less one; never below zero; sessions "
        "count on the day they start",
    ),
    _wish(
        "few-interpreters",
        "Interpreters spared",
        "quality",
        1,
        "Interpreters work only where they are needed.",
        "interpreters assigned, added over sessions",
    ),
)

RULES: dict[str, Rule] = {rule.id: rule for rule in CATALOGUE}
"""The catalogue by rule id."""
