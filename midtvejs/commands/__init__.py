"""One short module a verb: read, solve, audit, show."""
