"""Plans a day of parallel sessions and seats everybody fairly, provably so."""

__version__ = "0.1.0"
