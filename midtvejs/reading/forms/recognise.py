"""Which columns hold what, told by the headings and, where they do not say, by what stands below them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from midtvejs.domain.answers import Shape
from midtvejs.domain.participants import fold
from midtvejs.domain.program import Program, RatedWords, Ratings
from midtvejs.reading.files.source import quote
from midtvejs.reading.files.table import Table
from midtvejs.reading.forms.claims import choose_claims, claims_of
from midtvejs.reading.forms.direction import bare_numbers
from midtvejs.reading.forms.evidence import Evidence
from midtvejs.reading.forms.headings import Heading, Headings
from midtvejs.reading.forms.layout import Layout, Naming, RoundColumns, WordsBelow
from midtvejs.reading.forms.options import DayOptions
from midtvejs.reading.forms.products import (
    ACCOUNTS,
    COLUMNS,
    PRODUCTS,
    Signs,
    find_added_columns,
    holds_an_account,
    wrote,
)
from midtvejs.reading.forms.ratings import words_below
from midtvejs.reading.forms.words import (
    IN_WHICH_ORDER,
    asks_of_attendee,
    is_first_name,
    names_somebody,
    rank_of,
    role_of,
)

MOST_ROWS = 1_000
"""So many rows say whether a name is a first name."""


def recognise(table: Table, program: Program, given: Given | None = None) -> Layout:
    """Find out what each column holds, but for what is ``given``; ``doubts`` say what is left open."""
    return _Recogniser(table, program, given or Given()).layout()


def recognise_people(table: Table, program: Program, given: Given) -> Layout:
    """Find out which columns hold names, emails and the like, in a table that holds no wishes."""
    return _Recogniser(table, program, given).people_layout()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the coordinator has said of the columns."""

    people: Mapping[str, int] = field(default_factory=dict)
    rounds: Mapping[str, RoundColumns] = field(default_factory=dict)
    ranks: tuple[str, ...] = ()
    ratings: Ratings | RatedWords | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """What may stand below sessions."""
        if not isinstance(self.ratings, RatedWords):
            return self.ranks
        return tuple(chain(*self.ratings.tiers, self.ratings.not_wished))

    @property
    def columns(self) -> set[int]:
        in_rounds = (index for columns in self.rounds.values() for index, _ in columns.uses(""))
        return {*self.people.values(), *in_rounds}


