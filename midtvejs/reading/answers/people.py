"""What wishes and assignments have in common: a row a participant, a column a round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from midtvejs.domain.diagnostic import Faulty, Place, column_letters
from midtvejs.domain.formulas import restore
from midtvejs.domain.participants import Participant, Wishes, fold, fold_name, turn_round
from midtvejs.domain.program import Program
from midtvejs.domain.recognition import recognise_presenters
from midtvejs.domain.roles import Role, Written, roles_of
from midtvejs.reading.answers.texts import Texts, tidy_cell
from midtvejs.reading.codes import Fault
from midtvejs.reading.faults import MOST, Faults, Misread
from midtvejs.reading.files.source import quote
from midtvejs.reading.files.table import Table
from midtvejs.reading.forms.layout import Layout
from midtvejs.reading.forms.named import split_names
from midtvejs.reading.forms.words import NOBODY, role_of, tidy

MOST_LINES = 10
EVERYWHERE: frozenset[str] = frozenset()
"""The rounds that a participant is absent from who attends all of them."""


def is_kept(role: Role) -> bool:
    """Whether a file of our own may have the column, whatever it is a file of."""
    return role.optional and role.written in {Written.ALWAYS, Written.WHERE_USED}


@dataclass(frozen=True, kw_only=True)
class People:
    """A table of people while it is read. ``columns`` are those found, by ``name`` or a round's id."""

    table: Table
    program: Program
    faults: Faults
    columns: dict[str, int]
    records: dict[str, int] = field(default_factory=dict)
    """Which record a participant is, by their key."""
    turned: bool = False
    """Whether names are written "Last, First", for certain."""
    unread: tuple[int, ...] = ()
    """Columns that mean nothing here, but may tell people apart."""
    whole: bool = True
    """Whether everybody in the file can be told by name, as far as the table itself and its header go."""
    listed: People | None = None
    """Where those stand who have no row here, but are on a list of participants."""
    forms: bool = False
    """Whether a form wrote the table: then one thing wrong with an option is wrong in very many rows."""
    misreadings: dict[tuple[int, Fault, str], list[tuple[int, Misread]]] = field(default_factory=dict)
    """By column and by what is wrong, the records in which it is, and where in the cell."""
    repeated: list[tuple[int, int, Misread]] = field(default_factory=list)
    """Records and columns in which a list names a session again, whose code is the message."""

    @property
    def file(self) -> str:
        return self.table.source.file

    @cached_property
    def _texts(self) -> Texts:
        return Texts.of(self.table.records, self.columns, self.program.groups)

    def who(self, person: Participant) -> str:
        """Say who a participant is, and where."""
        if self.listed and person.key not in self.records:
            return self.listed.who(person)
        return f"{person.name} ({self.file}:{self.table.lines[self.records[person.key]]})"

    def place_of(self, person: Participant, column: str = "name") -> Place:
        """Return where a participant stands; the first cell of their row where there is no such column."""
        if self.listed and person.key not in self.records:
            return self.listed.place_of(person, column)
        return self.table.cell(self.records[person.key], self.columns.get(column, 0))

    def where(self, numbers: Sequence[int]) -> str:
        """Name the lines, or rows of a sheet, of some records, the first of them where they are many."""
        lines = [self.table.line(number) for number in numbers[:MOST_LINES]]
        word = self.table.line_word if len(numbers) == 1 else f"{self.table.line_word}s"
        return f"{word} {', '.join(lines)}{', ...' if len(numbers) > MOST_LINES else ''}"

    def rows(self) -> Iterator[tuple[int, list[str], bool]]:
        """Return each record's number and cells, and whether it is as long as the header."""
        width = len(self.table.records[0])
        if self._lacks_a_heading(width):
            return
        for number, cells in enumerate(islice(self.table.records, 1, None), start=1):
            if self.faults.full:
                return
            fits = len(cells) == width
            if not fits:
                self._misfit(number, len(cells), width)
            yield number, cells, fits

    def admit(
        self,
        number: int,
        wishes: tuple[Wishes, ...],
        *,
        absent: frozenset[str] = EVERYWHERE,
        step_free: bool = False,
    ) -> Participant | None:
        """Make a participant of a record; None where it names nobody, or a participant a second time."""
        person = self.person(number, wishes, absent=absent, step_free=step_free)
        if person is None:
            return None
        earlier = self.records.setdefault(person.key, number)
        if earlier != number:
            self.twice(number, earlier, person)
            return None
        return person

    def person(
        self,
        number: int,
        wishes: tuple[Wishes, ...],
        *,
        absent: frozenset[str] = EVERYWHERE,
        step_free: bool = False,
    ) -> Participant | None:
        """Make a participant of a record, who may have another one; None where it names nobody."""
        texts = self._texts
        name, email = texts.names[number], texts.emails[number]
        if email and "@" not in email and fold(email) in NOBODY:
            email = ""
        if texts.surnames is not None:
            name = f"{name} {texts.surnames[number]}".strip()
        elif self.turned and may_be_last_first(name):
            name = turn_round(name)
        if not (name or email):
            if self.columns.keys() & {"name", "email"}:  # else the header is at fault, which has been said
                place = self.table.cell(number, self.columns.get("name", 0))
                hint = "write into it who that is, or delete it"
                self.faults.add(Fault.NAMELESS, place, "row without name or email", hint)
            return None
        return Participant(
            name=name or email,
            email=email,
            **texts.about(number),
            wishes=wishes,
            absent=absent,
            step_free=step_free,
            # Lines of a cell stand for themselves.
            named=split_names(texts.named[number]) if texts.named is not None else (),
        )

    def recognise(self, people: Sequence[Participant]) -> tuple[Participant, ...]:
        """Fill in who presents what; unclear presenters are errors, absent ones a warning."""
        recognised = recognise_presenters(self.program, people)
        if "attends" in self.columns:
            self._presenting_elsewhere(recognised.participants)
        for unclear in recognised.unclear:
            places = [self.place_of(person) for person in unclear.participants]
            lines = " or ".join(str(place.line) for place in places)
            word = self.table.line_word
            self.faults.add(
                Fault.UNCLEAR_PRESENTER,
                places[0],
                f"{unclear.presenter.name} presents {unclear.code}, and may be the one in {word} {lines}",
                "give the presenter's email in program.yaml",
            )
        if recognised.absent and not self.faults.fatal:
            missing = ", ".join(f"{presenter.name} ({code})" for code, presenter in recognised.absent)
            count = len({fold_name(presenter.name) for _, presenter in recognised.absent})
            verb = "presenter did not sign up and is" if count == 1 else "presenters did not sign up and are"
            message = f"{count} {verb} not seated: {missing}"
            self.faults.add(Fault.ABSENT_PRESENTERS, self.table.row(0), message)
        return recognised.participants

    def _presenting_elsewhere(self, people: Iterable[Participant]) -> None:
        for person in people:
            for round_ in self.program.rounds if person.presents and person.absent else ():
                own = person.presents_in(round_)
                if own and not person.attends(round_):
                    self.faults.add(
                        Fault.PRESENTS_ELSEWHERE,
                        self.place_of(person, "attends"),
                        f"{person.name} presents {own}, but does not attend {round_.id}",
                        f"add {round_.id}, or take them from the presenters in the program",
                    )

    def text(self, cells: list[str], column: str) -> str:
        """Return what a record says in a column, tidied; nothing where it has none."""
        index = self.columns.get(column)
        return tidy_cell(cells[index]) if index is not None and index < len(cells) else ""

    def misread(self, number: int, column: int, fault: Misread) -> None:
        """Report what is wrong in a record's cell."""
        if self.forms:
            self.misreadings.setdefault((column, fault.code, fault.message), []).append((number, fault))
            if len(self.misreadings) >= MOST:
                self.tell_of_misreadings()
        else:
            place = self.table.within(number, column, fault.start, fault.end)
            self.faults.add(fault.code, place, fault.message, fault.hint)

    def tell_of_misreadings(self) -> None:
        """Report what is wrong in an option of a form once, however many chose it."""
        for (column, code, message), found in self.misreadings.items():
            (number, fault), others = found[0], len(found) - 1
            again = (
                f" (and in {others:,} more {self.table.line_word}{'s' if others > 1 else ''})"
                if others
                else ""
            )
            place = self.table.within(number, column, fault.start, fault.end)
            self.faults.add(code, place, message + again, fault.hint)
        self.misreadings.clear()

    def tell_of_repeated(self) -> None:
        """Warn once, for all lists, of sessions that are named again further down."""
        if not self.repeated:
            return
        cells = ", ".join(
            f"{fault.message} in {self._cell(number, column)}"
            for number, column, fault in self.repeated[:MOST_LINES]
        )
        more = ", ..." if len(self.repeated) > MOST_LINES else ""
        one = len(self.repeated) == 1
        named = "1 wish is" if one else f"{len(self.repeated):,} wishes are"
        message = f"{named} named again further down the list: {cells}{more}"
        number, column, fault = self.repeated[0]
        place = self.table.within(number, column, fault.start, fault.end)
        self.faults.add(Fault.REPEATED_WISH, place, message, "a session counts where it is named first")

    def _cell(self, number: int, column: int) -> str:
        """Name a cell as those who have the file before them find it."""
        place = self.table.cell(number, column)
        if place.sheet:
            return f"cell {column_letters(place.column)}{place.line}"
        return f"line {place.line}, column {quote(self.table.records[0][column].strip())}"

    def _lacks_a_heading(self, width: int) -> bool:
        """Report that every row has a cell more than the header, which then is at fault; whether it is."""
        records = self.table.records
        if len(records) <= 2 or not all(len(cells) > width for cells in islice(records, 1, None)):
            return False
        message = f"each row has more cells than the header, which has {width}"
        hint = f"write a heading above {self.table.column(width)}"
        if separator := self.table.separator:
            hint += f"; or, if a cell holds {quote(separator)}, put quotes around it"
        self.faults.add(Fault.LONG_ROW, self.table.cell(0, width), message, hint)
        return True

    def _misfit(self, number: int, length: int, width: int) -> None:
        place = self.table.cell(number, min(length, width))
        message = f"{length} cells, where the header has {width}"
        separator = self.table.separator
        if length < width:
            hint = "an empty cell still needs its delimiter"
            self.faults.add(Fault.SHORT_ROW, place, message, hint)
        else:
            hint = f"a cell that holds {quote(separator)} needs quotes around it" if separator else ""
            self.faults.add(Fault.LONG_ROW, place, message, hint)

    def twice(self, number: int, earlier: int, person: Participant) -> None:
        """Report that a participant has a second row."""
        line, word = self.table.line(earlier), self.table.line_word
        column = "email" if person.email else "name"
        self.faults.add(
            Fault.SAME_PERSON,
            self.table.cell(number, self.columns.get(column, 0)),
            f"{quote(person.name)} has a row already, in {word} {line} (the same {column})",
            f"keep one of the {word}s {line} and {self.table.line(number)}",
        )


