"""``python -m midtvejs`` is the same as ``midtvejs``."""

from __future__ import annotations

import gc
import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line; Ctrl-C is told as such also while it is being imported."""
    # What is imported and read lives until the end: looking for garbage would only slow both.
    gc.disable()
    try:
        from midtvejs.cli.app import main as run
    except BaseException as error:
        # A compiled module makes an ImportError of it, Python 3.11 a RuntimeError while a class is made.
        if not isinstance(error, KeyboardInterrupt) and not isinstance(error.__cause__, KeyboardInterrupt):
            raise
        sys.stderr.write("Interrupted; nothing is written.\n")
        sys.exit(INTERRUPTED)
    run()


if __name__ == "__main__":
    main()
