"""Ways in which the second reading could be wrong: each rule forgotten, and each read a little off."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from planner.scenario import RuleId, RuleSetting, Scenario
from planner.settings import settings_of
from planner.verify.catalogue import DEMANDS, VERIFIED, WISHES
from planner.verify.reading import Held, Reading
from planner.verify.report import Finding

Reader = Callable[[Reading], Iterable[Finding]] | Callable[[Reading], int]
Alteration = Callable[[Reading], Reading]
FIVE_MINUTES = timedelta(minutes=5)


@dataclass(frozen=True)
class VerifierMutant:
    """A wrong reading of one rule, to be put into the verifier's registry."""

    name: str
    rule: str
    replacement: Reader

    def __str__(self) -> str:
        return f"{self.rule}: {self.name}"


def finds_nothing(reading: Reading) -> Iterable[Finding]:
    return ()


def counts_nothing(reading: Reading) -> int:
    return 0


def _misreads(rule: str, name: str, alter: Alteration) -> VerifierMutant:
    """The right reading of a plan or a scenario that is a little off."""
    reader: Callable[[Reading], Any] = VERIFIED[rule]
    return VerifierMutant(name, rule, lambda reading: reader(alter(reading)))


def _each_held(change: Callable[[Held], Held]) -> Alteration:
    return lambda reading: replace(reading, held=tuple(change(held) for held in reading.held))


def _scenario(change: Callable[[Scenario], dict[str, Any]]) -> Alteration:
    return lambda reading: replace(reading, scenario=reading.scenario.model_copy(update=change(reading.scenario)))


def _each(section: str, **changes: Callable[[Any], Any]) -> Alteration:
    """Change fields of every member of a part of the scenario."""

    def change(scenario: Scenario) -> dict[str, Any]:
        members = getattr(scenario, section)
        return {
            section: tuple(
                member.model_copy(update={name: new(getattr(member, name)) for name, new in changes.items()})
                for member in members
            )
        }

    return _scenario(change)


def _parameter(rule: str, name: str, new: Callable[[int], int]) -> Alteration:
    def change(scenario: Scenario) -> dict[str, Any]:
        setting = settings_of(scenario)[rule]
        parameters = {**setting.parameters, name: new(setting.parameters[name])}
        given = RuleSetting.model_construct(level=setting.level, weight=setting.weight, parameters=parameters)
        return {"rules": {**scenario.rules, RuleId(rule): given}}

    return _scenario(change)


def _record(**changes: Callable[[Any], Any]) -> Alteration:
    """Change what is known of the plan that is being changed."""

    def change(scenario: Scenario) -> dict[str, Any]:
        record = scenario.replanning
        update = {name: new(getattr(record, name)) for name, new in changes.items()} if record else {}
        return {"replanning": record and record.model_copy(update=update)}

    return _scenario(change)


def _one_seat_more(held: Held) -> Held:
    room = held.room
    return replace(held, room=room and room.model_copy(update={"seats": room.seats + 1}))


def _smaller_quorum(held: Held) -> Held:
    quorum = held.session.quorum
    if quorum is None:
        return held
    smaller = quorum.model_copy(update={"at_least": quorum.at_least - 1})
    return replace(held, session=replace(held.session, quorum=smaller))


def _sessions(**changes: Callable[[Any], Any]) -> Alteration:
    def alter(reading: Reading) -> Reading:
        def changed(session: Any) -> Any:
            return replace(session, **{name: new(getattr(session, name)) for name, new in changes.items()})

        return replace(
            reading,
            sessions={name: changed(session) for name, session in reading.sessions.items()},
            held=tuple(replace(held, session=changed(held.session)) for held in reading.held),
        )

    return alter


def _one_more(limit: int | None) -> int | None:
    return None if limit is None else limit + 1


def _no_own_languages(delegates: Any) -> Any:
    return tuple(delegate.model_copy(update={"languages": ()}) for delegate in delegates)


def _no_own_team(delegates: Any) -> Any:
    return tuple(delegate.model_copy(update={"team": None}) for delegate in delegates)


def _only_who_comes(reading: Reading) -> Reading:
    """Without the delegations that are in no session held."""
    there = {name for held in reading.held for name in held.present}
    delegations = tuple(one for one in reading.scenario.delegations if one.id in there or not there)
    return replace(reading, scenario=reading.scenario.model_copy(update={"delegations": delegations}))