def form_people(
    table: Table, program: Program, layout: Layout, faults: Faults, listed: People | None = None
) -> People:
    """Take a table that a form wrote as its layout says."""
    if len(table.records) == 1 and not faults.fatal:
        lacking = "nobody has answered yet" if layout.rounds else "no participants"
        faults.add(Fault.NO_PARTICIPANTS, table.row(0), f"{lacking}: nothing follows the header")
    return People(
        table=table,
        program=program,
        faults=faults,
        columns=dict(layout.people),
        unread=(*layout.unread, *layout.accounts),
        whole=not faults.fatal,
        listed=listed,
        forms=True,
    )


def people_of(
    table: Table,
    program: Program,
    required: Iterable[str],
    optional: Iterable[str] = (),
    listed: People | None = None,
) -> People:
    """Find the columns of a table: those that all tables of people have, and others by heading.

    Raises:
        Faulty: there is nothing in it that could be read.
    """
    if not table.records:
        raise Faulty(table.source.diagnostics)
    faults = Faults(table.source)
    if len(table.records) == 1 and not faults.fatal:
        faults.add(Fault.NO_PARTICIPANTS, table.row(0), "no participants: nothing follows the header")
    kept = [role.name for role in roles_of(program) if is_kept(role)]
    columns = _columns(table, ("name", *required), (*kept, *optional), program, faults)
    return People(
        table=table,
        program=program,
        faults=faults,
        columns=columns,
        unread=tuple(index for index in range(len(table.records[0])) if index not in columns.values()),
        whole=not faults.fatal,
        listed=listed,
    )


