"""Tables with a row for each participant and round: put together, a row a participant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from midtvejs.domain.diagnostic import Diagnostic, Place, Severity
from midtvejs.domain.participants import fold
from midtvejs.domain.program import Program
from midtvejs.domain.roles import ATTENDS, TIMESTAMP
from midtvejs.reading.codes import Fault
from midtvejs.reading.faults import Faults
from midtvejs.reading.files.source import Source, quote
from midtvejs.reading.files.table import Table, distinct
from midtvejs.reading.forms.direction import bare_number
from midtvejs.reading.forms.headings import Heading, Headings
from midtvejs.reading.forms.options import DayOptions
from midtvejs.reading.forms.products import COLUMNS
from midtvejs.reading.forms.recognise import Given, recognise_people
from midtvejs.reading.forms.suggest import find_given_people
from midtvejs.reading.forms.words import ROUNDS, role_of, tidy

MOST_ROUNDS = 100
"""Different texts below a heading that names rounds."""
WORD = re.compile(r"[^\W\d_]+")
NUMBER_BEHIND = re.compile(r".*?([1-9][0-9]?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class LongTable(Table):
    """``origins`` are the records of ``base`` that each record is made of, by block; None is the first.

    ``columns`` are where each column comes from: a block and a column, or None and a column.
    """

    base: Table
    columns: tuple[tuple[str | None, int], ...]
    origins: list[Mapping[str | None, int]] = field(default_factory=list)

    @property
    def separator(self) -> str:
        return self.base.separator

    @property
    def sheet(self) -> str:
        return self.base.sheet

    @property
    def line_word(self) -> str:
        return self.base.line_word

    def line(self, record: int) -> str:
        return self.base.line(self.origins[record][None])

    def may_show(self, pattern: re.Pattern[str]) -> bool:
        return self.base.may_show(pattern)

    def row(self, record: int) -> Place:
        return self.base.row(self.origins[record][None])

    def cell(self, record: int, column: int) -> Place:
        return self.base.cell(*self._origin(record, column))

    def within(self, record: int, column: int, start: int, end: int) -> Place:
        return self.base.within(*self._origin(record, column), start, end)

    def _origin(self, record: int, column: int) -> tuple[int, int]:
        block, own = self.columns[column]
        origins = self.origins[record]
        return origins.get(block, origins[None]), own


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """The column that says which round a row is about: the block by what stands in its cells."""

    column: int
    blocks: Mapping[str, str]

    def block(self, record: Sequence[str]) -> str | None:
        return self.blocks.get(record[self.column]) if self.column < len(record) else None


def put_rows_together(table: Table, program: Program) -> tuple[Table | None, Diagnostic] | None:
    """Return a table with a row a participant, and what is told of that; or no table, and why not.

    None where it has no row for each participant and round.
    """
    options = DayOptions(program)
    headings = Headings(program, options)
    rounds = find_rounds(table, program, headings, options)
    if rounds is None:
        return None
    read = [each for each in headings.all(table.records[0]) if each.index != rounds.column]
    rows = _rows(table, program, rounds)
    if all(len(own) == 1 for own in rows) or any(each.round_id for each in read):
        return None
    place, heading = table.cell(0, rounds.column), quote(table.records[0][rounds.column].strip())
    columns = _columns(table, program, read, options, rounds)
    if told := told_of_two(table, rounds.column, rows) or told_of_difference(table, columns, rows):
        return None, told
    if not columns:
        message = f"a row for each participant and round, which {heading} names, cannot be read here"
        hint = "give each participant one row, and each round columns of its own"
        return None, Fault.ROW_A_ROUND.diagnostic(place, message, hint)
    message = f"the rows of each participant, one for each round under {heading}, are read as one"
    told = Fault.ROW_A_ROUND.diagnostic(place, message, severity=Severity.WARNING)
    return built(table, columns, rows), told


Rows = Sequence[Sequence[tuple[str, int]]]
"""Of each participant, the rounds, or sessions, and the records that are about them."""


def _rows(table: Table, program: Program, rounds: Rounds) -> Rows:
    """Return the rows of each participant; none at all where one of them says no round, or not of whom."""
    name_of = names_by_record(table, program)
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for number, record in enumerate(table.records[1:], start=1):
        block = rounds.block(record)
        key = name_of(record)
        if not key or block is None:
            return []
        found[key].append((block, number))
    return list(found.values())


def names_by_record(table: Table, program: Program) -> Callable[[Sequence[str]], str]:
    """Return what says by what the participant of a record is known."""
    # What forms: names and this table does not have is told where its columns are read.
    unheard = Faults(Source(table.source.file, ""))
    given = find_given_people(table, program.forms, unheard) if program.forms else Given()
    people = recognise_people(table, program, given).people
    who = [people[role] for role in ("name", "surname", "email") if role in people]
    return lambda record: _key(record, people.get("email"), who)


def find_rounds(table: Table, program: Program, headings: Headings, options: DayOptions) -> Rounds | None:
    """Return the one column all of whose cells name rounds, of which there are several."""
    if len(table.records) <= 2 or len(program.blocks) < 2:
        return None
    found = []
    for column, heading in enumerate(table.records[0]):
        role = role_of(tidy(heading))
        if (role and role[0] != ATTENDS.name) or column >= len(table.records[1]):
            continue
        numbered = bool(ROUNDS & set(WORD.findall(tidy(heading))))
        if not _block_of(table.records[1][column], program, headings, options, numbered=numbered):
            continue
        cells = distinct(table, [column])
        if len(cells) > MOST_ROUNDS:
            continue
        blocks = {cell: _block_of(cell, program, headings, options, numbered=numbered) for cell in cells}
        known = {cell: block for cell, block in blocks.items() if block}
        if len(known) == len(blocks) and len(set(known.values())) > 1:
            found.append(Rounds(column=column, blocks=known))
    return found[0] if len(found) == 1 else None


def _block_of(
    cell: str, program: Program, headings: Headings, options: DayOptions, *, numbered: bool
) -> str | None:
    """Return the block that a cell names; by its number, too, where ``numbered`` and each round is alone."""
    if not cell.strip() or options.rounds_of(cell):
        return None
    if named := headings.round_named(cell.strip()):
        return named
    number = bare_number(fold(cell)) if numbered and not program.lists else None
    return program.blocks[number - 1].id if number and number <= len(program.blocks) else None


def _key(record: Sequence[str], email: int | None, who: Sequence[int]) -> str:
    """Return by what a participant is known: the email, or the name where there is none."""
    address = fold(record[email]) if email is not None and email < len(record) else ""
    return address if "@" in address else fold(" ".join(record[at] for at in who if at < len(record)))


Columns = list[tuple[str, str | None, int]]
"""Each column's heading, its block or None, and where it stands."""


