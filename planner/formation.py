"""From cases to sessions: who must meet, about what, for how long.

A *chain* is everything that one case, or a group of cases taken together, is met in: its sittings, its bilateral parts and,
when the format is open, both of its forms, of which a plan holds one. Session ids are made of the id of the chain's first
case, so that they stay when other cases come or go: ``case-07``, second sitting ``case-07.2``, bilateral part ``case-07.JPN``,
all parties of an open format ``case-07.all``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace

from planner.record import Form, Past
from planner.scenario import Case, ExplicitSession, Format, Lead, Scenario
from planner.values import Quorum, Window


@dataclass(frozen=True)
class Session:
    """One gathering to be placed.

    Attributes:
        chain: id of the chain that it belongs to.
        form: which form of an open format it is part of; None when there is nothing to choose.
        parties: leader first, then required, quorum and optional parties; every one once.
        officers: delegates who sit in it when their delegation is present.
        length_minutes: from start to end.
        priority: 1 is the highest.
        share: how many bilateral sessions it stands for, see the rule ``held``.
        follows: the sitting before it, if any.
        gap_minutes: least time after that sitting's end.
        windows: it is held inside one of them; at any time when there are none.
    """

    id: str
    chain: str
    title: str
    cases: tuple[str, ...]
    leads: tuple[str, ...]
    leader: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    quorum: Quorum | None
    officers: tuple[str, ...]
    length_minutes: int
    priority: int
    classification: str
    features: tuple[str, ...]
    language: str | None
    form: Form | None = None
    share: int = 1
    sitting: int = 1
    follows: str | None = None
    gap_minutes: int = 0
    windows: tuple[Window, ...] = ()
    parties: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        of = self.quorum.of if self.quorum else ()
        everyone = dict.fromkeys((self.leader, *self.required, *of, *self.optional))
        object.__setattr__(self, "parties", tuple(everyone))

    @property
    def always(self) -> tuple[str, ...]:
        """The parties without whom it is not held: leader and required."""
        return tuple(dict.fromkeys((self.leader, *self.required)))

    @property
    def is_bilateral(self) -> bool:
        """Whether it is a session of two, whoever comes."""
        return len(self.parties) == 2


def form_sessions(scenario: Scenario) -> tuple[Session, ...]:
    """Return every session that the scenario asks for, explicit ones last, each chain's sessions together.

    Sessions that are past are as they were, those that the scenario does not ask for any more at the end; cancelled ones are
    left out. The scenario must be consistent (see ``planner.consistency``).
    """
    builder = _Builder(scenario)
    explicit = {case for session in scenario.sessions for case in session.cases}
    formed: list[Session] = []
    for group in builder.groups([case for case in scenario.cases if case.id not in explicit]):
        formed.extend(builder.chain(group))
    formed.extend(builder.explicit(session) for session in scenario.sessions)
    past = {record.session: _as_it_was(record) for record in (scenario.replanning.past if scenario.replanning else ())}
    kept = {session.id: past.get(session.id, session) for session in formed}
    return _without({**kept, **past}, frozenset(scenario.cancelled) - past.keys())


def _as_it_was(past: Past) -> Session:
    formed = past.formed
    return Session(
        id=past.session,
        chain=formed.chain,
        title=formed.title or "",
        cases=formed.cases,
        leads=formed.leads,
        leader=formed.leader,
        required=formed.required,
        optional=formed.optional,
        quorum=formed.quorum,
        officers=formed.officers,
        length_minutes=formed.minutes,
        priority=formed.priority,
        classification=formed.classification,
        features=formed.features,
        language=formed.language,
        form=formed.form,
        share=formed.share,
        sitting=formed.sitting,
        follows=formed.follows,
        gap_minutes=formed.gap_minutes,
        windows=formed.windows,
    )


def _without(sessions: Mapping[str, Session], cancelled: Set[str]) -> tuple[Session, ...]:
    """Leave out what is cancelled; a sitting after one that is left out follows the one before that."""

    def last_before(session: Session) -> str | None:
        name = session.follows
        while name is not None and (name in cancelled or name not in sessions):
            name = sessions[name].follows if name in sessions else None
        return name

    return tuple(
        session if session.follows == (before := last_before(session)) else replace(session, follows=before)
        for name, session in sessions.items()
        if name not in cancelled
    )


def lead_parties(case: Case, lead: Lead) -> frozenset[str]:
    """Return the delegations that may know of a lead: who shares it, and with whom."""
    return frozenset((lead.shared_by or case.leader, *(case.parties if lead.shared_with is None else lead.shared_with)))


def _leads(case: Case, partner: str | None) -> tuple[str, ...]:
    """Leads of a case that are still met; with a partner, those that the partner may know of."""
    return tuple(
        lead.id
        for lead in case.leads
        if not lead.withdrawn and (partner is None or partner in lead_parties(case, lead))
    )


def _length(case: Case, partner: str | None, scenario: Scenario) -> int:
    if case.minutes is not None:
        return case.minutes
    per_lead = case.minutes_per_lead or scenario.formation.minutes_per_lead
    return per_lead * max(1, len(_leads(case, partner)))


class _Builder:
    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.cases = {case.id: case for case in scenario.cases}
        self.levels = scenario.conference.clearances
        self.delegation_of = {
            delegate.id: delegation.id for delegation in scenario.delegations for delegate in delegation.delegates
        }
        self.team_of = {
            delegate.id: delegate.team for delegation in scenario.delegations for delegate in delegation.delegates
        }
        changing = scenario.replanning
        self.told = {
            record.session: set(record.teams) for record in ((*changing.past, *changing.told) if changing else ())
        }
        self.officers: dict[str, list[str]] = defaultdict(list)
        for case in scenario.cases:
            self.officers[case.id].extend(case.officers)
        for delegation in scenario.delegations:
            for delegate in delegation.delegates:
                for name in delegate.officer_of:
                    self.officers[name].append(delegate.id)

    def groups(self, cases: list[Case]) -> list[list[Case]]:
        """Take cases together as the organiser says, or else those of the same parties, high priority first."""
        if self.scenario.formation.groups is None:
            return self._of_same_parties([case for case in cases if not case.withdrawn])
        among = {case.id: case for case in cases}
        told = [[among[name] for name in group if name in among] for group in self.scenario.formation.groups]
        taken = {case.id for group in told for case in group}
        order = {case.id: position for position, case in enumerate(cases)}
        alone = [[case] for case in cases if case.id not in taken]
        return sorted([group for group in told if group] + alone, key=lambda group: order[group[0].id])

    def _of_same_parties(self, cases: list[Case]) -> list[list[Case]]:
        order = {case.id: position for position, case in enumerate(cases)}
        ordered = {name for case in self.scenario.cases for name in (*case.before, *case.after)}
        same: dict[object, list[list[Case]]] = defaultdict(list)
        groups: list[list[Case]] = []
        for case in sorted(cases, key=lambda case: (self._priority(case), order[case.id])):
            alone = (
                not self.scenario.formation.together
                or (case.format is not Format.multilateral and len(case.parties) > 2)
                or case.sittings > 1
                or bool(case.before or case.after)
                or case.id in ordered
            )
            key = (frozenset({case.leader, *case.required}), frozenset(case.optional), case.quorum, case.language)
            group = next((group for group in same[key] if not alone and self._fits_in_one([*group, case])), None)
            if group is not None:
                group.append(case)
                continue
            groups.append([case])
            if not alone:
                same[key].append(groups[-1])
        return sorted(groups, key=lambda group: order[group[0].id])

    def _fits_in_one(self, group: list[Case]) -> bool:
        """Whether one session has time for the cases, and no delegation would need two teams for its officers."""
        fixed = {
            (self.delegation_of[officer], self.team_of[officer])
            for case in group
            for officer in self.officers[case.id]
            if self.team_of[officer] is not None
        }
        length = sum(_length(case, None, self.scenario) for case in group)
        return length <= self.scenario.formation.longest_minutes and len({name for name, _ in fixed}) == len(fixed)

    def chain(self, group: list[Case]) -> list[Session]:
        """Sessions of cases that are taken together; the first case is the chain's name giver, even when it is withdrawn."""
        name, cases = group[0].id, [case for case in group if not case.withdrawn]
        if not cases:
            return []
        first = cases[0]
        partners = first.parties[1:]
        if first.format is Format.multilateral:
            return self._sittings(cases, None, name, name, None)
        if len(partners) < 2:
            return self._sittings(cases, None, name, self._bilateral_name(name, partners), None)
        together = (
            [] if first.format is Format.bilateral else self._sittings(cases, None, name, f"{name}.all", Form.together)
        )
        form = None if first.format is Format.bilateral else Form.apart
        apart = [
            session
            for partner in partners
            for session in self._sittings(cases, partner, name, self._part_name(name, first, partner), form)
        ]
        return together + apart

    def _bilateral_name(self, chain: str, partners: tuple[str, ...]) -> str:
        """The chain's name, unless people were told of this very session under the name it had when there were more parties."""
        long = [f"{chain}.{partner}" for partner in ("all", *partners)]
        return next((name for name in long if name in self.told and chain not in self.told), chain)

    def _part_name(self, chain: str, case: Case, partner: str) -> str:
        """The chain's name with the partner's, unless people were told of this very session when it was the only one."""
        was_alone = self.told.get(chain) == {case.leader, partner}
        return chain if was_alone else f"{chain}.{partner}"

    def _sittings(
        self, group: list[Case], partner: str | None, chain: str, name: str, form: Form | None
    ) -> list[Session]:
        first = group[0]
        sessions: list[Session] = []
        for sitting in range(1, first.sittings + 1):
            required = first.required if partner is None else (partner,)
            parties = {*first.parties} if partner is None else {first.leader, partner}
            sessions.append(
                Session(
                    id=name if sitting == 1 else f"{name}.{sitting}",
                    chain=chain,
                    title="; ".join(case.title for case in group),
                    cases=tuple(case.id for case in group),
                    leads=tuple(lead for case in group for lead in _leads(case, partner)),
                    leader=first.leader,
                    required=required,
                    optional=first.optional if partner is None else (),
                    quorum=first.quorum if partner is None else None,
                    officers=self._officers_of([case.id for case in group], parties),
                    length_minutes=sum(_length(case, partner, self.scenario) for case in group),
                    priority=min(self._priority(case) for case in group),
                    classification=self._highest([case.classification for case in group]),
                    features=tuple(dict.fromkeys(feature for case in group for feature in case.features)),
                    language=first.language,
                    form=form,
                    share=len(first.parties) - 1 if form is Form.together else 1,
                    sitting=sitting,
                    follows=sessions[-1].id if sessions else None,
                    gap_minutes=first.sitting_gap_minutes,
                )
            )
        return sessions

    def explicit(self, given: ExplicitSession) -> Session:
        """The session that the organiser wrote, with what it takes over from its cases."""
        names = tuple(name for name in given.cases if not self.cases[name].withdrawn) or given.cases
        cases = [self.cases[name] for name in names]
        required = given.required or tuple(
            dict.fromkeys(name for case in cases for name in (case.leader, *case.required))
        )
        leader = given.leader or required[0]
        optional = given.optional or tuple(
            name for name in dict.fromkeys(name for case in cases for name in case.optional) if name not in required
        )
        quorum = given.quorum or next((case.quorum for case in cases if case.quorum), None)
        parties = {leader, *required, *optional, *(quorum.of if quorum else ())}
        officers = (*given.officers, *self._officers_of(names, parties))
        return Session(
            id=given.id,
            chain=given.id,
            title=given.title or "; ".join(case.title for case in cases),
            cases=names,
            leads=tuple(lead for case in cases for lead in _leads(case, None)),
            leader=leader,
            required=tuple(name for name in required if name != leader),
            optional=optional,
            quorum=quorum,
            officers=tuple(dict.fromkeys(officers)),
            length_minutes=given.minutes or sum(_length(case, None, self.scenario) for case in cases),
            priority=given.priority or min((self._priority(case) for case in cases), default=2),
            classification=self._highest([given.classification, *(case.classification for case in cases)]),
            features=tuple(dict.fromkeys((*given.features, *(name for case in cases for name in case.features)))),
            language=given.language or next((case.language for case in cases if case.language), None),
            windows=given.windows,
        )

    def _officers_of(self, cases: list[str] | tuple[str, ...], parties: set[str]) -> tuple[str, ...]:
        named = dict.fromkeys(officer for case in cases for officer in self.officers[case])
        return tuple(officer for officer in named if self.delegation_of[officer] in parties)

    def _highest(self, classifications: list[str | None]) -> str:
        ranks = [self.levels.index(name) for name in classifications if name is not None]
        return self.levels[max(ranks, default=0)]

    @staticmethod
    def _priority(case: Case) -> int:
        return min([case.priority, *(lead.priority for lead in case.leads if lead.priority is not None)])
