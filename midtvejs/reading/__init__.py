"""Files in. Each reader returns a value, or every diagnostic at once."""
