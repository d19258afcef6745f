"""What an assignment is exported as: a module a format."""
