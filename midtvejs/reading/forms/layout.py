"""Which columns of a table hold what: people, and how each round is ranked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum

from midtvejs.domain.answers import ColumnUse, Shape
from midtvejs.domain.participants import fold
from midtvejs.domain.program import RatedWords, Ratings
from midtvejs.reading.files.source import quote
from midtvejs.reading.files.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """A cell holds a ranking."""

    column: int

    def uses(self, round_id: str) -> Iterator[tuple[int, str]]:
        yield self.column, round_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ByRank:
    """A column a rank, the best first; a cell holds a session."""

    columns: tuple[int, ...]

    def uses(self, round_id: str) -> Iterator[tuple[int, str]]:
        for rank, column in enumerate(self.columns, start=1):
            yield column, f"{round_id} rank {rank}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BySession:
    """A column a session, by its code; a cell holds a rank."""

    columns: Mapping[str, int]

    def uses(self, round_id: str) -> Iterator[tuple[int, str]]:
        for code, column in self.columns.items():
            yield column, f"{round_id} {code}"


LONGEST_SCALE = 30
"""So many numbers are written out, though some of them stand nowhere."""

RoundColumns = Ranking | ByRank | BySession


class Naming(IntEnum):
    """How a heading names a round: not at all, among other words, or as nothing else but it."""

    NOT = 0
    AMONG_WORDS = 1
    EXACTLY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class BareNumbers:
    """The different ``numbers`` below ``sessions``, of which nobody says whether the highest is the best.

    ``shared`` names a row that gives one number to several sessions, where many rows do so.
    """

    numbers: frozenset[int]
    sessions: int
    shared: str = ""

    @property
    def like_ratings(self) -> bool:
        """Whether they look like ratings: ranks are not shared, nor are there more of them than sessions."""
        return bool(self.shared) or max(self.numbers) > self.sessions or min(self.numbers) < 1

    @property
    def doubt(self) -> str:
        doubt = "whether 1 or the highest number is the first choice"
        if not self.like_ratings:
            return doubt
        above = f"they go from {min(self.numbers)} to {max(self.numbers)}"
        return f"{doubt}; they look like ratings: {self.shared or above}"

    @property
    def scale(self) -> list[int]:
        """The whole scale, as far as it is not long; of ratings the best is likely to be the highest."""
        scale = range(min(1, *self.numbers), max(1, *self.numbers) + 1)
        found = list(scale) if len(scale) <= LONGEST_SCALE else sorted(self.numbers)
        return found[::-1] if self.like_ratings else found


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsBelow:
    """The words below the sessions of a list, and what they are worth.

    Of those that are ``unknown`` it has to be asked; the first of them stands ``where`` it says. They are
    among ``words`` as well, where the best guess has them. ``column`` is the first of the list; there may be
    nothing but ``ticks`` in it.
    """

    words: RatedWords
    column: int
    ticks: bool = False
    unknown: tuple[str, ...] = ()
    where: str = ""

    @property
    def doubt(self) -> str:
        first, *others = map(quote, self.unknown)
        return f"how good {', '.join([f'{first} ({self.where})', *others])} {'are' if others else 'is'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How to read a table: what the user is told it was read as, and what it was ``written_by``.

    ``people`` are its columns by what they hold, ``rounds`` those by a round's id. ``ranks`` are words for
    ranks, best first, that this form has of its own; with ``highest_first`` the highest number is the first
    wish. With ``ratings`` numbers are none, and several sessions may have the same; ``words`` are those by
    which sessions are rated, by block, where no program tells of them.
    ``unread`` are columns that mean nothing here, and ought to be told of; ``accounts`` are not read, either,
    and hold what a product knows of the person who answers.
    """

    shape: Shape
    written_by: Shape = Shape.OTHER
    people: dict[str, int]
    rounds: dict[str, RoundColumns]
    ranks: tuple[str, ...] = ()
    ratings: Ratings | RatedWords | None = None
    words: Mapping[str, WordsBelow] = field(default_factory=dict)
    highest_first: bool = False
    unread: tuple[int, ...] = ()
    accounts: tuple[int, ...] = ()
    numbers: BareNumbers | None = None
    """Those of which it has to be asked which is the best."""
    doubts: tuple[str, ...] = field(default=())
    """Why it cannot be told which column is what."""

    @property
    def words_asked(self) -> WordsBelow | None:
        """Those words of which it has to be asked what they are worth, of all lists each but once."""
        doubts = [each for each in self.words.values() if each.unknown]
        unknown: dict[str, str] = {}
        for word in (word for each in doubts for word in each.unknown):
            unknown.setdefault(fold(word), word)
        return replace(doubts[0], unknown=tuple(unknown.values())) if doubts else None

    def uses(self, table: Table) -> tuple[ColumnUse, ...]:
        """Say what each column is read as."""
        found = {index: role for role, index in self.people.items()}
        for id_, columns in self.rounds.items():
            found.update(columns.uses(id_))
        return tuple(
            ColumnUse(number=index + 1, heading=heading, use=found.get(index, ""))
            for index, heading in enumerate(table.records[0])
        )
