"""``midtvejs waiting``: show to whom a seat is offered that becomes free, and where seats are free."""

from __future__ import annotations

from pathlib import Path

from midtvejs.commands._load import load_seated
from midtvejs.domain.answers import DEFAULT_OPTIONS, ReadOptions
from midtvejs.domain.waiting import find_waiting
from midtvejs.output.pages.waiting import MOST_OFFERED, WaitingLists, waiting_json, waiting_page
from midtvejs.output.screen import Screen


def waiting(
    screen: Screen,
    assignment: Path,
    program: Path,
    *,
    prefs: Path,
    everybody: bool,
    json: bool,
    options: ReadOptions = DEFAULT_OPTIONS,
) -> None:
    """Show each session's free seats, or who waits for one: the first few of them, or ``everybody``.

    Raises:
        Faulty: a file has faults, or the assignment is not lawful.
        OSError: a file cannot be read.
    """
    lawful = load_seated(screen, assignment, program, prefs, options)
    lists = WaitingLists(
        assignment=lawful, sessions=find_waiting(lawful), most=None if everybody else MOST_OFFERED
    )
    if json:
        screen.write(waiting_json(lists))
    else:
        screen.show(waiting_page(lists))
