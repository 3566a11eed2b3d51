"""A problem as a model of CP-SAT: its decisions, what is defined from them, its rules and its wishes."""
