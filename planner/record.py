"""What a plan that is being changed was: which sessions are past, what people were told of the others, and when it is."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from planner.values import Frozen, Id, Language, LocalTime, Minutes, Priority, Quorum, SessionId, Text, Window


class Form(StrEnum):
    """The two forms of a case whose format is open."""

    together = "together"
    apart = "apart"


class Told(Frozen):
    """A session as people were told of it: when, where, with whom."""

    session: SessionId = Field(description="id of the session")
    start: LocalTime = Field(description="first moment")
    end: LocalTime = Field(description="moment after the last")
    room: Id = Field(description="id of the room")
    table: Annotated[int, Field(ge=1)] | None = Field(default=None, description="number of the table, if it has one")
    teams: dict[Id, Annotated[int, Field(ge=1)]] = Field(description="number of the team, by delegation present")
    delegates: dict[Id, tuple[Id, ...]] = Field(description="delegates who attend, by delegation present")
    interpreters: tuple[Id, ...] = Field(default=(), description="who interprets")
    language: Language = Field(description="working language")


class Formed(Frozen):
    """What a session was formed from; what changes of its cases later does not reach it."""

    chain: Id = Field(description="id of the chain that it belongs to")
    title: Text | None = Field(default=None, description="of its cases, or its own")
    cases: tuple[Id, ...] = Field(default=(), description="cases met")
    leads: tuple[Id, ...] = Field(default=(), description="leads met")
    leader: Id = Field(description="the delegation that leads")
    required: tuple[Id, ...] = Field(default=(), description="further delegations that had to be there")
    optional: tuple[Id, ...] = Field(default=(), description="delegations that could come")
    quorum: Quorum | None = Field(default=None, description="further delegations of whom some had to be there")
    officers: tuple[Id, ...] = Field(default=(), description="delegates who had to be there")
    minutes: Minutes = Field(description="its length")
    priority: Priority = Field(default=2, description="1 is the highest")
    classification: Id = Field(description="the highest of its cases")
    features: tuple[Id, ...] = Field(default=(), description="what the room had to have")
    language: Language | None = Field(default=None, description="working language, if it was fixed")
    form: Form | None = Field(default=None, description="which form of an open format it is part of")
    share: Annotated[int, Field(ge=1)] = Field(default=1, description="bilateral sessions that it stands for")
    sitting: Annotated[int, Field(ge=1)] = Field(default=1, description="which sitting it is")
    follows: SessionId | None = Field(default=None, description="the sitting before it")
    gap_minutes: Annotated[int, Field(ge=0)] = Field(default=0, description="least time after that sitting's end")
    windows: tuple[Window, ...] = Field(default=(), description="it had to be inside one of them")


class Past(Told):
    """A session that is over or under way. It stays as it was, whatever changes."""

    formed: Formed = Field(description="what it was formed from")


class Replanning(Frozen):
    """A plan that is being changed. The planner writes this section; there is none for a first plan."""

    now: LocalTime = Field(
        description="the moment; what has started by then stays as it is, nothing new starts before it"
    )
    past: tuple[Past, ...] = Field(default=(), description="sessions that have started by now")
    told: tuple[Told, ...] = Field(default=(), description="sessions to come, as people were told of them")
    moved: tuple[Id, ...] = Field(
        default=(), description="delegations and interpreters who were told of a change before this one"
    )
