"""``python -m tests.quietly`` is ``midtvejs`` without progress, which would show how fast the machine is."""

from __future__ import annotations

from midtvejs.cli import app as cli
from midtvejs.output import progress

NEVER = 3600.0


def main() -> None:
    progress.SOON = NEVER
    cli.main()


if __name__ == "__main__":
    main()
