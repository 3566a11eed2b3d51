"""What each reader may see of a plan, gathered before anything is rendered.

A view is built for one reader from the scenario, the formed sessions and the plan, and holds only what that reader may
know; pages and calendars are made from the view alone. Nothing here formats anything.

| reader | sees |
| --- | --- |
| delegation | sessions it is present in, with its own people; the cases and leads it shares; blocks that are for it |
| delegate | the same, for the sessions that list this person |
| interpreter | when, where, who is present, languages and classification; no cases, no leads |
| room door | when, which session code, at which table; titles of blocks for everybody |
| public | blocks for everybody, prayers left out; no sessions |
| organiser | everything |

When a plan takes the place of another, each of the first three also sees what is new, different or gone in the own agenda.
"""

from planner.agenda.board import Board, boards
from planner.agenda.changes import OrganiserChanges, organiser_changes
from planner.agenda.delegation import (
    DelegateAgenda,
    DelegationAgenda,
    NotScheduled,
    delegate_agenda,
    delegation_agenda,
)
from planner.agenda.hindrance import Hindrance, InTheWay
from planner.agenda.interpreter import InterpreterAgenda, interpreter_agenda
from planner.agenda.limits import Limits, limits
from planner.agenda.notice import Notice, Pair, change_notice
from planner.agenda.organiser import OrganiserProgramme, organiser_programme
from planner.agenda.own_move import WhyMoved, why_moved
from planner.agenda.own_side import Start, Why, why
from planner.agenda.parts import Calendar, Event, Masthead
from planner.agenda.public import DoorSheet, PublicProgramme, door_sheets, public_programme
from planner.agenda.readers import ORGANISER, PUBLIC, Reader, audience, readers_of
from planner.agenda.source import Source

__all__ = [
    "ORGANISER",
    "PUBLIC",
    "Board",
    "Calendar",
    "DelegateAgenda",
    "DelegationAgenda",
    "DoorSheet",
    "Event",
    "Hindrance",
    "InTheWay",
    "InterpreterAgenda",
    "Limits",
    "Masthead",
    "NotScheduled",
    "Notice",
    "OrganiserChanges",
    "OrganiserProgramme",
    "Pair",
    "PublicProgramme",
    "Reader",
    "Source",
    "Start",
    "Why",
    "WhyMoved",
    "audience",
    "boards",
    "change_notice",
    "delegate_agenda",
    "delegation_agenda",
    "door_sheets",
    "interpreter_agenda",
    "limits",
    "organiser_changes",
    "organiser_programme",
    "public_programme",
    "readers_of",
    "why",
    "why_moved",
]
