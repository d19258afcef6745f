"""An assignment from the file that ``assign --save`` wrote, CSV or a workbook, edited by hand or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.diagnostic import Diagnostic, Faulty, Place, Severity
from midtvejs.domain.participants import NO_WISHES, Participant
from midtvejs.domain.program import Program, Round
from midtvejs.domain.roles import ATTENDS
from midtvejs.domain.seated import Day
from midtvejs.domain.wording import quantity, typed
from midtvejs.reading.answers.decisions import match_decisions
from midtvejs.reading.answers.mixed_up import refuse_wishes
from midtvejs.reading.answers.needs import NO_NEEDS, Needs
from midtvejs.reading.answers.people import People, people_of
from midtvejs.reading.answers.preferences import Preferences
from midtvejs.reading.answers.seats_table import read_seats
from midtvejs.reading.answers.spelling import settle_groups
from midtvejs.reading.answers.wishes import WISH, SessionCodes
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote

MOST_EDITED = 2
"""So many rows may have several sessions in a cell by a slip of the hand, however few rows there are."""


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
        """Return where the header is."""
        return self._row(0)

    def row(self, key: str) -> Place:
        """Return where a participant's row is."""
        return self._row(self.people.records[key])

    def cell(self, key: str, round_id: str) -> Place:
        """Return where a participant's session in a round is."""
        return self.people.table.cell(self.people.records[key], self.people.columns[round_id])

    def heading(self, round_id: str) -> Place:
        """Return where a round's column begins; the header where there is none."""
        column = self.people.columns.get(round_id)
        return self.top if column is None else self.people.table.cell(0, column)

    def _row(self, record: int) -> Place:
        return self.people.table.row(record)


def read_assignment(path: Path, program: Program, signed_up: Preferences | None = None) -> SavedAssignment:
    """Read who is where. Those who ``signed_up`` keep the wishes and the sessions they present there.

    Raises:
        Faulty: the file is empty that could be read, or it is no assignment.
        OSError: the file cannot be read at all.
    """
    table = read_seats(path, program)
    refuse_wishes(table, program)
    whole = not table.source.faulty
    people = people_of(table, program, [round_.id for round_ in program.rounds])
    refuse_other_files(people)
    days: dict[str, Day] = {}
    known = {person.key: person for person in signed_up.participants} if signed_up else {}
    seated = tuple(_read_participants(people, known, days))
    if signed_up is None:
        seated = tuple(settle_groups(people, list(seated)))
        # Anyone who edits a list by hand may leave people out.
        participants = match_decisions(people, people.recognise(seated), unknown=Severity.WARNING)
    else:
        participants = seated
    return SavedAssignment(
        assignment=Assignment(program=program, participants=participants, days=days),
        diagnostics=people.faults.diagnostics,
        whole=whole and not people.faults.full,
        people=people,
    )


def refuse_other_files(people: People) -> None:
    """Say once that a file is of wishes, or of anything else, and not again and again in each of its rows.

    Raises:
        Faulty: it has none of the columns, or most of its rows rank several sessions of a round.
    """
    if not people.columns:
        raise Faulty(people.faults.diagnostics)
    program, records = people.program, people.table.records[1:]
    columns = [people.columns[round_.id] for round_ in program.rounds if round_.id in people.columns]
    ranking = sum(
        any(len(WISH.findall(cell)) > 1 for column in columns for cell in cells[column : column + 1])
        for cells in records
    )
    if ranking > MOST_EDITED and 2 * ranking > len(records):
        message = f"these are wishes: {ranking} of {quantity(len(records), 'row')} rank several sessions"
        file = typed([people.file])
        hint = f"seat everybody first, and give what that saves: midtvejs assign {file} --save assignment.csv"
        raise Faulty([Fault.SEVERAL_SESSIONS.diagnostic(people.table.row(0), message, hint)])


def _read_participants(
    people: People, known: Mapping[str, Participant], days: dict[str, Day]
) -> Iterator[Participant]:
    """Return everybody who has a row, as they are ``known`` or else as it says, and fill in their days."""
    columns = [SessionColumn(people, round_) for round_ in people.program.rounds]
    nowhere, nothing = ("",) * len(columns), (NO_WISHES,) * len(people.program.blocks)
    needs = Needs(people)
    told = needs.told
    for number, cells, fits in people.rows():
        absent, step_free = needs.of(number, cells) if told else NO_NEEDS
        person = people.admit(number, nothing, absent=absent, step_free=step_free)
        if person and person.key in known:
            person = known[person.key]
            absent = person.absent
        day = tuple(column.code(number, cells, absent) for column in columns) if fits else nowhere
        if person:
            days[person.key] = day
            yield person
    for column in columns:
        column.tell_of_cancelled()


class SessionColumn:
    """Where everybody is in one round."""

    def __init__(self, people: People, round_: Round) -> None:
        self._people = people
        self._round = round_
        self._index = people.columns.get(round_.id)
        source, program = people.table.source, people.program
        self._codes = SessionCodes(source, program, round_.id, round_.sessions)
        self._cancelled = SessionCodes(source, program, round_.id, round_.cancelled)
        self._in_cancelled: dict[str, list[int]] = {}

    def code(self, number: int, cells: list[str], absent: AbstractSet[str]) -> str:
        """Return the code of a record's session.

        It is empty where they are ``absent`` from the round, and where the cell does not name exactly one.
        """
        if self._index is None:
            return ""
        text = cells[self._index].strip()
        if self._round.id in absent:
            if text:
                self._not_attended(number, self._index, text)
            return ""
        code = self._codes.code_of(text)
        if code is None and (cancelled := self._cancelled.code_of(text)):
            self._in_cancelled.setdefault(cancelled, []).append(number)
        elif code is None:
            self._complain(number, self._index, text)
        return code or ""

    def tell_of_cancelled(self) -> None:
        """Report each session that is cancelled once, at the first of those who are still in it."""
        people, file = self._people, typed([self._people.file])
        for code, numbers in self._in_cancelled.items():
            place = people.table.cell(numbers[0], self._index or 0)
            count = quantity(len(numbers), "participant")
            verb = "is" if len(numbers) == 1 else "are"
            message = f"{code} is cancelled in {self._round.id}, and {count} {verb} in it"
            seat = f"seat them anew, and move few others: midtvejs assign PREFS --keep {file}"
            people.faults.add(Fault.CANCELLED_SESSION, place, message, f"{people.where(numbers)}; {seat}")

    def _not_attended(self, number: int, index: int, text: str) -> None:
        message = f"{quote(text)} in {self._round.id}, which this participant does not attend"
        place = self._people.table.cell(number, index)
        self._people.faults.add(Fault.NOT_ATTENDED, place, message, "leave the cell empty")

    def _complain(self, number: int, index: int, text: str) -> None:
        wishes = self._codes.parts(text) or WISH.findall(text)
        if not wishes:
            code, message = Fault.NO_SESSION, f"no session in {self._round.id}"
            hint = f"everybody attends one, unless a column {ATTENDS.name} leaves {self._round.id} out"
        elif len(wishes) > 1:
            message = f"{len(wishes)} sessions in {self._round.id}"
            code, hint = Fault.SEVERAL_SESSIONS, "nobody attends more than one at a time"
        else:
            code, message, hint = self._codes.complaint(wishes[0])
        self._people.faults.add(code, self._people.table.cell(number, index), message, hint)
