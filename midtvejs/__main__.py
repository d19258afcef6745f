"""``python -m midtvejs`` is the same as ``midtvejs``."""

from midtvejs.cli.app import main

if __name__ == "__main__":
    main()
