"""Counting proofs: what cannot be, found from the compiled problem in an instant and without a search.

Each proof counts what some sessions need of a pool (the teams of a delegation, rooms, interpreters) against what the pool has at
the times at which these sessions could be. What it says holds for every plan.
"""

from planner.proofs.counting import Proof, Tightness, prove, tightness
from planner.proofs.narrowing import narrowing
from planner.proofs.pools import Kind, Pool, pools
from planner.proofs.possible import Possible
from planner.proofs.wording import sentence

__all__ = ["Kind", "Pool", "Possible", "Proof", "Tightness", "narrowing", "pools", "prove", "sentence", "tightness"]
