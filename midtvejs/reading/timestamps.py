"""When people signed up: the optional column ``timestamp`` of the wishes, in ISO 8601."""

from __future__ import annotations

import datetime as dt

from midtvejs.reading.people import People
from midtvejs.reading.people_faults import Fault
from midtvejs.reading.source import quoted

TIMESTAMP = "timestamp"
EXAMPLES = "write, for example, 2018-01-05 or 2018-01-05 14:30:00"


class TimestampColumn:
    """Moments as the cells have them. A date alone means its midnight; an empty cell means that nobody knows.

    Moments with a time zone cannot be told earlier or later than those without: the first one decides which
    kind the file has.
    """

    def __init__(self, people: People) -> None:
        self._people = people
        self._first: tuple[dt.datetime, int] | None = None

    def of(self, number: int, cells: list[str]) -> dt.datetime | None:
        """Give the moment at which the person of a record signed up, or say why it cannot be read."""
        text = self._people.text(cells, TIMESTAMP)
        if not text:
            return None
        try:
            moment = dt.datetime.fromisoformat(text)
        except ValueError:
            message = f"{quoted(text)} is no date, or date and time, of ISO 8601"
            self._complain(Fault.NOT_A_MOMENT, number, message, EXAMPLES)
            return None
        first, line = self._first = self._first or (moment, self._people.table.lines[number])
        if (moment.tzinfo is None) is not (first.tzinfo is None):
            kinds = ("a time zone", "none") if moment.tzinfo else ("no time zone", "one")
            message = f"{quoted(text)} has {kinds[0]}, the timestamp in line {line} has {kinds[1]}"
            hint = "give all of them a time zone, or none: which is the earlier cannot be told"
            self._complain(Fault.MIXED_ZONES, number, message, hint)
        return moment

    def finished(self, cells: list[str]) -> bool:
        """Whether an answer was handed in: nobody fills in our own form by halves."""
        del cells
        return True

    def tell(self) -> None:
        """Report nothing more: each moment that could not be read has been told of."""

    def _complain(self, fault: Fault, number: int, message: str, hint: str) -> None:
        place = self._people.table.cell(number, self._people.columns[TIMESTAMP])
        self._people.faults.add(fault, place, message, hint)
