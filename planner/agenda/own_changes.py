"""How many changes a delegation is told of already, when a plan is changed."""

from __future__ import annotations

from datetime import datetime

from planner.agenda.source import Source
from planner.record import Told
from planner.rules import Level
from planner.scenario import Delegation
from planner.settings import settings_of


def is_one_change_too_many(source: Source, own: Delegation, session: str, start: datetime) -> bool:
    """Return whether a delegation would be told of more changes than it allows if a session started then.

    Counted are its sessions that are not as it was told: another time, room, team or language, other parties, or not held.
    """
    record, setting = source.scenario.replanning, settings_of(source.scenario)["most-changes"]
    if record is None or setting.level is not Level.hard:
        return False
    known = {told.session: told for told in record.told if told.session in source.sessions}
    if session not in known or (own.id in known[session].teams and known[session].start == start):
        return False
    most = setting.parameters["sessions"] if own.most_changes is None else own.most_changes
    others = sum(_is_news(source, told, own.id) for name, told in known.items() if name != session)
    return others + 1 > most


def _is_news(source: Source, told: Told, own: str) -> bool:
    """Whether something about a session is new to a delegation."""
    now = source.placements.get(told.session)
    is_in_it = now is not None and own in now.teams
    if own not in told.teams or now is None or not is_in_it:
        return is_in_it or own in told.teams
    return (
        (now.start, now.end) != (source.moment(told.start), source.moment(told.end))
        or now.room != told.room
        or now.teams[own] != told.teams[own]
        or now.teams.keys() != told.teams.keys()
        or now.working_language != told.language
    )
