"""The models that stand at the paths of a file, and examples of what is written there; the file is a scenario by default."""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from planner.consistency import Path
from planner.scenario import Scenario

Root = type[BaseModel]

_EXAMPLES = {
    "conference": "{id: …, title: …, venue: …, time_zone: …, organiser: …, days: …, working_languages: …}",
    "blocks": "[{id: lunch, title: Lunch, kind: lunch, start: 2026-02-05T12:30, end: 2026-02-05T13:30}]",
    "rooms": "[{id: hall, name: Great Hall, seats: 20}]",
    "walks": "[{between: [Main Building, Annexe], minutes: 10}]",
    "delegations": "[{id: KHM, kind: country, name: Cambodia, languages: [km, en]}]",
    "interpreters": "[{id: int-1, name: Sok Dara, pairs: [[km, en]]}]",
    "cases": "[{id: case-01, title: Lotus, leader: KHM, required: [JPN]}]",
    "sessions": "[{id: joint, cases: [case-01, case-02]}]",
    "pins": "[{session: case-01, room: hall}]",
    "rules": "{idle: {weight: 2}}",
    "tiers": "[{name: held, rules: [held]}]",
    "absences": "[{team: 1, start: 2026-02-05T09:00, end: 2026-02-05T12:00}]",
    "outages": "[{features: [video], start: 2026-02-05T09:00, end: 2026-02-05T12:00}]",
    "groups": "[[case-01, case-02]]",
    "cancelled": "[case-01]",
    "replanning": "{now: 2026-02-05T13:05}",
    "now": "2026-02-05T13:05",
    "past": "[]",
    "told": "[]",
    "moved": "[KHM]",
    "chain": "case-01",
    "follows": "case-01",
    "form": "together",
    "withdrawn": "true",
    "changes": "[{kind: arrives-late, delegation: KHM, at: 2026-02-05T17:00}]",
    "windows": "[{start: 2026-02-05T09:00, end: 2026-02-05T12:00}]",
    "delegates": "[{id: khm-01, name: Sok Dara}]",
    "leads": "[{id: lead-01, title: Wallet}]",
    "quorum": "{of: [KHM, JPN, THA], at_least: 2}",
    "formation": "{together: true}",
    "parameters": "{minutes: 10}",
    "organiser": "{name: Secretariat, mail: office@police.example}",
    "days": "[{date: 2026-02-05, opens: 09:00, closes: 18:00}]",
    "id": "room-1",
    "title": "Lotus",
    "venue": "Conference Centre",
    "time_zone": "Asia/Seoul",
    "mail": "office@police.example",
    "uid_domain": "police.example",
    "date": "2026-02-05",
    "opens": "09:00",
    "closes": "18:00",
    "start": "2026-02-05T09:00",
    "end": "2026-02-05T10:30",
    "arrival": "2026-02-05T09:00",
    "departure": "2026-02-06T15:00",
    "working_languages": "[en, ko]",
    "languages": "[km, en]",
    "language": "en",
    "clearances": "[open, restricted, secret]",
    "clearance": "secret",
    "classification": "secret",
    "name": "Great Hall",
    "function": "Case officer",
    "building": "Annexe",
    "room": "hall",
    "features": "[secure-line]",
    "kind": "country",
    "code": "KHM",
    "role": "sharing",
    "between": "[Main Building, Annexe]",
    "pairs": "[[km, en]]",
    "leader": "KHM",
    "required": "[KHM, JPN]",
    "optional": "[THA]",
    "not_with": "[THA]",
    "officers": "[khm-01]",
    "officer_of": "[case-01]",
    "shared_by": "KHM",
    "shared_with": "[JPN]",
    "before": "[case-02]",
    "after": "[case-02]",
    "format": "multilateral",
    "of": "[KHM, JPN, THA]",
    "session": "case-01",
    "at": "2026-02-05T17:00",
    "delegation": "KHM",
    "delegate": "khm-01",
    "interpreter": "int-01",
    "block": "lunch",
    "lead": "lead-01",
    "case": "case-01",
    "why": "Their flight is late",
    "level": "soft",
    "together": "true",
}
_IN_MODEL = {
    "Block.id": "lunch",
    "Block.title": "Lunch",
    "Block.kind": "lunch",
    "Block.delegations": "[KHM, JPN]",
    "Block.blocks": "[delegations, room]",
    "Case.id": "case-01",
    "Formed.cases": "[case-01]",
    "Formed.leads": "[lead-01]",
    "CaseAdded.case": "{id: case-01, title: Lotus, leader: KHM, required: [JPN]}",
    "Conference.id": "chains-2026",
    "Conference.title": "Breaking chains",
    "Delegate.id": "khm-01",
    "Delegate.name": "Sok Dara",
    "Delegation.id": "KHM",
    "Delegation.name": "Cambodia",
    "ExplicitSession.cases": "[case-01]",
    "ExplicitSession.id": "joint",
    "Interpreter.id": "int-01",
    "Interpreter.name": "Sok Dara",
    "Lead.id": "lead-01",
    "LeadAdded.lead": "{id: lead-01, title: Wallet}",
    "Lead.title": "Wallet",
    "Organiser.name": "Secretariat",
    "PartyJoins.role": "optional",
    "Pin.interpreters": "[int-01]",
    "Pin.teams": "{KHM: 1}",
    "SessionPinned.interpreters": "[int-01]",
    "SessionPinned.teams": "{KHM: 1}",
    "Told.delegates": "{KHM: [khm-01]}",
    "Told.interpreters": "[int-01]",
    "Told.teams": "{KHM: 1}",
    "Past.delegates": "{KHM: [khm-01]}",
    "Past.interpreters": "[int-01]",
    "Past.teams": "{KHM: 1}",
    "Tier.name": "quality",
    "Tier.rules": "[idle, breaks]",
}
_SMALL_NUMBERS = ("at_least", "count", "priority", "share", "sitting", "sittings", "table", "team", "teams", "weight")


