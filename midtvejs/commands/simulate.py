"""`midtvejs simulate`: make up participants and wishes, and write them as a preference file."""

from __future__ import annotations

from pathlib import Path

from midtvejs.commands._load import load_program
from midtvejs.commands._next import next_command
from midtvejs.commands._save import STDOUT, refuse_taken
from midtvejs.domain.simulation import simulate as made_up
from midtvejs.output.choices import Csv
from midtvejs.output.files import write_whole
from midtvejs.output.screen import Screen
from midtvejs.output.tables.csv_text import separator_for
from midtvejs.output.tables.people import preferences_csv, preferences_file


def simulate(
    screen: Screen,
    program_path: Path,
    *,
    participants: int,
    seed: int,
    save: Path | None,
    force: bool,
    csv: Csv,
) -> None:
    """Write made-up wishes to ``save``, or to standard output.

    Raises:
        Faulty: the program has faults.
        OSError: ``save`` exists and ``force`` is not given, or a file cannot be read or written.
    """
    program = load_program(screen, program_path)
    refuse_taken(save, force=force)
    people = made_up(program, participants=participants, seed=seed)
    if save is None or save == STDOUT:
        screen.write(preferences_csv(program, people, excel=separator_for(csv, program.event.language)))
        return
    write_whole(save, preferences_file(save, program, people, csv), force=force)
    screen.note(f"Saved {len(people)} made-up participants: {save}")
    screen.note(f"Next: {next_command('assign', save, program_path)}")
