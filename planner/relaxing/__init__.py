"""Relaxations: changes of a scenario that would lift an obstacle, and who would have to give for each."""

from planner.relaxing.catalogue import ladders
from planner.relaxing.change import Change, Choice, Giver, Ladder

__all__ = ["Change", "Choice", "Giver", "Ladder", "ladders"]