def example_of(path: Path, root: Root = Scenario) -> str:
    """Return what may be written at a path."""
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    model = model_at(path[:-1], root)
    if model and f"{model.__name__}.{name}" in _IN_MODEL:
        return _IN_MODEL[f"{model.__name__}.{name}"]
    return _EXAMPLES.get(name) or ("2" if name in _SMALL_NUMBERS else "30")


def named(path: Path, root: Root = Scenario) -> str:
    """Return a field with an example, as one would write it: ``name: Great Hall``."""
    name = path[-1] if path else ""
    return f"{name}: {example_of(path, root)}" if isinstance(name, str) else example_of(path, root)


def is_required(path: Path, root: Root = Scenario) -> bool:
    """Tell whether a field has to be there."""
    model = model_at(path[:-1], root)
    return bool(model and path[-1] in model.model_fields and model.model_fields[str(path[-1])].is_required())


def example_fields(path: Path, root: Root = Scenario) -> str:
    """Return the fields that have to be given at a path, with examples, on one line."""
    model = model_at(path, root)
    required = [name for name, field in model.model_fields.items() if field.is_required()] if model else []
    if not required:
        return example_of(path, root)
    return "{" + ", ".join(named((*path, name), root) for name in required) + "}"


def has_models(path: Path, root: Root = Scenario) -> bool:
    """Tell whether the items of the list at a path have fields of their own."""
    return model_at((*path, 0), root) is not None


def model_at(path: Path, root: Root = Scenario) -> type[BaseModel] | None:
    """Return the model that stands at a path, if one does."""
    kind: Any = root
    for part in path:
        kind = _inner(kind, part)
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _inner(kind: Any, part: str | int) -> Any:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        field = kind.model_fields.get(str(part))
        return _bare(field.annotation) if field else None
    if get_origin(kind) is tuple and isinstance(part, int):
        return _bare(get_args(kind)[0])
    if get_origin(kind) is dict:
        return _bare(get_args(kind)[1])
    return None


def _bare(kind: Any) -> Any:
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return _bare(next(option for option in get_args(kind) if option is not type(None)))
    return kind
