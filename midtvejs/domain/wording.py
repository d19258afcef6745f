"""Numbers in English sentences."""


def quantity(count: int, noun: str) -> str:
    """Give, for example, ``1 seat`` or ``28 seats``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
