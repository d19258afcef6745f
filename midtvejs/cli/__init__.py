"""The command line: what can be typed, and how the process begins and ends."""
