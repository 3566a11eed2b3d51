"""Names of what an explanation is about, for the organiser."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from planner import codes
from planner.formation import Session, form_sessions
from planner.scenario import Block, Delegate, Delegation, Interpreter, Room, Scenario


class Names:
    """What a scenario calls things, by id."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.delegations: Mapping[str, Delegation] = {item.id: item for item in scenario.delegations}
        self.people: Mapping[str, tuple[Delegate, Delegation]] = {
            person.id: (person, delegation) for delegation in scenario.delegations for person in delegation.delegates
        }
        self.interpreters: Mapping[str, Interpreter] = {item.id: item for item in scenario.interpreters}
        self.rooms: Mapping[str, Room] = {item.id: item for item in scenario.rooms}
        self.blocks: Mapping[str, Block] = {item.id: item for item in scenario.blocks}

    @cached_property
    def sessions(self) -> Mapping[str, Session]:
        """Formed sessions."""
        return {session.id: session for session in form_sessions(self.scenario)}

    @cached_property
    def of_all(self) -> dict[str, str]:
        """Names of delegations, delegates, interpreters and rooms."""
        named = {item.id: item.name for item in self.scenario.delegations}
        named |= {name: person.name for name, (person, _) in self.people.items()}
        named |= {item.id: item.name for item in self.scenario.interpreters}
        return named | {item.id: item.name for item in self.scenario.rooms}

    def delegation(self, name: str) -> str:
        """Name of a delegation."""
        return self.delegations[name].name

    def person(self, name: str) -> str:
        """Name of a delegate with the delegation's."""
        person, delegation = self.people[name]
        return f"{person.name} of {delegation.name}"

    def language(self, tag: str) -> str:
        """Name of a language."""
        return codes.language_name(tag)
