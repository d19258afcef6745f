"""An assignment from the file that ``assign --save`` wrote, edited by hand or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from midtvejs.domain.assignment import Assignment, Day
from midtvejs.domain.diagnostic import Diagnostic, Place
from midtvejs.domain.participants import NO_WISHES, Participant
from midtvejs.domain.program import Program, Round
from midtvejs.reading.people import People, people_of
from midtvejs.reading.people_faults import Fault
from midtvejs.reading.preferences import WISH, Preferences
from midtvejs.reading.session_codes import SessionCodes
from midtvejs.reading.table import read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAssignment:
    """An assignment as its file has it, faults and all, and the places in that file.

    Where a cell is faulty the day has an empty code. ``whole`` says that every row was read.
    """

    assignment: Assignment
    diagnostics: tuple[Diagnostic, ...]
    whole: bool
    people: People

    @property
    def top(self) -> Place:
        """Give where the header is."""
        return self._row(0)

    def row(self, key: str) -> Place:
        """Give where a participant's row is."""
        return self._row(self.people.records[key])

    def cell(self, key: str, round_id: str) -> Place:
        """Give where a participant's session in a round is."""
        table = self.people.table
        span = table.cell(self.people.records[key], self.people.columns[round_id])
        return table.source.place(span)

    def _row(self, record: int) -> Place:
        table = self.people.table
        return table.source.place(table.row(record))


def read_assignment(path: Path, program: Program, signed_up: Preferences | None = None) -> SavedAssignment:
    """Read who is where. Those who ``signed_up`` keep the wishes and the sessions they present there.

    Raises:
        Faulty: there is nothing in the file that could be read.
        OSError: the file cannot be read at all.
    """
    table = read_table(path)
    whole = not table.source.faulty
    people = people_of(table, program)
    days: dict[str, Day] = {}
    seated = list(_seated(people, days))
    if signed_up is None:
        participants = people.recognise(seated)
    else:
        known = {person.key: person for person in signed_up.participants}
        participants = tuple(known.get(person.key, person) for person in seated)
    return SavedAssignment(
        assignment=Assignment(program=program, participants=participants, days=days),
        diagnostics=people.faults.diagnostics,
        whole=whole and not people.faults.full,
        people=people,
    )


def _seated(people: People, days: dict[str, Day]) -> Iterator[Participant]:
    """Give everybody who has a row, and fill in their days."""
    columns = [SessionColumn(people, round_) for round_ in people.program.rounds]
    nowhere = ("",) * len(columns)
    for number, cells, fits in people.rows():
        day = tuple(column.code(number, cells) for column in columns) if fits else nowhere
        if person := people.admit(number, cells, (NO_WISHES,) * len(columns)):
            days[person.key] = day
            yield person


class SessionColumn:
    """Where everybody is in one round."""

    def __init__(self, people: People, round_: Round) -> None:
        self._people = people
        self._round = round_
        self._index = people.columns.get(round_.id)
        self._codes = SessionCodes(people.table.source, people.program, round_)

    def code(self, number: int, cells: list[str]) -> str:
        """Give the code of a record's session, empty where the cell does not name exactly one."""
        if self._index is None:
            return ""
        text = cells[self._index].strip()
        code = self._codes.known(text)
        if code is None:
            self._complain(number, self._index, text)
        return code or ""

    def _complain(self, number: int, index: int, text: str) -> None:
        wishes = WISH.findall(text)
        if not wishes:
            code, message, hint = Fault.NO_SESSION, f"no session in {self._round.id}", "everybody attends one"
        elif len(wishes) > 1:
            message = f"{len(wishes)} sessions in {self._round.id}"
            code, hint = Fault.SEVERAL_SESSIONS, "nobody attends more than one at a time"
        else:
            code, message, hint = self._codes.complaint(wishes[0])
        self._people.faults.add(code, self._people.table.cell(number, index), message, hint)
