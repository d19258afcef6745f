"""Read the wishes of one list, in each of the ways in which a file may have them.

What many wish for in the same words is read once, and shared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, repeat
from operator import itemgetter

from midtvejs.domain.participants import NO_WISHES, Wishes, fold
from midtvejs.domain.program import Block, Program, RatedWords, Ratings, Session
from midtvejs.domain.roles import ATTENDS
from midtvejs.domain.wording import list_first
from midtvejs.reading.answers.people import People
from midtvejs.reading.answers.separators import codes_in_any_order, codes_in_order
from midtvejs.reading.answers.ticks import reads_ticks
from midtvejs.reading.codes import Fault
from midtvejs.reading.faults import Misread
from midtvejs.reading.files.source import Source, quote
from midtvejs.reading.forms.direction import bare_number, rated_number
from midtvejs.reading.forms.layout import ByRank, BySession, Layout, Ranking
from midtvejs.reading.forms.options import Options
from midtvejs.reading.forms.ratings import is_refused, said_of
from midtvejs.reading.forms.words import is_no_wish, rank_of

WISH = re.compile(r"[^>;,\s](?:[^>;,]*[^>;,\s])?")
"""What stands between ``>``, ``;`` and ``,``, without the white space around it."""
EQUAL = re.compile(r"[^=\s](?:[^=]*[^=\s])?")
"""What stands between ``=`` where sessions are wished for equally, without the white space around it."""
ANYTHING = re.compile(r".+", re.DOTALL)

Found = tuple[int, Misread]
"""Which of the columns something is wrong in, and what."""
Parsed = tuple[Wishes, tuple[Found, ...]]


@dataclass(frozen=True, slots=True)
class ListedWishes:
    """Reads a record's wishes in one list, as far as they can be read."""

    people: People
    block: Block
    columns: tuple[int, ...]
    said: Callable[[list[str]], Hashable]
    """Gives the cells of these columns; the cell alone of one column, of which most files consist."""
    read: Callable[[Sequence[str]], Parsed]
    clear: dict[Hashable, Wishes] = field(default_factory=dict)
    faulty: dict[Hashable, Parsed] = field(default_factory=dict)

    def known(self) -> Iterator[Wishes | None]:
        """Return for each record what was read from the same words above it, as far as that is asked for."""
        columns = [islice(self.people.table.records.column(index), 1, None) for index in self.columns]
        keys: Iterable[Hashable] = columns[0] if len(columns) == 1 else zip(*columns, strict=True)
        return map(self.clear.get, keys) if columns else repeat(None)

    def wishes(self, number: int, cells: list[str]) -> Wishes:
        key = self.said(cells)
        return self.clear.get(key) or self._read(number, cells, key)

    def _read(self, number: int, cells: list[str], key: Hashable) -> Wishes:
        wishes, faults = self.faulty.get(key) or self.read([cells[column] for column in self.columns])
        if not faults:
            self.clear[key] = wishes
            return wishes
        self.faulty[key] = wishes, faults
        for column, fault in faults:
            if fault.code is Fault.REPEATED_WISH:
                self.people.repeated.append((number, self.columns[column], fault))
            else:
                self.people.misread(number, self.columns[column], fault)
        return wishes

    def unless_in(self, absent: AbstractSet[str], number: int, wishes: Wishes) -> Wishes:
        """Return the wishes of a record, or none where its list is for rounds all of which are ``absent``."""
        ids = [round_.id for round_ in self.people.program.rounds_in(self.block)]
        if not absent >= set(ids):
            return wishes
        if wishes.codes:
            place = self.people.table.cell(number, self.columns[0])
            verb = "is" if self.block.alone else "are"
            message = f"wishes in {' and '.join(ids)}, which {verb} not attended, count for nothing"
            hint = f"leave the cell empty, or name {' or '.join(ids)} under {ATTENDS.name}"
            self.people.faults.add(Fault.IDLE_WISHES, place, message, hint)
        return NO_WISHES


def wishes_of(people: People, block: Block, layout: Layout) -> ListedWishes:
    """Make what reads the wishes of a list."""
    program = people.program
    held, cancelled = program.sessions_in(block), program.cancelled_in(block)
    codes = SessionCodes(people.table.source, program, block.id, held, cancelled)
    found = layout.rounds.get(block.id, ByRank(columns=()))
    columns = tuple(index for index, _ in found.uses(block.id))
    read: Callable[[Sequence[str]], Parsed]
    if isinstance(found, Ranking):
        read = reads_ticks(people, block, found.column, RankingCell(codes))
    elif isinstance(found, BySession):
        read = _below_sessions(codes, tuple(found.columns), layout)
    else:
        read = SessionCells(codes)
    said: Callable[[list[str]], Hashable] = itemgetter(*columns) if columns else lambda _: None
    return ListedWishes(people, block, columns, said, read)


