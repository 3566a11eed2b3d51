"""The second reading of the rules: a plan checked against its scenario by clock times, sharing nothing with the solver.

Times are read on the clock of the venue. Every rule of the catalogue has one function here; besides the rules, the plan
is checked as a document, so that its claims about itself hold too.
"""

from planner.verify.catalogue import VERIFIED
from planner.verify.judge import broken_subjects, counts, verify, waits_by_delegation
from planner.verify.report import Report, Violation

__all__ = ["VERIFIED", "Report", "Violation", "broken_subjects", "counts", "verify", "waits_by_delegation"]