class _Recogniser:
    def __init__(self, table: Table, program: Program, given: Given) -> None:
        self.table = table
        self.program = program
        self.given = given
        self.doubts: list[str] = []
        self.options = DayOptions(program)
        self.evidence = Evidence(table, self.options)
        self.headings = Headings(program, self.options).all(table.records[0])
        self.added = find_added_columns(self.headings, frozenset(given.columns), self.evidence)
        self.headings = tuple(map(self._rank_or_session, self.headings))

    def layout(self) -> Layout:
        people = self.people() | dict(self.given.people)
        taken = {*people.values(), *self.given.columns}
        left = [heading for heading in self.headings if heading.index not in taken]
        left = [each for each in left if not any(each.index in added for added in self.added.values())]
        questions = [each for each in left if each.label or each.key not in COLUMNS]
        claims, doubts = claims_of(questions, self.options, self.evidence, self.given.words)
        self.doubts.extend(doubts)
        rounds, doubts = choose_claims(each for each in claims if each.round_id not in self.given.rounds)
        self.doubts.extend(doubts)
        rounds |= dict(self.given.rounds)
        used = {index for columns in rounds.values() for index, _ in columns.uses("")}
        if not people.keys() & {"name", "email"}:
            self.doubts.append("no column of names or emails")
        asked = (block.id for block in self.program.asked)
        self.doubts.extend(f"no column for {id_}" for id_ in asked if id_ not in rounds)
        written_by = wrote(Signs(headings=self.headings, rounds=rounds, added=self.added))
        highest_first = PRODUCTS[written_by].highest_first
        told = bool(self.given.ranks or self.given.ratings) or highest_first is not None
        rounds = {id_: rounds[id_] for id_ in self.options.rounds if id_ in rounds}
        words = {} if highest_first else self._words_below(rounds)
        left = [each for each in left if each.index not in used]
        self.doubts.extend(self._headless_wishes(left))
        numbered = [columns for id_, columns in rounds.items() if id_ not in words]
        return Layout(
            shape=Shape.MAPPED if self.given.columns else written_by,
            written_by=written_by,
            people=people,
            rounds=rounds,
            ranks=self.given.ranks,
            ratings=self.given.ratings,
            words=words,
            highest_first=bool(highest_first) and not self.given.ranks,
            unread=tuple(each.index for each in left if self._matters(each)),
            accounts=tuple(each.index for each in left if self._holds_an_account(each)),
            numbers=None if told else bare_numbers(self.table, numbered),
            doubts=tuple(dict.fromkeys(self.doubts)),
        )

    def people_layout(self) -> Layout:
        people = self.people() | dict(self.given.people)
        if not people.keys() & {"name", "email"}:
            self.doubts.append("no column of names or emails")
        unread = (each.index for each in self.headings if each.index not in people.values())
        return Layout(
            shape=Shape.OTHER, people=people, rounds={}, unread=tuple(unread), doubts=tuple(self.doubts)
        )

    def _words_below(self, rounds: Mapping[str, RoundColumns]) -> dict[str, WordsBelow]:
        if isinstance(self.given.ratings, RatedWords):
            return {}
        found = (
            (id_, words_below(self.table, columns, self.options.rounds[id_], self.given.ranks))
            for id_, columns in rounds.items()
        )
        return {id_: words for id_, words in found if words}

    def _headless_wishes(self, left: Iterable[Heading]) -> Iterator[str]:
        """Say of which rounds sessions stand below no heading, and are not read."""
        for heading in left:
            index = heading.index
            bare = not heading.key and self.evidence.fills_most_rows([index])
            if bare and (id_ := self.evidence.round_ranked([index])):
                yield f"{self.table.column(index)} holds sessions of {id_}"

    # People

    def people(self) -> dict[str, int]:
        found: dict[str, list[tuple[int, Heading]]] = defaultdict(list)
        for heading in self.headings:
            role = self._role_of(heading)
            free = heading.index not in self.given.columns and heading.rank is None
            if role and free and role[0] not in self.given.people and not heading.in_brackets:
                found[role[0]].append((role[1], heading))
        found["name"] = named = [each for each in found["name"] if self._may_name(each[1].index)]
        people = {role: self._surest(role, columns) for role, columns in found.items() if columns}
        names = [heading.index for _, heading in named]
        if "surname" not in people and (parted := self._name_in_parts(names)):
            people |= parted
        if not self._names_lack_surnames(people | dict(self.given.people)):
            surname = people.pop("surname", None)
            if surname is not None and not ("name" in people or "name" in self.given.people):
                people["name"] = surname
        for other in names:
            if "name" in people and self._names_others(other, people):
                one, another = (quote(self.headings[each].text.strip()) for each in (people["name"], other))
                self.doubts.append(f"whether {one} or {another} names those who take part")
        return people

    def _role_of(self, heading: Heading) -> tuple[str, int] | None:
        """Return what a heading says of people; a session or a round may be called "Camper"."""
        role = role_of(heading.key, self.program.groups)
        asked = heading.label or heading.naming is Naming.EXACTLY
        return None if role and role[1] >= IN_WHICH_ORDER and asked else role

    def _may_name(self, index: int) -> bool:
        """Whether what stands below a heading may be names: it may ask whether somebody is a student."""
        said = self.evidence.values([index])
        return not said or any(map(names_somebody, said))

    def _pairs(self, index: int, other: int) -> list[tuple[str, str]]:
        """Return what stands in two columns, folded, where both say something."""
        rows = [record for record in self.table.records[1:MOST_ROWS] if len(record) > max(index, other)]
        pairs = ((fold(record[index]), fold(record[other])) for record in rows)
        return [(one, another) for one, another in pairs if one and another]

    def _name_in_parts(self, columns: Sequence[int]) -> dict[str, int]:
        """Return the first name and the surname where that is headed as all of a name, and is not."""
        first = [index for index in columns if is_first_name(self.headings[index].key)]
        whole = [index for index in columns if index not in first]
        if len(first) != 1 or len(whole) != 1:
            return {}
        told = [one in full for one, full in self._pairs(first[0], whole[0])]
        return {"name": first[0], "surname": whole[0]} if told and 2 * sum(told) < len(told) else {}

    def _names_lack_surnames(self, people: Mapping[str, int]) -> bool:
        """Whether the name is a first name: by its heading, or as most names do not end in the surname."""
        name, surname = people.get("name"), people.get("surname")
        if name is None or surname is None:
            return False
        if is_first_name(self.headings[name].key):
            return True
        told = [full.endswith(last) for full, last in self._pairs(name, surname)]
        return 2 * sum(told) < len(told)

    def _names_others(self, index: int, people: Mapping[str, int]) -> bool:
        """Whether a column that is left over names others than the one that is read: a child, or a colleague.

        One of the two headings then says whose name it asks for, and the other does not. What many have in
        common is what they are, and not their name.
        """
        chosen = [people[role] for role in ("name", "surname") if role in people]
        key, read = self.headings[index].key, self.headings[chosen[0]].key
        if index in chosen or is_first_name(key) or self._automatic(index):
            return False
        if asks_of_attendee(key) == asks_of_attendee(read):
            return False
        rows = (record for record in self.table.records[1:MOST_ROWS] if len(record) > max(index, *chosen))
        named = ((fold(row[index]), fold(" ".join(row[each] for each in chosen))) for row in rows)
        both = [(one, other) for one, other in named if one and other]
        if 2 * len({one for one, _ in both}) <= len(both):
            return False
        words = ((set(one.split()), set(other.split())) for one, other in both)
        return any(not (one <= other or other <= one) for one, other in words)

    def _surest(self, role: str, columns: list[tuple[int, Heading]]) -> int:
        """Choose among columns that say they hold the same.

        What nobody filled in does not count. A question of one's own goes before the columns that Microsoft
        Forms itself adds.
        """
        filled = [each for each in columns if not self.evidence.names_nobody(each[1].index)] or columns[:1]
        asked = [each for each in filled if not self._automatic(each[1].index)] or filled
        surest = min(rank for rank, _ in asked)
        best = [heading for rank, heading in asked if rank == surest]
        if len(best) > 1:
            self.doubts.append(f"{len(best)} columns of {role}s")
        return best[0].index

    def _automatic(self, index: int) -> bool:
        return holds_an_account([each.key for each in self.headings], index)

    def _holds_an_account(self, heading: Heading) -> bool:
        """Whether a column that is not read holds what a product knows of who answers."""
        added = role_of(heading.key, self.program.groups) is not None and self._automatic(heading.index)
        return heading.key in ACCOUNTS or (added and not self.evidence.names_nobody(heading.index))

    def _matters(self, heading: Heading) -> bool:
        """Whether the coordinator should know that a column is not read."""
        key, index = heading.key, heading.index
        if key in COLUMNS or not (key or any(map(str.strip, self.evidence.cells(index)))):
            return False
        return not (
            role_of(key, self.program.groups)
            and (self._automatic(index) or self.evidence.names_nobody(index))
        )

    # Rounds

    def _rank_or_session(self, heading: Heading) -> Heading:
        """Decide for a number that is a session's code, too: by the other rows of its grid, else by cells."""
        if not (heading.rank and heading.label) or heading.index in self.given.columns:
            return heading
        grid = [each for each in self.headings if each.question == heading.question]
        cells = self.evidence.values(each.index for each in grid if each.rank)
        ranks = all(rank_of(fold(cell)) for cell in cells)
        options = all(self.options.rounds_of(cell) for cell in cells)
        if self.added[Shape.MOODLE]:
            return replace(heading, rank=None)
        if any(each.label and not each.rank for each in grid) or (ranks and not options):
            return replace(heading, rank=None)
        if not any(each.rank and not each.label for each in grid) and ranks:
            self.doubts.append(f"whether {quote(heading.text.strip())} is a rank or a session")
        return replace(heading, label="")
