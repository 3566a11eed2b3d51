"""Rooms, interpreters and blocks: what is lost for a time, and what is at another time."""

from __future__ import annotations

from planner.applying.editing import edited, one
from planner.applying.spans import cut, from_now
from planner.changes import BlockMoved, InterpreterAway, RoomLost
from planner.scenario import Outage, Scenario


def room_lost(scenario: Scenario, change: RoomLost) -> Scenario:
    """Take the time out of the room's windows, or write down which features it lacks meanwhile."""
    room = one(scenario.rooms, change.room)
    lost = from_now(scenario, change.start, change.end)
    if change.features is None:
        return edited(scenario, "rooms", room.id, windows=cut(scenario, room.windows, lost))
    outage = Outage(features=change.features, start=lost.start, end=lost.end)
    return edited(scenario, "rooms", room.id, outages=(*room.outages, outage))


def interpreter_away(scenario: Scenario, change: InterpreterAway) -> Scenario:
    """Take the time out of the interpreter's windows."""
    interpreter = one(scenario.interpreters, change.interpreter)
    away = from_now(scenario, change.start, change.end)
    return edited(scenario, "interpreters", interpreter.id, windows=cut(scenario, interpreter.windows, away))


def block_moved(scenario: Scenario, change: BlockMoved) -> Scenario:
    """Put the block at its new time, and in its new room."""
    block = one(scenario.blocks, change.block)
    end = change.end or change.start + (block.end - block.start)
    return edited(scenario, "blocks", block.id, start=change.start, end=end, room=change.room or block.room)
