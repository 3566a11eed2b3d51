"""Why a plan is not better: what cannot be, what would have to change, and what it would cost.

The command line calls these functions, prints what they return, and adds nothing.
"""

from planner.explanation.data import answer_data, session_data
from planner.explanation.moved import MovedAnswer, explain_moved
from planner.explanation.scenario import Answer, explain
from planner.explanation.session import Question, SessionAnswer, explain_session
from planner.explanation.telling import told, told_session
from planner.explanation.telling_moved import moved_data, told_moved

__all__ = [
    "Answer",
    "MovedAnswer",
    "Question",
    "SessionAnswer",
    "answer_data",
    "explain",
    "explain_moved",
    "explain_session",
    "moved_data",
    "session_data",
    "told",
    "told_moved",
    "told_session",
]
