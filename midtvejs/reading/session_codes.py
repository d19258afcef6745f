"""Sessions as people write them in a round's column: by code, or by title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from midtvejs.domain.participants import folded
from midtvejs.domain.program import Program, Round
from midtvejs.reading.codes import Fault
from midtvejs.reading.faults import Misread
from midtvejs.reading.forms.options import Options
from midtvejs.reading.source import Source, quoted

MOST_LISTED = 12
LONGEST_CODE, LONGEST_TITLE = 20, 200


class SessionCodes:
    """The codes of one round's sessions: they match exactly, else by their letters where that is unique."""

    def __init__(self, source: Source, program: Program, round_: Round) -> None:
        self._source = source
        self._program = program
        self._round = round_
        self._own = {session.code for session in round_.sessions}
        self._of_round = _by_fold(session.code for session in round_.sessions)
        self._of_day = _by_fold(program.sessions)

    def known(self, text: str) -> str | None:
        """Give the code that ``text`` means in this round, None where there is none."""
        return text if text in self._own else self._of_round.get(folded(text))

    @cached_property
    def options(self) -> Options:
        """The titles, too. Most files hold codes alone, and never ask for them."""
        return Options(self._round)

    def labelled(self, text: str) -> str | None:
        """Give the code of the session that ``text`` means by code or title, None where there is none."""
        return self.known(text) or self.options.code(text)

    def misread(self, text: str, start: int) -> Misread:
        """Say why ``text``, which begins at ``start`` of its cell, means no session of this round."""
        code, message, hint = self.complaint(text)
        return Misread(start=start, end=start + len(text), code=code, message=message, hint=hint)

    def complaint(self, text: str) -> tuple[Fault, str, str]:
        """Say why ``text`` means no session of this round: a diagnostic's code, message and hint."""
        codes = [session.code for session in self._round.sessions]
        listed = ", ".join(codes[:MOST_LISTED]) + (", ..." if len(codes) > MOST_LISTED else "")
        choice = f"{self._round.id} has {listed}"
        other = text if text in self._program.sessions else self._of_day.get(folded(text))
        if other and other not in self._own:
            round_ = self._program.round_of[other]
            return Fault.OTHER_ROUND, f"{other} is a session of {round_.id}, not {self._round.id}", choice
        if len(text) <= LONGEST_CODE:
            hint = self._source.did_you_mean(text, codes)
            return Fault.UNKNOWN_CODE, f"unknown code {quoted(text)}", hint or choice
        title = self._source.nearest(text, self.options, longest=LONGEST_TITLE)
        code = self.options.code(title) if title else None
        hint = f"did you mean {code}, {quoted(self._program.sessions[code].title)}?" if code else choice
        return Fault.UNKNOWN_CODE, f"{self._round.id} has no session {quoted(text)}", hint


def _by_fold(codes: Iterable[str]) -> dict[str, str]:
    """Give each code by its folded form, unless two codes share that."""
    codes = list(codes)
    shared = Counter(map(folded, codes))
    return {folded(code): code for code in codes if shared[folded(code)] == 1}
