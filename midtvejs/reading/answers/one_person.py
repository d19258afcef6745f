"""Whether two answers that count as one person's may be so after all.

Participants are told apart by email, and by name where there is none. But a secretary may sign up several
people with one email, and two people may have one name. Then what is not read tells, too: see ``telling``.

Columns that are not read, and yet tell people apart: a class, or a child's name beside a parent's email.

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
from difflib import SequenceMatcher
from functools import cached_property

from midtvejs.domain.diagnostic import Place
from midtvejs.domain.participants import Participant, fold
from midtvejs.domain.traits import same
from midtvejs.domain.words import words_of_headings
from midtvejs.reading.answers.needs import NO, YES
from midtvejs.reading.answers.people import People
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote
from midtvejs.reading.forms.options import DayOptions
from midtvejs.reading.forms.products import ACCOUNTS
from midtvejs.reading.forms.words import ASKING, NOBODY, tidy

ALIKE = 0.8
"""How alike two spellings of one word of a name are, at the least."""
MOST_COMPARED = 5
"""Different answers of one person: each is compared with all before it."""
MOST_LETTERS = 40
"""Of a name; to compare two takes the product of their letters."""
WORD = re.compile(r"\w+")
PHONE = re.compile(r"\d{7,}")
"""So many digits may have others before them, or not: of a country."""
OWN_EMAIL = "give each an email of their own"
IF_ONE = "if they are one person, --on-duplicate last"


@dataclass(frozen=True, slots=True)
class _Said:
    """What an answer itself says, whatever a list of participants knows better.

    ``aside`` is what it says in the columns that are not read, but tell people apart.
    """

    number: int
    person: Participant
    aside: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name; empty where there is only an email, by which a participant is then called."""
        return "" if self.person.name == self.person.email else self.person.name


class OnePerson:
    """Tells which answers are clearly not of one person."""

    def __init__(self, people: People) -> None:
        self._people = people

    @cached_property
    def telling(self) -> tuple[Telling, ...]:
        """The columns that tell people apart; they are looked for only where two answers may be one's."""
        return telling_columns(self._people)

    def report_different_people(self, numbers: Iterable[int]) -> bool:
        """Report the answers, in records of these rising numbers, that are clearly not of one person."""
        different = list(self._different(numbers))
        apart = False
        for index, later in enumerate(different):
            apart |= any(self._report(earlier, later) for earlier in different[:index])
        return apart

    def _different(self, numbers: Iterable[int]) -> Iterator[_Said]:
        seen: set[tuple[str, ...]] = set()
        for number in numbers:
            said = _details_of(self._people, number, self.telling)
            person = said.person
            words = tuple(map(fold, (person.name, person.email, person.organisation, *said.aside)))
            if words not in seen and len(seen) < MOST_COMPARED:
                seen.add(words)
                yield said

    def _report(self, earlier: _Said, later: _Said) -> bool:
        """Report two answers that are not of one person; whether they are not."""
        found = self._apart(earlier, later) or self._apart_by_columns(earlier, later)
        if found:
            self._people.faults.add(*found)
        return found is not None

    def _apart(self, earlier: _Said, later: _Said) -> tuple[Fault, Place, str, str] | None:
        """Say why names, emails and organisations are not one person's; None where they may be."""
        one, other = earlier.person, later.person
        first, second = self._where(earlier), self._where(later)
        if one.email and fold(one.email) == fold(other.email):
            if not (earlier.name and later.name) or is_one_name(earlier.name, later.name):
                return None
            fault, column = Fault.SHARED_EMAIL, "email"
            message = f"{second} has the same email as {first}"
            hint = f"{OWN_EMAIL}, or leave it empty: then the name tells them apart; {IF_ONE}"
        elif one.email and other.email:
            fault, column = Fault.NAMESAKES, "email"
            message = f"{second} and {first} have different emails, and are one person on the list"
            hint = f"give the list their emails; {IF_ONE}"
        elif one.email or other.email or is_one_organisation(one.organisation, other.organisation):
            return None
        else:
            fault, column = Fault.NAMESAKES, "name"
            message = f"{second} is of {quote(other.organisation)}, {first} of {quote(one.organisation)}"
            hint = f"give them emails, which tell them apart; {IF_ONE}"
        place = self._people.table.cell(later.number, self._people.columns.get(column, 0))
        return fault, place, message, hint

    def _apart_by_columns(self, earlier: _Said, later: _Said) -> tuple[Fault, Place, str, str] | None:
        """Say in which other column they are not one person's; None where they may be."""
        for telling, one, other in zip(self.telling, earlier.aside, later.aside, strict=True):
            if says_nothing(one) or says_nothing(other) or say_the_same(one, other, names=telling.names):
                continue
            table = self._people.table
            under = quote(table.records[0][telling.column].strip())
            first, second = self._where(earlier), self._where(later)
            message = f"{second} has {quote(other)} under {under}, {first} has {quote(one)}"
            if earlier.person.email and fold(earlier.person.email) == fold(later.person.email):
                fault, hint = Fault.SHARED_EMAIL, OWN_EMAIL
            else:
                fault = Fault.NAMESAKES
                hint = "write that behind their names, or give them emails, which tell them apart"
            return fault, table.cell(later.number, telling.column), message, f"{hint}; {IF_ONE}"
        return None

    def _where(self, said: _Said) -> str:
        table = self._people.table
        return f"{quote(said.person.name)} in {table.line_word} {table.line(said.number)}"


