"""``midtvejs validate``: read the program, and show what is wrong with it."""

from __future__ import annotations

from pathlib import Path

from midtvejs.commands._exit import Exit
from midtvejs.output.choices import OutputFormat
from midtvejs.output.pages.diagnostics import diagnostics_page, no_faults_page, render
from midtvejs.output.screen import Screen
from midtvejs.reading.program.build import read_program

FOR_PEOPLE = frozenset({OutputFormat.FULL, OutputFormat.CONCISE})


def validate(screen: Screen, file: Path, output_format: OutputFormat) -> Exit:
    """Show what is wrong with a program. Warnings are no faults.

    Raises:
        OSError: there is no such file, or it cannot be read.
    """
    read = read_program(file)
    if read.value and not read.diagnostics and output_format in FOR_PEOPLE:
        screen.show(no_faults_page(str(file), read.value))
    elif output_format is OutputFormat.FULL:
        screen.show(diagnostics_page(read.diagnostics))
    else:
        screen.write(render(read.diagnostics, output_format))
    return Exit.DONE if read.value else Exit.FAULTS
