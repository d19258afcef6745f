"""Local search: people of one round pass their seats on to each other, wherever the day gains by it."""
