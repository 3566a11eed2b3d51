"""Sessions that are moved or pinned: whether a hard rule forbids it whatever else is planned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from planner.compiling import compile_problem
from planner.formation import Session, form_sessions
from planner.plan import Placement, Plan, session_uid
from planner.reasons import hopeless
from planner.scenario import Delegation, Interpreter, Pin, Scenario
from planner.values import Window
from planner.verify import Violation, verify

_RULES_OF_TIME = ("hours", "windows", "blocks", "sittings", "case-order", "officer-one-place", "interpreter-one-place")
_RULES_OF_TEAMS = ("team-one-place", "buffer", "longest-run", "most-a-day")
_RULES_OF_ROOM = ("seats", "features", "clearance", "room-one-session")
_NOWHERE = "-"


@dataclass(frozen=True)
class Clash:
    """What forbids a pin: a rule, or None when the session can be held nowhere, and a sentence."""

    rule: str | None
    message: str
    of_room: bool = False

    @property
    def hint(self) -> str:
        """What to do about it."""
        if self.rule is None:
            return "Mend this first, or take the change out."
        what = "room or another time" if self.of_room else "time"
        return f"Give another {what}, or make the rule {self.rule} soft."


def pin_clashes(session: str, scenario: Scenario, plan: Plan) -> Iterator[Clash]:
    """Yield what forbids the pin of a session that is to come, beside what is past and what else is pinned.

    The verifier reads the rules; teams, people and interpreters that the pin leaves open are chosen so that they do no harm.

    Args:
        session: id of a session that is formed and pinned.
        scenario: the changed one.
        plan: what people were told; its past sessions are taken from it.
    """
    yield from _Pinned(session, scenario, plan).clashes()


class _Pinned:
    def __init__(self, session: str, scenario: Scenario, plan: Plan) -> None:
        past = {past.session for past in scenario.replanning.past} if scenario.replanning else set()
        self.session, self.scenario, self.plan = session, scenario, plan
        self.sessions: Mapping[str, Session] = {each.id: each for each in form_sessions(scenario)}
        self.over = [placement for placement in plan.placements if placement.session in past]
        self.pins = {pin.session: pin for pin in scenario.pins if pin.session not in past}
        self.zone = ZoneInfo(scenario.conference.time_zone)

    def clashes(self) -> Iterator[Clash]:
        """Look at the session by itself, then at its pin beside what is fixed, then at who could interpret."""
        reason = hopeless(compile_problem(self.scenario)).get(self.session)
        if reason is not None:
            yield Clash(None, f"{self.session} can be held in no plan: {reason.rstrip('.')}")
            return
        pin = self.pins[self.session]
        if pin.start is not None:
            for violation in dict.fromkeys((*self._of_rules(), *self._of_language(pin, pin.start))):
                of_room = violation.rule in _RULES_OF_ROOM or violation.subject[0] == "room"
                yield Clash(violation.rule, violation.message, of_room)

    def _of_rules(self) -> Iterator[Violation]:
        fixed = [
            self._placement(pin, pin.start, pin.interpreters) for pin in self.pins.values() if pin.start is not None
        ]
        found = self._violations([*self.over, *fixed])
        at_once = {violation.subject for violation in found if violation.rule == "team-one-place"}
        for violation in found:
            if violation.rule == "buffer" and violation.subject in at_once:
                continue
            is_sure = violation.rule in _RULES_OF_TEAMS and self._cannot_send_another(violation)
            if violation.rule in (*_RULES_OF_TIME, *_RULES_OF_ROOM) or is_sure:
                yield violation

    def _cannot_send_another(self, violation: Violation) -> bool:
        """Whether another choice of teams could not help: there is one team, or only what is past is in the way."""
        kind, name = violation.subject
        others = [pin for pin in self.pins if pin != self.session and _names(violation, pin)]
        one_team = {f"{each.id}/1" for each in self.scenario.delegations if each.teams == 1}
        return kind == "interpreter" or name.partition(" ")[0] in one_team or not others

    def _of_language(self, pin: Pin, start: datetime) -> Iterator[Violation]:
        """Yield why it can be held in no language, even if everybody interpreted who is there then."""
        session = self.sessions[pin.session]
        end = start + timedelta(minutes=session.length_minutes)
        there = tuple(each.id for each in self.scenario.interpreters if self._can(each, session, start, end))
        stuck: list[Violation] = []
        for language in self._languages(pin, session):
            placement = self._placement(pin, start, there).model_copy(update={"working_language": language})
            broken = [each for each in self._violations([placement]) if each.rule == "language"]
            if not broken:
                return
            stuck += broken
        yield from stuck[:1]

    def _violations(self, placements: Sequence[Placement]) -> list[Violation]:
        held = self.plan.model_copy(update={"placements": tuple(placements), "unplaced": ()})
        return [each for each in verify(self.scenario, held).violations if _names(each, self.session)]

    def _languages(self, pin: Pin, session: Session) -> Sequence[str]:
        fixed = pin.language or session.language
        if fixed is not None:
            return [fixed]
        spoken = [set(each.languages) for each in self.scenario.delegations if each.id in session.parties]
        return [*self.scenario.conference.working_languages, *sorted(set.intersection(*spoken))]

    def _can(self, interpreter: Interpreter, session: Session, start: datetime, end: datetime) -> bool:
        levels = self.scenario.conference.clearances
        cleared = levels.index(interpreter.clearance or levels[0]) >= levels.index(session.classification)
        return cleared and _covers(interpreter.windows, start, end)

    def _placement(self, pin: Pin, start: datetime, interpreters: tuple[str, ...]) -> Placement:
        """Return a placement that respects a pin, with the parties without whom the session is not held and nobody else."""
        session, conference = self.sessions[pin.session], self.scenario.conference
        end = start + timedelta(minutes=session.length_minutes)
        tables = {room.id: room.count for room in self.scenario.rooms}
        present = [each for each in self.scenario.delegations if each.id in (*session.always, *pin.teams)]
        return Placement(
            session=session.id,
            uid=session_uid(conference.id, conference.domain, session.id, conference.secret or ""),
            start=start.replace(tzinfo=self.zone),
            end=end.replace(tzinfo=self.zone),
            room=pin.room or _NOWHERE,
            table=1 if tables.get(pin.room or "", 1) > 1 else None,
            teams={each.id: pin.teams.get(each.id) or self._free_team(each, start, end) for each in present},
            delegates={each.id: _officers(each, session) for each in present},
            interpreters=interpreters,
            working_language=pin.language or session.language or conference.working_languages[0],
            cases=session.cases,
            leads=session.leads,
        )

    def _free_team(self, delegation: Delegation, start: datetime, end: datetime) -> int:
        """Return the team that is there, in no session of the past meanwhile, and free for the longest time before."""

        def inconvenience(team: int) -> tuple[bool, datetime]:
            away = any(each.team == team and each.start < end and start < each.end for each in delegation.absences)
            ends = [each.end for each in self.over if each.teams.get(delegation.id) == team]
            latest = max((each.astimezone(self.zone).replace(tzinfo=None) for each in ends), default=datetime.min)
            return away, latest

        return min(range(1, delegation.teams + 1), key=inconvenience)


def _covers(windows: tuple[Window, ...], start: datetime, end: datetime) -> bool:
    return not windows or any(window.start <= start and end <= window.end for window in windows)


def _officers(delegation: Delegation, session: Session) -> tuple[str, ...]:
    return tuple(delegate.id for delegate in delegation.delegates if delegate.id in session.officers)


def _names(violation: Violation, session: str) -> bool:
    return re.search(rf"(?<![\w.-]){re.escape(session)} \(", violation.message) is not None
