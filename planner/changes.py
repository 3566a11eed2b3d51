"""What an organiser writes when something changes while the plan is in force: a list of changes, each of one kind.

Every model is frozen and refuses unknown fields. Times are as the clock at the venue shows them, to the minute. A time that
is left out means from the moment of the change on, or for the rest of the conference. ``planner.applying`` says what becomes
of a scenario when they are applied.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.scenario import Case, Lead, Pin
from planner.values import Frozen, Id, LocalTime, Priority, SessionId, Text

_START = "first moment; the moment of the change if left out"
_END = "moment after the last; the end of the conference if left out"


class Reasoned(Frozen):
    """Base of every change."""

    why: Text | None = Field(default=None, description="for the organiser only; told to nobody else")


class ArrivesLate(Reasoned):
    """A delegation is there later than planned. If it has been in sessions, it is away until then."""

    kind: Literal["arrives-late"]
    delegation: Id = Field(description="id of the delegation")
    at: LocalTime = Field(description="in no session before")


class LeavesEarly(Reasoned):
    """A delegation leaves at another time than planned."""

    kind: Literal["leaves-early"]
    delegation: Id = Field(description="id of the delegation")
    at: LocalTime = Field(description="in no session after")


class Withdraws(Reasoned):
    """A delegation leaves the conference now.

    It leaves the cases of others if two parties remain; what it leads, and what would have one party, is met no more.
    """

    kind: Literal["withdraws"]
    delegation: Id = Field(description="id of the delegation")


class TeamAway(Reasoned):
    """One team of a delegation is in no session for a time."""

    kind: Literal["team-away"]
    delegation: Id = Field(description="id of the delegation")
    team: Annotated[int, Field(ge=1)] = Field(description="number of the team")
    start: LocalTime | None = Field(default=None, description=_START)
    end: LocalTime | None = Field(default=None, description=_END)


class TeamAdded(Reasoned):
    """A delegation brings more teams."""

    kind: Literal["team-added"]
    delegation: Id = Field(description="id of the delegation")
    teams: Annotated[int, Field(ge=1, le=19)] = Field(default=1, description="how many more")


class DelegateAway(Reasoned):
    """A person of a delegation, such as an officer called home, is in no session for a time."""

    kind: Literal["delegate-away"]
    delegate: Id = Field(description="id of the delegate")
    start: LocalTime | None = Field(default=None, description=_START)
    end: LocalTime | None = Field(default=None, description=_END)


class RoomLost(Reasoned):
    """A room cannot be used for a time, or lacks some of its features."""

    kind: Literal["room-lost"]
    room: Id = Field(description="id of the room")
    start: LocalTime | None = Field(default=None, description=_START)
    end: LocalTime | None = Field(default=None, description=_END)
    features: Annotated[tuple[Id, ...], Field(min_length=1)] | None = Field(
        default=None, description="what it lacks; the whole room is lost if left out"
    )


class InterpreterAway(Reasoned):
    """An interpreter does not work for a time."""

    kind: Literal["interpreter-away"]
    interpreter: Id = Field(description="id of the interpreter")
    start: LocalTime | None = Field(default=None, description=_START)
    end: LocalTime | None = Field(default=None, description=_END)


class CaseAdded(Reasoned):
    """A case is to be met that was not known before."""

    kind: Literal["case-added"]
    case: Case = Field(description="as in a scenario")


class CaseWithdrawn(Reasoned):
    """A case is met no more."""

    kind: Literal["case-withdrawn"]
    case: Id = Field(description="id of the case")


class CasePriority(Reasoned):
    """A case is more or less urgent than it was."""

    kind: Literal["case-priority"]
    case: Id = Field(description="id of the case")
    priority: Priority = Field(description="1 is the highest")


class LeadAdded(Reasoned):
    """A lead is added to a case that is still to be met."""

    kind: Literal["lead-added"]
    case: Id = Field(description="id of the case")
    lead: Lead = Field(description="as in a scenario")


class LeadWithdrawn(Reasoned):
    """A lead is met no more."""

    kind: Literal["lead-withdrawn"]
    lead: Id = Field(description="id of the lead")


class LeadPriority(Reasoned):
    """A lead is more or less urgent than it was."""

    kind: Literal["lead-priority"]
    lead: Id = Field(description="id of the lead")
    priority: Priority = Field(description="1 is the highest")


class PartyJoins(Reasoned):
    """A delegation becomes a party to a case, or changes how it is one."""

    kind: Literal["party-joins"]
    case: Id = Field(description="id of the case")
    delegation: Id = Field(description="id of the delegation")
    role: Literal["required", "optional"] = Field(
        default="required", description="whether it must be there, or comes if it can"
    )


class PartyLeaves(Reasoned):
    """A delegation that does not lead a case is no party to it any more."""

    kind: Literal["party-leaves"]
    case: Id = Field(description="id of the case")
    delegation: Id = Field(description="id of the delegation")


class SessionPinned(Pin, Reasoned):
    """A session may not move. What is given is pinned; if nothing is, all that people were told of it."""

    kind: Literal["session-pinned"]


class SessionUnpinned(Reasoned):
    """A session that was pinned may move again. It stays where it is if it can."""

    kind: Literal["session-unpinned"]
    session: SessionId = Field(description="id of the session, as planner sessions prints it")


class SessionMoved(Reasoned):
    """A session is held at another time, and if a room is given, there."""

    kind: Literal["session-moved"]
    session: SessionId = Field(description="id of the session, as planner sessions prints it")
    start: LocalTime = Field(description="when it starts")
    room: Id | None = Field(default=None, description="where it is held; free if left out")


class SessionCancelled(Reasoned):
    """A session is not held. One that takes the place of bilateral ones is cancelled with them."""

    kind: Literal["session-cancelled"]
    session: SessionId = Field(description="id of the session, as planner sessions prints it")


class SittingAdded(Reasoned):
    """A case, with those taken together with it, is met once more."""

    kind: Literal["sitting-added"]
    case: Id = Field(description="id of the case")


class BlockMoved(Reasoned):
    """A part of the programme is at another time, or in another room."""

    kind: Literal["block-moved"]
    block: Id = Field(description="id of the block")
    start: LocalTime = Field(description="first moment")
    end: LocalTime | None = Field(default=None, description="moment after the last; as long as before if left out")
    room: Id | None = Field(default=None, description="where it is; as before if left out")


Change = Annotated[
    ArrivesLate
    | LeavesEarly
    | Withdraws
    | TeamAway
    | TeamAdded
    | DelegateAway
    | RoomLost
    | InterpreterAway
    | CaseAdded
    | CaseWithdrawn
    | CasePriority
    | LeadAdded
    | LeadWithdrawn
    | LeadPriority
    | PartyJoins
    | PartyLeaves
    | SessionPinned
    | SessionUnpinned
    | SessionMoved
    | SessionCancelled
    | SittingAdded
    | BlockMoved,
    Field(discriminator="kind"),
]
"""One change; ``kind`` tells which."""


class Changes(Frozen):
    """What changes at one moment, in the order in which it is applied."""

    why: Text | None = Field(default=None, description="for the organiser only; told to nobody else")
    changes: tuple[Change, ...] = Field(min_length=1, description="what changes")
