"""``python -m midtvejs`` is the same as ``midtvejs``."""

from midtvejs.cli import main

if __name__ == "__main__":
    main()
