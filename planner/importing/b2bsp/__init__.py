"""The published benchmark of business-to-business meetings, as scenarios.

Its instances and semantics are those of M. Bofill, J. Coll, M. Garcia, J. Giráldez-Cru, G. Pesant, J. Suy, M. Villaret,
"Constraint Solving Approaches to the Business-to-Business Meeting Scheduling Problem", JAIR 74 (2022) 263–301.
"""

from planner.importing.b2bsp.instance import MOST_SLOTS, Instance, Meeting
from planner.importing.b2bsp.reading import parse_instance
from planner.importing.b2bsp.scenario import scenario_of

__all__ = ["MOST_SLOTS", "Instance", "Meeting", "parse_instance", "scenario_of"]
