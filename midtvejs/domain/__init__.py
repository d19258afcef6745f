"""What things are, and what is lawful. Pure: no files, no solver, no screen."""
