"""What is found wrong in a file of people, until there is no sense in more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from midtvejs.domain.diagnostic import Diagnostic, Place, Read, Severity, in_order
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import Source

T = TypeVar("T")
MOST = 1_000
MOST_WARNINGS = 20
"""Of one code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Misread:
    """What is wrong in a cell, at ``[start:end]`` of it."""

    start: int
    end: int
    code: Fault
    message: str
    hint: str = ""


class Faults:
    """Diagnostics of one file: at most ``MOST`` errors, and ``MOST_WARNINGS`` of each kind of warning."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._errors = 0
        self._warnings: Counter[Fault] = Counter()

    def add(
        self,
        code: Fault,
        place: Place,
        message: str,
        hint: str = "",
        *,
        severity: Severity | None = None,
        paste: tuple[str, ...] = (),
    ) -> None:
        """Add a fault, as an error or a warning as its code says, or else as the reader decides."""
        found = code.diagnostic(place, message, hint, severity=severity, paste=paste)
        if found.severity is Severity.ERROR:
            self._errors += 1
            shown = self._errors <= MOST
        else:
            self._warnings[code] += 1
            shown = self._warnings[code] <= MOST_WARNINGS
        if shown:
            self._source.diagnostics.append(found)

    def warn(self, code: Fault, place: Place, message: str, hint: str = "") -> None:
        """Add a fault that the reader takes for a warning."""
        self.add(code, place, message, hint, severity=Severity.WARNING)

    @property
    def full(self) -> bool:
        """Whether there are so many errors that there is no sense in reading on."""
        return self._errors >= MOST

    @property
    def fatal(self) -> bool:
        """Whether there is an error among them, and not warnings alone."""
        return self._source.faulty

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All of them as they stand in the file; where there may be more, the last one says so."""
        ordered = in_order(self._source.diagnostics)
        if self.full:
            message = f"there may be more faults: these are the first {MOST:,}"
            return (*ordered, _more(ordered, Severity.ERROR, message))
        hidden = sum(max(count - MOST_WARNINGS, 0) for count in self._warnings.values())
        if hidden:
            message = f"{hidden:,} more warnings of these kinds; {MOST_WARNINGS} of each are shown"
            return (*ordered, _more(ordered, Severity.WARNING, message))
        return ordered

    def read(self, value: T) -> Read[T]:
        return Read(value=None if self.fatal else value, diagnostics=self.diagnostics)


def _more(ordered: Sequence[Diagnostic], severity: Severity, message: str) -> Diagnostic:
    place = ordered[-1].place
    return Fault.MORE_FAULTS.diagnostic(place, message, severity=severity)
