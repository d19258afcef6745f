"""What an assignment is exported as: one module a format, each giving its files by their names."""
