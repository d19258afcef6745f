"""``midtvejs validate``: read the program, and show what is wrong with it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from midtvejs.commands._exit import Exit
from midtvejs.commands._next import plan_command
from midtvejs.domain.program import Event
from midtvejs.output.choices import OutputFormat
from midtvejs.output.export.identity import slug
from midtvejs.output.pages.diagnostics import diagnostics_page, no_faults_page, render
from midtvejs.output.screen import Screen
from midtvejs.reading.program.build import read_program

FOR_PEOPLE = frozenset({OutputFormat.FULL, OutputFormat.CONCISE})


def validate(screen: Screen, file: Path, output_format: OutputFormat, today: dt.date | None = None) -> Exit:
    """Show what is wrong with a program, and that it is over where that is known. Warnings are no faults.

    Raises:
        OSError: there is no such file, or it cannot be read.
    """
    read = read_program(file, today)
    if read.value and not read.diagnostics and output_format in FOR_PEOPLE:
        following = plan_command(file)
        screen.show(no_faults_page(str(file), read.value, following))
    elif output_format is OutputFormat.FULL:
        screen.show(diagnostics_page(read.diagnostics))
    else:
        screen.write(render(read.diagnostics, output_format))
    if read.value and output_format is OutputFormat.FULL and not read.value.event.id:
        _offer_id(screen, read.value.event)
    return Exit.DONE if read.value else Exit.FAULTS


def _offer_id(screen: Screen, event: Event) -> None:
    """Say what an id is good for, with a line that can be pasted."""
    told = "With an id of the event, calendars that are sent again find the earlier ones"
    screen.note(f"{told}, whatever becomes of its name and date. A line to paste below event:")
    year = str(event.date.year)
    name = slug(event.name).removesuffix(year).strip("-") or "event"
    screen.note(f"  id: {name}-{year}")
