"""What a delegation may know of why its session is not held, or not earlier: what its own side leaves open.

Only the reader's own windows, people, teams, limits and sessions are looked at, with the hours, the grid, the time to change,
and the blocks that are for the reader; and whether an interpreter whom it needs is free. Everything else, other delegations,
rooms and their interpreters, is one thing that is not told apart: if it were, the reader could find out by elimination where
others are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from planner.agenda.delegation import NotScheduled, SessionView, delegation_agenda
from planner.agenda.hindrance import InTheWay
from planner.agenda.looking import Looker, in_agenda, require_known
from planner.agenda.source import Source
from planner.errors import InputError


@dataclass(frozen=True)
class Start:
    """A start at which the session could not be, or nothing that the reader may know is in its way."""

    moment: datetime
    in_the_way: tuple[InTheWay, ...]


@dataclass(frozen=True)
class Why:
    """What a delegation may know.

    Attributes:
        session: the session as it stands in the reader's agenda.
        minutes: how long it takes; None when it is not held and also about what the reader may not know of, as its length
            would tell that there is something else. Then only the first cell of the grid is looked at.
        starts: every start at which the session would end within the hours; of a session that is held those before it, and of a
            plan that is changed those after the moment of the change.
    """

    reader: str
    session: SessionView | NotScheduled
    minutes: int | None
    starts: tuple[Start, ...]


def why(source: Source, delegation: str, session: str) -> Why:
    """Return what a delegation may know of why one of its sessions is not held, or not earlier.

    Raises:
        InputError: when there is no such delegation or session, or the session is not in the delegation's agenda.
    """
    require_known(source, delegation, session)
    view = in_agenda(delegation_agenda(source, delegation), source.codes[session])
    if view is None:
        raise InputError(
            f"{session} does not stand in the agenda of {delegation}.", hint="Give a session that the delegation is in."
        )
    before = view.start if isinstance(view, SessionView) else None
    formed = source.sessions[session]
    known = all(source.knows_case(delegation, case) for case in formed.cases) and all(
        source.knows_lead(delegation, lead) for lead in formed.leads
    )
    minutes = formed.length_minutes if known or before is not None else None
    looker = Looker(source, source.delegations[delegation], formed, minutes)
    record = source.scenario.replanning
    return Why(
        reader=source.delegations[delegation].name,
        session=view,
        minutes=minutes,
        starts=tuple(
            Start(source.moment(moment), looker.in_the_way(moment))
            for moment in looker.starts()
            if (before is None or source.moment(moment) < before) and (record is None or moment > record.now)
        ),
    )
