"""What a delegation may know of why its session is not as it was told: what its own side leaves open at the time told.

What it was told stood in its agenda, and what is now stands in it. Why it is so is told of its own side only, as in
``planner.agenda.own_side``. A session that the delegation is in no more is not told of, whether it is held or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from planner.agenda.delegation import NotScheduled, SessionView, delegation_agenda
from planner.agenda.hindrance import InTheWay
from planner.agenda.looking import Looker, in_agenda, require_known
from planner.agenda.parts import Place
from planner.agenda.source import Source
from planner.errors import InputError
from planner.record import Told


class Differs(StrEnum):
    """What of a session that it is in is not as a delegation was told."""

    time = "time"
    room = "room"
    team = "team"
    parties = "parties"
    language = "language"


@dataclass(frozen=True)
class WhyMoved:
    """What a delegation may know.

    Attributes:
        code: of the session.
        start, end, place, others: as the delegation was told; ``others`` are names of the other delegations.
        now: as it stands in the delegation's agenda; None when it does not.
        differs: what is not as told, of a session that the delegation is in.
        in_the_way: what is in the way of what it was told, on its own side or for want of an interpreter whom it needs.
    """

    reader: str
    code: str
    start: datetime
    end: datetime
    place: Place
    others: tuple[str, ...]
    now: SessionView | NotScheduled | None
    differs: tuple[Differs, ...]
    in_the_way: tuple[InTheWay, ...]

    @property
    def stays(self) -> bool:
        """Whether it is as the delegation was told, as far as that is told to it."""
        return isinstance(self.now, SessionView) and not self.differs


def why_moved(source: Source, delegation: str, session: str) -> WhyMoved:
    """Return what a delegation may know of why one of its sessions is not as it was told.

    Raises:
        InputError: when there is no such delegation or session, the plan changes no other, or the delegation was told nothing of
            the session.
    """
    record = source.scenario.replanning
    if record is None:
        raise InputError(
            "This is a first plan: nothing was moved in it.",
            hint="Give scenario.yaml and plan.json of a folder that replan wrote, or ask without --why-moved.",
        )
    told = next((one for one in (*record.past, *record.told) if one.session == session), None)
    if told is not None and session not in source.sessions:
        raise InputError(f"{session} is not asked for any more.", hint="Nobody has it in the agenda; ask for another.")
    require_known(source, delegation, session)
    if told is None or delegation not in told.teams:
        raise InputError(
            f"{delegation} was told of no time for {session}.", hint="Give a session that the delegation was to be in."
        )
    now = in_agenda(delegation_agenda(source, delegation), source.codes[session])
    minutes = (told.end - told.start).seconds // 60
    looker = Looker(source, source.delegations[delegation], source.sessions[session], minutes)
    return WhyMoved(
        reader=source.delegations[delegation].name,
        code=source.codes[session],
        start=source.moment(told.start),
        end=source.moment(told.end),
        place=source.place(told.room, told.table),
        others=tuple(source.delegations[name].name for name in told.teams if name != delegation),
        now=now,
        differs=_differs(source, told, delegation) if isinstance(now, SessionView) else (),
        in_the_way=looker.in_the_way(told.start, told.teams[delegation]),
    )


def _differs(source: Source, told: Told, delegation: str) -> tuple[Differs, ...]:
    now = source.placements[told.session]
    differs = {
        Differs.time: (now.start, now.end) != (source.moment(told.start), source.moment(told.end)),
        Differs.room: (now.room, now.table) != (told.room, told.table),
        Differs.team: now.teams[delegation] != told.teams[delegation],
        Differs.parties: now.teams.keys() != told.teams.keys(),
        Differs.language: now.working_language != told.language,
    }
    return tuple(what for what, is_different in differs.items() if is_different)
