"""What the optional columns ``step_free`` and ``attends`` say of a participant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from midtvejs.domain.participants import fold
from midtvejs.domain.roles import ATTENDS, STEP_FREE
from midtvejs.domain.words import words_in_each_language
from midtvejs.reading.answers.people import EVERYWHERE, People
from midtvejs.reading.codes import Fault
from midtvejs.reading.faults import Misread
from midtvejs.reading.files.source import quote

YES = frozenset({"x", "1", *words_in_each_language(lambda read: read.yes)})
NO = frozenset({"0", "-", "–", "", *words_in_each_language(lambda read: read.no)})
ALL_DAY = frozenset(words_in_each_language(lambda read: read.all_day))
"""What stands under ``attends`` for all rounds, folded."""
AROUND = " .!"
PART = re.compile(r"[^\s,;>](?:[^,;>]*[^\s,;>])?")
"""What stands between ``,``, ``;`` and ``>``: the id or the name of a round, or several ids."""
ID = re.compile(r"\S+")

NO_NEEDS = (EVERYWHERE, False)


class Needs:
    """Reads the two columns. What many say in the same words is read once, and shared."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._ids = [round_.id for round_ in people.program.rounds]
        self._called = {fold(round_.name): round_.id for round_ in people.program.rounds}
        self._called |= {fold(id_): id_ for id_ in self._ids}
        self._step_free = people.columns.get(STEP_FREE.name)
        self._attends = people.columns.get(ATTENDS.name)
        self._absent: dict[str, tuple[frozenset[str], list[Misread]]] = {}

    @property
    def told(self) -> bool:
        """Whether the file has either column."""
        return self._step_free is not None or self._attends is not None

    def of(self, number: int, cells: list[str]) -> tuple[frozenset[str], bool]:
        """Return the ids of the rounds not attended, and whether a way without steps is needed."""
        return self._absent_from(number, cells), self._needs_step_free(number, cells)

    def _needs_step_free(self, number: int, cells: list[str]) -> bool:
        text = fold(self._people.text(cells, STEP_FREE.name)).strip(AROUND).replace(",", "")
        if self._step_free is not None and text not in YES | NO:
            place = self._people.table.cell(number, self._step_free)
            said = self._people.text(cells, STEP_FREE.name)
            message = f"{STEP_FREE.name}: {quote(said)} is neither yes nor no"
            self._people.faults.add(
                Fault.NOT_YES_OR_NO, place, message, "write yes or no, ja or nej; empty is no"
            )
        return text in YES

    def _absent_from(self, number: int, cells: list[str]) -> frozenset[str]:
        if self._attends is None or self._attends >= len(cells):
            return EVERYWHERE
        cell = cells[self._attends]
        known = self._absent.get(cell)
        if known is None:
            known = self._absent[cell] = self._parse(cell)
        absent, faults = known
        for fault in faults:
            self._people.misread(number, self._attends, fault)
        return absent

    def _parse(self, cell: str) -> tuple[frozenset[str], list[Misread]]:
        if fold(cell).strip(AROUND) in ALL_DAY - self._called.keys():
            return EVERYWHERE, []
        attended = set()
        faults = []
        for found in self._rounds(cell):
            id_ = self._called.get(fold(found[0]))
            if id_:
                attended.add(id_)
                continue
            ids = self._ids
            hint = self._people.table.source.did_you_mean(found[0], ids) or f"the rounds are {', '.join(ids)}"
            message = f"{ATTENDS.name}: there is no round {quote(found[0])}"
            faults.append(
                Misread(
                    start=found.start(), end=found.end(), code=Fault.UNKNOWN_ROUND, message=message, hint=hint
                )
            )
        if faults or not attended:
            return EVERYWHERE, faults
        return (frozenset(self._ids) - attended) or EVERYWHERE, faults

    def _rounds(self, cell: str) -> Iterator[re.Match[str]]:
        for part in PART.finditer(cell):
            if fold(part[0]) in self._called:
                yield part
            else:
                yield from ID.finditer(cell, *part.span())
