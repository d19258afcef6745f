"""``midtvejs explain``: say why a participant got what they got; or write that for each of them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from midtvejs.commands._exit import Exit
from midtvejs.commands._load import find_participant, load_seated
from midtvejs.commands._solve import solve_elsewhere
from midtvejs.domain.answers import DEFAULT_OPTIONS, ReadOptions
from midtvejs.domain.explanation import Explaining
from midtvejs.domain.wording import first_few, quantity
from midtvejs.output.export.identity import file_names
from midtvejs.output.files import write_into
from midtvejs.output.pages.explain import Letters, explanation_json
from midtvejs.output.progress import Progress
from midtvejs.output.screen import Screen

NOT_THE_FAIREST = (
    "If that is because few were to be moved (assign --keep), or because of a decision of yours, add that."
)


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
    lawful = load_seated(screen, assignment, program, prefs, options)
    person = find_participant(screen, name, lawful)
    if person is None:
        return Exit.USAGE
    explanation = Explaining(assignment=lawful, solve=solve_elsewhere).explain(person)
    if json:
        screen.write(explanation_json(explanation, named=named))
    else:
        screen.show(Letters(assignment=lawful, named=named).page(explanation))
    if explanation.finds_fairer:
        screen.warn(f"warning: it says that another assignment would be fairer. {NOT_THE_FAIREST}")
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
    lawful = load_seated(screen, assignment, program, prefs, options)
    explaining = Explaining(assignment=lawful, solve=solve_elsewhere)
    letters = Letters(assignment=lawful, named=named)
    fairer: list[str] = []
    names = file_names(lawful.participants)
    with Progress(screen) as progress:

        def write(number: int) -> str:
            progress.count(f"{quantity(len(names), 'day')} to explain", number)
            return _write_letter(explaining, letters, number, fairer)

        making = {
            folder / f"{names[person.key]}.txt": partial(write, number)
            for number, person in enumerate(lawful.participants)
        }
        write_into(folder, making, force=force)
    screen.note(f"Explained {quantity(len(making), 'day')} in {folder}, a file for each participant")
    if others := sorted(path.name for path in folder.glob("*.txt") if path not in making):
        screen.note(f"Not of this assignment, and left as they are: {first_few(others)}")
    if fairer:
        screen.warn(
            f"warning: {len(fairer)} of them {'says' if len(fairer) == 1 else 'say'} that another assignment "
            f"would be fairer. {NOT_THE_FAIREST}"
        )
    return Exit.DONE


def _write_letter(explaining: Explaining, letters: Letters, number: int, fairer: list[str]) -> str:
    """Return a letter; whoever is told of a fairer assignment is added to ``fairer``."""
    explanation = explaining.explain(explaining.assignment.participants[number])
    if explanation.finds_fairer:
        fairer.append(explanation.participant.key)
    return letters.text(explanation)
