"""The shapes in which sign-up forms export wishes: which column holds what."""
