"""`midtvejs simulate`: make up participants and wishes, and write them as a preference file."""

from __future__ import annotations

from pathlib import Path

from midtvejs.commands._load import load_program
from midtvejs.commands._next import next_command
from midtvejs.commands._save import STDOUT, refuse_taken
from midtvejs.domain.simulation import simulate as made_up
from midtvejs.output.files import write_whole
from midtvejs.output.screen import Screen
from midtvejs.output.tables.people import preferences_csv


def simulate(
    screen: Screen,
    program_path: Path,
    *,
    participants: int,
    seed: int,
    save: Path | None,
    force: bool,
    excel: bool,
) -> None:
    """Write made-up wishes to ``save``, or to standard output.

    Raises:
        Faulty: the program has faults.
        OSError: ``save`` exists and ``force`` is not given, or a file cannot be read or written.
    """
    program = load_program(screen, program_path)
    refuse_taken(save, force=force)
    people = made_up(program, participants=participants, seed=seed)
    text = preferences_csv(program, people, excel=excel)
    if save is None or save == STDOUT:
        screen.write(text)
        return
    write_whole(save, text, force=force)
    screen.note(f"Saved {len(people)} made-up participants: {save}")
    screen.note(f"Next: {next_command('assign', save, program_path)}")
