"""The section ``forms`` of program.yaml: find the columns that it names, or propose it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile

from midtvejs.domain.participants import fold
from midtvejs.domain.program import Columns, Forms, RatedWords
from midtvejs.domain.roles import ROLES
from midtvejs.reading.codes import Fault
from midtvejs.reading.faults import Faults
from midtvejs.reading.files.source import quote
from midtvejs.reading.files.table import Table
from midtvejs.reading.forms.layout import ByRank, BySession, Layout, Ranking, RoundColumns
from midtvejs.reading.forms.recognise import Given
from midtvejs.reading.forms.words import tidy

OPEN = '""  # which column?'
MOST_OFFERED = 6


def section(table: Table, layout: Layout, round_ids: list[str]) -> Iterator[str]:
    """Write the section in YAML, line by line; what is left open has an empty heading."""
    header = table.records[0]

    def heading(index: int) -> str:
        return _quote_heading(header[index])

    named = bool(layout.people.keys() & {"name", "email"})
    # A user name is no name, and yet may be all there is.
    left = sorted([*layout.unread, *(() if named else layout.accounts)])
    unread = [heading(index) for index in left if header[index].strip()]
    more = ["..."] if len(unread) > MOST_OFFERED else []
    which = " ".join([OPEN, ", ".join(unread[:MOST_OFFERED]), *more]).rstrip()
    yield "forms:"
    if not named:
        yield f"  name: {which}"
    for role, index in layout.people.items():
        yield f"  {role}: {heading(index)}"
    yield "  rounds:"
    for id_ in round_ids:
        columns = layout.rounds.get(id_)
        if isinstance(columns, Ranking):
            yield f"    {id_}: {heading(columns.column)}"
        elif isinstance(columns, ByRank):
            yield f"    {id_}: [{', '.join(map(heading, columns.columns))}]"
        elif isinstance(columns, BySession):
            cells = ", ".join(
                f"{_quote_heading(code)}: {heading(index)}" for code, index in columns.columns.items()
            )
            yield f"    {id_}: {{{cells}}}"
        else:
            yield f"    {id_}: {which}"
    yield from _of_cells(layout)


def _of_cells(layout: Layout) -> Iterator[str]:
    """Write what has to be said of words or numbers below sessions."""
    if layout.words_asked:
        yield f"  {rated_words(_all_words(layout))}  # the best first: put them in order"
    elif layout.numbers:
        scale = layout.numbers.scale
        if layout.numbers.like_ratings and len(scale) == 1:
            yield f"  ratings: {{best: {scale[0]}}}  # what has it is wished for, and nothing else"
            return
        if layout.numbers.like_ratings:
            other = f"the other way round if {scale[0]} is the worst"
            yield f"  ratings: {{best: {scale[0]}, not_wished: {scale[-1]}}}  # {other}"
            return
        ranks = ", ".join(f'"{number}"' for number in scale)
        yield f"  ranks: [{ranks}]  # the best first: turn it round if that is {scale[-1]}"


def _all_words(layout: Layout) -> RatedWords:
    """Put the words of all lists into one order, and the numbers of others beside them."""
    tiers: list[dict[str, None]] = []
    refused: dict[str, None] = {}
    found = [each.words for each in layout.words.values()]
    if layout.numbers:
        *rated, worst = map(str, layout.numbers.scale)
        found.append(RatedWords(tiers=tuple((number,) for number in rated), not_wished=(worst,)))
    known: set[str] = set()
    for words in found:
        tiers += [{} for _ in words.tiers[len(tiers) :]]
        for tier, own in zip(tiers, words.tiers, strict=False):
            tier.update(dict.fromkeys(word for word in own if word not in known))
        refused.update(dict.fromkeys(word for word in words.not_wished if word not in known))
        known.update(*words.tiers, words.not_wished)
    asked = layout.words_asked.unknown if layout.words_asked else ()
    return RatedWords(tiers=tuple(_apart(tiers, asked)), not_wished=tuple(refused))


def _apart(tiers: Iterable[Iterable[str]], asked: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Return the tiers, each word that is asked about once, and no two of these as equals."""
    spelled = {fold(word): word for word in reversed([*asked])}
    told: set[str] = set()
    for tier in tiers:
        known = tuple(word for word in tier if fold(word) not in spelled)
        keys = [key for key in dict.fromkeys(map(fold, tier)) if key in spelled and key not in told]
        told.update(keys)
        first = tuple(spelled[key] for key in keys[:1])
        if known or first:
            yield first + known
        yield from ((spelled[key],) for key in keys[1:])


def rated_words(words: RatedWords) -> str:
    """Write them as the section has them."""
    tiers = (
        f"[{', '.join(map(_quote_heading, tier))}]" if len(tier) > 1 else _quote_heading(tier[0])
        for tier in words.tiers
    )
    refused = ", ".join(map(_quote_heading, words.not_wished))
    return f"ratings: {{best: [{', '.join(tiers)}], not_wished: [{refused}]}}"


