"""``midtvejs schema``: say the shape of program.yaml to editors and other programs."""

from __future__ import annotations

from pathlib import Path

from midtvejs.commands._save import STDOUT
from midtvejs.output.files import write_whole
from midtvejs.output.screen import Screen
from midtvejs.output.tables.json_text import json_text
from midtvejs.reading.program.schema import program_schema


def schema(screen: Screen, save: Path | None, *, force: bool) -> None:
    """Write the JSON Schema to ``save``, or to standard output.

    Raises:
        OSError: ``save`` exists and ``force`` is not given, or it cannot be written.
    """
    text = json_text(program_schema())
    if save is None or save == STDOUT:
        screen.write(text)
        return
    write_whole(save, text, force=force)
    screen.note(f"Saved the schema: {save}")
    screen.note(f"For editors, above everything in program.yaml: # yaml-language-server: $schema={save.name}")