def _below_sessions(
    codes: SessionCodes, sessions: tuple[str, ...], layout: Layout
) -> Callable[[Sequence[str]], Parsed]:
    """Return what reads a cell for each session: words of ratings, numbers of ratings, or ranks."""
    words = layout.words.get(codes.name)
    if words:
        return WordCells(sessions, words.words)
    if isinstance(layout.ratings, RatedWords):
        return WordCells(sessions, layout.ratings)
    if layout.ratings:
        return RatingCells(sessions, layout.ratings)
    return RankCells(codes, sessions, layout.ranks, highest_first=layout.highest_first)


@dataclass(frozen=True, slots=True)
class RankingCell:
    """One cell holds a ranking. A session that is named again counts where it is named first."""

    codes: SessionCodes

    def __call__(self, cells: Sequence[str]) -> Parsed:
        (cell,) = cells
        wished = list(WISH.finditer(cell))
        named = [self.codes.code_of(wish[0]) for wish in wished]
        if None in named or not wished:
            rankings = [ranking for ranking in self._rankings(cell) if ranking]
            if len(rankings) == 1:
                again = [code for place, code in enumerate(rankings[0]) if code in rankings[0][:place]]
                faults = tuple((0, _again(code, 0, len(cell))) for code in dict.fromkeys(again))
                return _wishes(list(dict.fromkeys(rankings[0]))), faults
            if len(rankings) > 1:
                return NO_WISHES, ((0, _unclear(cell, rankings)),)
            if is_no_wish(fold(cell)):
                return NO_WISHES, ()
            # A title may have a = of its own.
            if "=" in cell and (parsed := self._with_equals(wished)):
                return parsed
            if ordered := codes_in_order(cell, self.codes.code_of_label):
                return _wishes(ordered), ()
            named = [self.codes.code_of_label(wish[0]) for wish in wished]
        return self._in_parts(wished, named)

    def _with_equals(self, wished: list[re.Match[str]]) -> Parsed | None:
        """Read a ranking with ``=`` between equals; None where a part of it has no code that is known."""
        tiers: list[list[str]] = []
        faults: list[Found] = []
        for wish in wished:
            separator = ANYTHING if self.codes.code_of_label(wish[0]) else EQUAL
            parts = list(separator.finditer(wish[0]))
            tier = [self.codes.code_of_label(part[0]) for part in parts]
            if not any(tier) and not all(is_no_wish(fold(part[0])) for part in parts):
                return None
            tiers.append([])
            for part, code in zip(parts, tier, strict=True):
                start, end = wish.start() + part.start(), wish.start() + part.end()
                if code is None and is_no_wish(fold(part[0])):
                    continue
                if code is None:
                    faults.append((0, self.codes.misread(part[0], start)))
                elif any(code in others for others in tiers):
                    faults.append((0, _again(code, start, end)))
                else:
                    tiers[-1].append(code)
        return (Wishes.of_tiers(filter(None, tiers)), tuple(faults)) if any(tiers) or faults else None

    def _rankings(self, cell: str) -> list[tuple[str, ...]]:
        """Return the ways to read a cell by titles, too: one may consist of separators alone."""
        return self.codes.options.rankings(cell) if cell and not cell.isspace() else []

    def _in_parts(self, wished: list[re.Match[str]], named: list[str | None]) -> Parsed:
        codes: list[str] = []
        faults: list[Found] = []
        for wish, code in zip(wished, named, strict=True):
            if code is None and is_no_wish(fold(wish[0])):
                continue
            if code is None:
                fault = self.codes.misread(wish[0], wish.start())
            elif code in codes:
                fault = _again(code, wish.start(), wish.end())
            else:
                codes.append(code)
                continue
            faults.append((0, fault))
        return _wishes(codes), tuple(faults)


@dataclass(frozen=True, slots=True)
class SessionCells:
    """Each cell holds one session, the best first; cells may be empty."""

    codes: SessionCodes

    def __call__(self, cells: Sequence[str]) -> Parsed:
        codes: list[str] = []
        faults: list[Found] = []
        for column, cell in enumerate(cells):
            text = cell.strip()
            code = self.codes.code_of_label(text)
            if code is None and is_no_wish(fold(text)):
                continue
            if code is None:
                faults.append((column, self.codes.misread(text, cell.find(text))))
            elif code in codes:
                faults.append((column, _again(code, 0, len(cell))))
            else:
                codes.append(code)
        return _wishes(codes), tuple(faults)


