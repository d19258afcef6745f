"""``midtvejs day``: show where one participant is."""

from __future__ import annotations

from pathlib import Path

from midtvejs.commands._exit import Exit
from midtvejs.commands._load import find_participant, load_seated
from midtvejs.output.pages.day import own_day_page
from midtvejs.output.screen import Screen


def day(screen: Screen, name: str, assignment: Path, program: Path) -> Exit:
    """Show the day of whom ``name`` means; it is wrong usage where that is nobody, or more than one.

    Raises:
        Faulty: a file has faults, or the assignment is not lawful.
        OSError: a file cannot be read.
    """
    lawful = load_seated(screen, assignment, program).with_rooms()
    person = find_participant(screen, name, lawful)
    if person is None:
        return Exit.USAGE
    screen.show(own_day_page(lawful, person))
    return Exit.DONE
