"""What is found wrong in a file of people, until there is no sense in more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from midtvejs.domain.diagnostic import Diagnostic, Place, Read, Severity, in_order
from midtvejs.reading.people_faults import Fault
from midtvejs.reading.source import Source, Span

T = TypeVar("T")
MOST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Misread:
    """What is wrong in a cell, at ``[start:end]`` of it."""

    start: int
    end: int
    code: Fault
    message: str
    hint: str = ""


class Faults:
    """Diagnostics of one file, at most ``MOST``."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def add(self, code: Fault, span: Span, message: str, hint: str = "") -> None:
        if not self.full:
            self._source.report(code, span, message, hint)

    def warn(self, code: Fault, span: Span, message: str, hint: str = "") -> None:
        if not self.full:
            self._source.report(code, span, message, hint, Severity.WARNING)

    def elsewhere(
        self, code: Fault, place: Place, message: str, hint: str = "", severity: Severity = Severity.ERROR
    ) -> None:
        """Add what is wrong in another file, seen only beside this one."""
        if not self.full:
            self._source.diagnostics.append(
                Diagnostic(code=code.value, place=place, message=message, hint=hint, severity=severity)
            )

    @property
    def full(self) -> bool:
        return len(self._source.diagnostics) >= MOST

    @property
    def fatal(self) -> bool:
        """Whether there is an error among them, and not warnings alone."""
        return self._source.faulty

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All of them as they stand in the file; where there may be more, the last one says so."""
        ordered = in_order(self._source.diagnostics)
        if not self.full:
            return ordered
        message = f"there may be more faults: these are the first {MOST:,}"
        return (
            *ordered,
            Diagnostic(code=Fault.MORE_FAULTS.value, place=ordered[-1].place, message=message),
        )

    def read(self, value: T) -> Read[T]:
        return Read(value=None if self.fatal else value, diagnostics=self.diagnostics)
