"""What became of the blocks: the parts of the programme that are fixed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.compare.outcome import Fate
from planner.compare.side import Side
from planner.scenario import Block


@dataclass(frozen=True)
class BlockOutcome:
    """What became of one block; for a reader, None where it was or is not for that reader.

    A block is moved when its time, room or title is another.
    """

    block: str
    fate: Fate
    before: Block | None
    after: Block | None


def block_outcomes(old: Side, new: Side) -> tuple[BlockOutcome, ...]:
    """Return what became of every block, in the order of the new scenario and then of the old."""
    before = {block.id: block for block in old.scenario.blocks}
    after = {block.id: block for block in new.scenario.blocks}
    return tuple(_outcome(name, before.get(name), after.get(name)) for name in dict.fromkeys((*after, *before)))


def blocks_of(outcomes: tuple[BlockOutcome, ...], delegation: str | None) -> Iterator[BlockOutcome]:
    """Yield what became of the blocks for everybody and, with a delegation, of those that name it."""
    for item in outcomes:
        before, after = _visible(item.before, delegation), _visible(item.after, delegation)
        if before or after:
            yield _outcome(item.block, before, after)


def _visible(block: Block | None, delegation: str | None) -> Block | None:
    if block is None or block.delegations is None or delegation in block.delegations:
        return block
    return None


def _outcome(name: str, before: Block | None, after: Block | None) -> BlockOutcome:
    if before is None or after is None:
        return BlockOutcome(name, Fate.new if before is None else Fate.cancelled, before, after)
    same = (before.start, before.end, before.room, before.title) == (after.start, after.end, after.room, after.title)
    return BlockOutcome(name, Fate.unchanged if same else Fate.moved, before, after)
