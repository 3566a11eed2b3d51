"""The only place that knows OR-Tools: the model, the search over tiers, and the questions put to the model besides."""
