"""Find the columns that ask for the wishes of a round, by what their headings and their cells speak for.

Headings are grouped by question, and each question claims a round.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from midtvejs.reading.files.source import quote
from midtvejs.reading.forms.evidence import Evidence
from midtvejs.reading.forms.headings import Heading
from midtvejs.reading.forms.layout import ByRank, BySession, Naming, Ranking, RoundColumns
from midtvejs.reading.forms.options import DayOptions
from midtvejs.reading.forms.products import COLUMNS
from midtvejs.reading.forms.words import ROUNDS, tidy


def claims_of(
    headings: list[Heading], options: DayOptions, evidence: Evidence, ranks: tuple[str, ...] = ()
) -> tuple[list[Claim], list[str]]:
    """Return what claims a round, and what is doubtful of it; ``ranks``: the form's own words for ranks."""
    questions = _Questions(options, evidence, ranks)
    return list(questions.claims(headings)), questions.doubts


@dataclass
class _Questions:
    options: DayOptions
    evidence: Evidence
    ranks: tuple[str, ...]
    doubts: list[str] = field(default_factory=list)

    def claims(self, headings: list[Heading]) -> Iterator[Claim]:
        yield from self._by_session([each for each in headings if each.label])
        yield from self._by_rank([each for each in headings if each.rank])
        for heading in headings:
            if not (heading.label or heading.rank):
                id_ = heading.round_id or self.evidence.round_ranked([heading.index])
                if id_:
                    yield self._ranking(heading, id_)

    def _ranking(self, heading: Heading, id_: str) -> Claim:
        return Claim(
            round_id=id_,
            columns=Ranking(column=heading.index),
            heading=heading.text,
            naming=heading.naming,
            evidence=self.evidence,
            part=heading.part,
        )

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
                yield self._grid(id_, found)

    def _grid(self, id_: str, headings: list[Heading]) -> Claim:
        code_of = self.options.rounds[id_].code
        # A session may be called as a column of the form's own, which then is not meant.
        asked = {code_of(each.label) for each in headings if each.key not in COLUMNS}
        headings = [each for each in headings if each.key not in COLUMNS or code_of(each.label) not in asked]
        by_code = {code: each.index for each in headings if (code := code_of(each.label))}
        if len(by_code) < len(headings):
            self.doubts.append(f"several columns for one session of {id_}")
        return Claim(
            round_id=id_,
            columns=BySession(columns=by_code),
            heading=headings[0].text,
            naming=Naming.AMONG_WORDS,
            evidence=self.evidence,
            ranks=self.ranks,
        )

    def _by_rank(self, headings: list[Heading]) -> Iterator[Claim]:
        for group in self._group_by_rank(headings):
            columns = [each.index for each in group]
            named = {each.round_id for each in group} - {None}
            id_ = named.pop() if len(named) == 1 else self.evidence.round_ranked(columns)
            if not id_:
                continue
            if len(group) == 1 and not self.evidence.holds_single_sessions(columns[0], id_):
                yield self._ranking(group[0], id_)
                continue
            parts = dict.fromkeys(each.part for each in group if each.part)
            if len(parts) > 1:
                self.doubts.append(
                    f"whether {', '.join(parts)} are asked about one by one: {id_} is one list for them"
                )
            if [each.rank for each in group] != list(range(1, len(group) + 1)):
                ranks = ", ".join(str(each.rank) for each in group)
                self.doubts.append(f"{id_} has columns for the ranks {ranks}")
            yield Claim(
                round_id=id_,
                columns=ByRank(columns=tuple(columns)),
                heading=group[0].text,
                naming=group[0].naming,
                evidence=self.evidence,
            )

    def _group_by_rank(self, headings: list[Heading]) -> Iterator[list[Heading]]:
        """Group columns of one question by rising ranks; where one rank stands twice, so do rounds."""
        by_question: Mapping[str, list[Heading]] = defaultdict(list)
        for heading in headings:
            by_question[heading.question].append(heading)
        for columns in by_question.values():
            if len({each.rank for each in columns}) == len(columns):
                yield sorted(columns, key=lambda each: each.rank or 0)
            else:
                yield from self._group_by_cells(columns) or _ascending(columns)

    def _group_by_cells(self, headings: list[Heading]) -> list[list[Heading]]:
        """Group columns by the round whose sessions stand in them; nothing where that leaves one open."""
        by_round: Mapping[str | None, list[Heading]] = defaultdict(list)
        for each in headings:
            by_round[self.evidence.round_ranked([each.index])].append(each)
        groups = [sorted(found, key=lambda each: each.rank or 0) for found in by_round.values()]
        parted = all(len({each.rank for each in found}) == len(found) for found in groups)
        return groups if parted and None not in by_round else []


def _ascending(headings: list[Heading]) -> list[list[Heading]]:
    groups: list[list[Heading]] = []
    for each in headings:
        if not groups or (groups[-1][-1].rank or 0) >= (each.rank or 0):
            groups.append([])
        groups[-1].append(each)
    return groups


