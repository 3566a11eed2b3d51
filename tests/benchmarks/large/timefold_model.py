"""The large conferences as a planning problem of Timefold (timefold.ai), written as its documentation advises.

A session decides its start and its room, an attendance its team. The possible starts and rooms of each session are its own
value range, as are the teams of a party, so that no move tries what windows, blocks, features or seats exclude. Sessions may
stay unassigned. What a team waits comes from the collector of consecutive sequences, over the working slots of its party's
day. Importing this module starts Java.
"""
# mypy: disable-error-code="union-attr, untyped-decorator"

from dataclasses import dataclass, field
from typing import Annotated

from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningPin,
    PlanningScore,
    PlanningVariable,
    ProblemFactCollectionProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import (
    Constraint,
    ConstraintCollectors,
    ConstraintFactory,
    HardMediumSoftScore,
    Joiners,
    constraint_provider,
)


@dataclass(eq=False)
class Start:
    """A slot at which a session may start."""

    slot: int
    day: int


@dataclass(eq=False)
class Hall:
    """A room, or so many tables."""

    index: int
    seats: int
    count: int


@dataclass(eq=False)
class TeamDay:
    """A day of a team."""

    key: int


@dataclass(eq=False)
class Team:
    """A team of a party."""

    number: int
    days: list[TeamDay]


@dataclass(eq=False)
class Part:
    """The first, second or third slot of a session."""

    number: int


@planning_entity
@dataclass(eq=False)
class Sitting:
    """A session. ``slots`` is its length, ``weight`` what it costs to leave it out."""

    id: Annotated[int, PlanningId]
    slots: int
    weight: int
    seats: int
    starts: Annotated[list[Start], ValueRangeProvider(id="starts")]
    rooms: Annotated[list[Hall], ValueRangeProvider(id="rooms")]
    start: Annotated[Start | None, PlanningVariable(value_range_provider_refs=["starts"], allows_unassigned=True)] = (
        field(default=None)
    )
    room: Annotated[Hall | None, PlanningVariable(value_range_provider_refs=["rooms"])] = field(default=None)


@planning_entity
@dataclass(eq=False)
class Attendance:
    """A party in a session; ``only`` tells that it must be there and has one team, so that nothing is to be decided.

    ``working`` gives the position of every slot among the working slots of its day, -1 for a slot of a block. An optional
    party may come at ``free`` starts.
    """

    id: Annotated[int, PlanningId]
    session: int
    party: int
    required: bool
    seats: int
    working: list[int]
    free: list[bool]
    only: Annotated[bool, PlanningPin]
    teams: Annotated[list[Team], ValueRangeProvider(id="teams")]
    team: Annotated[Team | None, PlanningVariable(value_range_provider_refs=["teams"], allows_unassigned=True)] = field(
        default=None
    )


@planning_solution
@dataclass
class Timetable:
    """All decisions."""

    parts: Annotated[list[Part], ProblemFactCollectionProperty]
    sittings: Annotated[list[Sitting], PlanningEntityCollectionProperty]
    attendances: Annotated[list[Attendance], PlanningEntityCollectionProperty]
    score: Annotated[HardMediumSoftScore | None, PlanningScore] = field(default=None)


@constraint_provider
def constraints(factory: ConstraintFactory) -> list[Constraint]:
    """Demands are hard, sessions left out medium, twice the breaks and the idle slots soft."""
    attended = factory.for_each(Attendance).join(
        Sitting, Joiners.equal(lambda attendance: attendance.session, lambda sitting: sitting.id)
    )
    optional = attended.filter(lambda attendance, sitting: not attendance.required)
    parts = attended.join(
        Part, Joiners.greater_than(lambda attendance, sitting: sitting.slots, lambda part: part.number)
    )
    return [
        factory.for_each_including_unassigned(Sitting)
        .filter(lambda sitting: sitting.start is None)
        .penalize(HardMediumSoftScore.ONE_MEDIUM, lambda sitting: sitting.weight)
        .as_constraint("every session is held"),
        parts.group_by(
            lambda attendance, sitting, part: attendance.team,
            lambda attendance, sitting, part: sitting.start.slot + part.number,
            ConstraintCollectors.count_tri(),
        )
        .filter(lambda team, slot, count: count > 1)
        .penalize(HardMediumSoftScore.ONE_HARD, lambda team, slot, count: count - 1)
        .as_constraint("a team is in one place"),
        parts.group_by(
            lambda attendance, sitting, part: attendance.team.days[sitting.start.day],
            ConstraintCollectors.to_consecutive_sequences(
                lambda attendance, sitting, part: attendance.working[sitting.start.slot + part.number],
                lambda position: position,
            ),
        )
        .flatten_last(lambda chain: chain.getBreaks())
        .penalize(HardMediumSoftScore.ONE_SOFT, lambda day, gap: gap.getLength() + 1)
        .as_constraint("breaks and idle slots"),
        factory.for_each(Sitting)
        .join(Part, Joiners.greater_than(lambda sitting: sitting.slots, lambda part: part.number))
        .group_by(
            lambda sitting, part: sitting.room,
            lambda sitting, part: sitting.start.slot + part.number,
            ConstraintCollectors.count_bi(),
        )
        .filter(lambda room, slot, parts: parts > room.count)
        .penalize(HardMediumSoftScore.ONE_HARD, lambda room, slot, parts: parts - room.count)
        .as_constraint("a table holds one session"),
        factory.for_each_including_unassigned(Attendance)
        .filter(lambda attendance: attendance.required and attendance.team is None)
        .join(Sitting, Joiners.equal(lambda attendance: attendance.session, lambda sitting: sitting.id))
        .penalize(HardMediumSoftScore.ONE_HARD)
        .as_constraint("who is required is there"),
        optional.filter(lambda attendance, sitting: not attendance.free[sitting.start.slot])
        .penalize(HardMediumSoftScore.ONE_HARD)
        .as_constraint("an optional party is available"),
        optional.filter(lambda attendance, sitting: sitting.seats + attendance.seats > sitting.room.seats)
        .penalize(HardMediumSoftScore.ONE_HARD)
        .as_constraint("an optional party has seats"),
    ]
