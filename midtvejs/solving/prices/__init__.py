"""Lagrangian relaxation of the seats: bounds from prices, and seats from bounds."""
