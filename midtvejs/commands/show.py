"""``midtvejs show``."""

from __future__ import annotations

from pathlib import Path

from midtvejs.reading.program_yaml import read_program
from midtvejs.views.day import day_page
from midtvejs.views.screen import Screen


def show(screen: Screen, file: Path) -> None:
    """Show the day.

    Raises:
        Faulty: the program has faults.
        OSError: it cannot be read.
    """
    screen.show(day_page(read_program(file).accepted()))
