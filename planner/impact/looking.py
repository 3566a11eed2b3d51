"""The old placements held against the changed scenario, by the verifier.

Every session to come is put where people were told it is, or where a change puts it. Nothing here searches, so nothing here
says what the best answer is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from planner.compiling import compile_problem
from planner.formation import Session, form_sessions
from planner.impact.answer import Affected, Altered, Broken, Fresh, Hopeless, Impact, Placed, Reason, Standing
from planner.plan import Placement, Plan
from planner.reasons import hopeless
from planner.rules import RULES, Kind
from planner.scenario import Scenario
from planner.verify import Violation, verify


def impact(scenario: Scenario, plan: Plan, changed: Scenario) -> Impact:
    """Return what changes break.

    Args:
        scenario: the one that the plan was made from.
        plan: what people were told; sound.
        changed: what ``planner.applying`` made of them.
    """
    return _Look(scenario, plan, changed).impact()


class _Look:
    def __init__(self, scenario: Scenario, plan: Plan, changed: Scenario) -> None:
        assert changed.replanning is not None
        self.scenario, self.changed, self.plan, self.record = scenario, changed, plan, changed.replanning
        self.zone = ZoneInfo(changed.conference.time_zone)
        self.before = {session.id: session for session in form_sessions(scenario)}
        self.after = {session.id: session for session in form_sessions(changed)}
        self.past = {past.session for past in self.record.past}
        self.told = {each.session: each for each in plan.placements if each.session not in self.past}
        self.put = {
            pin.session: pin
            for pin in changed.pins
            if pin.session in self.told
            and pin not in scenario.pins
            and self._is_elsewhere(pin.session, pin.start, pin.room)
        }
        self.in_the_way: dict[str, dict[str, None]] = defaultdict(dict)

    def impact(self) -> Impact:
        """Look at everything once."""
        kept = {name: self._moved_along(name) for name in self.told if name in self.after}
        reasons, elsewhere = self._reasons(kept)
        broken = tuple(
            Broken(self._standing(name), reasons=tuple(reasons[name]))
            for name in kept
            if reasons[name] and name not in self.put
        )
        differing = {name: tuple(self._differences(self.before[name], self.after[name])) for name in kept}
        altered = tuple(
            Altered(self._standing(name), differences=differing[name])
            for name in kept
            if differing[name] and not reasons[name] and name not in self.put
        )
        fresh = self._fresh()
        placed = tuple(self._placed(name, kept[name], reasons[name]) for name in self.put)
        cancelled = tuple(self._standing(name) for name in self.told if name not in self.after)
        concerned = {name for name in self.told if name in self.put or name not in kept}
        concerned |= {name for name in kept if reasons[name] or differing[name]}
        return Impact(
            now=self.record.now,
            past=tuple(past.session for past in self.record.past),
            staying=tuple(name for name in kept if name not in concerned),
            altered=altered,
            placed=placed,
            broken=broken,
            cancelled=cancelled,
            fresh=fresh,
            hopeless=self._hopeless({*self.told, *(session.session for session in fresh)}),
            elsewhere=elsewhere,
            affected=self._affected(concerned, fresh),
        )

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone).replace(tzinfo=None)

    def _is_elsewhere(self, name: str, start: datetime | None, room: str | None) -> bool:
        told = self.told[name]
        return (start is not None and start != self._local(told.start)) or (room is not None and room != told.room)

    def _standing(self, name: str) -> Standing:
        told = self.told[name]
        return Standing(name, self._local(told.start), self._local(told.end), told.room)

    def _moved_along(self, name: str) -> Placement:
        """Return where people were told a session is, or where a change puts it, with what it is about now."""
        told, session, pin = self.told[name], self.after[name], self.put.get(name)
        start = pin.start.replace(tzinfo=self.zone) if pin and pin.start else told.start
        room = pin.room if pin and pin.room else told.room
        present = [each for each in told.teams if each in session.parties]
        return told.model_copy(
            update={
                "start": start,
                "end": start + timedelta(minutes=session.length_minutes),
                "room": room,
                "table": told.table if room == told.room else self._table(room),
                "teams": {each: told.teams[each] for each in present},
                "delegates": {each: told.delegates.get(each, ()) for each in present},
                "cases": session.cases,
                "leads": session.leads,
            }
        )

    def _table(self, room: str) -> int | None:
        """Return a table of a room that nobody was told of, as far as there is one."""
        count = next((each.count for each in self.changed.rooms if each.id == room), 1)
        taken = {each.table for each in self.told.values() if each.room == room}
        return None if count == 1 else next((table for table in range(1, count + 1) if table not in taken), 1)

    def _reasons(self, kept: Mapping[str, Placement]) -> tuple[Mapping[str, list[Reason]], tuple[Reason, ...]]:
        """Return why sessions cannot stay, by session, and what breaks for the plan as a whole."""
        placements = (*(each for each in self.plan.placements if each.session in self.past), *kept.values())
        held = self.plan.model_copy(update={"placements": placements, "unplaced": ()})
        reasons: dict[str, list[Reason]] = defaultdict(list)
        elsewhere: list[Reason] = []
        violations = verify(self.changed, held).violations
        at_once = {violation.subject for violation in violations if violation.rule == "team-one-place"}
        for violation in violations:
            needless = violation.rule == "buffer" and violation.subject in at_once
            if needless or RULES[violation.rule].kind is Kind.wish:
                continue
            names = self._named(violation, kept)
            others = [name for name in names if name not in self.put]
            for name in others or names:
                reasons[name].append(Reason(violation.rule, violation.message))
            for name in names:
                if name in self.put:
                    self.in_the_way[name].update(dict.fromkeys(others))
            if not names:
                elsewhere.append(Reason(violation.rule, violation.message))
        return reasons, tuple(elsewhere)

    def _named(self, violation: Violation, kept: Iterable[str]) -> list[str]:
        """Return the sessions to come that a violation speaks of."""
        if violation.subject[0] in ("session", "pin") and violation.subject[1] in kept:
            return [violation.subject[1]]
        return [name for name in kept if re.search(rf"(?<![\w.-]){re.escape(name)} \(", violation.message)]

    def _differences(self, before: Session, after: Session) -> Iterable[str]:
        if before.length_minutes != after.length_minutes:
            yield f"{after.length_minutes} minutes instead of {before.length_minutes}"
        for old, new in (
            (before.parties, after.parties),
            (before.cases, after.cases),
            (before.leads, after.leads),
        ):
            yield from (f"with {name}" for name in new if name not in old)
            yield from (f"without {name}" for name in old if name not in new)

    def _placed(self, name: str, there: Placement, reasons: list[Reason]) -> Placed:
        told = self.told[name]
        return Placed(
            self._standing(name),
            new_start=self._local(there.start) if there.start != told.start else None,
            new_room=there.room if there.room != told.room else None,
            in_the_way=tuple(self.in_the_way[name]),
            reasons=tuple(reasons),
        )

    def _fresh(self) -> tuple[Fresh, ...]:
        return tuple(
            Fresh(session.id, session.length_minutes, session.always)
            for session in self.after.values()
            if session.id not in self.before and session.id not in self.told and session.id not in self.past
        )

    def _hopeless(self, asked_for: set[str]) -> tuple[Hopeless, ...]:
        now = hopeless(compile_problem(self.changed))
        candidates = {name: reason for name, reason in now.items() if name in asked_for}
        known = hopeless(compile_problem(self.scenario)) if candidates else {}
        return tuple(Hopeless(name, reason) for name, reason in candidates.items() if name not in known)

    def _affected(self, concerned: set[str], fresh: tuple[Fresh, ...]) -> Affected:
        placements = [placement for name, placement in self.told.items() if name in concerned]
        seats = {each.id: each.team_size for each in self.scenario.delegations}
        joining = [name for each in placements if each.session in self.after for name in self._joining(each)]
        present = [*(name for placement in placements for name in placement.teams), *joining]
        new = [name for session in fresh for name in session.parties]
        interpreters = [name for placement in placements for name in placement.interpreters]
        return Affected(
            delegations=tuple(sorted({*present, *new})),
            delegates=tuple(
                sorted({name for each in placements for names in each.delegates.values() for name in names})
            ),
            interpreters=tuple(sorted(set(interpreters))),
            seats=sum(seats[name] for name in (*present, *new)) + len(interpreters),
        )

    def _joining(self, placement: Placement) -> Iterator[str]:
        """Yield who must be there now and was not told so."""
        yield from (name for name in self.after[placement.session].always if name not in placement.teams)