class RankCells:
    """Each cell holds the rank of one session; cells may be empty.

    Where the highest is the best, several may have the same, and are wished for equally; 0 is no wish. A form
    that counts so lets people accept or rate sessions, too.
    """

    def __init__(
        self, codes: SessionCodes, sessions: tuple[str, ...], ranks: Sequence[str], *, highest_first: bool
    ) -> None:
        self._codes = codes
        self._sessions = sessions
        self._ranks: Mapping[str, int] = {fold(word): rank for rank, word in enumerate(ranks, start=1)}
        self._highest_first = highest_first

    def __call__(self, cells: Sequence[str]) -> Parsed:
        ranked: dict[int, list[str]] = {}
        faults: list[Found] = []
        for column, (cell, code) in enumerate(zip(cells, self._sessions, strict=True)):
            text = fold(cell)
            rank = self._rank(text)
            zero = self._highest_first and bare_number(text) == 0
            if rank is None and (zero or is_no_wish(text) or is_refused(cell)):
                continue
            if rank is None:
                faults.append((column, self._no_rank(cell)))
            elif rank in ranked and not self._highest_first:
                message = f"{quote(cell.strip())} is the rank of {ranked[rank][0]} and of {code}"
                hint = (
                    "in a ranking, each has its own rank; if these are ratings, say so in the program: "
                    "forms: {ratings: {best: 5, not_wished: 1}}"
                )
                faults.append((column, _misread(cell, Fault.DOUBLED_RANK, message, hint)))
            else:
                ranked.setdefault(rank, []).append(code)
        return Wishes.of_tiers(ranked[rank] for rank in sorted(ranked)), tuple(faults)

    def _rank(self, text: str) -> int | None:
        if self._ranks:
            number = rated_number(text)  # which a spreadsheet may have written as 1.0
            return self._ranks.get(text if number is None or text in self._ranks else str(number))
        rank = rank_of(text)
        if not rank:
            return None
        return -rank if self._highest_first else rank

    def _no_rank(self, cell: str) -> Misread:
        hint = (
            f"the ranks are {', '.join(self._ranks)}"
            if self._ranks
            else 'write 1, 1., 1st or "1. prioritet"; name other words in the program: '
            "forms: {ranks: [...]}, or forms: {ratings: {best: [...]}}"
        )
        return _misread(cell, Fault.NOT_A_RANK, f"{quote(cell.strip())} is not a rank", hint)


@dataclass(frozen=True, slots=True)
class RatingCells:
    """Each cell holds the rating of one session; cells may be empty, and several may have the same."""

    sessions: tuple[str, ...]
    ratings: Ratings

    def __call__(self, cells: Sequence[str]) -> Parsed:
        tiers: dict[int, list[str]] = {}
        faults: list[Found] = []
        best, worst = self.ratings.best, self.ratings.not_wished
        for column, (cell, code) in enumerate(zip(cells, self.sessions, strict=True)):
            text = fold(cell)
            number = rated_number(text)
            if number is None:
                if not is_no_wish(text):
                    faults.append((column, self._no_rating(cell)))
            elif worst is None or abs(best - number) < abs(best - worst):
                tiers.setdefault(abs(best - number), []).append(code)
        return Wishes.of_tiers(tiers[distance] for distance in sorted(tiers)), tuple(faults)

    def _no_rating(self, cell: str) -> Misread:
        hint = f"the best is {self.ratings.best} (forms: ratings); leave the cell empty for no wish"
        return _misread(cell, Fault.NOT_A_RANK, f"{quote(cell.strip())} is not a rating", hint)


class WordCells:
    """Each cell holds the word by which one session is rated; cells may be empty."""

    def __init__(self, sessions: tuple[str, ...], words: RatedWords) -> None:
        self._sessions = sessions
        self._tiers: dict[str, int] = {}
        for step, tier in enumerate(words.tiers):
            for word in tier:
                self._tiers.setdefault(said_of(word), step)
        self._refused = set(map(said_of, words.not_wished))
        best = [word for tier in words.tiers for word in tier]
        self._hint = f"the ratings are {list_first([*best, *words.not_wished])} (forms: ratings)"

    def __call__(self, cells: Sequence[str]) -> Parsed:
        tiers: dict[int, list[str]] = {}
        faults: list[Found] = []
        for column, (cell, code) in enumerate(zip(cells, self._sessions, strict=True)):
            said = said_of(cell)
            if said in self._refused:
                continue
            if said in self._tiers:
                tiers.setdefault(self._tiers[said], []).append(code)
            elif not is_no_wish(said):
                message = f"{quote(cell.strip())} is not a rating"
                faults.append((column, _misread(cell, Fault.NOT_A_RANK, message, self._hint)))
        return Wishes.of_tiers(tiers[step] for step in sorted(tiers)), tuple(faults)


