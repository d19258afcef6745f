"""Leave out what is no answer: rows of nobody (blank ones, totals), and wishes for what is cancelled.

Cells whose formula has no result are reported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.roles import Holds, names_of
from midtvejs.domain.wording import listing
from midtvejs.domain.words import words_in_each_language
from midtvejs.reading.answers.people import People
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.records import Records
from midtvejs.reading.files.source import quote
from midtvejs.reading.files.table import distinct
from midtvejs.reading.files.workbook_xml import NOT_CALCULATED
from midtvejs.reading.forms.layout import Layout
from midtvejs.reading.forms.products import PRODUCTS
from midtvejs.reading.forms.words import NOBODY, any_of

TOTALS = frozenset(words_in_each_language(lambda read: read.totals))
"""What begins a row of sums below a list."""
UNSURE = frozenset(word[:3] for word in (*TOTALS, *NOBODY))
TOTAL = re.compile(rf"(?:{any_of(TOTALS)})(?:[ :.*=]*|\W[^@]*\d[^@]*)")
"""Such a word alone, or with a number behind it, in small letters."""
SUM = re.compile(r"[\d.,%\s]*")
"""What stands below a round then, or nothing."""


class IdleRows:
    """Finds such rows, to be left out. A blank one has no more than a number and a moment."""

    def __init__(self, people: People, layout: Layout) -> None:
        self._people = people
        self._rows = PRODUCTS[layout.written_by].rows
        self._email = people.columns.get("email")
        self._who = _columns(people, *names_of(Holds.WHO))
        self._unsure = _find_unsure(people.table.records.column(self._who[0])) if self._who else None
        rounds = {index for columns in layout.rounds.values() for index, _ in columns.uses("")}
        self._wished = sorted(rounds)
        self._said = sorted({*rounds, *_columns(people, *names_of(Holds.ABOUT), *people.program.groups)})
        self._blank: list[int] = []
        self._totals: list[int] = []

    def has(self, number: int, cells: list[str]) -> bool:
        """Whether a record is nobody's answer. One with wishes but without a name is a participant's."""
        if self._unsure is not None and number not in self._unsure:
            return False
        for column in self._who:
            who = cells[column].strip().casefold() if column < len(cells) else ""
            if who not in NOBODY:
                return self._sums_up(number, who, cells)
        return bool(self._who) and self._is_idle(number, cells)

    def tell(self) -> None:
        """Warn of what was left out."""
        people = self._people
        for number in self._totals:
            first = next(index for index, cell in enumerate(people.table.records[number]) if cell.strip())
            place = people.table.cell(number, first)
            word = quote(people.table.records[number][first].strip())
            message = f"{word} begins a row of totals, not an answer: it is left out"
            people.faults.add(Fault.TOTALS, place, message, "if that is a name, write it in full")
        if self._blank:
            some = "1 row says" if len(self._blank) == 1 else f"{len(self._blank):,} rows say"
            where = people.where(self._blank)
            message = f"{some} neither who answered nor what they wish for: {where}"
            hint = "such rows are left out"
            people.faults.add(Fault.BLANK_ROW, people.table.row(self._blank[0]), message, hint)

    def _is_idle(self, number: int, cells: list[str]) -> bool:
        if number <= self._rows:
            return True
        first = next((cell for cell in cells if cell.strip()), "")
        if self._sums_up(number, first.strip().casefold(), cells):
            return True
        blank = not any(map(str.strip, _of(cells, self._said)))
        if blank:
            self._blank.append(number)
        return blank

    def _sums_up(self, number: int, word: str, cells: list[str]) -> bool:
        if not TOTAL.fullmatch(word) or not all(map(SUM.fullmatch, _of(cells, self._wished))):
            return False
        if self._email is not None and "@" in "".join(cells[self._email : self._email + 1]):
            return False
        self._totals.append(number)
        return True


def _find_unsure(who: Iterable[str]) -> frozenset[int]:
    """Return the few cells, by their numbers, whose first letters do not say that they hold a name."""
    beginnings = enumerate(cell[:3].lower() for cell in who)
    return frozenset(number for number, letters in beginnings if not letters.isalpha() or letters in UNSURE)


def _columns(people: People, *roles: str) -> list[int]:
    return [people.columns[role] for role in roles if role in people.columns]


def _of(cells: list[str], columns: list[int]) -> Iterator[str]:
    return (cells[column] for column in columns if column < len(cells))


SHOWN = frozenset(words_in_each_language(lambda read: read.failed_formulas))
"""What Excel shows, in the language of the person who saved the file."""
SHOWN_IN = re.compile("#(?:" + "|".join(re.escape(each[1:]) for each in sorted(SHOWN)) + ")")


def tell_of_failed_formulas(people: People, layout: Layout) -> None:
    """Report them in the columns that are read, once a column; below a round they are then left empty."""
    if not people.table.may_show(SHOWN_IN):
        return
    records = people.table.records
    rounds = {index for columns in layout.rounds.values() for index, _ in columns.uses("")}
    for column in sorted({*layout.people.values(), *rounds}):
        if (SHOWN | {NOT_CALCULATED}).isdisjoint(distinct(people.table, [column])):
            continue
        failed = _showing(SHOWN, records, column)
        if failed:
            what = f"failed: it shows {records[failed[0]][column]}"
            _tell(
                people,
                column,
                failed,
                what,
                "correct it, or write the value into the cell, and save the file again",
            )
        not_calculated = _showing({NOT_CALCULATED}, records, column)
        if not_calculated:
            hint = "open the file in Excel, and save it again: the value that the cell then shows is read"
            _tell(people, column, not_calculated, "was never calculated", hint)
        for number in [*failed, *not_calculated] if column in rounds else ():
            cells = records[number]
            cells[column] = ""
            records[number] = cells


def _showing(texts: Collection[str], records: Records, column: int) -> list[int]:
    return [number for number, cell in records.cells(column) if number and cell in texts]


def _tell(people: People, column: int, numbers: list[int], what: str, hint: str) -> None:
    more = f"; {len(numbers) - 1:,} more like it: {people.where(numbers)}" if len(numbers) > 1 else ""
    message = f"the formula in this cell {what}{more}"
    people.faults.add(Fault.FAILED_FORMULA, people.table.cell(numbers[0], column), message, hint)


def strike_cancelled(people: People, everybody: list[Participant]) -> list[Participant]:
    """Return everybody without wishes for what is cancelled; one warning tells how many there were."""
    program = people.program
    cancelled = [
        frozenset(session.code for session in program.cancelled_in(block)) for block in program.blocks
    ]
    if not any(cancelled):
        return everybody
    counts: Counter[str] = Counter()
    # Many have ranked the same sessions: they are struck once, and the list is shared.
    known: dict[tuple[int, Wishes], Wishes] = {}

    def strike(person: Participant) -> Participant:
        wishes = []
        for index, (each, codes) in enumerate(zip(person.wishes, cancelled, strict=True)):
            left = known.setdefault((index, each), each.without(codes))
            if left != each:
                counts.update(codes.intersection(each.codes))
            wishes.append(left)
        return person if tuple(wishes) == person.wishes else replace(person, wishes=tuple(wishes))

    struck = list(map(strike, everybody))
    if counts:
        _tell_of_struck(people, {code: counts[code] for code in sorted(counts)})
    return struck


def _tell_of_struck(people: People, counts: Mapping[str, int]) -> None:
    wishes = sum(counts.values())
    one = len(counts) == 1
    named = list(counts) if one else [f"{code} ({count})" for code, count in counts.items()]
    found = "1 wish" if wishes == 1 else f"{wishes:,} wishes"
    message = (
        f"{listing(named)} {'is' if one else 'are'} cancelled: {found} for {'it' if one else 'them'} "
        f"{'is' if wishes == 1 else 'are'} struck from the lists"
    )
    hint = "anyone who ranked it is seated by the rest of their list"
    people.faults.add(Fault.STRUCK_WISHES, people.table.row(0), message, hint)