def _columns(
    table: Table, program: Program, read: Sequence[Heading], options: DayOptions, rounds: Rounds
) -> Columns:
    """Return the columns of the table that is to be made; none where it is not clear how wishes stand."""
    wishes = [each for each in read if _is_wished_below(table, each, options, rounds)]
    beside: Columns = [(each.text, None, each.index) for each in read if each not in wishes]
    made = [_made(block.id, wishes, options) for block in program.blocks]
    return [*beside, *(column for each in made for column in each)] if wishes and all(made) else []


def _is_wished_below(table: Table, heading: Heading, options: DayOptions, rounds: Rounds) -> bool:
    """Whether a heading names a session or a rank, or most cells below it name sessions of their round."""
    if heading.label or heading.rank:
        return True
    if role_of(heading.key):
        return False
    told = {
        (block, record[heading.index])
        for record in table.records[1:]
        if (block := rounds.block(record)) and heading.index < len(record) and record[heading.index].strip()
    }
    fitting = sum(bool(options.rounds[block].rankings(cell)) for block, cell in sorted(told)[:MOST_ROUNDS])
    return 2 * fitting > min(len(told), MOST_ROUNDS)


def _made(block: str, wishes: Sequence[Heading], options: DayOptions) -> Columns:
    """Return the columns of a block: one, or one a rank, or one a session; none where that is not clear."""
    if all(each.label for each in wishes):
        code = options.rounds[block].code
        return [(f"{block} [{each.label}]", block, each.index) for each in wishes if code(each.label)]
    if len(wishes) == 1:
        return [(block, block, wishes[0].index)]
    ranks = [each.rank or _number_behind(each.key) for each in wishes]
    if sorted(ranks) != list(range(1, len(ranks) + 1)):
        return []
    return [(f"{block} {rank}", block, each.index) for rank, each in zip(ranks, wishes, strict=True)]


def _number_behind(heading: str) -> int:
    found = NUMBER_BEHIND.fullmatch(heading)
    return int(found[1]) if found else 0


def built(table: Table, columns: Columns, rows: Rows) -> LongTable:
    made = LongTable(
        source=table.source,
        base=table,
        columns=tuple((block, index) for _, block, index in columns),
        origins=[{None: 0}, *({None: own[0][1], **dict(own)} for own in rows)],
    )
    made.records.append([heading for heading, _, _ in columns])
    made.lines.append(table.lines[0])
    for own in rows:
        made.records.append(list(_cells(table, columns, own)))
        made.lines.append(table.lines[own[0][1]])
    return made


def _cells(table: Table, columns: Columns, own: Sequence[tuple[str, int]]) -> Iterator[str]:
    for _, block, index in columns:
        numbers = [number for named, number in own if block in {None, named}]
        yield next(iter(_said(table, index, numbers)), "")


def _says_when(heading: str) -> bool:
    role = role_of(tidy(heading))
    return role is not None and role[0] == TIMESTAMP.name


def _said(table: Table, column: int, numbers: Iterable[int]) -> list[str]:
    """Return what these records say in a column, without those that say nothing."""
    records = (table.records[number] for number in numbers)
    return [record[column] for record in records if column < len(record) and record[column].strip()]


def told_of_difference(table: Table, columns: Columns, rows: Rows) -> Diagnostic | None:
    """Say where rows that count as one participant's differ, and so may be of two; None where nowhere."""
    beside = [
        (heading, index)
        for heading, block, index in columns
        if block is None and tidy(heading) not in COLUMNS and not _says_when(heading)
    ]
    for own in rows:
        numbers = [number for _, number in own]
        for heading, index in beside if len(numbers) > 1 else ():
            if len({fold(each) for each in _said(table, index, numbers)}) > 1:
                lines = " and ".join(map(table.line, numbers))
                message = (
                    f"{table.line_word}s {lines} seem to be of one participant, "
                    f"and differ in {quote(heading.strip())}"
                )
                hint = "write the same in them; or tell two people apart by an email, or by longer names"
                return Fault.ROW_A_ROUND.diagnostic(table.cell(numbers[1], index), message, hint)
    return None


def told_of_two(table: Table, column: int, rows: Rows) -> Diagnostic | None:
    """Say where a participant has two rows for one round or session; None where nowhere."""
    for own in rows:
        seen: dict[str, int] = {}
        for block, number in own:
            earlier = seen.setdefault(block, number)
            if earlier != number:
                first, second = map(table.line, (earlier, number))
                message = (
                    f"{table.line_word}s {first} and {second} are of one participant, and both for {block}"
                )
                hint = f"keep one of {first} and {second}"
                return Fault.ROW_A_ROUND.diagnostic(table.cell(number, column), message, hint)
    return None
