"""Planner: from the cases that delegations share to a verified two-day plan, agendas and calendars."""

__version__ = "0.1.0"