def _columns(
    table: Table,
    required: Sequence[str],
    optional: Sequence[str],
    program: Program,
    faults: Faults,
) -> dict[str, int]:
    """Find columns by their headings."""
    covers = {
        block.id: ", ".join(round_.id for round_ in program.rounds_in(block)) for block in program.lists
    }
    headings = {fold(heading): heading for heading in (*required, *optional)}
    columns: dict[str, int] = {}
    strange: list[int] = []
    for index, cell in enumerate(table.records[0]):
        heading = headings.get(fold(restore(cell)))
        if heading is None:
            strange.append(index)
        elif heading in columns:
            faults.add(Fault.DOUBLED_COLUMN, table.cell(0, index), f"a second column {quote(heading)}")
        else:
            columns[heading] = index
    groups, more = program.groups, ("name", *optional)
    strange = [index for index in strange if not _take_synonym(table, index, more, columns, groups)]
    free = [heading for heading in headings.values() if heading not in columns]
    _warn_of_strange(table, strange, free, faults)
    for heading in required:
        if heading not in columns:
            hint = f"the columns are {', '.join(headings.values())}"
            if heading in covers:
                hint = f"it has one list for {covers[heading]}; {hint}"
            faults.add(Fault.MISSING_COLUMN, table.row(0), f"no column {quote(heading)}", hint)
    return columns


