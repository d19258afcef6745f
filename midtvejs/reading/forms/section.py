"""The section ``forms`` of program.yaml, as far as it can be guessed, for somebody to paste and correct."""

from __future__ import annotations

import json
from collections.abc import Iterator

from midtvejs.reading.forms.layout import ByRank, BySession, Layout, Ranking
from midtvejs.reading.table import Table

OPEN = '""  # which column?'
MOST_OFFERED = 6


def section(table: Table, layout: Layout, round_ids: list[str]) -> Iterator[str]:
    """Write the section in YAML, line by line; what is left open has an empty heading."""
    header = table.records[0]

    def heading(index: int) -> str:
        return _quoted(header[index])

    unread = [heading(index) for index in layout.unread if header[index].strip()]
    more = ["..."] if len(unread) > MOST_OFFERED else []
    which = " ".join([OPEN, ", ".join(unread[:MOST_OFFERED]), *more]).rstrip()
    yield "forms:"
    if not layout.people.keys() & {"name", "email"}:
        yield f"  name: {which}"
    for role, index in layout.people.items():
        yield f"  {role}: {heading(index)}"
    yield "  rounds:"
    for id_ in round_ids:
        columns = layout.rounds.get(id_)
        if isinstance(columns, Ranking):
            yield f"    {id_}: {heading(columns.column)}"
        elif isinstance(columns, ByRank):
            yield f"    {id_}: [{', '.join(map(heading, columns.columns))}]"
        elif isinstance(columns, BySession):
            cells = ", ".join(f"{_quoted(code)}: {heading(index)}" for code, index in columns.columns.items())
            yield f"    {id_}: {{{cells}}}"
        else:
            yield f"    {id_}: {which}"
    if layout.numbers:
        scale = layout.numbers.scale
        ranks = ", ".join(f'"{number}"' for number in scale)
        yield f"  ranks: [{ranks}]  # the best first: turn it round if that is {scale[-1]}"


def _quoted(heading: str) -> str:
    """Give a heading on one line in double quotes; what nobody can see is left out, as it is in comparing."""
    plain = "".join(each if each.isprintable() else " " for each in heading)
    return json.dumps(" ".join(plain.split()), ensure_ascii=False)
