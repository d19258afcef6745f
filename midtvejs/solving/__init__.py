"""Seat the participants. The only place that knows OR-Tools."""
