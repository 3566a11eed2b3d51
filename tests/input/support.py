"""A small sound scenario, and how to ask what is wrong with an edited one."""

from __future__ import annotations

from planner.errors import InputError
from planner.scenario_file import parse_scenario
from tests.editing import replaced

SOUND = """\
conference:
  id: chains
  title: Breaking chains
  venue: Conference Centre
  time_zone: Asia/Seoul
  organiser: {name: Police Agency, mail: office@police.example}
  days:
    - {date: 2026-02-05, opens: 09:00, closes: 18:00}
    - {date: 2026-02-06, opens: 09:00, closes: 17:00}
  grid_minutes: 30
  working_languages: [en, ko]
  clearances: [open, secret]
blocks:
  - {id: opening, title: Opening, kind: ceremony, room: hall, start: 2026-02-05T09:00, end: 2026-02-05T10:00}
  - {id: prayer, title: Prayer, kind: prayer, delegations: [IDN], start: 2026-02-06T13:00, end: 2026-02-06T14:00}
rooms:
  - {id: hall, name: Hall, building: Centre, seats: 40, features: [booth], clearance: secret}
  - {id: annex, name: Annexe 1, building: Annexe, seats: 8, windows: [{start: 2026-02-05T10:00, end: 2026-02-05T18:00}]}
walks:
  - {between: [Centre, Annexe], minutes: 10}
delegations:
  - id: KOR
    kind: country
    name: Korea
    languages: [ko, en]
    clearance: secret
    role: host
    teams: 2
    delegates:
      - {id: kor-1, name: Kim, officer_of: [case-1], team: 1}
      - {id: kor-2, name: Lee, officer_of: [case-2], team: 2}
  - {id: KHM, kind: country, name: Cambodia, languages: [km], arrival: 2026-02-05T09:00, departure: 2026-02-06T15:00}
  - {id: IDN, kind: country, name: Indonesia, languages: [id, en], not_with: [UNODC]}
  - {id: UNODC, kind: organisation, name: UNODC, languages: [en], role: observer, delegates: [{id: un-1, name: Ma}]}
interpreters:
  - {id: int-1, name: Sok, pairs: [[km, en]], clearance: secret}
cases:
  - {id: case-1, title: Lotus, leader: KOR, required: [KHM], classification: secret, features: [booth], before: [case-3]}
  - id: case-2
    title: Heron
    leader: KOR
    quorum: {of: [KHM, IDN], at_least: 1}
    leads:
      - {id: lead-1, title: Wallet, shared_by: KHM, shared_with: [IDN]}
    sittings: 2
  - {id: case-3, title: Crane, leader: KHM, required: [KOR], optional: [IDN], format: any, minutes: 60}
  - {id: case-4, title: Egret, leader: KHM, required: [KOR]}
sessions:
  - {id: joint, cases: [case-4], officers: [kor-1]}
  - {id: brief, title: Briefing, leader: KOR, required: [UNODC], minutes: 30, officers: [un-1]}
pins:
  - {session: case-1, start: 2026-02-05T10:30, room: hall, teams: {KOR: 1}, interpreters: [int-1]}
rules:
  buffer: {parameters: {minutes: 10}}
  early: {level: off}
tiers:
  - {name: first, rules: [held]}
  - {name: rest, rules: [idle, breaks]}
"""
"""One line for one thing, so that an edit of a line does not move the others."""


def edited(*changes: tuple[str, str]) -> str:
    """Return the sound scenario with texts replaced, each of which must stand in it once."""
    return replaced(SOUND, *changes)


def refused(text: str | bytes) -> InputError | None:
    """Return the error that reading a text ends in; None when it is a sound scenario."""
    try:
        parse_scenario(text, "f")
    except InputError as error:
        return error
    return None


def flaws_of(text: str | bytes) -> list[tuple[str, str, str]]:
    """Return place, field and message of every flaw, empty when the scenario is sound."""
    error = refused(text)
    return [(flaw.place, flaw.field, flaw.message) for flaw in error.flaws] if error else []
