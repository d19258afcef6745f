"""A value in, something to look at out. Decides nothing."""
