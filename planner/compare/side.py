"""One of two plans that are compared, by id."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from planner.formation import Session, form_sessions, lead_parties
from planner.plan import Placement, Plan
from planner.scenario import Scenario


class Side:
    """A scenario and a plan of it.

    Args:
        scenario: a consistent scenario.
        plan: a plan of it.
    """

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        self.scenario = scenario
        self.zone = ZoneInfo(scenario.conference.time_zone)
        self.formed: dict[str, Session] = {session.id: session for session in form_sessions(scenario)}
        self.held: dict[str, Placement] = {item.session: item for item in plan.placements}
        self.waiting: dict[str, Session] = {
            item.session: self.formed[item.session] for item in plan.unplaced if item.session in self.formed
        }
        self.past = frozenset(item.session for item in scenario.replanning.past) if scenario.replanning else frozenset()
        self.team_size = {item.id: item.team_size for item in scenario.delegations}
        self.parties = {case.id: frozenset(case.parties) for case in scenario.cases}
        self.knows_lead = {
            lead.id: lead_parties(case, lead) & self.parties[case.id] for case in scenario.cases for lead in case.leads
        }

    def cases(self, placement: Placement, delegation: str) -> tuple[str, ...]:
        """Return the cases met in a session that a delegation is a party to."""
        return tuple(case for case in placement.cases if delegation in self.parties.get(case, ()))

    def leads(self, placement: Placement, delegation: str) -> tuple[str, ...]:
        """Return the leads met in a session that a delegation may know of."""
        return tuple(lead for lead in placement.leads if delegation in self.knows_lead.get(lead, ()))

    def people(self, placement: Placement, delegation: str) -> frozenset[str | tuple[str, int, int]]:
        """Return who comes for a delegation that is present: ids of delegates, or the seats of a team that lists nobody.

        A seat is the delegation's id with the numbers of team and seat.
        """
        listed = placement.delegates.get(delegation)
        if listed:
            return frozenset(listed)
        team = placement.teams[delegation]
        return frozenset((delegation, team, seat) for seat in range(self.team_size.get(delegation, 1)))

    def delegates(self) -> Iterator[tuple[str, str]]:
        """Yield the id of every delegate, with the id of the own delegation."""
        for delegation in self.scenario.delegations:
            for person in delegation.delegates:
                yield person.id, delegation.id