def names_in(people: People, numbers: Iterable[int]) -> list[str]:
    """Return the different names in records of these rising numbers."""
    names: dict[str, str] = {}
    for number in numbers:
        name = _details_of(people, number).name
        if name:
            names.setdefault(fold(name), name)
    return list(names.values())


def _details_of(people: People, number: int, telling: Iterable[Telling] = ()) -> _Said:
    cells = people.table.records[number]
    person = people.person(number, ())
    assert person is not None  # noqa: S101 - anyone who is here has a name or an email
    aside = [cells[each.column].strip() if each.column < len(cells) else "" for each in telling]
    return _Said(number, person, tuple(aside))


def say_the_same(one: str, other: str, *, names: bool) -> bool:
    """Whether two cells say the same of a participant: names may be spelled in two ways, 7a as 7.A."""
    if names:
        return is_one_name(one, other)
    # "9" and "9th" are one grade.
    shorter, longer = sorted(("".join(WORD.findall(same("", each))) for each in (one, other)), key=len)
    return shorter == longer or (PHONE.fullmatch(shorter) is not None and longer.endswith(shorter))


def is_one_name(one: str, other: str) -> bool:
    """Whether two names may be one person's: each word of one stands in the other, too, in its way.

    They are compared word by word, since brothers and sisters, who may share an email, have most letters in
    common.
    """
    one, other = sorted((fold(one)[:MOST_LETTERS], fold(other)[:MOST_LETTERS]))
    fewer, more = sorted((WORD.findall(one), WORD.findall(other)), key=len)
    return "".join(fewer) == "".join(more) or all(
        any(_stands_for(word, each) for each in more) for word in fewer
    )


def _stands_for(word: str, other: str) -> bool:
    """Whether two words are one, or one is the other's initial, or nearly its spelling.

    What holds a digit is a number or a user's name, and never another one.
    """
    if word == other or (1 in {len(word), len(other)} and word[0] == other[0]):
        return True
    if any(map(str.isdigit, word + other)):
        return False
    # The order decides how alike the matcher finds two texts.
    one, two = sorted((word, other))
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= ALIKE


def is_one_organisation(one: str, other: str) -> bool:
    """Whether two may be the same: two municipalities may be spelt nearly alike."""
    words, others = set(WORD.findall(fold(one))), set(WORD.findall(fold(other)))
    return words <= others or others <= words


WHO = frozenset(words_of_headings(lambda read: (*read.people, *read.attendees)))
"""Words of headings below which people are named."""
BELONGING = frozenset(words_of_headings(lambda read: read.belonging))
"""Words of headings below which it says what people are, or belong to."""
CHOSEN = frozenset(words_of_headings(lambda read: read.chosen))
"""Words of headings below which it says what people choose, and may choose otherwise the next time."""
LONGEST_HEADING = 6
"""In words: in a longer one such a word may be about something else."""
NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,4}")

EMAIL = re.compile(r"[^@\s]+@[^@\s]+")

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
    """Return those columns of a table that are not read, and the groups, which tell people apart."""
    options = DayOptions(people.program)
    return tuple(_telling(people, options))


def _telling(people: People, options: DayOptions) -> Iterator[Telling]:
    rows = people.table.records
    groups = [people.columns[each] for each in people.program.groups if each in people.columns]
    for column in groups:
        yield Telling(column=column, names=False)
    for column in people.unread:
        cells = Counter(map(str.strip, rows.below(column)))
        said = {cell: count for cell, count in cells.items() if not says_nothing(cell)}
        heading = tidy(people.table.records[0][column])
        words = WORD.findall(ASKING.sub("", heading, count=1))
        known = set(words) if len(words) <= LONGEST_HEADING else set()
        if not said or known & CHOSEN or {fold(cell) for cell in said} <= YES | NO:
            continue
        if known & (WHO | BELONGING) or heading in ACCOUNTS or _emails(said):
            yield Telling(column=column, names=bool(known & WHO) and not known & BELONGING)
        elif ((names := _names(said)) or _belongs(said, len(rows) - 1)) and not _holds_wishes(said, options):
            yield Telling(column=column, names=names)


def says_nothing(cell: str) -> bool:
    """Whether a cell is empty, or holds what forms write where nothing was said."""
    return fold(cell) in NOBODY or not WORD.search(cell)


def _holds_wishes(said: Iterable[str], options: DayOptions) -> bool:
    sample = sorted(said)[:MOST_READ]
    wishes = sum(any(each.rankings(cell) for each in options.rounds.values()) for cell in sample)
    return 2 * wishes >= len(sample)


def _names(said: Collection[str]) -> bool:
    """Whether nearly all are names: several words, each with a capital."""
    found = [cell for cell in said if NAME.fullmatch(cell) and _in_capitals(cell.split())]
    return 4 * len(found) >= 3 * len(said)


def _emails(said: Collection[str]) -> bool:
    """Whether nearly all are emails: of a parent, or of the account from which an answer came."""
    return 4 * sum(EMAIL.fullmatch(cell) is not None for cell in said) >= 3 * len(said)


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
