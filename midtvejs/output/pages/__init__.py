"""What each verb shows on a terminal or in a pipe."""