def _wishes(codes: Sequence[str]) -> Wishes:
    return Wishes(tuple(codes)) if codes else NO_WISHES


def _misread(cell: str, code: Fault, message: str, hint: str = "") -> Misread:
    return Misread(start=0, end=len(cell), code=code, message=message, hint=hint)


def _again(code: str, start: int, end: int) -> Misread:
    """Say that a list names a session a second time, which counts for nothing."""
    return Misread(start=start, end=end, code=Fault.REPEATED_WISH, message=code)


def _unclear(cell: str, rankings: Sequence[tuple[str, ...]]) -> Misread:
    ways = " or ".join(" > ".join(ranking) for ranking in rankings[:2])
    message = f"this cell may mean {ways}"
    return _misread(cell, Fault.UNCLEAR_CELL, message, "put the codes in front of the titles in the form")


LONGEST_CODE, LONGEST_TITLE = 20, 200


class SessionCodes:
    """The codes of one round's sessions, or of those that one list ranks; ``name`` is its id.

    They match exactly, else by their letters where that is unique. Those that are ``cancelled`` are read as
    well, and never offered.
    """

    def __init__(
        self,
        source: Source,
        program: Program,
        name: str,
        sessions: Collection[Session],
        cancelled: Collection[Session] = (),
    ) -> None:
        self._source = source
        self._program = program
        self.name = name
        self._sessions = sessions
        self._cancelled = cancelled
        self._own = {session.code for session in (*sessions, *cancelled)}
        self._of_round = _by_fold(self._own)
        self._all = {**program.known_sessions, **program.cancelled}
        self._of_day = _by_fold(self._all)

    def code_of(self, text: str) -> str | None:
        """Return the code that ``text`` means here, None where there is none."""
        return text if text in self._own else self._of_round.get(fold(text)) or self._numbered(text)

    def _numbered(self, text: str) -> str | None:
        """Return the code that is a number, which a spreadsheet may have written as 12.0."""
        number = bare_number(fold(text))
        return str(number) if str(number) in self._own else None

    @cached_property
    def options(self) -> Options:
        """The titles, too. Most files hold codes alone, and never ask for them."""
        return Options(self._sessions, self._cancelled)

    def code_of_label(self, text: str) -> str | None:
        """Return the code of the session that ``text`` means by code or title, None where there is none."""
        return self.code_of(text) or self.options.code(text)

    def misread(self, text: str, start: int) -> Misread:
        """Say why ``text``, which begins at ``start`` of its cell, means none of these sessions."""
        code, message, hint = self.complaint(text)
        return Misread(start=start, end=start + len(text), code=code, message=message, hint=hint)

    def complaint(self, text: str) -> tuple[Fault, str, str]:
        """Say why ``text`` means none of these sessions: a diagnostic's code, message and hint."""
        codes = [session.code for session in self._sessions]
        choice = f"{self.name} has {list_first(codes)}"
        other = text if text in self._all else self._of_day.get(fold(text))
        if other and other not in self._own:
            open_to = {id_ for offer in self._program.offers if offer.code == other for id_ in offer.rounds}
            where = " and ".join(
                round_.id
                for round_ in self._program.rounds
                if other in {each.code for each in (*round_.sessions, *round_.cancelled)}
                or round_.id in open_to
            )
            return Fault.OTHER_ROUND, f"{other} is a session of {where}, not {self.name}", choice
        if parts := self.parts(text):
            hint = f"put > between them, the best first: {' > '.join(parts)}; or = between equals"
            return Fault.UNKNOWN_CODE, f"{quote(text)} is {len(parts)} sessions", hint
        hint = self._did_you_mean(text, codes) or choice
        if len(text) <= LONGEST_CODE:
            return Fault.UNKNOWN_CODE, f"unknown code {quote(text)}", hint
        return Fault.UNKNOWN_CODE, f"{self.name} has no session {quote(text)}", hint

    def parts(self, text: str) -> list[str]:
        """Return the codes of several sessions that stand in one wish."""
        return codes_in_any_order(text, self.code_of)

    def _did_you_mean(self, text: str, codes: list[str]) -> str:
        """Return a hint that names the session whose code or title is most like ``text``."""
        if hint := self._source.did_you_mean(text, codes) if len(text) <= LONGEST_CODE else "":
            return hint
        label = self._source.nearest(text, self.options, longest=LONGEST_TITLE)
        code = self.options.code(label) if label else None
        return f"did you mean {code}, {quote(self._all[code].title)}?" if code else ""


def _by_fold(codes: Iterable[str]) -> dict[str, str]:
    """Return each code by its folded form, unless two codes share that."""
    codes = list(codes)
    shared = Counter(map(fold, codes))
    return {fold(code): code for code in codes if shared[fold(code)] == 1}
