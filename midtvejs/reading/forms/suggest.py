"""The section ``forms`` of program.yaml: find the columns that it names, or propose it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile

from midtvejs.domain.program import Columns, Forms
from midtvejs.reading.codes import Fault
from midtvejs.reading.faults import Faults
from midtvejs.reading.files.source import quote
from midtvejs.reading.files.table import Table
from midtvejs.reading.forms.layout import ByRank, BySession, Layout, Ranking, RoundColumns
from midtvejs.reading.forms.recognise import Given
from midtvejs.reading.forms.words import tidy

OPEN = '""  # which column?'
MOST_OFFERED = 6


def section(table: Table, layout: Layout, round_ids: list[str]) -> Iterator[str]:
    """Write the section in YAML, line by line; what is left open has an empty heading."""
    header = table.records[0]

    def heading(index: int) -> str:
        return _quote_heading(header[index])

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
            cells = ", ".join(
                f"{_quote_heading(code)}: {heading(index)}" for code, index in columns.columns.items()
            )
            yield f"    {id_}: {{{cells}}}"
        else:
            yield f"    {id_}: {which}"
    if layout.numbers:
        scale = layout.numbers.scale
        if layout.numbers.like_ratings:
            other = f"the other way round if {scale[0]} is the worst"
            yield f"  ratings: {{best: {scale[0]}, not_wished: {scale[-1]}}}  # {other}"
            return
        ranks = ", ".join(f'"{number}"' for number in scale)
        yield f"  ranks: [{ranks}]  # the best first: turn it round if that is {scale[-1]}"


def people_section(table: Table, layout: Layout) -> Iterator[str]:
    """Write of the section what is said of people alone."""
    return takewhile(lambda line: line != "  rounds:", section(table, layout, []))


def _quote_heading(heading: str) -> str:
    """Return a heading on one line in double quotes; what cannot be seen is left out, as in comparing."""
    plain = "".join(each if each.isprintable() else " " for each in heading)
    return json.dumps(" ".join(plain.split()), ensure_ascii=False)


def find_given(table: Table, forms: Forms, faults: Faults, listed: Table | None = None) -> Given:
    """Find what the program names; headings that are not there are faults.

    Nothing is given where the table has none of them: the program means another file. A heading may also be
    one of the list of participants, where there is one.
    """
    finder = _Finder(table, faults)
    headings = list(_headings(forms))
    if headings and not any(map(finder.has, headings)):
        return Given()
    elsewhere = _Finder(listed, faults) if listed else None
    people = {
        role: finder.column(heading)
        for role, heading in forms.people.items()
        if finder.has(heading) or not (elsewhere and elsewhere.has(heading))
    }
    rounds = {id_: finder.columns(columns) for id_, columns in forms.rounds.items()}
    return Given(
        people={role: index for role, index in people.items() if index is not None},
        rounds=rounds,
        ranks=forms.ranks,
        ratings=forms.ratings,
    )


def find_given_people(table: Table, forms: Forms, faults: Faults) -> Given:
    """Find the columns of people that the program names; a list of participants may have some of them."""
    finder = _Finder(table, faults)
    named = {role: heading for role, heading in forms.people.items() if finder.has(heading)}
    found = {role: finder.column(heading) for role, heading in named.items()}
    return Given(people={role: index for role, index in found.items() if index is not None})


def _headings(forms: Forms) -> Iterable[str]:
    yield from forms.people.values()
    for columns in forms.rounds.values():
        if isinstance(columns, str):
            yield columns
        elif isinstance(columns, Mapping):
            yield from columns.values()
        else:
            yield from columns


class _Finder:
    """Finds columns by their headings; one that several columns have stands for them from left to right."""

    def __init__(self, table: Table, faults: Faults) -> None:
        self._table = table
        self._faults = faults
        self._left: dict[str, list[int]] = defaultdict(list)
        for index, heading in enumerate(table.records[0]):
            self._left[tidy(heading)].append(index)

    def has(self, heading: str) -> bool:
        return tidy(heading) in self._left

    def column(self, heading: str) -> int | None:
        left = self._left.get(tidy(heading))
        if left:
            return left.pop(0)
        message = f"no column {quote(heading)}, which forms in the program names"
        if left is not None:
            message += " once more"
        hint = self._table.source.did_you_mean(heading, self._table.records[0])
        self._faults.add(Fault.UNKNOWN_HEADING, self._table.row(0), message, hint)
        return None

    def columns(self, columns: Columns) -> RoundColumns:
        if isinstance(columns, str):
            index = self.column(columns)
            return ByRank(columns=()) if index is None else Ranking(column=index)
        if isinstance(columns, Mapping):
            by_code = {code: self.column(heading) for code, heading in columns.items()}
            return BySession(columns={code: index for code, index in by_code.items() if index is not None})
        found = map(self.column, columns)
        return ByRank(columns=tuple(index for index in found if index is not None))
