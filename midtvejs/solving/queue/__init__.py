"""Seats dealt in turn, as lotteries and sign-up forms do."""