def _take_synonym(
    table: Table, index: int, optional: Iterable[str], columns: dict[str, int], groups: Sequence[str]
) -> bool:
    """Take a column that has another word for one that is still missing; whether it has."""
    role = role_of(tidy(table.records[0][index]), groups)
    if role is None or role[0] not in optional or role[0] in columns:
        return False
    columns[role[0]] = index
    return True


def _warn_of_strange(table: Table, strange: list[int], free: list[str], faults: Faults) -> None:
    for index in (each for each in strange if each not in table.made):
        heading = table.records[0][index].strip()
        message = f"unknown column {quote(heading)} is not read" if heading else "a column without a heading"
        hint = table.source.did_you_mean(heading, free)
        faults.add(Fault.UNKNOWN_COLUMN, table.cell(0, index), message, hint)


AFTER_NAMES = frozenset({"jr", "jnr", "sr", "snr", "ii", "iii", "iv", "phd", "md", "dr", "esq", "mba", "msc"})
"""What may stand behind a comma, and is no first name."""


def may_be_last_first(name: str) -> bool:
    """Whether a name may be written "Last, First": it has one comma, and behind it what may be a name."""
    last, _, first = name.partition(",")
    parts = (last.strip(), first.strip())
    return (
        all(part and not any(map(str.isdigit, part)) and "@" not in part for part in parts)
        and "," not in first
        and first.replace(".", "").strip().casefold() not in AFTER_NAMES
    )
