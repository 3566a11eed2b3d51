"""What a change breaks of a plan."""
