"""The organiser's view: the whole programme, and an overview of numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from planner.agenda.parts import BlockView, Calendar, CaseView, DayView, Masthead, OfSession, by_day
from planner.agenda.readers import ORGANISER
from planner.agenda.source import Source
from planner.plan import Placement, TierReport, Unplaced
from planner.record import Form
from planner.rules import RULES


@dataclass(frozen=True)
class Attending:
    """A delegation in a session; the team is None for a delegation with one team."""

    id: str
    name: str
    team: int | None
    people: tuple[str, ...]


@dataclass(frozen=True)
class HeldSession(OfSession):
    """A session with everything that is known of it; ``absent`` are parties that are not present."""

    id: str
    title: str | None
    priority: int
    attending: tuple[Attending, ...]
    absent: tuple[str, ...]
    interpreters: tuple[str, ...]
    cases: tuple[CaseView, ...]
    sitting: int
    sittings: int


@dataclass(frozen=True)
class LeftOut:
    """A session that is not held."""

    id: str
    code: str
    title: str | None
    cases: tuple[CaseView, ...]
    parties: tuple[str, ...]
    priority: int
    reason: str


@dataclass(frozen=True)
class ChosenForm:
    """How a case of open format is held."""

    case: str
    title: str
    form: Form
    sessions: int


@dataclass(frozen=True)
class PriorityRow:
    """How many sessions of a priority are held and left out."""

    priority: int
    held: int
    left_out: int


@dataclass(frozen=True)
class CostRow:
    """What one soft rule adds up to."""

    rule: str
    title: str
    tier: str
    count: int
    weight: int
    cost: int


@dataclass(frozen=True)
class DelegationRow:
    """Numbers of a delegation; ``idle`` (slots) and ``breaks`` are None when they were not counted."""

    id: str
    name: str
    teams: int
    sessions_by_day: tuple[int, ...]
    left_out: int
    idle: int | None
    breaks: int | None


@dataclass(frozen=True)
class Overview:
    """The numbers of a plan.

    Attributes:
        cases, leads: how many are met in some session held, and how many there are.
    """

    status: str
    tiers: tuple[TierReport, ...]
    priorities: tuple[PriorityRow, ...]
    left_out: tuple[LeftOut, ...]
    forms: tuple[ChosenForm, ...]
    costs: tuple[CostRow, ...]
    delegations: tuple[DelegationRow, ...]
    cases: tuple[int, int]
    leads: tuple[int, int]
    scenario_hash: str
    seed: int
    planner_version: str
    ortools_version: str


@dataclass(frozen=True)
class OrganiserProgramme:
    """Everything; ``has_changes`` tells whether there is a page of what the plan changes."""

    masthead: Masthead
    days: tuple[DayView[HeldSession | BlockView], ...]
    overview: Overview
    calendar: Calendar
    has_changes: bool


def organiser_programme(
    source: Source,
    idle_by_delegation: Mapping[str, tuple[int, int]] | None = None,
    *,
    has_changes: bool = False,
) -> OrganiserProgramme:
    """Return the organiser's view.

    Args:
        source: scenario and plan.
        idle_by_delegation: idle slots and breaks by delegation id, added over teams and days; these are counted
            elsewhere, and a delegation that is missing is shown without.
        has_changes: whether there is a page of what the plan changes.
    """
    blocks = [source.block(block) for block in source.scenario.blocks]
    held = sorted(
        (_held(source, item) for item in source.plan.placements), key=lambda view: (view.basics.place.room, view.id)
    )
    entries: list[HeldSession | BlockView] = [*blocks, *held]
    return OrganiserProgramme(
        masthead=source.masthead,
        days=by_day(source.masthead.days, entries),
        overview=_overview(source, idle_by_delegation or {}),
        calendar=source.calendar(
            ORGANISER, "whole programme", [*(view.basics.event for view in held), *(view.event for view in blocks)]
        ),
        has_changes=has_changes,
    )


def _held(source: Source, placement: Placement) -> HeldSession:
    session = source.sessions[placement.session]
    attending = []
    for name in source.present(placement):
        delegation = source.delegations[name]
        team = placement.teams[name] if delegation.teams > 1 else None
        people = tuple(source.delegates[person][0].name for person in placement.delegates.get(name, ()))
        attending.append(Attending(name, delegation.name, team, people))
    return HeldSession(
        basics=source.basics(placement),
        id=session.id,
        title=source.given_titles.get(session.id),
        priority=session.priority,
        attending=tuple(attending),
        absent=tuple(source.delegations[name].name for name in session.parties if name not in placement.teams),
        interpreters=tuple(source.interpreters[name].name for name in placement.interpreters),
        cases=tuple(source.case(case, session, None) for case in session.cases),
        sitting=session.sitting,
        sittings=source.sittings(session),
    )


def _overview(source: Source, idle: Mapping[str, tuple[int, int]]) -> Overview:
    plan = source.plan
    held = Counter(source.sessions[item.session].priority for item in plan.placements)
    missed = Counter(item.priority for item in plan.unplaced)
    met = {case for item in plan.placements for case in source.sessions[item.session].cases}
    shared = {lead for item in plan.placements for lead in source.sessions[item.session].leads}
    return Overview(
        status=plan.status.value,
        tiers=plan.tiers,
        priorities=tuple(PriorityRow(level, held[level], missed[level]) for level in sorted({*held, *missed})),
        left_out=tuple(
            _left_out(source, item) for item in sorted(plan.unplaced, key=lambda item: (item.priority, item.session))
        ),
        forms=_forms(source),
        costs=tuple(
            CostRow(
                item.rule,
                RULES[item.rule].title if item.rule in RULES else item.rule,
                item.tier,
                item.count,
                item.weight,
                item.cost,
            )
            for item in plan.costs
        ),
        delegations=tuple(_delegation_row(source, name, idle.get(name)) for name in source.delegations),
        cases=(len(met), len(source.cases)),
        leads=(len(shared), len(source.leads)),
        scenario_hash=plan.scenario_hash,
        seed=plan.seed,
        planner_version=plan.versions.planner,
        ortools_version=plan.versions.ortools,
    )


def _left_out(source: Source, item: Unplaced) -> LeftOut:
    session = source.sessions[item.session]
    parties = tuple(source.delegations[name].name for name in session.parties)
    return LeftOut(
        id=session.id,
        code=source.codes[session.id],
        title=source.given_titles.get(session.id),
        cases=tuple(source.case(case, session, None) for case in session.cases),
        parties=parties,
        priority=item.priority,
        reason=item.reason,
    )


def _forms(source: Source) -> tuple[ChosenForm, ...]:
    chosen = [source.sessions[item.session] for item in source.plan.placements]
    count = Counter((case, session.form) for session in chosen if session.form for case in session.cases)
    return tuple(
        ChosenForm(case, source.cases[case].title, form, count[case, form])
        for case in source.cases
        for form in Form
        if count[case, form]
    )


def _delegation_row(source: Source, name: str, idle: tuple[int, int] | None) -> DelegationRow:
    days = Counter(item.start.astimezone(source.zone).date() for item in source.of_delegation[name])
    return DelegationRow(
        id=name,
        name=source.delegations[name].name,
        teams=source.delegations[name].teams,
        sessions_by_day=tuple(days[day] for day in source.masthead.days),
        left_out=len(source.left_out_of[name]),
        idle=idle[0] if idle else None,
        breaks=idle[1] if idle else None,
    )
