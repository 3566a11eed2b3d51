"""The only place that knows OR-Tools: variables, constraints, preferences, posting, and the search over tiers."""
