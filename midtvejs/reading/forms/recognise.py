"""Which columns hold what, told by the headings and, where they do not say, by what stands below them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from midtvejs.domain.participants import folded
from midtvejs.domain.program import Program
from midtvejs.domain.provenance import Shape
from midtvejs.reading.forms.headings import Heading, Headings
from midtvejs.reading.forms.layout import ByRank, BySession, Layout, Ranking, RoundColumns
from midtvejs.reading.forms.options import DayOptions
from midtvejs.reading.forms.words import (
    COMPLETED,
    FIRST_NAMES,
    LIMESURVEY,
    NOBODY,
    STARTED,
    UNREAD,
    rank_of,
    role_of,
)
from midtvejs.reading.source import quoted
from midtvejs.reading.table import Table, distinct

MOST_CELLS = 200
"""So many different cells of a column say what it holds."""
BY_HEADING, BY_CELLS = 0, 1
Claim = tuple[int, str, RoundColumns]
"""How sure it is that a round is ranked in these columns."""


def recognise(table: Table, program: Program, given: Given | None = None) -> Layout:
    """Find out what each column holds, but for what is ``given``; ``doubts`` say what is left open."""
    return _Recogniser(table, program, given or Given()).layout()


def recognise_people(table: Table, program: Program) -> Layout:
    """Find out which columns hold names, emails and the like, in a table that holds no wishes."""
    recogniser = _Recogniser(table, program, Given())
    return Layout(shape=Shape.OTHER, people=recogniser.people(), rounds={}, doubts=tuple(recogniser.doubts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody has said of the columns."""

    people: Mapping[str, int] = field(default_factory=dict)
    rounds: Mapping[str, RoundColumns] = field(default_factory=dict)
    ranks: tuple[str, ...] = ()

    @property
    def columns(self) -> set[int]:
        in_rounds = (index for columns in self.rounds.values() for index, _ in columns.uses(""))
        return {*self.people.values(), *in_rounds}