MOST_NAMED = 3


@dataclass(frozen=True, kw_only=True)
class Claim:
    """That a round is ranked in these columns. Their cells are looked at only where they have to decide.

    ``ranks`` are words for ranks that this form has of its own. ``part`` is the round
    that is named alone of those that share the list.
    """

    round_id: str
    columns: RoundColumns
    heading: str
    naming: Naming
    evidence: Evidence
    ranks: tuple[str, ...] = ()
    part: str = ""

    @property
    def indices(self) -> list[int]:
        return [index for index, _ in self.columns.uses(self.round_id)]

    @property
    def called(self) -> str:
        """What the question is called where it is asked about."""
        heading = self.heading.strip()
        return quote(heading) if heading else self.evidence.called(self.indices[0])

    @cached_property
    def fits(self) -> bool:
        """Whether most cells can be read as what they would have to be."""
        if isinstance(self.columns, BySession):
            return self.evidence.holds_ranks(self.indices, self.ranks)
        return self.evidence.ranks_round(self.indices, self.round_id)

    @cached_property
    def rates(self) -> bool:
        """Whether sessions are rated in words, which may be about anything: ranks are surer."""
        return isinstance(self.columns, BySession) and self.evidence.holds_ratings(self.indices)

    @cached_property
    def filled(self) -> bool:
        return self.evidence.fills_most_rows(self.indices)

    @property
    def doubt(self) -> int:
        """Return how little speaks for it; 0 is surest. Cells alone convince where most are filled."""
        if self.naming and self.fits:
            return Naming.EXACTLY - self.naming
        return 2 if (self.fits and self.filled) or self.rates else 3

    @property
    def doubtful(self) -> bool:
        """Whether nothing but a few people's cells speaks for it: it may be another question."""
        return not (self.naming or self.filled)

    @property
    def may_be_one_of_several(self) -> bool:
        """Whether it is a column of its own in which each cell names one session."""
        ranking = isinstance(self.columns, Ranking)
        return ranking and self.evidence.holds_single_sessions(self.indices[0], self.round_id)


def choose_claims(claims: Iterable[Claim]) -> tuple[dict[str, RoundColumns], list[str]]:
    """Return the columns that rank each round, and why that is in doubt; then they are a guess."""
    by_round: Mapping[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_round[claim.round_id].append(claim)
    columns: dict[str, RoundColumns] = {}
    doubts = []
    for id_, found in by_round.items():
        best = _surest(found)
        if ranked := _numbered(found, best):
            columns[id_] = ranked
            continue
        columns[id_] = _guess(best)
        headings = ", ".join(claim.called for claim in best[:MOST_NAMED])
        if len(best) > 1:
            more = ", ..." if len(best) > MOST_NAMED else ""
            doubts.append(f"several questions for {id_}: {headings}{more}")
        elif best[0].doubtful:
            doubts.append(f"whether {headings} asks for {id_}")
    return columns, doubts


WORD = re.compile(r"[^\W\d_]+")
NUMBERED = re.compile(r"(?P<word>.*[^\W\d].*?)[\s_.#-]*(?P<number>[1-9][0-9]?)")


def _numbered(claims: Sequence[Claim], best: Sequence[Claim]) -> ByRank | None:
    """Return a column a rank where headings tell columns apart by nothing but numbers: "Wahl 1", "Wahl 2".

    None of them names a list, or speaks of rounds: these may have numbers, too.
    """
    groups: Mapping[str, dict[int, Claim]] = defaultdict(dict)
    for claim in claims:
        found = NUMBERED.fullmatch(tidy(claim.heading))
        numbered = found and not ROUNDS & set(WORD.findall(found["word"]))
        if found and numbered and not (claim.naming or claim.part) and claim.may_be_one_of_several:
            groups[found["word"]].setdefault(int(found["number"]), claim)
    for group in groups.values():
        ranks = sorted(group)
        if len(ranks) > 1 and ranks == list(range(1, len(ranks) + 1)) and set(best) <= set(group.values()):
            return ByRank(columns=tuple(index for rank in ranks for index in group[rank].indices))
    return None


def _surest(claims: Sequence[Claim]) -> Sequence[Claim]:
    if len(claims) == 1:
        return claims
    least = min(claim.doubt for claim in claims)
    return [claim for claim in claims if claim.doubt == least]


def _guess(claims: Sequence[Claim]) -> RoundColumns:
    """Take the first that fits; columns of one session each are likely to be a column a rank."""
    if len(claims) == 1:
        return claims[0].columns
    fitting = [claim for claim in claims if claim.fits] or claims
    if len(fitting) > 1 and all(claim.may_be_one_of_several for claim in fitting):
        return ByRank(columns=tuple(index for claim in fitting for index in claim.indices))
    return fitting[0].columns
