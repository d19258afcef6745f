"""What things are. Pure: no files, no solver, no screen."""
