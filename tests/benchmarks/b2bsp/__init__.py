"""The published benchmark of business-to-business meetings: the planner beside other solvers, on the same machine."""
