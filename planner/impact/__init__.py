"""What changes break of a plan, found before any search and in well under a second."""

from planner.impact.answer import Affected, Altered, Broken, Fresh, Hopeless, Impact, Placed, Reason, Standing
from planner.impact.looking import impact

__all__ = ["Affected", "Altered", "Broken", "Fresh", "Hopeless", "Impact", "Placed", "Reason", "Standing", "impact"]
