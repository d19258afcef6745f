"""What each heading of a form says: whom it asks for, or which round, session or rank it is about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from midtvejs.domain.participants import fold
from midtvejs.domain.program import Program
from midtvejs.reading.forms.layout import Naming
from midtvejs.reading.forms.options import DayOptions, labels_of
from midtvejs.reading.forms.words import rank_of, read_rank_heading, role_of, tidy

AGAIN = re.compile(r"(.*\D)\d{1,3}")
"""A heading with the number that Microsoft Forms puts behind it where it stands a second time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """``round_id`` is the block whose list is named in it, ``label`` the option that it is, or is about.

    A number may be both a rank and the code of a session.
    """

    index: int
    text: str
    question: str = ""
    round_id: str | None = None
    naming: Naming = Naming.NOT
    rank: int | None = None
    label: str = ""
    in_brackets: bool = False
    part: str = ""
    """The round that is named in it alone of those that share a list."""

    @property
    def key(self) -> str:
        return tidy(self.text)


class Headings:
    """Reads headings of a program's forms."""

    def __init__(self, program: Program, options: DayOptions) -> None:
        self._ids = {block.id: block.id for block in program.blocks}
        self._folded_ids = {fold(id_): id_ for id_ in self._ids}
        names = {block.id: program.name_of(block) for block in program.blocks}
        self._names = {fold(name): id_ for id_, name in names.items()}
        self._labels = {fold(label): id_ for id_, name in names.items() for label in labels_of(id_, name)}
        self._within = [round_ for block in program.lists for round_ in program.rounds_in(block)]
        self._options = options
        self._groups = program.groups

    def all(self, header: Sequence[str]) -> tuple[Heading, ...]:
        first = {tidy(text) for text in header}
        texts = list(header)
        for index, text in enumerate(header):
            again = AGAIN.fullmatch(text.strip())
            own = self._options.rounds_of(text)
            if again and not own and tidy(again[1]) in first and self._means_something(again[1]):
                texts[index] = again[1]
        read = (self._read(index, text) for index, text in enumerate(texts))
        return (
            tuple(replace(each, part=self._part_named(each)) for each in read)
            if self._within
            else tuple(read)
        )

    def _part_named(self, heading: Heading) -> str:
        """Return the one round of a list that a heading names, unless it names the list."""
        if heading.naming:
            return ""
        plain = " ".join(unicodedata.normalize("NFKC", heading.text).split())
        found = {
            round_.id
            for round_ in self._within
            if _stands_in(fold(round_.name), fold(plain)) or _stands_in(round_.id, plain)
        }
        return found.pop() if len(found) == 1 else ""

    def _means_something(self, text: str) -> bool:
        tidied = tidy(text)
        return bool(role_of(tidied, self._groups) or rank_of(tidied) or self._options.rounds_of(text))

    def _read(self, index: int, text: str) -> Heading:
        plain = " ".join(unicodedata.normalize("NFKC", text).split())
        for question, row in _grid_rows(plain):
            rank = rank_of(tidy(row))
            if rank or self._options.rounds_of(row):
                named = self.round_named(question)
                return Heading(
                    index=index,
                    text=text,
                    question=fold(question),
                    round_id=named,
                    naming=_among_words(named),
                    rank=rank,
                    label=row if self._options.rounds_of(row) else "",
                    in_brackets=True,
                )
        if round_id := self._find_round(plain):
            return Heading(index=index, text=text, round_id=round_id, naming=Naming.EXACTLY)
        rank = rank_of(tidy(plain))
        label = plain if self._options.rounds_of(plain) else ""
        if rank or label:
            return Heading(index=index, text=text, rank=rank, label=label)
        if ranked_ := self._read_ranked(index, text, plain):
            return ranked_
        named = self.round_named(plain)
        return Heading(index=index, text=text, round_id=named, naming=_among_words(named))

    def _read_ranked(self, index: int, text: str, plain: str) -> Heading | None:
        """Read a heading that says a rank and, in the rest of it, what is ranked.

        A number at its end may be the rank, or a part of the round's name: whose rest is exactly a name goes
        first. Which round it is may be left to the cells where words say that it is a rank.
        """
        found = list(read_rank_heading(plain))
        named = [each for each in found if self.round_named(each.rest)]
        best = [each for each in named if self._find_round(each.rest)] or named
        best = best or [each for each in found if each.sure]
        if not best:
            return None
        rank, rest = best[0].rank, best[0].rest
        id_ = self.round_named(rest)
        return Heading(
            index=index,
            text=text,
            question=fold(rest),
            round_id=id_,
            naming=_among_words(id_),
            rank=rank,
        )

    def _find_round(self, text: str) -> str | None:
        """Return the round of exactly this id or name, or of both together."""
        called = fold(text)
        return self._folded_ids.get(called) or self._names.get(called) or self._labels.get(called)

    def round_named(self, text: str) -> str | None:
        """Return the round whose id or name stands in ``text``, None where it is not exactly one.

        Of names that hold one another the longest is meant. An id in the midst of other words has to be
        written as it is: "i" is a word of its own.
        """
        if called := self._find_round(text):
            return called
        for texts, text_ in ((self._names, fold(text)), (self._ids, text)):
            found = [each for each in texts if _stands_in(each, text_)]
            longest = [each for each in found if not any(each != other and each in other for other in found)]
            if len(longest) == 1:
                return texts[longest[0]]
            if longest:
                return None
        return None


def _among_words(round_id: str | None) -> Naming:
    return Naming.AMONG_WORDS if round_id else Naming.NOT


def _stands_in(word: str, text: str) -> bool:
    return re.search(rf"(?<![\w'’]){re.escape(word)}(?![\w'’])", text) is not None


def _grid_rows(text: str) -> Iterator[tuple[str, str]]:
    """Part ``Question [Row]``, wherever a bracket opens: the row may be a title with brackets of its own."""
    if text.endswith("]"):
        for found in re.finditer(r"\[", text):
            yield text[: found.start()].rstrip(), text[found.end() : -1].strip()
