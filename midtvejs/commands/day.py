"""``midtvejs day``: show where one participant is."""

from __future__ import annotations

from pathlib import Path

from midtvejs.commands._exit import Exit
from midtvejs.commands._load import load_seated
from midtvejs.domain.names import find_nearest, match_name
from midtvejs.output.pages.day import own_day_page, unclear_page
from midtvejs.output.screen import Screen


def day(screen: Screen, name: str, assignment: Path, program: Path) -> Exit:
    """Show the day of whom ``name`` means; it is wrong usage where that is nobody, or more than one.

    Raises:
        Faulty: a file has faults, or the assignment is not lawful.
        OSError: a file cannot be read.
    """
    lawful = load_seated(screen, assignment, program)
    found = match_name(name, lawful.participants)
    if len(found) != 1:
        near = None if found else find_nearest(name, lawful.participants)
        screen.tell(unclear_page(name, lawful, found, near))
        return Exit.USAGE
    screen.show(own_day_page(lawful, found[0]))
    return Exit.DONE
