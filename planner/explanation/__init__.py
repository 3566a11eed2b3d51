"""Why a plan is not better: what cannot be, what would have to change, and what it would cost.

The command line calls these functions, prints what they return, and adds nothing.
"""

from planner.explanation.scenario import Answer, Explained, explain
from planner.explanation.session import Question, SessionAnswer, explain_session

__all__ = ["Answer", "Explained", "Question", "SessionAnswer", "explain", "explain_session"]
