"""program.yaml in: its schema, a draft of it, the checks, and the program built of it."""
