"""Demands about chains of sessions: formation, what comes before what, pins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from planner.formation import form_sessions
from planner.record import Form
from planner.scenario import Case, ExplicitSession, Lead, Pin
from planner.verify.reading import Held, Reading
from planner.verify.report import Finding


def formation(reading: Reading) -> Iterator[Finding]:
    """Chains held in both forms, cases and leads not in exactly one chain, placements with foreign cases or leads."""
    forms: dict[str, set[Form | None]] = defaultdict(set)
    for held in reading.held:
        forms[held.session.chain].add(held.session.form)
        if sorted(held.cases) != sorted(held.session.cases) or sorted(held.leads) != sorted(held.session.leads):
            yield ("case", held.session.chain), f"{held} does not have the cases and leads that it was formed from"
    for chain, held_forms in forms.items():
        if {Form.together, Form.apart} <= held_forms:
            yield ("case", chain), f"{chain} is held both together and apart"
    chains_of_case: dict[str, set[str]] = defaultdict(set)
    chains_of_lead: dict[str, set[str]] = defaultdict(set)
    for session in form_sessions(reading.scenario.model_copy(update={"cancelled": ()})):
        for name in session.cases:
            chains_of_case[name].add(session.chain)
        for name in session.leads:
            chains_of_lead[name].add(session.chain)
    for case in reading.scenario.cases:
        if not _is_met(case, chains_of_case[case.id]):
            yield ("case", case.id), f"{case.id} is in {len(chains_of_case[case.id])} session chains"
        for lead in case.leads:
            if not _is_met(case if case.withdrawn else lead, chains_of_lead[lead.id]):
                yield ("case", case.id), f"{lead.id} of {case.id} is in {len(chains_of_lead[lead.id])} session chains"


def _is_met(matter: Case | Lead, chains: set[str]) -> bool:
    """Whether a case or lead is in one chain; one that is withdrawn need not be in any."""
    return len(chains) == 1 or (matter.withdrawn and not chains)


def case_order(reading: Reading) -> Iterator[Finding]:
    """Pairs of cases, or of explicit sessions, of which the later one starts before the earlier one is over."""
    of_case: dict[str, list[Held]] = defaultdict(list)
    for held in reading.held:
        for name in held.session.cases:
            of_case[name].append(held)
    for earlier, later in _pairs(reading.scenario.cases):
        for last, first in _out_of_order(of_case[earlier], of_case[later]):
            yield ("order", f"{earlier} < {later}"), f"{last} of {earlier} ends after {first} of {later} starts"
    for earlier, later in _pairs(reading.scenario.sessions):
        for last, first in _out_of_order(reading.placed.get(earlier, []), reading.placed.get(later, [])):
            yield ("order", f"{earlier} < {later}"), f"{last} ends after {first} starts"


def _pairs(members: Sequence[Case | ExplicitSession]) -> Iterable[tuple[str, str]]:
    """Ids of the earlier and the later one, each pair once."""
    pairs = [(one.id, later) for one in members for later in one.before]
    return dict.fromkeys(pairs + [(earlier, one.id) for one in members for earlier in one.after])


def _out_of_order(earlier: list[Held], later: list[Held]) -> Iterator[tuple[Held, Held]]:
    """The one that ends last and the one that starts first, when they are in the wrong order."""
    if earlier and later:
        last = max(earlier, key=lambda held: held.end)
        first = min(later, key=lambda held: held.start)
        if last.end > first.start:
            yield last, first


def pins(reading: Reading) -> Iterator[Finding]:
    """Pinned sessions that are not held, or not as the pin says."""
    for pin in reading.scenario.pins:
        if pin.session in reading.past:
            continue
        subject = ("pin", pin.session)
        placed = reading.placed.get(pin.session, [])
        if not placed:
            yield subject, f"{pin.session} is pinned and not held"
        for held in placed:
            differs = _differs(pin, held)
            if differs:
                yield subject, f"{held} is pinned and differs in {', '.join(differs)}"


def _differs(pin: Pin, held: Held) -> list[str]:
    differs: list[str] = []
    if pin.start is not None and held.start != pin.start:
        differs.append(f"start (pinned {pin.start:%Y-%m-%d %H:%M})")
    if pin.room is not None and held.room is not None and held.room.id != pin.room:
        differs.append(f"room (pinned {pin.room})")
    if pin.language is not None and held.language != pin.language:
        differs.append(f"language (pinned {pin.language})")
    differs += [f"team (pinned {name}/{team})" for name, team in pin.teams.items() if held.teams.get(name) != team]
    differs += [f"interpreter (pinned {name})" for name in pin.interpreters if name not in held.interpreters]
    return differs
