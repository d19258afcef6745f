"""Files in. Each reader gives a value, or every diagnostic at once."""
