"""Counting proofs in sentences, with names and numbers; for the organiser."""

from __future__ import annotations

from collections.abc import Sequence

from planner.problem import Problem
from planner.proofs.clock import Clock
from planner.proofs.counting import Measure, Proof
from planner.proofs.pools import Kind


def sentence(problem: Problem, proof: Proof, names: dict[str, str] | None = None) -> str:
    """Return what a proof says in one sentence, without naming the sessions.

    Args:
        names: names of delegations, officers, rooms and interpreters by id; ids where they are missing.
    """
    return _Teller(problem, proof, names or {}).text()


def listed(words: Sequence[str], *, most: int = 12) -> str:
    """Return words as a list in a sentence; of a long one the first, and how many more there are."""
    if len(words) > most:
        return ", ".join(words[:most]) + f" and {len(words) - most} more"
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


class _Teller:
    def __init__(self, problem: Problem, proof: Proof, names: dict[str, str]) -> None:
        self.problem = problem
        self.proof = proof
        self.names = names

    def text(self) -> str:
        proof = self.proof
        times = Clock(self.problem).cells(proof.cells)
        return f"{self._who()}: {self._needed()} can only be held {times}; {self._available()}."

    def _name(self, id: str) -> str:
        return self.names.get(id, id)

    def _who(self) -> str:
        problem, proof = self.problem, self.proof
        if proof.kind is Kind.officer:
            officer = problem.officers[proof.owner]
            return f"{self._name(officer.id)} ({self._name(problem.parties[officer.party].id)})"
        if proof.kind is Kind.rooms:
            rooms = [self._room(unit) for unit in proof.units]
            return "Rooms" if len(rooms) == len(problem.places) else listed(rooms)
        if proof.kind is Kind.interpreters:
            return listed([self._name(problem.interpreters[unit].id) for unit in proof.units])
        party = problem.parties[proof.owner]
        if proof.team is not None:
            return f"Team {proof.team + 1} of {self._name(party.id)}"
        teams = "one team" if party.teams == 1 else f"{party.teams} teams"
        return f"{self._name(party.id)} ({teams})"

    def _room(self, unit: int) -> str:
        place = self.problem.places[unit]
        return self._name(place.id) + (f" ({place.count} tables)" if place.count > 1 else "")

    def _needed(self) -> str:
        proof = self.proof
        count = len(proof.sessions)
        sessions = f"{count} session{'s' if count > 1 else ''}"
        if proof.measure is Measure.sessions:
            lengths = {self.problem.items[number].length for number in proof.sessions}
            long = f" of {min(lengths)} minutes" + (" or more" if len(lengths) > 1 else "")
            return f"{sessions}{long}"
        return f"{sessions} need {self._hours(proof.needed)}{self._with_changes()} and"

    def _with_changes(self) -> str:
        return ", with the time to change," if "buffer" in self.proof.rules else ""

    def _available(self) -> str:
        proof = self.proof
        if proof.measure is Measure.cells:
            return f"that is {self._hours(proof.available)}"
        enough = str(proof.available) if proof.available else "none"
        if proof.kind is Kind.days:
            return f"{enough} may be, with so many a day"
        return f"{'with the time to change ' if 'buffer' in proof.rules else ''}that is enough for {enough}"

    def _hours(self, cells: int) -> str:
        hours, minutes = divmod(cells * self.problem.grid, 60)
        if not hours:
            return f"{minutes} minutes"
        return f"{hours}{f' h {minutes} min' if minutes else (' hour' if hours == 1 else ' hours')}"
