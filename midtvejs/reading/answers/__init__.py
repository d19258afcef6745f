"""People and their wishes, and assignments, out of tables."""
