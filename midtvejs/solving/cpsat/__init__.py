"""Seating by CP-SAT: the model, its rules, and the search in it."""