def rated_in_words(words: RatedWords) -> str:
    """Say what they are worth."""
    refused = ", ".join(map(quote, words.not_wished))
    if not words.tiers:
        return f"no wishes: {refused}"
    wished = " > ".join(" = ".join(map(quote, tier)) for tier in words.tiers)
    wished = f"{'ratings' if len(words.tiers) > 1 else 'equal wishes'}: {wished}"
    return f"{wished}; not wished: {refused}" if refused else wished


def people_section(table: Table, layout: Layout) -> Iterator[str]:
    """Write of the section what is said of people alone."""
    return takewhile(lambda line: line != "  rounds:", section(table, layout, []))


def _quote_heading(heading: str) -> str:
    """Return a heading on one line in double quotes; what cannot be seen is left out, as in comparing."""
    plain = "".join(each if each.isprintable() else " " for each in heading)
    return json.dumps(" ".join(plain.split()), ensure_ascii=False)


def find_given(table: Table, forms: Forms, faults: Faults, listed: Table | None = None) -> Given:
    """Find what the program names; headings that are not there are faults.

    Nothing is given where the table has none of them: the program means another file. A heading may also be
    one of the list of participants, where there is one.
    """
    finder = _Finder(table, faults)
    headings = list(_headings(forms))
    if headings and not any(map(finder.has, headings)):
        return Given()
    elsewhere = _Finder(listed, faults) if listed else None
    people = {
        role: finder.column(heading, role)
        for role, heading in forms.people.items()
        if finder.has(heading) or not (elsewhere and elsewhere.has(heading))
    }
    rounds = {id_: finder.columns(columns, id_) for id_, columns in forms.rounds.items()}
    return Given(
        people={role: index for role, index in people.items() if index is not None},
        rounds=rounds,
        ranks=forms.ranks,
        ratings=forms.ratings,
    )


def find_given_people(table: Table, forms: Forms, faults: Faults) -> Given:
    """Find the columns of people that the program names; a list of participants may have some of them."""
    finder = _Finder(table, faults)
    named = {role: heading for role, heading in forms.people.items() if finder.has(heading)}
    found = {role: finder.column(heading, role) for role, heading in named.items()}
    return Given(people={role: index for role, index in found.items() if index is not None})


def _headings(forms: Forms) -> Iterable[str]:
    yield from forms.people.values()
    for columns in forms.rounds.values():
        if isinstance(columns, str):
            yield columns
        elif isinstance(columns, Mapping):
            yield from columns.values()
        else:
            yield from columns


class _Finder:
    """Finds columns by their headings; one that several columns have stands for them from left to right."""

    def __init__(self, table: Table, faults: Faults) -> None:
        self._table = table
        self._faults = faults
        self._left: dict[str, list[int]] = defaultdict(list)
        self._takers: dict[str, list[str]] = defaultdict(list)
        for index, heading in enumerate(table.records[0]):
            self._left[tidy(heading)].append(index)

    def has(self, heading: str) -> bool:
        return tidy(heading) in self._left

    def column(self, heading: str, taker: str) -> int | None:
        """Return a column of this heading that is still free for what is called ``taker``."""
        left = self._left.get(tidy(heading))
        self._takers[tidy(heading)].append(taker)
        if left:
            return left.pop(0)
        if left is None:
            hint = self._table.source.did_you_mean(heading, self._table.records[0])
            message = f"no column {quote(heading)}, which forms in the program names"
            self._faults.add(Fault.UNKNOWN_HEADING, self._table.row(0), message, hint)
        else:
            self._tell_of_shared(heading)
        return None

    def _tell_of_shared(self, heading: str) -> None:
        """Report a heading that forms names more often than the file has it."""
        takers = self._takers[tidy(heading)]
        indices = [index for index, each in enumerate(self._table.records[0]) if tidy(each) == tidy(heading)]
        names = list(dict.fromkeys(takers))
        who = f"{' and '.join(names)} both name" if len(names) == 2 else f"{', '.join(names)} name"
        named = f"{who} the column {quote(heading)}"
        if len(names) == 1:
            named = f"{names[0]} names the column {quote(heading)} {len(takers)} times"
        has = "one" if len(indices) == 1 else str(len(indices))
        message = f"forms in the program: {named}, and the file has {has} of it"
        one_list = f"; rounds that share one list: wishes: {{day: [{', '.join(names)}]}}"
        hint = "name a column for each" + (one_list if len(names) > 1 and not {*names} & {*ROLES} else "")
        self._faults.add(Fault.UNKNOWN_HEADING, self._table.cell(0, indices[0]), message, hint)

    def columns(self, columns: Columns, taker: str) -> RoundColumns:
        if isinstance(columns, str):
            index = self.column(columns, taker)
            return ByRank(columns=()) if index is None else Ranking(column=index)
        if isinstance(columns, Mapping):
            by_code = {code: self.column(heading, taker) for code, heading in columns.items()}
            return BySession(columns={code: index for code, index in by_code.items() if index is not None})
        found = [self.column(heading, taker) for heading in columns]
        return ByRank(columns=tuple(index for index in found if index is not None))
