"""``midtvejs validate``: read programs, and show what is wrong with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from midtvejs.commands._exit import Exit
from midtvejs.commands._next import plan_command
from midtvejs.domain.program import Event
from midtvejs.output.choices import OutputFormat
from midtvejs.output.export.identity import event_id
from midtvejs.output.pages.diagnostics import diagnostics_page, no_faults_page, render
from midtvejs.output.screen import Screen
from midtvejs.reading.codes import MEANINGS
from midtvejs.reading.files.source import name_of
from midtvejs.reading.program.build import read_program

FOR_PEOPLE = frozenset({OutputFormat.FULL, OutputFormat.CONCISE})


def validate(
    screen: Screen, files: Sequence[Path], output_format: OutputFormat, today: dt.date | None = None
) -> Exit:
    """Show what is wrong with programs, and that one is over where that is known. Warnings are no faults.

    Raises:
        OSError: there is no such file, or one cannot be read.
    """
    reads = {file: read_program(file, today) for file in files}
    faultless = {file: read.value for file, read in reads.items() if read.value and not read.diagnostics}
    diagnostics = [each for read in reads.values() for each in read.diagnostics]
    if output_format in FOR_PEOPLE:
        for file, program in faultless.items():
            screen.show(no_faults_page(name_of(file), program, plan_command(file)))
    if output_format is not OutputFormat.FULL:
        screen.write(render(diagnostics, output_format, [*map(name_of, files)], MEANINGS))
    elif diagnostics:
        screen.show_faults(diagnostics_page(diagnostics))
    programs = [read.value for read in reads.values() if read.value]
    for program in programs if output_format is OutputFormat.FULL else ():
        if not program.event.id:
            _offer_id(screen, program.event)
    return Exit.DONE if len(programs) == len(reads) else Exit.FAULTS


def _offer_id(screen: Screen, event: Event) -> None:
    """Say what an id is good for, with a line that can be pasted."""
    told = "With an id of the event, calendars that are sent again find the earlier ones"
    screen.note(f"{told}, whatever becomes of its name and date. A line to paste below event:")
    screen.note(f"  id: {event_id(event.name, event.date)}")
