"""Obstacles: what keeps sessions from being held together, by counting where that tells it, by a smallest conflict where not."""

from planner.obstacles.finding import Finder, Obstacle
from planner.obstacles.names import Names
from planner.obstacles.wording import Wording

__all__ = ["Finder", "Names", "Obstacle", "Wording"]
