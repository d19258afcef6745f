"""Which columns of a table hold what: people, and how each round is ranked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from midtvejs.domain.provenance import ColumnUse, Shape
from midtvejs.reading.table import Table


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


RoundColumns = Ranking | ByRank | BySession


class Naming(IntEnum):
    """How a heading names a round: not at all, among other words, or as nothing else but it."""

    NOT = 0
    AMONG_WORDS = 1
    EXACTLY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How to read a table. ``people`` are its columns by what they hold, ``rounds`` those by a round's id.

    ``ranks`` are words for ranks, best first, that this form has of its own; with ``highest_first`` the
    highest number is the first wish. ``unread`` are columns that mean nothing here, and ought to be told of.
    """

    shape: Shape
    people: dict[str, int]
    rounds: dict[str, RoundColumns]
    ranks: tuple[str, ...] = ()
    highest_first: bool = False
    unread: tuple[int, ...] = ()
    doubts: tuple[str, ...] = field(default=())
    """Why it cannot be told which column is what."""

    def uses(self, table: Table) -> tuple[ColumnUse, ...]:
        """Say what each column is read as."""
        found = {index: role for role, index in self.people.items()}
        for id_, columns in self.rounds.items():
            found.update(columns.uses(id_))
        return tuple(
            ColumnUse(number=index + 1, heading=heading, use=found.get(index, ""))
            for index, heading in enumerate(table.records[0])
        )
