"""The columns that program.yaml names, found in a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from midtvejs.domain.forms import Columns, Forms
from midtvejs.reading.codes import Fault
from midtvejs.reading.faults import Faults
from midtvejs.reading.forms.layout import ByRank, BySession, Ranking, RoundColumns
from midtvejs.reading.forms.recognise import Given
from midtvejs.reading.forms.words import tidied
from midtvejs.reading.source import quoted
from midtvejs.reading.table import Table


def given_in(table: Table, forms: Forms, faults: Faults) -> Given:
    """Find what the program names; headings that are not there are faults.

    Nothing is given where the table has none of them: the program means another file.
    """
    finder = _Finder(table, faults)
    headings = list(_headings(forms))
    if headings and not any(map(finder.has, headings)):
        return Given()
    people = {role: finder.column(heading) for role, heading in forms.people.items()}
    rounds = {id_: finder.columns(columns) for id_, columns in forms.rounds.items()}
    return Given(
        people={role: index for role, index in people.items() if index is not None},
        rounds=rounds,
        ranks=forms.ranks,
    )


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
            self._left[tidied(heading)].append(index)

    def has(self, heading: str) -> bool:
        return tidied(heading) in self._left

    def column(self, heading: str) -> int | None:
        left = self._left.get(tidied(heading))
        if left:
            return left.pop(0)
        message = f"no column {quoted(heading)}, which forms in the program names"
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
