"""The form on which people hand in their wishes."""
