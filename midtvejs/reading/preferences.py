"""Wishes from a CSV file of our own shape: ``name,email,organisation`` and a column of wishes a round.

A column ``timestamp`` may say when somebody signed up, ``step_free`` whether they need a way without steps,
and ``attends`` which rounds they attend.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from midtvejs.domain.diagnostic import Faulty, Read
from midtvejs.domain.participants import NO_WISHES, Participant, Wishes
from midtvejs.domain.program import Program, Round
from midtvejs.domain.provenance import ColumnUse, Provenance
from midtvejs.reading.decided import decided
from midtvejs.reading.faults import Misread
from midtvejs.reading.needs import ATTENDS, NO_NEEDS, Needs
from midtvejs.reading.people import People, people_of
from midtvejs.reading.people_faults import Fault
from midtvejs.reading.session_codes import SessionCodes
from midtvejs.reading.tables import read_table
from midtvejs.reading.timestamps import TIMESTAMP, TimestampColumn

WISH = re.compile(r"[^>;,\s](?:[^>;,]*[^>;,\s])?")
"""What stands between ``>``, ``;`` and ``,``, without the white space around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """Everybody who signed up, in the order of the rows; by their key the line in which they did, and when.

    ``signed_up`` has no entry for those of whom the file does not say when.
    """

    participants: tuple[Participant, ...]
    lines: Mapping[str, int]
    signed_up: Mapping[str, dt.datetime] = field(default_factory=dict)
    provenance: Provenance = field(default_factory=lambda: Provenance(file=""))


def read_preferences(path: Path, program: Program) -> Read[tuple[Participant, ...]]:
    """Read who signed up and what they wish for; presenters are recognised.

    Raises:
        OSError: the file cannot be read at all.
    """
    read = read_preferences_with_lines(path, program)
    participants = None if read.value is None else read.value.participants
    return Read(value=participants, diagnostics=read.diagnostics)


def read_preferences_with_lines(path: Path, program: Program) -> Read[Preferences]:
    """As ``read_preferences``, for whoever has to know the line of a participant, or when they signed up."""
    table = read_table(path)
    try:
        people = people_of(table, program, [TIMESTAMP])
    except Faulty as faulty:
        return Read(value=None, diagnostics=faulty.diagnostics)
    timestamps = TimestampColumn(people)
    participants = decided(people, people.recognise(_participants(people, timestamps)))
    lines = {key: table.lines[number] for key, number in people.records.items()}
    signed_up = timestamps.moments
    preferences = Preferences(
        participants=participants, lines=lines, signed_up=signed_up, provenance=_provenance(people)
    )
    return people.faults.read(preferences)


def _provenance(people: People) -> Provenance:
    uses = {index: use for use, index in people.columns.items()}
    header, *rows = people.table.records
    return Provenance(
        file=people.file,
        columns=tuple(
            ColumnUse(number=index + 1, heading=heading, use=uses.get(index, ""))
            for index, heading in enumerate(header)
        ),
        rows=len(rows),
    )


def _participants(people: People, timestamps: TimestampColumn) -> list[Participant]:
    columns = [WishColumn(people, round_) for round_ in people.program.rounds]
    nothing = (NO_WISHES,) * len(columns)
    participants = []
    needs = Needs(people)
    told, timed = needs.told, TIMESTAMP in people.columns
    for number, cells, fits in people.rows():
        wishes = tuple([column.wishes(number, cells) for column in columns]) if fits else nothing
        absent, step_free = needs.of(number, cells) if told else NO_NEEDS
        if absent:
            wishes = tuple(
                column.unless_in(absent, number, each) for column, each in zip(columns, wishes, strict=True)
            )
        if person := people.admit(number, cells, wishes, absent=absent, step_free=step_free):
            participants.append(person)
            if timed:
                timestamps.read(number, cells, person.key)
    return participants


class WishColumn:
    """The wishes of one round. What many wish for in the same words is read once, and shared."""

    def __init__(self, people: People, round_: Round) -> None:
        self._people = people
        self._round_id = round_.id
        self._index = people.columns.get(round_.id)
        self._codes = SessionCodes(people.table.source, people.program, round_)
        self._read: dict[str, tuple[Wishes, list[Misread]]] = {}

    def wishes(self, number: int, cells: list[str]) -> Wishes:
        """Give the wishes of a record, as far as they can be read."""
        if self._index is None:
            return NO_WISHES
        cell = cells[self._index]
        known = self._read.get(cell)
        if known is None:
            known = self._read[cell] = self._parsed(cell)
        wishes, faults = known
        if faults:
            self._people.misread(number, self._index, faults)
        return wishes

    def unless_in(self, absent: AbstractSet[str], number: int, wishes: Wishes) -> Wishes:
        """Give the wishes of a record, or none where its round is among the ``absent`` ones."""
        if self._round_id not in absent:
            return wishes
        if wishes.codes and self._index is not None:
            place = self._people.table.cell(number, self._index)
            message = f"wishes in {self._round_id}, which is not attended, count for nothing"
            hint = f"leave the cell empty, or name {self._round_id} under {ATTENDS}"
            self._people.faults.warn(Fault.IDLE_WISHES, place, message, hint)
        return NO_WISHES

    def _parsed(self, cell: str) -> tuple[Wishes, list[Misread]]:
        codes: list[str] = []
        faults: list[Misread] = []
        for wish in WISH.finditer(cell):
            code = self._codes.known(wish[0])
            if code is None:
                kind, message, hint = self._codes.complaint(wish[0])
            elif code in codes:
                kind, message, hint = (
                    Fault.DOUBLED_CODE,
                    f"{code} is wished for twice",
                    "name each session once",
                )
            else:
                codes.append(code)
                continue
            faults.append(Misread(start=wish.start(), end=wish.end(), code=kind, message=message, hint=hint))
        return Wishes(tuple(codes)) if codes else NO_WISHES, faults