_EARLY_ENDS = _each_held(lambda held: replace(held, end=held.end - FIVE_MINUTES))
_LATE_ENDS = _each_held(lambda held: replace(held, end=held.end + FIVE_MINUTES))

FORGOTTEN: tuple[VerifierMutant, ...] = (
    *(VerifierMutant("forgotten", rule, finds_nothing) for rule in DEMANDS),
    *(VerifierMutant("forgotten", rule, counts_nothing) for rule in WISHES),
)
"""Every rule of the catalogue, left out."""

MISREAD: tuple[VerifierMutant, ...] = (
    *(
        _misreads(rule, "sessions end five minutes early", _EARLY_ENDS)
        for rule in ("hours", "windows", "blocks", "team-one-place", "sittings", "case-order", "buffer")
    ),
    *(
        _misreads(rule, "sessions end five minutes late", _LATE_ENDS)
        for rule in ("interpreter-one-place", "officer-one-place", "room-one-session", "idle", "breaks", "longest-run")
    ),
    _misreads("seats", "one seat more", _each_held(_one_seat_more)),
    _misreads("room-one-session", "one table more", _each("rooms", count=lambda count: count + 1)),
    _misreads("buffer", "no walks", _scenario(lambda scenario: {"walks": ()})),
    _misreads("buffer", "five minutes less", _parameter("buffer", "minutes", lambda minutes: minutes - 5)),
    _misreads("longest-run", "one session more", _each("delegations", longest_run=_one_more)),
    _misreads("longest-run", "interpreters never tire", _each("interpreters", longest_run_minutes=lambda _: None)),
    _misreads(
        "longest-run",
        "five minutes more of pause",
        _parameter("longest-run", "pause_minutes", lambda minutes: minutes + 5),
    ),
    _misreads("most-a-day", "one session more", _each("delegations", most_sessions_a_day=_one_more)),
    _misreads("case-order", "sessions have none", _each("sessions", before=lambda _: (), after=lambda _: ())),
    _misreads("windows", "sessions have none", _sessions(windows=lambda _: ())),
    _misreads("windows", "no departures", _each("delegations", departure=lambda _: None)),
    _misreads("blocks", "begin five minutes late", _each("blocks", start=lambda start: start + FIVE_MINUTES)),
    _misreads("blocks", "hold no rooms", _each("blocks", room=lambda _: None)),
    _misreads("clearance", "interpreters are cleared", _each("interpreters", clearance=lambda _: "secret")),
    _misreads("attendance", "one of the quorum may be missing", _each_held(_smaller_quorum)),
    _misreads(
        "language", "officers speak what their delegation speaks", _each("delegations", delegates=_no_own_languages)
    ),
    _misreads("officer-present", "with any team", _each("delegations", delegates=_no_own_team)),
    _misreads("sittings", "a gap five minutes short", _sessions(gap_minutes=lambda minutes: minutes - 5)),
    _misreads("pins", "without teams", _each("pins", teams=lambda _: {})),
    _misreads("held", "all weigh the same", _sessions(priority=lambda _: 1)),
    _misreads(
        "optional-present", "required parties count too", _sessions(leader=lambda leader: leader, required=lambda _: ())
    ),
    _misreads("past-kept", "an hour may be gone", _record(now=lambda now: now - timedelta(hours=1))),
    _misreads("most-changes", "one more", _each("delegations", most_changes=_one_more)),
    _misreads("notice", "an hour less", _parameter("notice", "minutes", lambda minutes: minutes - 60)),
    _misreads("disturbance", "nobody was moved before", _record(moved=lambda _: ())),
    _misreads("disturbance", "rooms cost what teams cost", _parameter("disturbance", "room", lambda cost: 1)),
    _misreads(
        "disturbance", "near is one hour nearer", _parameter("disturbance", "near_hours", lambda hours: hours - 1)
    ),
    _misreads("early", "one priority more", _parameter("early", "priority", lambda priority: priority + 1)),
    _misreads("idle", "no buffer", _parameter("buffer", "minutes", lambda minutes: 0)),
    _misreads("fair-breaks", "who is in no session does not count", _only_who_comes),
    _misreads("continuity", "no sittings", _sessions(follows=lambda _: None)),
)
"""Rules read a little off."""
