"""The search for a plan that is best tier by tier: a construction, proofs on the whole model, and large neighbourhoods."""

from planner.solver.effort import Effort, Progress
from planner.solver.search.lexicographic import Answer, TierResult, search

__all__ = ["Answer", "Effort", "Progress", "TierResult", "search"]
