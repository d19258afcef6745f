"""A lawful assignment at once, where rules bind participants: a round at a time, by minimum-cost flow."""
