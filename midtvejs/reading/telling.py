"""Columns that are not read, and yet tell people apart: a class, or a child's name beside a parent's email.

Two answers of one person differ by nature in some columns: when and from where they were sent, what is
wished for, comments, whatever was asked besides. Two people of one name differ in what they are and belong
to, which nobody changes from one answer to the next. The heading may say which of the two a column holds;
else the cells have to. Names are known by their capitals. Of what one may belong to there is little to
choose from: it is short, nearly everybody has it, and many have it in common. What is never the same twice
(a number of the answer, a moment, a sentence) tells answers apart, not people; nor does a number alone or
yes and no, which mostly answer a question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from midtvejs.domain.participants import folded
from midtvejs.domain.words import read_in_any
from midtvejs.reading.forms.options import DayOptions
from midtvejs.reading.forms.products import ACCOUNTS
from midtvejs.reading.forms.words import ASKING, NOBODY, tidied
from midtvejs.reading.needs import NO, YES
from midtvejs.reading.people import People

WHO = frozenset(read_in_any(lambda read: read.people))
"""Words of headings below which people are named."""
BELONGING = frozenset(read_in_any(lambda read: read.belonging))
"""Words of headings below which it says what people are, or belong to."""
CHOSEN = frozenset(read_in_any(lambda read: read.chosen))
"""Words of headings below which it says what people choose, and may choose otherwise the next time."""
LONGEST_HEADING = 6
"""In words: in a longer one such a word may be about something else."""
NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,4}")
WORD = re.compile(r"\w+")
LONGEST, MOST_WORDS = 20, 3
"""What one belongs to: so many letters and words."""
FEW_ROWS = 20
"""Among fewer answers than that some of a class may be the only one of it."""
MOST_READ = 200
"""So many different cells say whether a column holds wishes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A column that tells people apart; with ``names`` by a name, which may be spelled in two ways."""

    column: int
    names: bool


def telling_columns(people: People) -> tuple[Telling, ...]:
    """Return those columns of a table that are not read, and tell people apart."""
    options = DayOptions(people.program)
    return tuple(_telling(people, options))


def _telling(people: People, options: DayOptions) -> Iterator[Telling]:
    rows = people.table.records[1:]
    for column in people.unread:
        cells = Counter(row[column].strip() for row in rows if column < len(row))
        said = {cell: count for cell, count in cells.items() if not says_nothing(cell)}
        heading = tidied(people.table.records[0][column])
        words = WORD.findall(ASKING.sub("", heading, count=1))
        known = set(words) if len(words) <= LONGEST_HEADING else set()
        if not said or known & CHOSEN or {folded(cell) for cell in said} <= YES | NO:
            continue
        if known & (WHO | BELONGING) or heading in ACCOUNTS:
            yield Telling(column=column, names=bool(known & WHO))
        elif ((names := _names(said)) or _belongs(said, len(rows))) and not _holds_wishes(said, options):
            yield Telling(column=column, names=names)


def says_nothing(cell: str) -> bool:
    """Whether a cell is empty, or holds what forms write where nothing was said."""
    return folded(cell) in NOBODY or not WORD.search(cell)


def _holds_wishes(said: Iterable[str], options: DayOptions) -> bool:
    sample = sorted(said)[:MOST_READ]
    wishes = sum(any(each.rankings(cell) for each in options.rounds.values()) for cell in sample)
    return 2 * wishes >= len(sample)


def _names(said: Collection[str]) -> bool:
    """Whether nearly all are names: several words, each with a capital."""
    found = [cell for cell in said if NAME.fullmatch(cell) and _in_capitals(cell.split())]
    return 4 * len(found) >= 3 * len(said)


def _belongs(said: dict[str, int], rows: int) -> bool:
    """Whether many say the same, nearly everybody something, and all of them little."""
    filled = sum(said.values())
    repeated = len(said) < filled if filled < FEW_ROWS else 2 * len(said) <= filled
    short = all(
        len(cell) <= LONGEST and len(WORD.findall(cell)) <= MOST_WORDS and any(map(str.isalpha, cell))
        for cell in said
    )
    return repeated and short and 2 * filled >= rows


def _in_capitals(words: list[str]) -> bool:
    """Whether first name and surname begin with one; between them "von der" does not."""
    return words[0][0].isupper() and words[-1][0].isupper()
