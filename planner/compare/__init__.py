"""What is different between two plans of a conference: per session, per delegation, per person.

All of it is ids and moments, for the organiser. What a reader may know of it is made by ``planner.agenda.notice``.
"""

from planner.compare.blocks import BlockOutcome
from planner.compare.comparison import Comparison, Figures, compare
from planner.compare.outcome import Aspect, Difference, Ending, Fate, Outcome, Span

__all__ = [
    "Aspect",
    "BlockOutcome",
    "Comparison",
    "Difference",
    "Ending",
    "Fate",
    "Figures",
    "Outcome",
    "Span",
    "compare",
]
