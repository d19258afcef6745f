"""The shapes in which sign-up forms export what people wish for."""
