"""The version, for whatever says it: a module of its own, as everything may import it."""

__version__ = "0.1.0"
