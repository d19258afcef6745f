"""A file of people as a table: CSV in whatever dialect, or a sheet of a workbook."""

from __future__ import annotations

from pathlib import Path

from midtvejs.reading.csv_table import csv_table
from midtvejs.reading.table import Table
from midtvejs.reading.text_file import read_text


def read_table(path: Path) -> Table:
    """Read a CSV file, or standard input for ``-``.

    Raises:
        OSError: the file cannot be read at all.
    """
    return csv_table(read_text(path))
