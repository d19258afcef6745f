"""``midtvejs show``."""

from __future__ import annotations

from pathlib import Path

from midtvejs.commands._load import load_open_program
from midtvejs.output.pages.show import day_page
from midtvejs.output.screen import Screen


def show(screen: Screen, file: Path) -> None:
    """Show the day.

    Raises:
        Faulty: the program has faults.
        OSError: it cannot be read.
    """
    screen.show(day_page(load_open_program(screen, file)))
