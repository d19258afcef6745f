"""``midtvejs form``: write what is sent out to ask people for their wishes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from midtvejs.commands._load import load_open_program
from midtvejs.commands._next import next_command
from midtvejs.commands._save import STDOUT
from midtvejs.output.choices import Csv
from midtvejs.output.files import write_into
from midtvejs.output.form.columns import form_csv
from midtvejs.output.form.text import form_text
from midtvejs.output.form.workbook import form_xlsx
from midtvejs.output.screen import Screen
from midtvejs.output.tables.csv_text import separator_for


def form(screen: Screen, folder: Path, program: Path, *, force: bool, csv: Csv) -> None:
    """Write the form to a folder, which is made where there is none: a workbook, CSV and text, or nothing.

    To standard output the CSV alone is written.

    Raises:
        Faulty: the program has faults.
        OSError: a file exists and ``force`` is not given, or cannot be written; the folder cannot be made.
    """
    day = load_open_program(screen, program)
    separator = separator_for(csv, day.event.language)
    if folder == STDOUT:
        screen.write(form_csv(day, excel=separator))
        return
    making: dict[Path, Callable[[], str | bytes]] = {
        folder / "form.xlsx": partial(form_xlsx, day),
        folder / "form.csv": partial(form_csv, day, excel=separator),
        folder / "form.txt": partial(form_text, day),
    }
    write_into(folder, making, force=force)
    workbook, table, text = making
    screen.note(f"To be filled in, a row a participant: {workbook}, {table}")
    screen.note(f"To be pasted into an online form: {text}")
    screen.note(f"When it is filled in: {next_command('check', workbook, program)}")
