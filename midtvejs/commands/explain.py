"""``midtvejs explain``: say why a participant got what they got; or write that for each of them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from midtvejs.commands._elsewhere import solve_elsewhere
from midtvejs.commands._exit import Exit
from midtvejs.commands._load import load_assignment, load_preferences, load_program
from midtvejs.domain.answers import DEFAULT_OPTIONS, ReadOptions
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.explanation import Explaining
from midtvejs.domain.names import find_nearest, match_name
from midtvejs.domain.wording import quantity
from midtvejs.output.export.identity import file_names
from midtvejs.output.files import write_into
from midtvejs.output.pages.day import unclear_page
from midtvejs.output.pages.explain import Letters, explanation_json
from midtvejs.output.progress import Progress
from midtvejs.output.screen import Screen


def explain(
    screen: Screen,
    assignment: Path,
    name: str,
    program: Path,
    *,
    prefs: Path,
    named: bool,
    json: bool,
    options: ReadOptions = DEFAULT_OPTIONS,
) -> Exit:
    """Explain the day of whom ``name`` means; it is wrong usage where that is nobody, or more than one.

    Raises:
        Faulty: a file has faults, or the assignment is not lawful.
        OSError: a file cannot be read.
    """
    lawful = _load(screen, assignment, program, prefs, options)
    found = match_name(name, lawful.participants)
    if len(found) != 1:
        near = None if found else find_nearest(name, lawful.participants)
        screen.tell(unclear_page(name, lawful, found, near))
        return Exit.USAGE
    explanation = Explaining(assignment=lawful, solve=solve_elsewhere).explain(found[0])
    if json:
        screen.write(explanation_json(explanation, named=named))
    else:
        screen.show(Letters(assignment=lawful, named=named).page(explanation))
    return Exit.DONE


def explain_all(
    screen: Screen,
    assignment: Path,
    folder: Path,
    program: Path,
    *,
    prefs: Path,
    named: bool,
    force: bool,
    options: ReadOptions = DEFAULT_OPTIONS,
) -> Exit:
    """Write a letter to each participant into a folder, which is made where there is none; all or nothing.

    Raises:
        Faulty: a file has faults, or the assignment is not lawful.
        OSError: a file exists and ``force`` is not given, or cannot be read or written.
    """
    lawful = _load(screen, assignment, program, prefs, options)
    explaining = Explaining(assignment=lawful, solve=solve_elsewhere)
    letters = Letters(assignment=lawful, named=named)
    names = file_names(lawful.participants)
    with Progress(screen) as progress:
        making = {
            folder / f"{names[person.key]}.txt": partial(_write_letter, explaining, letters, number, progress)
            for number, person in enumerate(lawful.participants)
        }
        write_into(folder, making, force=force)
    screen.note(f"Explained {quantity(len(making), 'day')} in {folder}, a file for each participant")
    return Exit.DONE


def _write_letter(explaining: Explaining, letters: Letters, number: int, progress: Progress) -> str:
    people = explaining.assignment.participants
    progress.count(f"{quantity(len(people), 'day')} to explain", number)
    return letters.text(explaining.explain(people[number]))


def _load(screen: Screen, assignment: Path, program: Path, prefs: Path, options: ReadOptions) -> Assignment:
    """Read what stands behind an assignment, and judge it; rooms that are open stay open."""
    day = load_program(screen, program)
    preferences = load_preferences(screen, prefs, day, options)
    return load_assignment(screen, assignment, day, preferences, prefs)