@dataclass
class _Recogniser:
    table: Table
    program: Program
    given: Given
    doubts: list[str] = field(default_factory=list)
    values: dict[tuple[int, ...], set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.options = DayOptions(self.program)
        self.headings = Headings(self.program, self.options).all(self.table.records[0])
        self.keys = {heading.key for heading in self.headings}
        self.headings = tuple(map(self._rank_or_session, self.headings))

    def layout(self) -> Layout:
        people = self.people() | dict(self.given.people)
        taken = {*people.values(), *self.given.columns}
        left = [heading for heading in self.headings if heading.index not in taken]
        moodle = {heading.index for heading in left if self._follows_its_option(heading)}
        left = [heading for heading in left if heading.index not in moodle]
        claims = self._claims([each for each in left if each.label or each.key not in UNREAD])
        rounds = self._chosen(each for each in claims if each[1] not in self.given.rounds)
        rounds |= dict(self.given.rounds)
        used = {index for columns in rounds.values() for index, _ in columns.uses("")}
        if not people.keys() & {"name", "email"}:
            self.doubts.append("no column of names or emails")
        self.doubts.extend(f"no column for {id_}" for id_ in self.options.rounds if id_ not in rounds)
        shape = Shape.MAPPED if self.given.columns else self._shape(rounds, moodle=bool(moodle))
        self._doubt_direction(rounds, shape)
        unread = [each.index for each in left if each.index not in used and self._matters(each)]
        return Layout(
            shape=shape,
            people=people,
            rounds={id_: rounds[id_] for id_ in self.options.rounds if id_ in rounds},
            ranks=self.given.ranks,
            highest_first=bool(moodle) and not self.given.ranks,
            unread=tuple(unread),
            doubts=tuple(dict.fromkeys(self.doubts)),
        )

    # People

    def people(self) -> dict[str, int]:
        found: dict[str, list[tuple[int, Heading]]] = defaultdict(list)
        for heading in self.headings:
            role = role_of(heading.key)
            free = heading.index not in self.given.columns and heading.rank is None
            if role and free and role[0] not in self.given.people and not heading.in_brackets:
                found[role[0]].append((role[1], heading))
        people = {role: self._surest(role, columns) for role, columns in found.items()}
        name = people.get("name")
        if name is None or self.headings[name].key not in FIRST_NAMES:
            people.pop("surname", None)
        return people

    def _surest(self, role: str, columns: list[tuple[int, Heading]]) -> int:
        """Choose among columns that say they hold the same.

        What nobody filled in does not count. A question of one's own goes before the columns that Microsoft
        Forms itself adds.
        """
        filled = [each for each in columns if not self._empty(each[1].index)] or columns[:1]
        asked = [each for each in filled if not self._automatic(each[1].index)] or filled
        surest = min(rank for rank, _ in asked)
        best = [heading for rank, heading in asked if rank == surest]
        if len(best) > 1:
            self.doubts.append(f"{len(best)} columns of {role}s")
        return best[0].index

    def _automatic(self, index: int) -> bool:
        before = [each.key for each in self.headings[:index]]
        return any(key in COMPLETED for key in before[-2:]) and bool(STARTED & set(before))

    def _empty(self, index: int) -> bool:
        return all(cell in NOBODY or folded(cell) in NOBODY for cell in self._cells(index))

    def _matters(self, heading: Heading) -> bool:
        """Whether somebody should know that a column is not read."""
        key, index = heading.key, heading.index
        if key in UNREAD or not (key or any(map(str.strip, self._cells(index)))):
            return False
        return not (role_of(key) and (self._automatic(index) or self._empty(index)))

    def _values(self, headings: Iterable[Heading]) -> set[str]:
        """Give the different texts that stand below some headings."""
        columns = tuple(heading.index for heading in headings)
        if columns not in self.values:
            cells = distinct(self.table.records[1:], columns)
            self.values[columns] = {cell.strip() for cell in cells} - {""}
        return self.values[columns]

    def _cells(self, index: int) -> Iterator[str]:
        return (record[index] for record in self.table.records[1:] if index < len(record))

    # Rounds

    def _rank_or_session(self, heading: Heading) -> Heading:
        """Decide for a number that is a session's code, too: by the other rows of its grid, else by cells."""
        if not (heading.rank and heading.label):
            return heading
        grid = [each for each in self.headings if each.question == heading.question]
        cells = self._values(each for each in grid if each.rank)
        ranks = all(rank_of(folded(cell)) for cell in cells)
        options = all(self.options.rounds_of(cell) for cell in cells)
        if any(self._follows_its_option(each) for each in self.headings):
            return replace(heading, rank=None)
        if any(each.label and not each.rank for each in grid) or (ranks and not options):
            return replace(heading, rank=None)
        if not any(each.rank and not each.label for each in grid) and ranks:
            self.doubts.append(f"whether {quoted(heading.text.strip())} is a rank or a session")
        return replace(heading, label="")

    def _follows_its_option(self, heading: Heading) -> bool:
        """Whether it is a column that Moodle adds to each choice: its title, a hyphen and a word."""
        option, hyphen, word = heading.text.rpartition("-")
        added = bool(hyphen and word.strip() and " " not in word.strip()) and not heading.label
        return added and any(
            each.index < heading.index and each.label and folded(each.text) == folded(option)
            for each in self.headings
        )

    def _claims(self, headings: list[Heading]) -> Iterator[Claim]:
        yield from self._by_session([each for each in headings if each.label])
        yield from self._by_rank([each for each in headings if each.rank])
        for heading in headings:
            if heading.label or heading.rank:
                continue
            if heading.round_id:
                yield BY_HEADING, heading.round_id, Ranking(column=heading.index)
            elif id_ := self._round_by_cells([heading]):
                yield BY_CELLS, id_, Ranking(column=heading.index)

    def _by_session(self, headings: list[Heading]) -> Iterator[Claim]:
        by_question: Mapping[str, list[Heading]] = defaultdict(list)
        for heading in headings:
            by_question[heading.question].append(heading)
        for columns in by_question.values():
            # Without a question to say so, only what is an option of one round alone is told apart.
            common = set.intersection(*(set(self.options.rounds_of(each.label)) for each in columns))
            by_round: Mapping[str, list[Heading]] = defaultdict(list)
            for each in columns:
                rounds = [each.round_id] if each.round_id else self.options.rounds_of(each.label)
                rounds = [*common] if len(rounds) > 1 and len(common) == 1 else rounds
                if len(rounds) == 1:
                    by_round[rounds[0]].append(each)
            for id_, found in by_round.items():
                codes = [self.options.rounds[id_].code(each.label) for each in found]
                by_code = {code: each.index for code, each in zip(codes, found, strict=True) if code}
                if len(by_code) < len(found):
                    self.doubts.append(f"several columns for one session of {id_}")
                yield BY_HEADING, id_, BySession(columns=by_code)

    def _by_rank(self, headings: list[Heading]) -> Iterator[Claim]:
        for group in _ascending(headings):
            named = {each.round_id for each in group} - {None}
            sure = BY_HEADING if named else BY_CELLS
            id_ = named.pop() if len(named) == 1 else self._round_by_cells(group)
            if id_:
                yield sure, id_, ByRank(columns=tuple(each.index for each in group))

    def _round_by_cells(self, headings: Iterable[Heading]) -> str | None:
        cells = self._values(headings)
        found = self.options.rounds_of_cells(sorted(cells)[:MOST_CELLS]) if cells else []
        return found[0] if len(found) == 1 else None

    def _chosen(self, claims: Iterable[Claim]) -> dict[str, RoundColumns]:
        by_round: Mapping[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            by_round[claim[1]].append(claim)
        chosen = {}
        for id_, found in by_round.items():
            surest = min(sure for sure, _, _ in found)
            best = [columns for sure, _, columns in found if sure == surest]
            if len(best) > 1:
                self.doubts.append(f"several questions for {id_}")
            chosen[id_] = best[0]
        return chosen

    # What wrote it

    def _shape(self, rounds: Mapping[str, RoundColumns], *, moodle: bool) -> Shape:
        rankings = all(isinstance(columns, Ranking) for columns in rounds.values())
        if moodle:
            return Shape.MOODLE
        if self.keys & STARTED and self.keys & COMPLETED:
            return Shape.MICROSOFT_RANKING if rankings else Shape.MICROSOFT_LIKERT
        if self.keys & LIMESURVEY or any("[ran" in folded(each.text) for each in self.headings):
            return Shape.LIMESURVEY
        if any(each.in_brackets for each in self.headings):
            return Shape.GOOGLE_GRID
        return self._own_shape(rounds)

    def _own_shape(self, rounds: Mapping[str, RoundColumns]) -> Shape:
        header = self.table.records[0]
        if all(
            isinstance(columns, Ranking) and folded(header[columns.column]) == folded(id_)
            for id_, columns in rounds.items()
        ):
            return Shape.WIDE
        own = {folded(id_) for id_ in rounds}
        if all(isinstance(columns, ByRank) for columns in rounds.values()) and all(
            each.question in own for each in self.headings if each.rank
        ):
            return Shape.RANKS
        return Shape.OTHER

    def _doubt_direction(self, rounds: Mapping[str, RoundColumns], shape: Shape) -> None:
        """Doubt bare numbers below sessions: Moodle's highest is the first choice, others' is the last."""
        if shape is Shape.MOODLE or self.given.ranks:
            return
        for columns in rounds.values():
            asked = any(self.headings[index].in_brackets for index, _ in columns.uses(""))
            if isinstance(columns, BySession) and not asked:
                cells = self._values(self.headings[index] for index in columns.columns.values())
                if any(cell.isdigit() for cell in cells):
                    self.doubts.append("whether 1 or the highest number is the first choice")


def _ascending(headings: Iterable[Heading]) -> Iterator[list[Heading]]:
    """Group columns of one question by rising ranks; where one rank stands twice, so do rounds."""
    by_question: Mapping[str, list[Heading]] = defaultdict(list)
    for heading in headings:
        by_question[heading.question].append(heading)
    for columns in by_question.values():
        if len({each.rank for each in columns}) == len(columns):
            yield sorted(columns, key=lambda each: each.rank or 0)
            continue
        groups: list[list[Heading]] = []
        for each in columns:
            if not groups or (groups[-1][-1].rank or 0) >= (each.rank or 0):
                groups.append([])
            groups[-1].append(each)
        yield from groups
