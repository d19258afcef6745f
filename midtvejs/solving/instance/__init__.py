"""The day in numbers, as every way to seat people sees it."""
