"""What a plan says calendars were told, held against its placements and the programme."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from planner.ledger import Revision
from planner.plan import Placement, Plan
from planner.verify.reading import Reading, wall_clock


def ledger(reading: Reading, plan: Plan) -> Iterator[str]:
    """Find what is wrong with the ledger of a plan; a plan that was never published has none."""
    if not plan.revisions:
        for placement in plan.placements:
            if placement.generation != 1:
                yield f"session {placement.session}: generation {placement.generation}, and nothing was published yet"
        return
    yield from _generations(plan)
    for revision in plan.revisions:
        yield from _revision(reading, revision)
    yield from _completeness(reading, plan)


def uid(reading: Reading, entry: str, generation: int) -> str:
    """Return the UID that an entry must have."""
    conference = reading.scenario.conference
    parts = [conference.id, entry if generation == 1 else f"{entry}#{generation}"]
    if conference.secret and not entry.startswith("block/"):
        parts.append(conference.secret)
    namespace = uuid.uuid5(uuid.NAMESPACE_DNS, conference.domain)
    return f"{uuid.uuid5(namespace, '/'.join(parts))}@{conference.domain}"


def _generations(plan: Plan) -> Iterator[str]:
    found: dict[str, list[Revision]] = defaultdict(list)
    for revision in plan.revisions:
        found[revision.entry].append(revision)
    for entry, revisions in found.items():
        numbers = sorted(revision.generation for revision in revisions)
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"ledger: {entry} has generations {', '.join(map(str, numbers))}"
        live = [revision.generation for revision in revisions if not revision.cancelled]
        if live not in ([], numbers[-1:]):
            yield f"ledger: {entry} is not cancelled in generations {', '.join(map(str, sorted(live)))}"


def _revision(reading: Reading, revision: Revision) -> Iterator[str]:
    where = f"ledger: {revision.entry}"
    if revision.uid != uid(reading, revision.entry, revision.generation):
        yield f"{where}: uid {revision.uid!r} is not that of generation {revision.generation}"
    if revision.cancelled and revision.sequence == 0:
        yield f"{where}: is cancelled with sequence 0"
    if revision.revised_at < revision.created_at:
        yield f"{where}: was revised before it was created"
    for reader, number in Counter((*revision.readers, *(f"copy of {copy.reader}" for copy in revision.copies))).items():
        if number > 1:
            yield f"{where}: {reader} is listed {number} times"
    for copy in revision.copies:
        if (copy.left is None) != (copy.reader in revision.readers):
            yield (
                f"{where}: {copy.reader} both has it and has left"
                if copy.left
                else f"{where}: {copy.reader} has it not"
            )
        if copy.left is None and copy.sequence <= revision.sequence:
            yield f"{where}: sequence {copy.sequence} of {copy.reader} is not above {revision.sequence}"
        if copy.left is not None and copy.sequence == 0:
            yield f"{where}: is cancelled for {copy.reader} with sequence 0"


def _completeness(reading: Reading, plan: Plan) -> Iterator[str]:
    live = {revision.entry: revision for revision in plan.revisions if not revision.cancelled}
    blocks = {f"block/{block.id}": block for block in reading.scenario.blocks}
    placed = {placement.session: placement for placement in plan.placements}
    for entry in live:
        if entry not in placed and entry not in blocks:
            yield f"ledger: {entry} is neither held nor cancelled"
    for entry in (*placed, *blocks):
        if entry not in live:
            yield f"ledger: {entry} is not in it"
    for name, placement in placed.items():
        if name in live:
            yield from _of_session(live[name], placement)
    zone = ZoneInfo(reading.scenario.conference.time_zone)
    for name, block in blocks.items():
        if name in live:
            shown = live[name].shown
            if (wall_clock(shown.start, zone), wall_clock(shown.end, zone)) != (block.start, block.end):
                yield f"ledger: {name} shows another time than the programme"
            if set(live[name].readers) != _readers_of_block(reading, name):
                yield f"ledger: {name} has other readers than the programme"


def _of_session(revision: Revision, placement: Placement) -> Iterator[str]:
    where = f"session {placement.session}"
    for field in ("uid", "sequence", "generation"):
        said, told = getattr(placement, field), getattr(revision, field)
        if said != told:
            yield f"{where}: {field} {said!r} is {told!r} in the ledger"
    if (revision.shown.start, revision.shown.end) != (placement.start, placement.end):
        yield f"{where}: the ledger shows another time"
    if set(revision.readers) != _readers_of_session(placement):
        yield f"{where}: the ledger has other readers"


def _readers_of_session(placement: Placement) -> set[str]:
    people = {f"delegate/{name}" for listed in placement.delegates.values() for name in listed}
    present = {f"delegation/{name}" for name in placement.teams}
    return people | present | {f"interpreter/{name}" for name in placement.interpreters} | {"organiser"}


def _readers_of_block(reading: Reading, name: str) -> set[str]:
    block = next(block for block in reading.scenario.blocks if f"block/{block.id}" == name)
    found = {"organiser"}
    for delegation in reading.scenario.delegations:
        if block.delegations is None or delegation.id in block.delegations:
            found |= {f"delegation/{delegation.id}", *(f"delegate/{person.id}" for person in delegation.delegates)}
    if block.delegations is None:
        found |= {f"interpreter/{person.id}" for person in reading.scenario.interpreters}
        found |= {"public"} if block.kind.value in ("plenary", "ceremony") else set()
    return found
